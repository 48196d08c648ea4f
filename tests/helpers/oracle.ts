/** What the database computes in its own way, stated as functions to hold it to. */

import type { Difficulty, Ranked, Standing, Streak } from '../../src/core/model.js'
import { maxPoints, STREAK_BONUS, STREAK_STEP, TRIED } from '../../src/core/scoring.js'
import { FREEZE_EVERY, MAX_FREEZES } from '../../src/core/streak.js'

export const NO_STREAK: Streak = { days: 0, best: 0, freezes: 0, answered: 0, last: undefined }

/**
 * The streak after the first answer to the round of `date` (ISO); a second answer of that day changes
 * nothing.
 * `missed`: rounds of the team between `last` and `date`, both left out, that were not skipped.
 */
export function advance(streak: Streak, date: string, missed: number): Streak {
  if (streak.last !== undefined && streak.last >= date) return streak
  const days = streak.last !== undefined && missed <= streak.freezes ? streak.days + 1 : 1
  const answered = streak.answered + 1
  const left = Math.max(0, streak.freezes - missed)
  const freezes = answered % FREEZE_EVERY === 0 ? Math.min(MAX_FREEZES, left + 1) : left
  return { days, best: Math.max(streak.best, days), freezes, answered, last: date }
}

export function points(right: boolean, difficulty: Difficulty): number {
  return right ? maxPoints(difficulty) : TRIED
}

/** Given with the first answer of a day that completes another five days in a row. */
export function streakBonus(days: number): number {
  return days > 0 && days % STREAK_STEP === 0 ? STREAK_BONUS : 0
}

/** Best first, equals by name; equals share a rank, and the ranks after them are left out. */
export function rank(standings: readonly Standing[]): Ranked[] {
  const sorted = [...standings].sort(
    (a, b) => b.points - a.points || compare(a.member.name, b.member.name) || a.member.id - b.member.id,
  )
  return sorted.map((one) => ({ ...one, rank: 1 + sorted.findIndex(({ points }) => points === one.points) }))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
