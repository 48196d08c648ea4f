/** The concepts of a pack, for a plan. */

import { grouped } from '../../core/grouped.js'
import { guessOf } from '../../core/guess.js'
import type { Comparison, Exam, Question } from '../../core/model.js'
import type { PlanConcept } from '../../core/plan.js'
import type { LoadedPack } from '../ports/packs.js'

/** Computed once for a pool, which is the same array while nothing changes. */
const known = new WeakMap<readonly Question[], readonly PlanConcept[]>()

/**
 * The concepts of a pool, each with its share of the exam: its domain's weight, spread evenly over the
 * domain's concepts.
 */
export function planConcepts(pool: readonly Question[], bank: LoadedPack['bank']): readonly PlanConcept[] {
  const before = known.get(pool)
  if (before) return before
  const byConcept = questionsByConcept(pool)
  const sizes = new Map<number | undefined, number>()
  for (const [first] of byConcept.values()) sizes.set(first?.domain, (sizes.get(first?.domain) ?? 0) + 1)
  const confusedWith = confusions(byConcept, bank.comparisons)
  const concepts = [...byConcept].map(([id, questions]) => ({
    id,
    weight: weightOf(questions[0]?.domain, sizes, bank.pack.exams[0]),
    guess: questions.reduce((sum, one) => sum + guessOf(one), 0) / questions.length,
    confusable: confusedWith(questions),
  }))
  known.set(pool, concepts)
  return concepts
}

/** Groups questions by concept, so that siblings are together. */
export const questionsByConcept = (pool: readonly Question[]): Map<string, Question[]> =>
  grouped(pool, ({ concept }) => concept)

function weightOf(
  domain: number | undefined,
  sizes: ReadonlyMap<number | undefined, number>,
  exam: Exam | undefined,
): number {
  const weight = exam?.domains.find(({ number }) => number === domain)?.weight
  return weight === undefined ? 1 : weight / (sizes.get(domain) ?? 1)
}

/** Finds, for given questions, the concepts that their topics are compared with. */
function confusions(
  byConcept: ReadonlyMap<string, readonly Question[]>,
  comparisons: readonly Comparison[],
): (questions: readonly Question[]) => string[] {
  const concepts = gathered(
    [...byConcept].flatMap(([id, all]) =>
      all.flatMap(({ topics }) => topics.map((topic) => [topic, id] as const)),
    ),
  )
  const compared = gathered(
    comparisons.flatMap(({ topics }) => topics.map((topic) => [topic, topics] as const)),
  )
  return (questions) => {
    const own = new Set(questions.flatMap(({ topics }) => topics))
    const others = [...own].flatMap((topic) => [...(compared.get(topic) ?? [])].flat())
    const found = new Set(
      others.filter((topic) => !own.has(topic)).flatMap((topic) => [...(concepts.get(topic) ?? [])]),
    )
    return [...byConcept.keys()].filter((id) => found.has(id))
  }
}

/** Groups the second parts of pairs by the first, without duplicates. */
function gathered<T>(pairs: readonly (readonly [string, T])[]): Map<string, Set<T>> {
  const all = new Map<string, Set<T>>()
  for (const [key, value] of pairs) {
    const known = all.get(key) ?? new Set()
    all.set(key, known.add(value))
  }
  return all
}
