import { createBoundedCache } from '../core/bounded-cache.js'
import { MINUTE_MS } from '../core/time.js'

const MAX_KNOWN = 50_000

/**
 * Returns a function that counts a use and tells whether it is within the budget of its owner for this
 * minute, so that enough is left for all others.
 */
export function createBudget(aMinute: number, clock: () => number): (whose: string) => boolean {
  const spent = createBoundedCache<{ readonly since: number; readonly count: number }>(MAX_KNOWN)
  return (whose) => {
    const last = spent.get(whose)
    const now = last && clock() - last.since < MINUTE_MS ? last : { since: clock(), count: 0 }
    if (now.count >= aMinute) return false
    spent.set(whose, { ...now, count: now.count + 1 })
    return true
  }
}
