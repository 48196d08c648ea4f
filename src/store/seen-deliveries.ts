/**
 * Remembers what platforms have delivered, so that only one of several processes acts on it; shaped for
 * `platforms/slack/deps.ts`, which this folder does not import.
 */
import type { Pool } from 'pg'
import { createBatcher } from './batcher.js'
import { at, rows } from './sql.js'

/** Slack repeats a delivery for some minutes. */
const KEPT_MS = 3_600_000
const SWEEP_MS = 60_000
const MOST = 200
const ACTS = 1
const SLOW_MS = 1000

/**
 * Runs before each answer: it takes a tenth of the work of the client, which compiles each list length again.
 */
const SEE = `
insert into seen_delivery (id, at) select id, $2::timestamptz from unnest($1::text[]) id
on conflict do nothing returning id`

const FORGET = 'delete from seen_delivery where at < $1::timestamptz returning id'

/** Returns true only to the process that asks first. Deliveries at the same moment share one statement. */
export function createSeenDeliveries(pool: Pool, clock: () => number): (id: string) => Promise<boolean> {
  let sweptAt = Number.NEGATIVE_INFINITY

  async function see(ids: readonly string[]): Promise<boolean[]> {
    const now = clock()
    await sweep(now)
    const added = await rows<{ id: string }>(pool, 'see-deliveries', SEE, [ids, at(now)])
    const first = new Set(added.map(({ id }) => id))
    return ids.map((id) => first.has(id))
  }

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < SWEEP_MS) return
    sweptAt = now
    await rows(pool, 'forget-deliveries', FORGET, [at(now - KEPT_MS)])
  }

  return createBatcher({
    ...{ key: (id: string) => id, most: MOST, acts: ACTS, slowMs: SLOW_MS },
    alone: async (id) => (await see([id])).includes(true),
    together: see,
  })
}
