/**
 * Caches what a platform was asked: one call at a time per thing, and none while the last answer is fresh.
 */
import { LRUCache } from 'lru-cache'

const FRESH_MS = 60_000
/** How long a failed call is remembered. */
const AGAIN_MS = 10_000
/**
 * The total size of the cache, as `sizeOf` counts it, and the minimum size of an entry: 10,000 entries at
 * most.
 */
const MAX_SIZE = 1_000_000
const LEAST = 100

/** Rejects with the error of `ask`. `forceRefresh`: ignores the cached answer. */
export type Lookup<T> = (workspace: string, id: string, forceRefresh?: boolean) => Promise<T>

type Outcome<T> = { readonly value: T } | { readonly error: unknown }

export function createLookup<T>(
  ask: (workspace: string, id: string) => Promise<T>,
  clock: () => number,
  sizeOf: (value: T) => number = () => LEAST,
  freshMs = FRESH_MS,
): Lookup<T> {
  const known = new LRUCache<string, Outcome<T>>({
    maxSize: MAX_SIZE,
    sizeCalculation: (outcome) => Math.max(LEAST, 'value' in outcome ? sizeOf(outcome.value) : 0),
    ttl: freshMs,
    perf: { now: clock },
    async fetchMethod(key, _last, { options }) {
      const [workspace, id] = JSON.parse(key) as [string, string]
      try {
        return { value: await ask(workspace, id) }
      } catch (error) {
        options.ttl = AGAIN_MS
        return { error }
      }
    },
  })
  return async (workspace, id, forceRefresh = false) => {
    const outcome = await known.forceFetch(JSON.stringify([workspace, id]), { forceRefresh })
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }
}
