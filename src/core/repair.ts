/**
 * A member can repair a broken streak by answering two of the missed questions within 48 hours, once in 30
 * days, since people who see a streak broken stop (Silverman and Barasch 2023).
 */
import { DAY_MS, HOUR_MS } from './time.js'

export const REPAIR_HOURS = 48
export const REPAIR_DAYS = 30
export const REPAIR_ANSWERS = 2
/** The minimum length for a repair: a shorter streak is rebuilt just as fast. */
export const LEAST_DAYS = 2

/** Times in epoch milliseconds. */
export interface Broken {
  /** The length of the streak in days. */
  readonly days: number
  /** The close of the round that broke the streak. */
  readonly at: number
}

export type Repairable =
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'late' }
  | { readonly kind: 'spent'; readonly again: number }

/** Whether the streak can be repaired at `now`; `repairedAt`: the time of the last repair. */
export function repairable({ at }: Broken, repairedAt: number | undefined, now: number): Repairable {
  const until = at + REPAIR_HOURS * HOUR_MS
  if (now >= until) return { kind: 'late' }
  const again = (repairedAt ?? Number.NEGATIVE_INFINITY) + REPAIR_DAYS * DAY_MS
  return now < again ? { kind: 'spent', again } : { kind: 'open', until }
}
