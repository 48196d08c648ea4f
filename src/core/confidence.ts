/** How sure somebody is of an answer, said after the pick and before the feedback. */
import type { Grade } from './memory.js'

export const CONFIDENCES = ['guess', 'think', 'sure'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** Minimum number of answers before the share of a level is shown. */
export const CALIBRATED_FROM = 30

interface Rated {
  readonly right: boolean
  readonly confidence?: Confidence | undefined
}

/** Maps an answer to a memory grade: a right guess counts as hard to recall, a wrong answer as forgotten. */
export function gradeOf({ right, confidence }: Rated): Grade {
  if (!right) return 'again'
  return confidence === 'guess' ? 'hard' : 'good'
}

export interface Calibration {
  readonly confidence: Confidence
  readonly answered: number
  /** From 0 to 1. */
  readonly share: number
}

/**
 * Returns how often answers of each level were right, surest first; only levels with `CALIBRATED_FROM`
 * answers or more.
 */
export function calibration(answers: Iterable<Rated>): Calibration[] {
  const sums = new Map<Confidence, { answered: number; right: number }>()
  for (const { confidence, right } of answers) {
    if (confidence === undefined) continue
    const sum = sums.get(confidence) ?? { answered: 0, right: 0 }
    sums.set(confidence, { answered: sum.answered + 1, right: sum.right + (right ? 1 : 0) })
  }
  return CONFIDENCES.toReversed().flatMap((confidence) => {
    const { answered, right } = sums.get(confidence) ?? { answered: 0, right: 0 }
    return answered < CALIBRATED_FROM ? [] : [{ confidence, answered, share: right / answered }]
  })
}

/**
 * Sorts misses that the person was sure of first and keeps the order of the others: errors made with
 * confidence are corrected best (hypercorrection, Butterfield and Metcalfe 2001).
 */
export function surestFirst<T extends { readonly confidence?: Confidence | undefined }>(
  misses: readonly T[],
): T[] {
  const isSure = ({ confidence }: T) => confidence === 'sure'
  return [...misses.filter(isSure), ...misses.filter((miss) => !isSure(miss))]
}
