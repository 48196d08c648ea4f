/** Scheduled days in a row. */
import type { Streak } from './model.js'

export const MAX_FREEZES = 2
export const FREEZE_EVERY = 7
export const NO_STREAK: Streak = { days: 0, best: 0, freezes: 0, answered: 0, last: undefined }

/**
 * The streak after the first answer to the round of `date` (ISO); a second answer of that day changes nothing.
 * `missed`: rounds of the team between `last` and `date`, both left out, that were not skipped. Each missed day spends a freeze
 * while there is one; without one the streak starts again at 1. Every seventh answered day earns a freeze, two at most are held.
 */
export function advance(streak: Streak, date: string, missed: number): Streak {
  if (streak.last !== undefined && streak.last >= date) return streak
  const days = streak.last !== undefined && missed <= streak.freezes ? streak.days + 1 : 1
  const answered = streak.answered + 1
  const left = Math.max(0, streak.freezes - missed)
  const freezes = answered % FREEZE_EVERY === 0 ? Math.min(MAX_FREEZES, left + 1) : left
  return { days, best: Math.max(streak.best, days), freezes, answered, last: date }
}

/** How the streak stands after `missed` closed rounds since the last answer: 0 when it is broken. */
export function currentStreak(streak: Streak, missed: number): number {
  return missed <= streak.freezes ? streak.days : 0
}
