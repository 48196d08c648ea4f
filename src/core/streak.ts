/**
 * Scheduled days answered in a row. Each missed day uses a freeze if there is one; without a freeze the
 * streak starts again at 1. Every seventh answered day earns a freeze, and a member holds at most two.
 * `store/answers.ts` updates the streak with the first answer of a day.
 */
import type { Streak } from './model.js'

export const MAX_FREEZES = 2
export const FREEZE_EVERY = 7

/** Returns the length of the streak after `missed` closed rounds since the last answer: 0 if it is broken. */
export function currentStreak(streak: Streak, missed: number): number {
  return missed <= streak.freezes ? streak.days : 0
}
