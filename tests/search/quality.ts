/** How well the look-up answers what learners type, by kind of query. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { loadContent } from '../../src/content/load.js'
import { createSearch, type Found, type Search, searchTopic } from '../../src/search/search.js'

/** Percent of the queries of a kind that the look-up should answer right. */
export const AIMS = {
  exact: 100,
  alias: 99,
  typo: 95,
  question: 90,
  mentioned: 95,
  compare: 95,
  none: 95,
} as const
export type Kind = keyof typeof AIMS
export const KINDS = Object.keys(AIMS) as Kind[]

export interface Query {
  readonly query: string
  /** The acceptable first answers; for a comparison, what is compared; left out for what is not covered. */
  readonly topics?: readonly string[]
}

export interface Quality {
  readonly kind: Kind
  readonly asked: number
  readonly right: number
  readonly wrong: readonly {
    readonly query: string
    readonly wanted: readonly string[]
    readonly found: Found
  }[]
}

export function readQueries(): Readonly<Record<Kind, readonly Query[]>> {
  return parse(readFileSync(new URL('queries.yaml', import.meta.url), 'utf8'))
}

export async function searchOfContent(): Promise<Search> {
  const [bank] = (await loadContent('content')).banks
  return createSearch(bank?.topics.map(searchTopic) ?? [], bank?.pack.vocabulary)
}

export function judge(search: Search, kind: Kind, queries: readonly Query[]): Quality {
  const wrong = queries.flatMap(({ query, topics = [] }) => {
    const found = search.find(query)
    return isRight(kind, found, topics) ? [] : [{ query, wanted: topics, found }]
  })
  return { kind, asked: queries.length, right: queries.length - wrong.length, wrong }
}

/** "Did you mean" is no answer: the first topic has to be shown at once. */
function isRight(kind: Kind, { match, topics }: Found, wanted: readonly string[]): boolean {
  if (kind === 'none') return match === 'none'
  if (kind === 'compare')
    return match === 'compare' && [...topics.map((t) => t.slug)].sort().join() === [...wanted].sort().join()
  return match === 'topic' && wanted.includes(topics[0]?.slug ?? '')
}
