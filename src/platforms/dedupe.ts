import { createHash } from 'node:crypto'
import { createBoundedCache } from '../core/bounded-cache.js'

const REMEMBERED = 10_000

/**
 * Returns what gives the hash of a key the first time only that it sees it: platforms may deliver one thing
 * twice.
 */
export function createDedupe(): (key: string) => string | undefined {
  const seen = createBoundedCache<true>(REMEMBERED)
  return (delivery) => {
    // A delivery may say who somebody is and what they typed: that is not kept.
    const key = createHash('sha256').update(delivery).digest('base64')
    if (seen.has(key)) return undefined
    seen.set(key, true)
    return key
  }
}
