/** Points of the daily question; none for speed, none for practice. */
import type { Difficulty } from './model.js'

const RIGHT = 10
export const TRIED = 3
const HARD_BONUS = 5
export const STREAK_BONUS = 5
export const STREAK_STEP = 5

/**
 * Points for the writer of a question, the number of answers by others that they require, and how many such
 * questions count in a week.
 */
export const AUTHOR_BONUS = 3
export const AUTHOR_ANSWERS = 5
export const AUTHOR_WEEKLY = 2

/** Points for a right answer. */
export function maxPoints(difficulty: Difficulty): number {
  return difficulty === 3 ? RIGHT + HARD_BONUS : RIGHT
}
