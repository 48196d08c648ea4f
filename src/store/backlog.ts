/** Reports how much work waits for a tick. */
import type { Pool } from 'pg'
import type { Backlog } from '../bot/ports/upkeep.js'
import { HELD, OPEN_ROUNDS, SILENCED, UNHURRIED } from './deliveries.js'
import { at, ms, rows } from './sql.js'

/**
 * $1 now. A slot that has come counts even before its round is planned, so that a tick that plans nothing is
 * noticed too. A podium is left out while a round of its season is open.
 */
const BACKLOG = `
with late as (
  select d.platform, d.kind, d.due_at as since, d.team_id, d.member_id from delivery d
  where d.state = 'due' and d.due_at <= $1::timestamptz and d.kind not in ${UNHURRIED} and not ${HELD('d')} and case when d.kind = 'podium' then ${OPEN_ROUNDS('d')} = 0 else true end
  union all
  select w.platform, 'round', t.next_post_at, t.id, null from team t join workspace w on w.id = t.workspace_id where t.next_post_at <= $1::timestamptz)
select late.platform, kind, count(*)::int as count, count(t.failing_at)::int as refused,
  ${ms('min(since) filter (where t.failing_at is null)')} as since
from late left join team t on t.id = late.team_id where not ${SILENCED('late')} group by late.platform, kind`

interface BacklogRow extends Record<string, unknown> {
  platform: string
  kind: Backlog['kind']
  count: number
  refused: number
  since: number | null
}

export function backlogVerbs(pool: Pool) {
  return {
    async backlog(now: number): Promise<Backlog[]> {
      return (await rows<BacklogRow>(pool, 'backlog', BACKLOG, [at(now)])).map((row) => ({
        ...row,
        since: row.since ?? undefined,
      }))
    },
  }
}
