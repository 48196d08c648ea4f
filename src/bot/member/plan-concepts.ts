/** The concepts of a pack, as a plan counts them. */
import { guessOf } from '../../core/guess.js'
import type { Comparison, Exam, Question } from '../../core/model.js'
import type { PlanConcept } from '../../core/plan.js'
import type { LoadedPack } from '../ports/packs.js'

/** Worked out once for a pool, which is the same array while nothing changes. */
const known = new WeakMap<readonly Question[], readonly PlanConcept[]>()

/** Each has its share of the exam: its domain's weight, spread evenly over the domain's concepts. */
export function planConcepts(pool: readonly Question[], bank: LoadedPack['bank']): readonly PlanConcept[] {
  const before = known.get(pool)
  if (before) return before
  const byConcept = questionsByConcept(pool)
  const domainOf = new Map([...byConcept].map(([id, questions]) => [id, questions[0]?.domain]))
  const concepts = [...byConcept].map(([id, questions]) => ({
    id,
    weight: weightOf(domainOf.get(id), [...domainOf.values()], bank.pack.exams[0]),
    guess: questions.reduce((sum, one) => sum + guessOf(one), 0) / questions.length,
    confusable: confusedWith(questions, byConcept, bank.comparisons),
  }))
  known.set(pool, concepts)
  return concepts
}

/** Siblings, by what they test. */
export function questionsByConcept(pool: readonly Question[]): Map<string, Question[]> {
  const found = new Map<string, Question[]>()
  for (const question of pool) {
    const siblings = found.get(question.concept)
    if (siblings) siblings.push(question)
    else found.set(question.concept, [question])
  }
  return found
}

function weightOf(
  domain: number | undefined,
  all: readonly (number | undefined)[],
  exam: Exam | undefined,
): number {
  const weight = exam?.domains.find(({ number }) => number === domain)?.weight
  return weight === undefined ? 1 : weight / all.filter((one) => one === domain).length
}

/** Concepts about the other topics of a comparison. */
function confusedWith(
  questions: readonly Question[],
  byConcept: ReadonlyMap<string, readonly Question[]>,
  comparisons: readonly Comparison[],
): string[] {
  const topics = new Set(questions.flatMap((one) => one.topics))
  const others = new Set(
    comparisons
      .filter((comparison) => comparison.topics.some((topic) => topics.has(topic)))
      .flatMap((comparison) => comparison.topics.filter((topic) => !topics.has(topic))),
  )
  return [...byConcept]
    .filter(([, all]) => all.some((one) => one.topics.some((topic) => others.has(topic))))
    .map(([id]) => id)
}
