/**
 * Scheduled days in a row. Each missed day spends a freeze while there is one; without one the streak starts
 * again at 1. Every seventh answered day earns a freeze, two at most are held. `store/answers.ts` moves it
 * with the first answer of a day.
 */
import type { Streak } from './model.js'

export const MAX_FREEZES = 2
export const FREEZE_EVERY = 7

/** How the streak stands after `missed` closed rounds since the last answer: 0 when it is broken. */
export function currentStreak(streak: Streak, missed: number): number {
  return missed <= streak.freezes ? streak.days : 0
}
