/** Finds the server of a person who writes a direct message. */

import { DIRECT } from '../../bot/ports/keys.js'
import { createBoundedCache } from '../../core/bounded-cache.js'

export interface DmGuilds {
  /** Returns the server where this user answered last, or `DIRECT` if no server knows them. */
  of(user: string): Promise<string>
  forget(user: string): void
}

const FRESH_MS = 10 * 60_000
const MAX_KNOWN = 50_000

export function createDmGuilds(
  find: (user: string) => Promise<string | undefined>,
  clock: () => number,
): DmGuilds {
  const known = createBoundedCache<{ readonly workspace: string; readonly until: number }>(MAX_KNOWN)
  return {
    async of(user) {
      if (typeof user !== 'string') return DIRECT
      const last = known.get(user)
      if (last && last.until > clock()) return last.workspace
      // A database failure is ignored here: the next query of the bot reports it to the person.
      const workspace = (await find(user).catch(() => undefined)) ?? DIRECT
      if (workspace === DIRECT) return DIRECT
      known.set(user, { workspace, until: clock() + FRESH_MS })
      return workspace
    },
    forget: (user) => void known.delete(user),
  }
}
