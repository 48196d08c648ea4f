/**
 * Scheduled days in a row. Each missed day uses a freeze if there is one; without one the streak starts again
 * at 1. Every seventh answered day earns a freeze, and two at most are held. `store/answers.ts` updates it
 * with the first answer of a day.
 */
import type { Streak } from './model.js'

export const MAX_FREEZES = 2
export const FREEZE_EVERY = 7

/** The length of the streak after `missed` closed rounds since the last answer: 0 when it is broken. */
export function currentStreak(streak: Streak, missed: number): number {
  return missed <= streak.freezes ? streak.days : 0
}
