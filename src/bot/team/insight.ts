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

type From = Pick<Deps, 'packs' | 'questions'>

/** The topics of a question, each as one word that no topic of another pack has. */
export function cellsOf(id: string, { questions }: From): string[] {
  const question = questions.question(id)
  return question ? question.topics.map((slug) => `${question.pack}/${slug}`) : []
}

/** With the title of the pack where another pack has a topic of this title. */
export function titleOf(cell: string, { packs }: From): string {
  const [id = '', slug = ''] = cell.split('/')
  const bank = packs.get(id)?.bank
  const title = bank?.topic(slug)?.title ?? slug
  const isShared = packs.all.some((other) => other.bank !== bank && other.bank.topics.some((topic) => topic.title === title))
  return bank && isShared ? `${title} (${bank.pack.title})` : title
}

/** Sums answers by topic, weakest first; a question about two topics counts for both. */
export function byTopic(answers: Iterable<{ question: string; right: number; answered: number }>, deps: From): TopicShare[] {
  const sums = new Map<string, { right: number; answered: number }>()
  for (const answer of answers) {
    for (const cell of cellsOf(answer.question, deps)) {
      const sum = sums.get(cell) ?? { right: 0, answered: 0 }
      sums.set(cell, { right: sum.right + answer.right, answered: sum.answered + answer.answered })
    }
  }
  return [...sums]
    .filter(([, sum]) => sum.answered > 0)
    .map(([cell, sum]) => ({ title: titleOf(cell, deps), ...sum }))
    .sort((a, b) => a.right / a.answered - b.right / b.answered || b.answered - a.answered)
}

/** Of weeks that are over, so that nobody learns from two looks what one person answered in between. */
export async function insightOf(team: Team, deps: Deps): Promise<Insight> {
  const week = (ago: number) => periodNow('week', deps.clock() - ago * WEEK_MS, team.zone)
  const [members, answers] = await Promise.all([deps.store.memberCount(team.id), deps.store.weeklyAnswers(team.id, week(WEEKS), week(0))])
  const tallies = answers.flatMap((one) => cellsOf(one.question, deps).map((cell) => ({ ...one, cell })))
  const weakest = figures(tallies).map(({ cell, ...figure }) => ({ title: titleOf(cell, deps), ...figure }))
  return { members, weakest: weakest.slice(0, WEAKEST) }
}
