/** Simulates courses of made-up learners under a rule, up to an exam. */
import { readFileSync } from 'node:fs'
import { bankFor } from '../../src/content/exam-view.js'
import { loadContent } from '../../src/content/load.js'
import { seeded } from '../../src/core/random.js'
import { createLearner } from './learners.js'
import { type Concept, dayAt, oldRule, planRule, type Rule, randomRule } from './rules.js'

export interface ConceptBank {
  /** The weights by domain. */
  readonly weights: Readonly<Record<string, number>>
  readonly concepts: readonly Concept[]
}

/** The bank of November 2026, so that figures compare from release to release. */
export const FROZEN: ConceptBank = JSON.parse(readFileSync(new URL('./bank.json', import.meta.url), 'utf8'))

/**
 * Returns the concepts that a team of the shipped pack is asked today, for the exam that teams take unless
 * they choose another.
 */
export async function bankOfToday(): Promise<ConceptBank> {
  const [whole] = (await loadContent('content')).banks
  if (!whole) throw new Error('there is no pack')
  const { pack, questions } = bankFor(whole)
  const counts = new Map<string, { domain: number; questions: number }>()
  for (const { concept, domain = 0 } of questions) {
    const known = counts.get(concept)
    counts.set(concept, { domain: known?.domain ?? domain, questions: (known?.questions ?? 0) + 1 })
  }
  const domains = pack.exams[0]?.domains ?? []
  return {
    weights: Object.fromEntries(domains.map(({ number, weight }) => [number, weight])),
    concepts: [...counts].map(([concept, of]) => ({ concept, ...of })),
  }
}

export const RULES = { plan: planRule, random: randomRule, 'version 0.2': oldRule } as const
export const PRIORS = [0.35, 0.6] as const
export const COURSES = [
  { days: 30, answers: 5 },
  { days: 30, answers: 10 },
  { days: 60, answers: 5 },
  { days: 90, answers: 10 },
] as const
const GUESS = 0.25

export interface Outcome {
  /** The mean share of right answers on exam day over the learners, in per cent. */
  readonly right: number
  /** The mean number of concepts met, of all. */
  readonly met: number
  /** The smallest number of concepts that a learner met. */
  readonly leastMet: number
  /** The share of answers to a concept that was already asked on the same day, in per cent. */
  readonly again: number
  /** The mean share right by day, in per cent, if the exam were on that evening. */
  readonly curve: readonly number[]
}

interface Cell {
  readonly bank: ConceptBank
  readonly rule: Rule
  readonly days: number
  readonly answers: number
  readonly prior: number
  readonly learners: number
  readonly seed: number
  /** Whether the shares by day are computed, which takes time. */
  readonly hasCurve?: boolean
}

export function simulate({
  bank,
  rule,
  days,
  answers,
  prior,
  learners,
  seed,
  hasCurve = false,
}: Cell): Outcome {
  const concepts = bank.concepts.map(({ concept }) => concept)
  const curve = new Float64Array(days)
  let [right, met, again, leastMet] = [0, 0, 0, concepts.length]
  for (let i = 0; i < learners; i++) {
    const random = seeded(seed * 100_003 + i)
    const learner = createLearner({ guess: GUESS, prior }, random)
    const exam = dayAt(days)
    const live = rule({ ...bank, goal: answers, exam, random }, learner)
    for (let day = 0; day < days; day++) {
      const asked = live(dayAt(day))
      again += asked.length - new Set(asked).size
      if (hasCurve) curve[day] = (curve[day] ?? 0) + learner.exam(concepts, dayAt(day + 0.25))
    }
    right += learner.exam(concepts, exam)
    met += learner.memory.size
    leastMet = Math.min(leastMet, learner.memory.size)
  }
  const percent = (sum: number, of: number) => (100 * sum) / of
  return {
    right: percent(right, learners),
    met: met / learners,
    leastMet,
    again: percent(again, learners * days * answers),
    curve: [...curve].map((sum) => percent(sum, learners)),
  }
}
