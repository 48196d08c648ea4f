/** States of OAuth that have served; shaped for `platforms/slack/state.ts`, which this folder does not import. */
import type { Pool } from 'pg'
import { rows } from './sql.js'

/** True the first time only. A state is good for ten minutes, by the clock of a process; it is kept for an hour. */
export function createSpendState(pool: Pool): (id: string) => Promise<boolean> {
  return async (id) => (await rows(pool, 'spend-state', SPEND, [id])).length > 0
}

const SPEND = `with old as (delete from oauth_state where at < clock_timestamp() - interval '1 hour')
insert into oauth_state (id, at) values ($1::text, clock_timestamp()) on conflict (id) do nothing returning id`
