import type { Metrics } from '../bot/ports/metrics.js'
import { createBoundedCache } from '../core/bounded-cache.js'

const REMEMBERED = 10_000

/**
 * Measures the time from a delivery's arrival to its acknowledgement, which different parts of the program
 * see.
 */
export interface AckTimer {
  arrived(key: string): void
  /** Does nothing for a delivery that did not arrive, or was acknowledged before. */
  sent(key: string): void
}

export function createAckTimer(platform: string, metrics: Metrics): AckTimer {
  const waiting = createBoundedCache<() => number>(REMEMBERED)
  return {
    arrived(key) {
      waiting.set(key, metrics.stopwatch())
    },
    sent(key) {
      const took = waiting.get(key)
      if (took && waiting.delete(key)) metrics.acknowledged(platform, took())
    },
  }
}
