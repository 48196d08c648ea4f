/** Records what was recently shown to a channel: the process that gets the row shows it. */
import { createHash } from 'node:crypto'
import type { PlaceKey } from '../bot/ports/keys.js'
import type { Client } from './client.js'

/** A card is shown again after this time, since it has scrolled away. */
const WINDOW_MS = 60 * 60_000
/** Presses within this time count as one. */
const AT_ONCE_MS = 15_000
const SWEEP_MS = 60_000

export function shownCardVerbs(prisma: Client) {
  let sweptAt = Number.NEGATIVE_INFINITY

  async function sweep(now: number): Promise<void> {
    if (Math.abs(now - sweptAt) < SWEEP_MS) return
    sweptAt = now
    await prisma.shownCard.deleteMany({ where: { at: { lt: new Date(now - WINDOW_MS) } } })
  }

  return {
    async claimShown(place: PlaceKey, what: string, now: number): Promise<number | undefined> {
      await sweep(now)
      const [id, at] = [idOf(place, what), new Date(now)]
      const made = await prisma.shownCard.createMany({ data: { id, at }, skipDuplicates: true })
      if (made.count > 0) return undefined
      const longAgo = { at: { lte: new Date(now - WINDOW_MS) } }
      // Such a row means that the clock of a machine was set back.
      const ahead = { at: { gt: new Date(now + WINDOW_MS) } }
      const inVain = { isTold: true, at: { lte: new Date(now - AT_ONCE_MS) } }
      const taken = await prisma.shownCard.updateMany({
        where: { id, OR: [longAgo, ahead, inVain] },
        data: { at, isTold: false },
      })
      if (taken.count > 0) return undefined
      const [before] = await prisma.shownCard.updateManyAndReturn({ where: { id }, data: { isTold: true } })
      return before?.at.getTime()
    },
  }
}

/** Returns a hash, since the content may name people and must not be stored. */
function idOf({ platform, workspace, channel }: PlaceKey, what: string): string {
  return createHash('sha256')
    .update(JSON.stringify([platform, workspace, channel, what]))
    .digest('hex')
}
