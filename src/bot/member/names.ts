/** Names on boards follow the platform, at whatever a member does next. */
import { LRUCache } from 'lru-cache'
import type { Caller } from '../ports/chat.js'
import type { Store } from '../ports/store.js'

/** Of so many users the name is remembered; of others it costs a statement. */
const KEPT = 10_000

export function createNames(store: Pick<Store, 'rename'>) {
  const known = new LRUCache<string, string>({ max: KEPT })
  return {
    /** An answer brings the name along by itself. */
    async follow({ platform, workspace, user, name }: Caller): Promise<void> {
      const key = `${platform} ${workspace} ${user}`
      if (name === '' || known.get(key) === name) return
      await store.rename({ platform, workspace, user }, name)
      known.set(key, name)
    },
  }
}
