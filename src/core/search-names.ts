/** Topics by what they are called: titles, slugs, aliases, initials, and misspellings and beginnings of these. */
import { isStopWord } from './search-words.js'
import { createSpelling, squash, stem, words } from './text-match.js'

export interface Named {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
}

/** Topic numbers (places in the list given), with 1 for a name as written and less for a guess. */
interface NameHit {
  readonly topics: readonly number[]
  readonly score: number
}

/** A name found in the middle of a query: tokens `from` up to, not including, `to`. */
export interface Mention {
  readonly from: number
  readonly to: number
  readonly topics: readonly number[]
}

export interface Names {
  exact(tokens: readonly string[]): NameHit | undefined
  misspelled(tokens: readonly string[]): NameHit | undefined
  /** Topics with a name of several words that begins with just these; in titles alone when asked so. */
  begun(tokens: readonly string[], where?: 'titles'): readonly number[]
  /** The longest names within the tokens, none overlapping another. */
  mentions(tokens: readonly string[]): readonly Mention[]
  /** Topics of which a name goes on with what is typed, at the start of any word; all of them for nothing typed. By title. */
  complete(typed: string, limit: number): readonly number[]
}

/** Names that come first in AWS's spelling and that people leave out or add. */
const MAKERS = new Set(['amazon', 'aws', 'sagemaker'])

/** How a name belongs to its topic, best first: a title beats another topic's alias of the same spelling. */
const RANK = { title: 0, alias: 1, shortened: 2, stemmed: 3, initials: 4 } as const
const RANK_SCORES = [1, 0.98, 0.95, 0.93, 0.85]
const SLIP_COST = 0.1
/** The longest names have about this many words ("managed workflows for apache airflow"). */
const MAX_NAME_WORDS = 7
const MIN_INITIALS = 3

interface Entry {
  rank: number
  topics: number[]
}

export function createNames(topics: readonly Named[]): Names {
  const entries = new Map<string, Entry>()
  const written = topics.map(writtenNames)
  written.forEach((names, number) => {
    for (const name of names) for (const { key, rank } of keysOf(name)) add(entries, key, rank, number)
  })
  const spelling = createSpelling(spelledOut(entries))
  const starts = createStarts(topics, written)

  function exact(tokens: readonly string[]): NameHit | undefined {
    for (const told of unwrapped(tokens)) {
      for (const form of [told, withoutMaker(told), withoutMaker(told).map(stem)]) {
        const entry = entries.get(squash(form))
        if (entry) return { topics: entry.topics, score: RANK_SCORES[entry.rank] ?? 0 }
      }
    }
    return undefined
  }

  function misspelled(tokens: readonly string[]): NameHit | undefined {
    const told = unwrapped(tokens).at(-1) ?? []
    for (const form of [tokens, told, withoutMaker(told)]) {
      const near = spelling(squash(form))
      if (near.length === 0) continue
      const best = Math.min(...near.map((n) => entries.get(n.word)?.rank ?? RANK.initials))
      const same = near.flatMap((n) => entries.get(n.word) ?? []).filter((e) => e.rank === best)
      return { topics: [...new Set(same.flatMap((e) => e.topics))], score: 1 - SLIP_COST * (near[0]?.slips ?? 0) }
    }
    return undefined
  }

  function mentions(tokens: readonly string[]): Mention[] {
    const found: Mention[] = []
    for (let from = 0; from < tokens.length; from = Math.max(from + 1, found.at(-1)?.to ?? 0)) {
      const mention = longestAt(tokens, from)
      if (mention) found.push(mention)
    }
    return found
  }

  function longestAt(tokens: readonly string[], from: number): Mention | undefined {
    for (let to = Math.min(tokens.length, from + MAX_NAME_WORDS); to > from; to--) {
      const span = tokens.slice(from, to)
      if (span.length < 3 && span.every(isStopWord)) continue
      const entry = entries.get(squash(span)) ?? entries.get(squash(span.map(stem)))
      if (entry && entry.rank !== RANK.initials) return { from, to, topics: entry.topics }
    }
    return undefined
  }

  return { exact, misspelled, mentions, begun: starts.begun, complete: starts.complete }
}

interface WrittenName {
  readonly tokens: readonly string[]
  readonly rank: number
}

function writtenNames(topic: Named): WrittenName[] {
  return [
    { tokens: words(topic.title), rank: RANK.title },
    { tokens: words(topic.slug), rank: RANK.title },
    ...topic.aliases.map((alias) => ({ tokens: words(alias), rank: RANK.alias })),
  ]
}

function keysOf({ tokens, rank }: WrittenName): { key: string; rank: number }[] {
  const bare = withoutMaker(tokens)
  const short = bare.length < tokens.length ? [{ key: squash(bare), rank: RANK.shortened }] : []
  // "Register a model" is not called RAM.
  const initials =
    bare.length >= MIN_INITIALS && !bare.some(isStopWord) ? [{ key: bare.map((word) => word[0]).join(''), rank: RANK.initials }] : []
  return [{ key: squash(tokens), rank }, ...short, { key: squash(bare.map(stem)), rank: RANK.stemmed }, ...initials]
}

function add(entries: Map<string, Entry>, key: string, rank: number, number: number) {
  if (key === '') return
  const entry = entries.get(key)
  if (!entry || rank < entry.rank) entries.set(key, { rank, topics: [number] })
  else if (rank === entry.rank && !entry.topics.includes(number)) entry.topics.push(number)
}

function* spelledOut(entries: ReadonlyMap<string, Entry>) {
  for (const [key, entry] of entries) if (entry.rank < RANK.stemmed) yield key
}

/** "Amazon SageMaker Neo" is "Neo"; "SageMaker" alone stays. */
function withoutMaker(tokens: readonly string[]): readonly string[] {
  const first = tokens.findIndex((token) => !MAKERS.has(token))
  return first <= 0 ? tokens : tokens.slice(first)
}

/** The tokens with ever more of the wrapping gone: "what is all at once" gives "is all at once", "all at once", and so on. */
function unwrapped(tokens: readonly string[]): (readonly string[])[] {
  const isWrapping = (token: string | undefined) => token !== undefined && isStopWord(token)
  const forms: (readonly string[])[] = []
  for (let from = 0; from < tokens.length; from++) {
    for (let to = tokens.length; to > from; to--) {
      forms.push(tokens.slice(from, to))
      if (!isWrapping(tokens[to - 1])) break
    }
    if (!isWrapping(tokens[from])) break
  }
  return forms.sort((a, b) => b.length - a.length)
}

interface Start {
  readonly text: string
  /** 0: how a title starts; 1: how an alias starts; 2: a later word. */
  readonly place: number
  readonly topic: number
  /** Where the words of the name end, in letters from its first; empty for a later word. */
  readonly ends: readonly number[]
}

/** All word starts of all names in one sorted list: a prefix is a stretch of it. */
function createStarts(topics: readonly Named[], written: readonly (readonly WrittenName[])[]): Pick<Names, 'begun' | 'complete'> {
  const alphabetical = topics.map((_, number) => number).sort((a, b) => compare(topics[a]?.title ?? '', topics[b]?.title ?? ''))
  const order: number[] = []
  alphabetical.forEach((number, place) => {
    order[number] = place
  })
  const starts = written.flatMap((names, number) => names.flatMap((name) => startsOf(name, number))).sort((a, b) => compare(a.text, b.text))
  const byTitle = (a: number, b: number) => (order[a] ?? 0) - (order[b] ?? 0)

  function* beginningWith(prefix: string) {
    for (let i = lowerBound(starts, prefix); ; i++) {
      const start = starts[i]
      if (!start?.text.startsWith(prefix)) return
      yield start
    }
  }

  return {
    begun(tokens, where) {
      const typed = squash(tokens)
      const found = new Set<number>()
      for (const { topic, place, ends } of beginningWith(typed))
        if (ends.includes(typed.length) && (where === undefined || place === RANK.title)) found.add(topic)
      return [...found].sort(byTitle)
    },
    complete(typed, limit) {
      const prefix = squash(words(typed))
      if (prefix === '') return typed.trim() === '' ? alphabetical.slice(0, limit) : []
      const best = new Map<number, number>()
      for (const { topic, place } of beginningWith(prefix))
        if (place < (best.get(topic) ?? Number.POSITIVE_INFINITY)) best.set(topic, place)
      const found = [...best].sort(([a, placeA], [b, placeB]) => placeA - placeB || byTitle(a, b))
      return found.slice(0, limit).map(([topic]) => topic)
    },
  }
}

function startsOf({ tokens, rank }: WrittenName, topic: number): Start[] {
  const makers = tokens.length - withoutMaker(tokens).length
  return tokens.map((_, i) => {
    const rest = tokens.slice(i)
    const first = i === 0 || i === makers
    return { text: squash(rest), place: first ? rank : 2, topic, ends: first ? endsOf(rest) : [] }
  })
}

function endsOf(tokens: readonly string[]): number[] {
  let end = 0
  return tokens.map((token) => {
    end += token.length
    return end
  })
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function lowerBound(starts: readonly Start[], prefix: string): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle]?.text ?? '') < prefix) low = middle + 1
    else high = middle
  }
  return low
}
