/** The look-up: from what a person types to a topic, a comparison, a few candidates, or an honest "not covered". */
import MiniSearch, { type SearchResult } from 'minisearch'
import type { Passage, Topic } from './model.js'
import { plain } from './text.js'

export interface SearchTopic {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly body: string
}

export interface Hit {
  readonly slug: string
  readonly title: string
  /** 1 for an exact name; below that, higher is better. Compare scores within one answer only. */
  readonly score: number
}

/**
 * `topic`: the first hit is the answer. `compare`: all hits, side by side. `ambiguous`: candidates to choose from.
 * `none`: not covered; the hits are merely the nearest.
 */
export interface Found {
  readonly match: 'topic' | 'compare' | 'ambiguous' | 'none'
  readonly topics: readonly Hit[]
}

export interface Search {
  find(query: string): Found
  /** Topics whose names go on with what is typed; all of them, by title, for nothing typed. */
  complete(typed: string, limit: number): readonly { slug: string; title: string }[]
}

/** Longer queries are cut: nobody asks in more. */
const MAX_QUERY = 200
/** A topic answers a question when it holds this share of the question's words, each weighed by how rare it is. */
const COVERED = 0.5
/** A word that is in no topic, and only looks like one that is, counts for less than half of it. */
const LOOKALIKE = 0.45
/** The second topic is a candidate too when it scores at least this share of the first. */
const CLOSE = 0.9
/** Short queries are names half remembered, so close ones are offered; a longer question gets its best topic. */
const SHORT_QUERY_WORDS = 2
const MAX_HITS = 5

const WEIGHTS = { title: 6, names: 5, summary: 3, body: 1 }
const STOP = new Set(
  `a an and any are as at be by can could do does did for from get give has have how i if in into is it its let me my of on one or our out please
  should so some tell than that the their them then there these they this to up us use used using was we what whats when where which while who why will
  with without would you your about between difference different explain define mean means meaning work works need want best way`.split(/\s+/),
)
const PREFIXES = /^(?:(?:amazon|aws|sagemaker|ai|the) )+/
const QUESTION = /^(?:what(?: is|s| are)|explain|define|tell me about|describe|meaning of|how does|how do) (?:the |an? )?/
const TAIL = / (?:mean|means|work|works|used for|do|does)$/

export function searchTopic(topic: Topic): SearchTopic {
  const body = [...topic.details.map(passageText), ...topic.examTips.map(plain), ...topic.changes.map((c) => `${plain(c.today)} ${plain(c.exam)}`)]
  return { slug: topic.slug, title: topic.title, aliases: topic.aliases, summary: plain(topic.summary), body: body.join('\n') }
}

function passageText(passage: Passage): string {
  switch (passage.kind) {
    case 'heading':
    case 'code':
      return passage.text
    case 'text':
      return plain(passage.text)
    case 'list':
      return passage.items.map(plain).join('\n')
    case 'table':
      return [passage.header, ...passage.rows].map((row) => row.map(plain).join(' ')).join('\n')
  }
}

/** Lower case, words apart, no punctuation: `StepFunctions` and `step-functions?` are both `step functions`. */
function normal(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/([a-z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%/_]+/gu, ' ')
    .trim()
}

/** Words for the index; `sm_model_dir` and `opt/ml` count whole and in parts; plurals count as singular. */
function words(text: string): string[] {
  return normal(text)
    .split(' ')
    .flatMap((word) => (/[/_]/.test(word) ? [word, ...word.split(/[/_]/)] : [word]))
    .filter((word) => word !== '')
    .map(singular)
}

function singular(word: string): string {
  if (word.length <= 3 || !word.endsWith('s') || word.endsWith('ss') || word.endsWith('us')) return word
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.slice(0, -1)
}

const tight = (text: string) => text.replaceAll(' ', '')

function typosAllowed(word: string): number {
  if (word.length >= 8) return 2
  return word.length >= 4 ? 1 : 0
}

export function createSearch(topics: readonly SearchTopic[]): Search {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic]))
  const names = nameIndex(topics)
  const full = fullTextIndex(topics)
  const fuzzy = fuzzyNames(names)
  const hit = (slug: string, score: number): Hit => ({ slug, title: bySlug.get(slug)?.title ?? slug, score: Math.round(score * 1000) / 1000 })

  /** The topic that a name means, exactly or but for a slip of the keys. */
  function named(text: string): Hit[] {
    const exact = variants(text).flatMap((variant) => [...(names.get(variant) ?? [])])
    if (exact.length > 0) return [...new Set(exact)].map((slug) => hit(slug, 1))
    for (const variant of variants(text)) {
      const near = fuzzy(variant)
      if (near.length > 0) return near.map((slug) => hit(slug, 0.9))
    }
    return []
  }

  function compared(query: string): Found | undefined {
    const sides = splitComparison(query)
    if (!sides) return undefined
    const hits = sides.map((side) => named(side)[0] ?? best(side))
    if (hits.some((h) => h === undefined)) return undefined
    const distinct = [...new Map(hits.flatMap((h) => (h ? [[h.slug, h] as const] : []))).values()]
    return distinct.length === sides.length ? { match: 'compare', topics: distinct } : undefined
  }

  function best(text: string): Hit | undefined {
    const found = fullText(text)
    return found.match === 'topic' ? found.topics[0] : undefined
  }

  function fullText(text: string): Found {
    const terms = [...new Set(words(text))].filter((term) => !STOP.has(term))
    if (terms.length === 0) return { match: 'none', topics: [] }
    const results = full.search(terms)
    const top = results[0]?.score ?? 1
    const hits = results.slice(0, MAX_HITS).map((r) => hit(String(r.id), (0.8 * r.score) / top))
    const covering = results.slice(0, MAX_HITS).filter((r) => full.coverage(r, terms) >= COVERED)
    const [first, ...rest] = covering
    if (!first) return { match: 'none', topics: hits.slice(0, 3) }
    const close = rest.filter((r) => r.score >= CLOSE * first.score)
    const ordered = [...new Set([...covering.map((r) => String(r.id)), ...hits.map((h) => h.slug)])].map((slug) => hits.find((h) => h.slug === slug)).filter((h) => h !== undefined)
    if (terms.length <= SHORT_QUERY_WORDS && close.length > 0) return { match: 'ambiguous', topics: ordered.slice(0, 1 + close.length) }
    return { match: 'topic', topics: ordered }
  }

  return {
    find(raw) {
      const query = normal(raw.slice(0, MAX_QUERY).toWellFormed())
      if (query === '') return { match: 'none', topics: [] }
      const name = named(query)
      if (name.length === 1) return { match: 'topic', topics: name }
      if (name.length > 1) return { match: 'ambiguous', topics: name.slice(0, MAX_HITS) }
      return compared(query) ?? fullText(query)
    },
    complete: (typed, limit) => completions(topics, normal(typed.slice(0, MAX_QUERY).toWellFormed()), limit),
  }
}

/** What a query may be as a name: as typed, without question words, without the vendor's prefix, run together. */
function variants(text: string): string[] {
  const bare = text.replace(QUESTION, '').replace(TAIL, '')
  const forms = [text, bare, bare.replace(PREFIXES, '')].filter((form) => form !== '')
  return [...new Set(forms.flatMap((form) => [form, tight(form), form.split(' ').map(singular).join(' ')]))]
}

function nameIndex(topics: readonly SearchTopic[]): Map<string, Set<string>> {
  const index = new Map<string, Set<string>>()
  const add = (name: string, slug: string) => {
    if (name !== '') index.set(name, (index.get(name) ?? new Set()).add(slug))
  }
  for (const topic of topics) for (const name of [topic.title, topic.slug, ...topic.aliases]) for (const form of variants(normal(name))) add(form, topic.slug)
  // Initials are a last resort: they never take a name from a topic that has it as its own.
  for (const topic of topics) {
    const initials = normal(topic.title).split(' ').map((word) => word[0] ?? '').join('')
    if (initials.length >= 3 && !index.has(initials)) add(initials, topic.slug)
  }
  return index
}

/** Names but for slips: every word of the name has its like in the query, and there is none left over. */
function fuzzyNames(names: ReadonlyMap<string, ReadonlySet<string>>): (text: string) => string[] {
  const index = new MiniSearch<{ id: string; name: string }>({ fields: ['name'], tokenize: (text) => text.split(' '), processTerm: (term) => term })
  index.addAll([...names.keys()].map((name) => ({ id: name, name })))
  return (text) => {
    const typed = text.split(' ')
    if (typed.length > 6 || !typed.some((word) => typosAllowed(word) > 0)) return []
    const results = index.search(text, { combineWith: 'AND', fuzzy: (term) => typosAllowed(term), prefix: false })
    const same = results.filter((r) => String(r.id).split(' ').length === typed.length)
    const top = same[0]?.score ?? 0
    return [...new Set(same.filter((r) => r.score >= CLOSE * top).flatMap((r) => [...(names.get(String(r.id)) ?? [])]))]
  }
}

interface FullText {
  search(terms: readonly string[]): SearchResult[]
  /** The share of the terms that the result holds, each weighed by how rare it is among the topics. */
  coverage(result: SearchResult, terms: readonly string[]): number
}

function fullTextIndex(topics: readonly SearchTopic[]): FullText {
  const documents = topics.map((t) => ({ id: t.slug, title: t.title, names: [t.slug, ...t.aliases].join('\n'), summary: t.summary, body: t.body }))
  const index = new MiniSearch<(typeof documents)[number]>({ fields: Object.keys(WEIGHTS), tokenize: words, processTerm: (term) => term })
  index.addAll(documents)
  const frequency = new Map<string, number>()
  for (const d of documents) for (const term of new Set(words(`${d.title} ${d.names} ${d.summary} ${d.body}`))) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const rarity = (term: string) => Math.log(1 + documents.length / (frequency.get(term) ?? 0.5))
  return {
    search: (terms) =>
      index.search(terms.join(' '), {
        boost: WEIGHTS,
        combineWith: 'OR',
        fuzzy: (term) => (frequency.has(term) ? false : typosAllowed(term)),
        prefix: (term) => !frequency.has(term) && term.length >= 4,
      }),
    coverage(result, terms) {
      const held = new Set(result.queryTerms)
      const total = terms.reduce((sum, term) => sum + rarity(term), 0)
      const weight = (term: string) => rarity(term) * (frequency.has(term) ? 1 : LOOKALIKE)
      return terms.filter((term) => held.has(term)).reduce((sum, term) => sum + weight(term), 0) / total
    },
  }
}

function splitComparison(query: string): string[] | undefined {
  const bare = query.replace(QUESTION, '')
  const between = /^(?:the )?(?:differences? between|compare|choose between|comparison of) (.+)$/.exec(bare)
  const parts = between ? between[1]?.split(/ (?:and|vs|versus|or|with|to) /) : bare.split(/ (?:vs|versus|or|compared (?:to|with)) /)
  const sides = (parts ?? []).map((part) => part.replace(/^(?:the|an?|should i use|use) /, '').trim()).filter((part) => part !== '')
  return sides.length >= 2 && sides.length <= 4 ? sides : undefined
}

function completions(topics: readonly SearchTopic[], typed: string, limit: number): { slug: string; title: string }[] {
  const scored = topics.flatMap((topic) => {
    const score = Math.min(...[topic.title, ...topic.aliases].map((name, i) => completes(normal(name), typed) + (i === 0 ? 0 : 0.5)))
    return Number.isFinite(score) ? [{ slug: topic.slug, title: topic.title, score }] : []
  })
  scored.sort((a, b) => a.score - b.score || (a.title < b.title ? -1 : 1))
  return scored.slice(0, limit).map(({ slug, title }) => ({ slug, title }))
}

/** 0 when the name begins so, 1 when a word in it does, 2 when it is somewhere inside, else infinite. */
function completes(name: string, typed: string): number {
  if (name.startsWith(typed) || name.replace(PREFIXES, '').startsWith(typed)) return 0
  if (name.includes(` ${typed}`)) return 1
  return typed.length >= 3 && name.includes(typed) ? 2 : Number.POSITIVE_INFINITY
}
