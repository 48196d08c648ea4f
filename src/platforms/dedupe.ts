import { createHash } from 'node:crypto'
import { createBoundedCache } from '../core/bounded-cache.js'

const REMEMBERED = 10_000

/** Returns the hash of a key the first time it sees the key, since platforms may deliver one thing twice. */
export function createDedupe(): (key: string) => string | undefined {
  const seen = createBoundedCache<true>(REMEMBERED)
  return (delivery) => {
    // A delivery may contain a person's identity and input, so only its hash is kept.
    const key = createHash('sha256').update(delivery).digest('base64')
    if (seen.has(key)) return undefined
    seen.set(key, true)
    return key
  }
}
