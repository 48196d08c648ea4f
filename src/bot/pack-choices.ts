/**
 * Which pack answers a person in a channel: cached for a minute, so that look-ups and completion do not query
 * the database for every word.
 */
import { createBoundedCache } from '../core/bounded-cache.js'
import { MINUTE_MS } from '../core/time.js'
import type { Caller } from './ports/chat.js'
import type { PackChoices, Preparing } from './ports/packs.js'

const KEPT = 10_000

export function createPackChoices(clock: () => number): PackChoices {
  const known = createBoundedCache<{ readonly of: Preparing | undefined; readonly at: number }>(KEPT)
  return {
    async of(caller, ask) {
      const key = keyOf(caller)
      const found = known.get(key)
      const now = clock()
      if (found && now >= found.at && now - found.at < MINUTE_MS) return found.of
      const of = await ask()
      known.set(key, { of: of && { pack: of.pack, exam: of.exam }, at: now })
      return of
    },
    forget: (caller) => void known.delete(keyOf(caller)),
  }
}

/**
 * The key includes user and channel: in a channel with a team everybody gets its pack, elsewhere each caller
 * their own.
 */
const keyOf = ({ platform, workspace, channel, user }: Caller) =>
  JSON.stringify([platform, workspace, channel, user])
