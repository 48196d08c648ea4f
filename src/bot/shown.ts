/** What was shown to which channel lately, so that a second press does not show it twice. */
import { createHash } from 'node:crypto'
import { createBoundedCache } from '../core/bounded-cache.js'
import type { Place } from './ports/chat.js'

/** After so long it has scrolled away, and is shown again. */
const WINDOW_MS = 60 * 60_000
/** Presses so soon after one another are one press. */
const AT_ONCE_MS = 15_000
const REMEMBERED = 10_000

export interface Shown {
  /**
   * Undefined: show it now. Else when it was shown. Whoever was told so and presses once more has looked for
   * it in vain, and gets it again.
   */
  claim(place: Place & { readonly platform: string }, what: string, now: number): number | undefined
}

export function createShown(): Shown {
  const lately = createBoundedCache<{ readonly at: number; isTold: boolean }>(REMEMBERED)
  return {
    claim({ platform, workspace, channel }, what, now) {
      // What was shown may name people, so it is not kept.
      const key = createHash('sha256')
        .update(JSON.stringify([platform, workspace, channel, what]))
        .digest('hex')
      const before = lately.get(key)
      const age = before === undefined ? WINDOW_MS : now - before.at
      if (before && age >= 0 && age < WINDOW_MS && (!before.isTold || age < AT_ONCE_MS)) {
        before.isTold = true
        return before.at
      }
      lately.set(key, { at: now, isTold: false })
      return undefined
    },
  }
}
