/** Remembers used OAuth states; shaped for `platforms/slack/state.ts`, which this folder does not import. */
import type { Client } from './client.js'

const KEPT_MS = 3_600_000

/** Returns true the first time only. A state is valid for ten minutes and kept for an hour. */
export function createSpendState(prisma: Client, clock: () => number): (id: string) => Promise<boolean> {
  return async (id) => {
    await prisma.oauthState.deleteMany({ where: { at: { lt: new Date(clock() - KEPT_MS) } } })
    return (
      (await prisma.oauthState.createMany({ data: { id, at: new Date(clock()) }, skipDuplicates: true }))
        .count > 0
    )
  }
}
