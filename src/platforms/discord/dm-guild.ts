/** Which server somebody belongs to who writes a direct message. */

import { DIRECT } from '../../bot/ports/keys.js'
import { createBoundedCache } from '../../core/bounded-cache.js'

export interface DmGuilds {
  /** The server where this user answered last, or `DIRECT` when no server knows them. */
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
      // If the database fails, the person is told as soon as the bot asks it for something.
      const workspace = (await find(user).catch(() => undefined)) ?? DIRECT
      if (workspace === DIRECT) return DIRECT
      known.set(user, { workspace, until: clock() + FRESH_MS })
      return workspace
    },
    forget: (user) => void known.delete(user),
  }
}
