/** Answers counted by topic. */
import { figures } from '../../core/figures.js'
import type { Team } from '../../core/model.js'
import { periodNow } from '../../core/schedule.js'
import type { Insight } from '../cards/study.js'
import type { Deps } from '../deps.js'

const WEAKEST = 5
const WEEKS = 12
const WEEK_MS = 7 * 86_400_000

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

/** Of weeks that are over, so that nobody learns from two looks what one person answered in between. */
export async function insightOf(team: Team, deps: Deps): Promise<Insight> {
  const week = (ago: number) => periodNow('week', deps.clock() - ago * WEEK_MS, team.zone)
  const [members, answers] = await Promise.all([deps.store.memberCount(team.id), deps.store.weeklyAnswers(team.id, week(WEEKS), week(0))])
  const tallies = answers.flatMap((one) => (deps.bank.question(one.question)?.topics ?? []).map((cell) => ({ ...one, cell })))
  const weakest = figures(tallies).map(({ cell, ...figure }) => ({ title: deps.bank.topic(cell)?.title ?? cell, ...figure }))
  return { members, weakest: weakest.slice(0, WEAKEST) }
}
