/**
 * Made-up learners whose memory is FSRS-6, and the exam that they sit: an unseen sibling of every concept.
 */
import { type Memory, recall, remember } from '../../src/core/memory.js'

export interface Trait {
  /** The chance to guess right. */
  readonly guess: number
  /** The chance to know a concept that was never met. */
  readonly prior: number
}

export interface Learner {
  readonly memory: Map<string, Memory>
  /** Answers a question about the concept at that time; returns whether it was right. */
  answer(concept: string, at: number): boolean
  /** Returns the expected share of right answers, 0 to 1, if the exam asks each of the concepts. */
  exam(concepts: readonly string[], at: number): number
}

export function createLearner({ guess, prior }: Trait, random: () => number): Learner {
  const memory = new Map<string, Memory>()
  const chance = (concept: string, at: number) => {
    const known = memory.get(concept)
    return guess + (1 - guess) * (known ? recall(known, at) : prior)
  }
  return {
    memory,
    answer(concept, at) {
      const isRight = random() < chance(concept, at)
      memory.set(concept, remember(memory.get(concept), at, isRight ? 'good' : 'again'))
      return isRight
    },
    exam: (concepts, at) => concepts.reduce((sum, one) => sum + chance(one, at), 0) / concepts.length,
  }
}
