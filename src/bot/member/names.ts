/** Names on boards follow the platform, at whatever a member does next. */
import { createHash } from 'node:crypto'
import { createBoundedCache } from '../../core/bounded-cache.js'
import type { Caller } from '../ports/chat.js'
import type { Store } from '../ports/store.js'

/** Of so many users it is remembered which name was seen last; of others it costs a statement. */
const KEPT = 10_000

export function createNames(store: Pick<Store, 'rename'>) {
  /** Hashes alone, so that somebody who was forgotten is not remembered here. */
  const known = createBoundedCache<string>(KEPT)
  return {
    /** An answer brings the name along by itself. */
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
