/**
 * Topics by what they are called: titles, slugs, aliases, initials, and misspellings and beginnings of these.
 */

import { createSpelling, runOf, squash, stem, words } from './text-match.js'
import type { Lexicon } from './words.js'

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
  /**
   * Topics of which a name goes on with what is typed, at the start of any word; all of them for nothing
   * typed. By title.
   */
  complete(typed: string, limit: number): readonly number[]
}

/** How a name belongs to its topic, best first: a title beats another topic's alias of the same spelling. */
const RANK = { title: 0, alias: 1, shortened: 2, stemmed: 3, initials: 4 } as const
const RANK_SCORES = [1, 0.98, 0.95, 0.93, 0.85]
const SLIP_COST = 0.1
/** The longest names have about this many words ("managed workflows for apache airflow"). */
const MAX_NAME_WORDS = 7
const MIN_INITIALS = 3
/** Nobody asks about more at once. */
const MAX_MENTIONS = 12
/** Only questions of nothing but everyday words have more forms; the innermost are looked at. */
const MAX_FORMS = 60

interface Entry {
  rank: number
  topics: number[]
}

export function createNames(topics: readonly Named[], lexicon: Lexicon): Names {
  const { isStopWord } = lexicon
  const entries = new Map<string, Entry>()
  const written = topics.map(writtenNames)
  written.forEach((names, number) => {
    for (const name of names)
      for (const { key, rank } of keysOf(name, lexicon)) add(entries, key, rank, number)
  })
  const spelling = createSpelling(spelledOut(entries))
  const longest = written.flat().reduce((most, { tokens }) => Math.max(most, squash(tokens).length), 0)
  const starts = createStarts(topics, written, lexicon)

  function exact(tokens: readonly string[]): NameHit | undefined {
    const [typed, stemmed] = [runOf(tokens), runOf(tokens.map(stem))]
    for (const [from, to] of unwrapped(tokens, longest, lexicon)) {
      const bare = afterMaker(tokens, from, to, lexicon)
      const entry =
        entries.get(typed.slice(from, to)) ??
        entries.get(typed.slice(bare, to)) ??
        entries.get(stemmed.slice(bare, to))
      if (entry) return { topics: entry.topics, score: RANK_SCORES[entry.rank] ?? 0 }
    }
    return undefined
  }

  function misspelled(tokens: readonly string[]): NameHit | undefined {
    const told = innermost(tokens, lexicon)
    for (const form of new Set([tokens, told, withoutMaker(told, lexicon)].map(squash))) {
      const near = spelling(form)
      if (near.length === 0) continue
      const best = Math.min(...near.map((n) => entries.get(n.word)?.rank ?? RANK.initials))
      const same = near.flatMap((n) => entries.get(n.word) ?? []).filter((e) => e.rank === best)
      return {
        topics: [...new Set(same.flatMap((e) => e.topics))],
        score: 1 - SLIP_COST * (near[0]?.slips ?? 0),
      }
    }
    return undefined
  }

  function mentions(tokens: readonly string[]): Mention[] {
    const [typed, stemmed] = [runOf(tokens), runOf(tokens.map(stem))]
    const found: Mention[] = []
    for (
      let from = 0;
      from < tokens.length && found.length < MAX_MENTIONS;
      from = Math.max(from + 1, found.at(-1)?.to ?? 0)
    ) {
      for (let to = Math.min(tokens.length, from + MAX_NAME_WORDS); to > from; to--) {
        if (to - from < 3 && tokens.slice(from, to).every(isStopWord)) continue
        const entry = entries.get(typed.slice(from, to)) ?? entries.get(stemmed.slice(from, to))
        if (!entry || entry.rank === RANK.initials) continue
        found.push({ from, to, topics: entry.topics })
        break
      }
    }
    return found
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

function keysOf({ tokens, rank }: WrittenName, lexicon: Lexicon): { key: string; rank: number }[] {
  const bare = withoutMaker(tokens, lexicon)
  const short = bare.length < tokens.length ? [{ key: squash(bare), rank: RANK.shortened }] : []
  // "Register a model" is not called RAM.
  const initials =
    bare.length >= MIN_INITIALS && !bare.some(lexicon.isStopWord)
      ? [{ key: bare.map((word) => word[0]).join(''), rank: RANK.initials }]
      : []
  return [
    { key: squash(tokens), rank },
    ...short,
    { key: squash(bare.map(stem)), rank: RANK.stemmed },
    ...initials,
  ]
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

/** "Acme Rocket Neo" is "Neo" where the first two are makers; "Rocket" alone stays. */
function withoutMaker(tokens: readonly string[], lexicon: Lexicon): readonly string[] {
  const first = afterMaker(tokens, 0, tokens.length, lexicon)
  return first === 0 ? tokens : tokens.slice(first)
}

/** Where the words `from` up to `to` begin when the maker's name is left out. */
function afterMaker(tokens: readonly string[], from: number, to: number, { isMaker }: Lexicon): number {
  for (let i = from; i < to; i++) if (!isMaker(tokens[i] ?? '')) return i
  return from
}

/** How many everyday words the tokens begin with, and where those begin that they end with. */
function wrapping(tokens: readonly string[], { isStopWord }: Lexicon): { lead: number; tail: number } {
  let [lead, tail] = [0, tokens.length]
  while (lead < tokens.length && isStopWord(tokens[lead] ?? '')) lead++
  while (tail > 0 && isStopWord(tokens[tail - 1] ?? '')) tail--
  return { lead, tail }
}

/** Without any of the wrapping; the last word when there is nothing else. */
function innermost(tokens: readonly string[], lexicon: Lexicon): readonly string[] {
  const { lead, tail } = wrapping(tokens, lexicon)
  return lead < tail ? tokens.slice(lead, tail) : tokens.slice(-1)
}

/**
 * Where the tokens begin and end with ever more of the wrapping gone: "what is all at once" is "is all at
 * once", "all at once", and so on. At most `MAX_FORMS`, none of more words than the longest name has letters.
 */
function unwrapped(
  tokens: readonly string[],
  longest: number,
  lexicon: Lexicon,
): (readonly [from: number, to: number])[] {
  const { lead, tail } = wrapping(tokens, lexicon)
  const [last, least] = [Math.min(lead, tokens.length - 1), Math.max(tail, 1)]
  const forms: (readonly [number, number])[] = []
  for (let size = Math.max(1, least - last); size <= Math.min(tokens.length, longest); size++) {
    for (let from = Math.min(last, tokens.length - size); from >= Math.max(0, least - size); from--) {
      if (forms.length === MAX_FORMS) return forms.reverse()
      forms.push([from, from + size])
    }
  }
  return forms.reverse()
}

interface Start {
  readonly text: string
  /** 0: how a title starts; 1: how an alias starts; 2: a later word. */
  readonly place: number
  readonly topic: number
}

/** All word starts of all names in one sorted list: a prefix is a stretch of it. */
function createStarts(
  topics: readonly Named[],
  written: readonly (readonly WrittenName[])[],
  lexicon: Lexicon,
): Pick<Names, 'begun' | 'complete'> {
  const alphabetical = topics
    .map((_, number) => number)
    .sort((a, b) => compare(topics[a]?.title ?? '', topics[b]?.title ?? ''))
  const order: number[] = []
  alphabetical.forEach((number, place) => {
    order[number] = place
  })
  const starts = written
    .flatMap((names, number) => names.flatMap((name) => startsOf(name, number, lexicon)))
    .sort((a, b) => compare(a.text, b.text))
  const byTitle = (a: number, b: number) => (order[a] ?? 0) - (order[b] ?? 0)

  function* beginningWith(prefix: string) {
    for (let i = lowerBound(starts, prefix); ; i++) {
      const start = starts[i]
      if (!start?.text.startsWith(prefix)) return
      yield start
    }
  }

  const begun = beginnings(written, lexicon)

  return {
    begun(tokens, where) {
      const found = (begun.get(squash(tokens)) ?? []).filter(
        ({ rank }) => where === undefined || rank === RANK.title,
      )
      return [...new Set(found.map(({ topic }) => topic))].sort(byTitle)
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

function startsOf({ tokens, rank }: WrittenName, topic: number, lexicon: Lexicon): Start[] {
  const makers = afterMaker(tokens, 0, tokens.length, lexicon)
  return tokens.map((_, i) => ({
    text: squash(tokens.slice(i)),
    place: i === 0 || i === makers ? rank : 2,
    topic,
  }))
}

/** Each name as far as each of its words, with its maker and without. */
function beginnings(
  written: readonly (readonly WrittenName[])[],
  lexicon: Lexicon,
): Map<string, { topic: number; rank: number }[]> {
  const begun = new Map<string, { topic: number; rank: number }[]>()
  written.forEach((names, topic) => {
    for (const { tokens, rank } of names) {
      const whole = runOf(tokens)
      for (const from of new Set([0, afterMaker(tokens, 0, tokens.length, lexicon)]))
        for (let to = from + 1; to <= tokens.length; to++) {
          const beginning = whole.slice(from, to)
          const known = begun.get(beginning) ?? []
          begun.set(beginning, known)
          known.push({ topic, rank })
        }
    }
  })
  return begun
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
