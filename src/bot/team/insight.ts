/** Answers counted by topic. */
import { figures } from '../../core/figures.js'
import type { Team } from '../../core/model.js'
import { periodNow } from '../../core/schedule.js'
import { sentence } from '../../core/text.js'
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

/** Titles of topics, with that of the pack where two of them are called alike. */
export function titlesOf(cells: readonly string[], { packs }: From): string[] {
  const topics = cells.map((cell) => {
    const [id = '', slug = ''] = cell.split('/')
    const bank = packs.get(id)?.bank
    return { title: bank?.topic(slug)?.title ?? slug, pack: bank?.pack.title ?? id }
  })
  const isTwin = (title: string) => topics.filter((topic) => topic.title === title).length > 1
  return topics.map(({ title, pack }) => (isTwin(title) ? sentence`${title} (${pack})` : title))
}

/** Sums answers by topic, weakest first; a question about two topics counts for both. */
export function byTopic(
  answers: Iterable<{ question: string; right: number; answered: number }>,
  deps: From,
): TopicShare[] {
  const sums = new Map<string, { right: number; answered: number }>()
  for (const answer of answers) {
    for (const cell of cellsOf(answer.question, deps)) {
      const sum = sums.get(cell) ?? { right: 0, answered: 0 }
      sums.set(cell, { right: sum.right + answer.right, answered: sum.answered + answer.answered })
    }
  }
  const answered = [...sums].filter(([, sum]) => sum.answered > 0)
  const titles = titlesOf(
    answered.map(([cell]) => cell),
    deps,
  )
  return answered
    .map(([, sum], i) => ({ title: titles[i] ?? '', ...sum }))
    .sort((a, b) => a.right / a.answered - b.right / b.answered || b.answered - a.answered)
}

/** Of weeks that are over, so that nobody learns from two looks what one person answered in between. */
export async function insightOf(team: Team, deps: Deps): Promise<Insight> {
  const week = (ago: number) => periodNow('week', deps.clock() - ago * WEEK_MS, team.zone)
  const [members, answers] = await Promise.all([
    deps.store.memberCount(team.id),
    deps.store.weeklyAnswers(team.id, week(WEEKS), week(0)),
  ])
  const tallies = answers.flatMap((one) => cellsOf(one.question, deps).map((cell) => ({ ...one, cell })))
  const weakest = figures(tallies).slice(0, WEAKEST)
  const titles = titlesOf(
    weakest.map(({ cell }) => cell),
    deps,
  )
  return {
    members,
    weakest: weakest.map(({ cell, ...figure }, i) => ({ title: titles[i] ?? cell, ...figure })),
  }
}
