/** Which questions a team gets next. */
import type { Question } from './model.js'

export interface Asked {
  readonly uses: number
  readonly answered: number
  readonly right: number
}

export interface Picking {
  readonly pool: readonly Question[]
  /** What the team was asked so far, by question id. */
  readonly history: ReadonlyMap<string, Asked>
  readonly count: number
  readonly random: () => number
}

/** How much more often the weakest topic comes than the strongest, at most. */
const WEAKNESS_PULL = 3

/**
 * Questions used least come first, so none comes again before the pool is used up, and a new one counts as unused. Among them the
 * choice is random with the weight `1 + 3 * w`, where `w` is the mean over the question's topics of the team's estimated share of
 * wrong answers, `1 - (right + 1) / (answered + 2)` (Laplace's rule of succession: 0.5 for a topic never asked). Two
 * questions of a day avoid the same concept while there is another.
 */
export function pickQuestions({ pool, history, count, random }: Picking): Question[] {
  const weakness = topicWeakness(pool, history)
  const chosen: Question[] = []
  const left = new Set(pool)
  while (chosen.length < count && left.size > 0) {
    const least = leastUsed(left, history)
    const fresh = least.filter((q) => chosen.every((c) => c.concept !== q.concept))
    const question = weighted(fresh.length > 0 ? fresh : least, (q) => weight(q, weakness), random)
    chosen.push(question)
    left.delete(question)
  }
  return chosen
}

function leastUsed(questions: Iterable<Question>, history: Picking['history']): Question[] {
  let fewest = Number.POSITIVE_INFINITY
  let result: Question[] = []
  for (const question of questions) {
    const uses = history.get(question.id)?.uses ?? 0
    if (uses < fewest) {
      fewest = uses
      result = []
    }
    if (uses === fewest) result.push(question)
  }
  return result
}

function topicWeakness(pool: readonly Question[], history: Picking['history']): Map<string, number> {
  const sums = new Map<string, { right: number; answered: number }>()
  for (const question of pool) {
    const asked = history.get(question.id)
    if (!asked) continue
    for (const topic of question.topics) {
      const sum = sums.get(topic) ?? { right: 0, answered: 0 }
      sums.set(topic, { right: sum.right + asked.right, answered: sum.answered + asked.answered })
    }
  }
  return new Map([...sums].map(([topic, sum]) => [topic, 1 - (sum.right + 1) / (sum.answered + 2)]))
}

function weight(question: Question, weakness: ReadonlyMap<string, number>): number {
  const shares = question.topics.map((topic) => weakness.get(topic) ?? 0.5)
  const mean = shares.length === 0 ? 0.5 : shares.reduce((a, b) => a + b, 0) / shares.length
  return 1 + WEAKNESS_PULL * mean
}

function weighted(questions: readonly Question[], weigh: (question: Question) => number, random: () => number): Question {
  const weights = questions.map(weigh)
  let at = random() * weights.reduce((a, b) => a + b, 0)
  const index = weights.findIndex((w) => {
    at -= w
    return at < 0
  })
  const question = questions[index < 0 ? questions.length - 1 : index]
  if (!question) throw new Error('nothing to choose from')
  return question
}
