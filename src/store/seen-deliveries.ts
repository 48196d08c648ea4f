/**
 * What platforms have delivered, so that of several processes one acts on it; shaped for
 * `platforms/slack/index.ts`, which this folder does not import.
 */
import { createBatcher } from './batcher.js'
import type { Client } from './client.js'

/** Slack tries again for some minutes. */
const KEPT_MS = 3_600_000
const SWEEP_MS = 60_000
const MOST = 200
const ACTS = 4
const SLOW_MS = 1000

/** True for the process alone that asks first. What comes at the same moment is one statement. */
export function createSeenDeliveries(prisma: Client, clock: () => number): (id: string) => Promise<boolean> {
  let sweptAt = Number.NEGATIVE_INFINITY

  async function see(ids: readonly string[]): Promise<boolean[]> {
    const now = clock()
    await sweep(now)
    const data = ids.map((id) => ({ id, at: new Date(now) }))
    const added = await prisma.seenDelivery.createManyAndReturn({
      ...{ data, skipDuplicates: true },
      select: { id: true },
    })
    return ids.map((id) => added.some((one) => one.id === id))
  }

  async function sweep(now: number): Promise<void> {
    if (now - sweptAt < SWEEP_MS) return
    sweptAt = now
    await prisma.seenDelivery.deleteMany({ where: { at: { lt: new Date(now - KEPT_MS) } } })
  }

  return createBatcher({
    ...{ key: (id: string) => id, most: MOST, acts: ACTS, slowMs: SLOW_MS },
    alone: async (id) => (await see([id])).includes(true),
    together: see,
  })
}
