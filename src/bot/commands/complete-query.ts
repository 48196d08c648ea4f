/**
 * Completion for `/explain`: names, the side of a comparison that is being typed, misspellings, questions.
 */
import { sentence } from '../../core/text.js'
import type { Search } from '../../search/search.js'
import type { Choosable } from '../ui/card.js'
import { MAX_SUGGESTIONS } from '../ui/complete.js'

/** The shortest text that is looked up, since a shorter one is not specific enough. */
const MIN_LOOKED_UP = 3
/**
 * A query of fewer words is compared only with names, for misspellings, and not with the text of the notes.
 */
const QUESTION_WORDS = 3
const SLIP_SCORE = 0.8
/** The number of latest sides of a long comparison that are not suggested again. */
const SIDES_LOOKED_UP = 3
/** The last side of a comparison; `and` and `or` count only in a line that began as a comparison. */
const VERSUS = /^(.*\S\s+(?:vs\.?|versus))(?:\s+(.*))?$/i
const BETWEEN = /^(.*\b(?:between|compare|comparing)\b.*\S\s+(?:and|with|to|or))(?:\s+(.*))?$/i

export function completeQuery(typed: string, search: Search): readonly Choosable[] {
  const query = typed.replace(/\s+/g, ' ').trim()
  const sides = completeSide(query, search)
  const choices = distinct(sides.length > 0 ? sides : titlesFor(query, search)).map((value) => ({
    value,
    label: value,
  }))
  if (query === '' || choices.some(({ value }) => value.toLowerCase() === query.toLowerCase()))
    return choices.slice(0, MAX_SUGGESTIONS)
  const own = { value: query, label: sentence`Look up “${query}”` }
  return [...choices.slice(0, MAX_SUGGESTIONS - 1), own]
}

/** Whole lines that continue after "vs"; none if no comparison is being typed. */
function completeSide(query: string, search: Search): string[] {
  const [, before, side = ''] = VERSUS.exec(query) ?? BETWEEN.exec(query) ?? []
  if (before === undefined) return []
  const others = new Set(
    search
      .find(before)
      .topics.slice(0, 1)
      .map(({ slug }) => slug),
  )
  const first = before.replace(/\s+(?:vs\.?|versus)$/i, '').split(/\s(?:vs\.?|versus)\s/i)
  for (const one of first.slice(-SIDES_LOOKED_UP))
    for (const { slug } of search.find(one).topics.slice(0, 1)) others.add(slug)
  const titles = search.complete(side, MAX_SUGGESTIONS).filter(({ slug }) => !others.has(slug))
  const slips = titles.length > 0 || side.length < MIN_LOOKED_UP ? [] : search.find(side).topics
  return [...titles, ...slips.filter(({ slug }) => !others.has(slug))].map(
    ({ title }) => `${before} ${title}`,
  )
}

/** Names that begin like the query, then topics that a misspelling or a question may mean. */
function titlesFor(query: string, search: Search): string[] {
  const titles = search.complete(query, MAX_SUGGESTIONS).map(({ title }) => title)
  if (query.length < MIN_LOOKED_UP) return titles
  const { match, topics } = search.find(query)
  if (match !== 'topic' && match !== 'ambiguous') return titles
  const isQuestion = query.split(' ').length >= QUESTION_WORDS
  const meant = topics.filter(({ score }) => isQuestion || score >= SLIP_SCORE)
  return [...titles, ...meant.map(({ title }) => title)]
}

const distinct = (values: readonly string[]) => [...new Set(values)]
