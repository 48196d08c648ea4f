/** The concepts of a pack, as a plan counts them. */
import type { AuthoredItem, Comparison, Exam, Question } from '../../core/model.js'
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

/** The chance to be right without knowing: one answer of all that can be given. */
function guessOf(question: Question): number {
  switch (question.kind) {
    // Four numbers to choose from.
    case 'template':
      return 1 / 4
    case 'case':
      return question.items.reduce((sum, item) => sum + guessItem(item), 0) / question.items.length
    case 'choice':
    case 'response':
    case 'ordering':
    case 'matching':
      return guessItem(question)
  }
}

function guessItem(question: AuthoredItem): number {
  switch (question.kind) {
    case 'choice':
      return 1 / question.choices.length
    case 'response':
      return 1 / ways(question.choices.length, question.choices.filter(({ right }) => right).length)
    case 'ordering':
      return 1 / orders(question.steps.length + question.spare.length, question.steps.length)
    case 'matching':
      return (
        1 /
        (new Set(question.pairs.map(({ answer }) => answer)).size + question.spare.length) **
          question.pairs.length
      )
  }
}

function orders(from: number, places: number): number {
  return places === 0 ? 1 : from * orders(from - 1, places - 1)
}

const ways = (from: number, places: number) => orders(from, places) / orders(places, places)

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
