/** Names on boards follow the platform: a new name is stored with the member's next action. */
import { createHash } from 'node:crypto'
import { createBoundedCache } from '../../core/bounded-cache.js'
import type { Caller } from '../ports/chat.js'
import type { Store } from '../ports/store.js'

/** The most users whose last seen name is remembered; for others each action costs a statement. */
const KEPT = 10_000

export function createNames(store: Pick<Store, 'rename'>) {
  /** Holds only hashes, so that it does not identify forgotten members. */
  const known = createBoundedCache<string>(KEPT)
  return {
    /** An answer stores the name itself. */
    async follow({ platform, workspace, user, name }: Caller): Promise<void> {
      const who = hash(JSON.stringify([platform, workspace, user]))
      const shown = hash(name)
      if (name === '' || known.get(who) === shown) return
      await store.rename({ platform, workspace, user }, name)
      known.set(who, shown)
    },
  }
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
