/** Answers counted by topic. */
import type { Team } from '../core/model.js'
import type { Deps } from './app.js'
import { type Insight, MIN_MEMBERS_FOR_INSIGHT } from './cards/study.js'

const WEAKEST = 5

export interface TopicShare {
  readonly title: string
  readonly right: number
  readonly answered: number
}

/** Sums answers by topic, weakest first; a question about two topics counts for both. */
export function byTopic(answers: Iterable<{ question: string; right: number; answered: number }>, deps: Pick<Deps, 'bank'>): TopicShare[] {
  const sums = new Map<string, { right: number; answered: number }>()
  for (const answer of answers) {
    for (const slug of deps.bank.question(answer.question)?.topics ?? []) {
      const sum = sums.get(slug) ?? { right: 0, answered: 0 }
      sums.set(slug, { right: sum.right + answer.right, answered: sum.answered + answer.answered })
    }
  }
  return [...sums]
    .filter(([, sum]) => sum.answered > 0)
    .map(([slug, sum]) => ({ title: deps.bank.topic(slug)?.title ?? slug, ...sum }))
    .sort((a, b) => a.right / a.answered - b.right / b.answered || b.answered - a.answered)
}

export async function insightOf(team: Team, deps: Deps): Promise<Insight> {
  const members = await deps.store.memberCount(team.id)
  if (members < MIN_MEMBERS_FOR_INSIGHT) return { members, weakest: [] }
  const history = await deps.store.teamHistory(team.id)
  const answers = [...history].map(([question, h]) => ({ question, right: h.right, answered: h.answered }))
  return { members, weakest: byTopic(answers, deps).slice(0, WEAKEST) }
}
