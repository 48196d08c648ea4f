/** Counts one person's answers by topic. */
import { sentence } from '../../core/text.js'
import type { Deps } from '../deps.js'

export interface TopicShare {
  readonly title: string
  readonly right: number
  readonly answered: number
}

type From = Pick<Deps, 'packs' | 'questions'>

/** The topics of a question, each as a string that is unique over all packs. */
export function topicsOf(id: string, { questions }: From): string[] {
  const question = questions.question(id)
  return question ? question.topics.map((slug) => `${question.pack}/${slug}`) : []
}

/** Titles of topics, with the title of the pack if two have the same title. */
export function titlesOf(cells: readonly string[], { packs }: From): string[] {
  const topics = cells.map((cell) => {
    const [id = '', slug = ''] = cell.split('/')
    const bank = packs.get(id)?.bank
    return { title: bank?.topic(slug)?.title ?? slug, pack: bank?.pack.title ?? id }
  })
  const isTwin = (title: string) => topics.filter((topic) => topic.title === title).length > 1
  return topics.map(({ title, pack }) => (isTwin(title) ? sentence`${title} (${pack})` : title))
}

/**
 * Sums answers by topic, weakest first; a question about two topics counts for both. Questions that a team no
 * longer asks keep their topics.
 */
export async function byTopic(
  answers: readonly { question: string; right: number; answered: number }[],
  deps: From & Pick<Deps, 'store'>,
): Promise<TopicShare[]> {
  const others = answers.map(({ question }) => question).filter((id) => !deps.questions.question(id))
  const notAsked = await deps.store.topicsOfWritten([...new Set(others)])
  const cellsOf = (id: string): readonly string[] => {
    const { pack = '', topics = [] } = notAsked.get(id) ?? {}
    const cells = topicsOf(id, deps)
    return cells.length > 0 ? cells : topics.map((slug) => `${pack}/${slug}`)
  }
  const sums = new Map<string, { right: number; answered: number }>()
  for (const answer of answers) {
    for (const cell of cellsOf(answer.question)) {
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
