/** Maps of a bounded size. */
import { LRUCache } from 'lru-cache'

/**
 * Holds at most `most` entries and drops the least recently used one. Space is allocated as entries come:
 * with lru-cache's own `max`, an empty cache of 50,000 takes 8 ms and 1 MB.
 */
export function createBoundedCache<V extends NonNullable<unknown>, K extends NonNullable<unknown> = string>(
  most: number,
): LRUCache<K, V> {
  return new LRUCache({ maxSize: most, sizeCalculation: () => 1 })
}
