/** Points of the daily question; none for speed, none for practice. */
import type { Difficulty } from './model.js'

export const RIGHT = 10
export const TRIED = 3
export const HARD_BONUS = 5
export const STREAK_BONUS = 5
export const STREAK_STEP = 5

/** Points for a right answer. */
export function worth(difficulty: Difficulty): number {
  return difficulty === 3 ? RIGHT + HARD_BONUS : RIGHT
}

export function points(right: boolean, difficulty: Difficulty): number {
  return right ? worth(difficulty) : TRIED
}

/** Given with the first answer of a day that completes another five days in a row. */
export function streakBonus(days: number): number {
  return days > 0 && days % STREAK_STEP === 0 ? STREAK_BONUS : 0
}
