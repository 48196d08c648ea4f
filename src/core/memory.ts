/**
 * What a person remembers of a concept, by FSRS-6 (open-spaced-repetition, 2025), one step per answer.
 * Sibling questions share one memory. One right recall per session is enough, since relearning overrides the
 * effect of more (Rawson and Dunlosky 2013, Vaughn, Dunlosky and Rawson 2016), so there are no steps within a
 * day.
 */

import { type FSRSState, fsrs, Rating } from 'ts-fsrs'
import { DAY_MS } from './time.js'

export interface Memory {
  /** Days until the chance to remember falls to nine in ten. */
  readonly stability: number
  /** From 1 to 10. */
  readonly difficulty: number
  /** Epoch milliseconds of the latest answer. */
  readonly last: number
  readonly reps: number
  readonly lapses: number
}

/** `hard` is for a right answer that the person calls a guess. */
export type Grade = 'again' | 'hard' | 'good'

const RATINGS = { again: Rating.Again, hard: Rating.Hard, good: Rating.Good } as const
const model = fsrs({ enable_fuzz: false, enable_short_term: false })

/**
 * Returns the memory after an answer at `at` (epoch milliseconds). An answer from before the last one counts
 * as if given at the time of the last one.
 */
export function remember(memory: Memory | undefined, at: number, grade: Grade): Memory {
  const last = Math.max(memory?.last ?? at, at)
  const days = memory ? (last - memory.last) / DAY_MS : 0
  const state = model.next_state(stateOf(memory), days, RATINGS[grade])
  const lapsed = memory !== undefined && grade === 'again' ? 1 : 0
  return { ...state, last, reps: (memory?.reps ?? 0) + 1, lapses: (memory?.lapses ?? 0) + lapsed }
}

/** Returns the chance, 0 to 1, of remembering the concept at `at` (epoch milliseconds). */
export function recall({ stability, last }: Memory, at: number): number {
  return recallAfter(stability, (at - last) / DAY_MS)
}

/** Returns when the chance to remember falls to nine in ten, in epoch milliseconds. */
export function dueAt({ stability, last }: Memory): number {
  return last + stability * DAY_MS
}

/**
 * Returns how much an answer at `now` raises the chance to remember at `exam`: `p R(exam | Good) + (1 - p)
 * R(exam | Again) - R(exam | untouched)` with `p = g + (1 - g) R(now)`, where `g` is the chance to guess
 * right.
 */
export function gain(memory: Memory, now: number, exam: number, guess: number): number {
  const days = Math.max(0, now - memory.last) / DAY_MS
  const left = Math.max(0, exam - now) / DAY_MS
  const right = guess + (1 - guess) * recallAfter(memory.stability, days)
  const after = (grade: Grade) =>
    recallAfter(model.next_state(stateOf(memory), days, RATINGS[grade]).stability, left)
  return right * after('good') + (1 - right) * after('again') - recallAfter(memory.stability, days + left)
}

function recallAfter(stability: number, days: number): number {
  return model.forgetting_curve(Math.max(0, days), stability)
}

function stateOf(memory: Memory | undefined): FSRSState | null {
  return memory ? { stability: memory.stability, difficulty: memory.difficulty } : null
}
