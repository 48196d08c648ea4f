import type { Metrics } from '../bot/ports/metrics.js'
import { createBoundedCache } from '../core/bounded-cache.js'

const REMEMBERED = 10_000

/**
 * Times deliveries from their arrival to their acknowledgement, where the two are seen in different places.
 */
export interface AckTimer {
  arrived(key: string): void
  /** Nothing happens for what did not arrive, or was acknowledged before. */
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
