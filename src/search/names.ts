/**
 * Finds topics by their names: titles, slugs, aliases, initials, and misspellings and beginnings of these.
 */

import { once } from '../core/once.js'
import { type Beginnings, createBeginnings } from './beginnings.js'
import type { Lexicon } from './lexicon/lexicon.js'
import { createShortForms } from './short-forms.js'
import { createSpelling } from './text-match.js'
import { isSigned, isUnspaced, runOf, squash } from './tokens.js'
import {
  afterMaker,
  derivedKeys,
  type Named,
  type NameKey,
  RANK,
  RANK_SCORES,
  spelledKeys,
  type WrittenName,
  withoutMaker,
  writtenNames,
} from './written-names.js'

/** Topic numbers (positions in the given list); the score is 1 for a name as written and less for a guess. */
interface NameHit {
  readonly topics: readonly number[]
  readonly score: number
  /** Whether the name is everything that was typed, apart from the maker. */
  readonly isWhole?: boolean
}

/** A name found in the middle of a query: tokens `from` up to, not including, `to`. */
export interface Mention {
  readonly from: number
  readonly to: number
  readonly topics: readonly number[]
}

export interface Names extends Beginnings {
  exact(tokens: readonly string[]): NameHit | undefined
  misspelled(tokens: readonly string[]): NameHit | undefined
  /** Returns the name that all of the tokens form, apart from a typing error. */
  slip(tokens: readonly string[]): NameHit | undefined
  /** Returns the longest names within the tokens, without overlaps. */
  mentions(tokens: readonly string[]): readonly Mention[]
  /** Returns topics with a name that the word abbreviates: `netpol`, `cm`. */
  abbreviated(word: string): readonly number[]
  /** Returns topics with a name that uses a synonym from the subject. */
  meant(tokens: readonly string[]): readonly number[]
  /**
   * Returns topics with a name of the same words in another order; if there are none, the same as `meant`.
   */
  inOtherWords(tokens: readonly string[]): readonly number[]
  /** Returns topics with a name that contains the tokens, in scripts that do not separate words. */
  holding(tokens: readonly string[]): readonly number[]
  /** Builds in advance the parts that these methods build on first use; an exact name needs none of them. */
  prepare(): void
}

const SLIP_COST = 0.1
/** The longest names have about this many words ("managed workflows for apache airflow"). */
const MAX_NAME_WORDS = 7
/** Nobody asks about more names at once. */
const MAX_MENTIONS = 12
/** A name in other words has at most this many words. */
const MAX_MEANT = 4
/** Only questions made entirely of everyday words have more forms; then only the innermost ones are tried. */
const MAX_FORMS = 60

interface Entry {
  rank: number
  topics: number[]
}

export function createNames(topics: readonly Named[], lexicon: Lexicon): Names {
  const { isStopWord, stem } = lexicon
  const written = topics.map((topic) => writtenNames(topic, lexicon))
  const spelled = entriesOf(written, (name) => spelledKeys(name, lexicon))
  // A spelled key takes precedence over an equal derived key, so a hit in the first map needs no look-up in
  // the second.
  const derived = once(() => entriesOf(written, (name) => derivedKeys(name, lexicon)))
  const entryOf = (key: string) => spelled.get(key) ?? derived().get(key)
  const ordered = (tokens: readonly string[]) => tokens.map(stem).sort().join(' ')
  const longest = written.flat().reduce((most, { tokens }) => Math.max(most, squash(tokens).length), 0)
  const inOrder = once(() => turned(written, ordered))
  const spelling = once(() => createSpelling(spelledOut([spelled, derived()])))
  const starts = once(() => createBeginnings(topics, written, lexicon))
  const shortForms = once(() => createShortForms(written, lexicon))
  const joined = once(() => written.map((names) => names.map(({ tokens }) => squash(tokens))))

  function exact(tokens: readonly string[]): NameHit | undefined {
    const [typed, stemmed] = [runOf(tokens), runOf(tokens.map(stem))]
    for (const [from, to] of unwrapped(tokens, longest, lexicon)) {
      const bare = afterMaker(tokens, from, to, lexicon)
      const entry =
        entryOf(typed.slice(from, to)) ?? entryOf(typed.slice(bare, to)) ?? entryOf(stemmed.slice(bare, to))
      if (entry)
        return {
          topics: entry.topics,
          score: RANK_SCORES[entry.rank] ?? 0,
          isWhole: to - from === tokens.length,
        }
    }
    return undefined
  }

  function misspelled(tokens: readonly string[]): NameHit | undefined {
    const told = innermost(tokens, lexicon)
    for (const form of new Set([tokens, told, withoutMaker(told, lexicon)].map(squash))) {
      const near = nearest(form, tokens)
      if (near) return near
    }
    return undefined
  }

  function nearest(form: string, tokens: readonly string[]): NameHit | undefined {
    const near = spelling()(form).filter(({ word }) => keepsShortWords(tokens, word))
    if (near.length === 0) return undefined
    const best = Math.min(...near.map((n) => entryOf(n.word)?.rank ?? RANK.initials))
    const same = near.flatMap((n) => entryOf(n.word) ?? []).filter((e) => e.rank === best)
    return {
      topics: [...new Set(same.flatMap((e) => e.topics))],
      score: 1 - SLIP_COST * (near[0]?.slips ?? 0),
    }
  }

  function slip(tokens: readonly string[]): NameHit | undefined {
    const near = nearest(squash(tokens), tokens)
    return near && near.score < 1 ? near : undefined
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
        const entry = entryOf(typed.slice(from, to)) ?? entryOf(stemmed.slice(from, to))
        if (!entry || entry.rank === RANK.initials) continue
        found.push({ from, to, topics: entry.topics })
        break
      }
    }
    return found
  }

  function meant(tokens: readonly string[]): readonly number[] {
    const told = innermost(tokens, lexicon)
    if (told.length > MAX_MEANT) return []
    const said = told.flatMap((word, i) =>
      [...lexicon.synonymsOf(word)].flatMap((other) => exact(told.with(i, other))?.topics ?? []),
    )
    return [...new Set(said)]
  }

  function inOtherWords(tokens: readonly string[]): readonly number[] {
    const found = inOrder().get(ordered(tokens)) ?? []
    return found.length > 0 ? found : meant(tokens)
  }

  function holding(tokens: readonly string[]): readonly number[] {
    const told = squash(innermost(tokens, lexicon))
    if (told.length < 2 || !isUnspaced(told)) return []
    return joined().flatMap((names, number) => (names.some((name) => name.includes(told)) ? [number] : []))
  }

  return {
    exact,
    misspelled,
    slip,
    mentions,
    meant,
    inOtherWords,
    holding,
    abbreviated: (word) => shortForms()(word),
    begun: (tokens, where) => starts().begun(tokens, where),
    complete: (typed, limit) => starts().complete(typed, limit),
    prepare: () => void [inOrder(), spelling(), starts(), shortForms()],
  }
}

/** Maps the words of each name, in any order, to topics. */
function turned(
  written: readonly (readonly WrittenName[])[],
  ordered: (tokens: readonly string[]) => string,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  written.forEach((names, number) => {
    for (const key of new Set(names.filter(({ tokens }) => tokens.length > 1).map((n) => ordered(n.tokens))))
      found.set(key, [...(found.get(key) ?? []), number])
  })
  return found
}

/** A single letter, or a name such as `C++`, is never a misspelling of another. */
function keepsShortWords(typed: readonly string[], name: string): boolean {
  const [first = '', last = ''] = [typed[0], typed.at(-1)]
  const ends =
    typed.length < 2 ||
    ((first.length > 1 || name.startsWith(first)) && (last.length > 1 || name.endsWith(last)))
  return ends && typed.every((word) => !isSigned(word) || name.includes(word))
}

function add(entries: Map<string, Entry>, key: string, rank: number, number: number) {
  if (key === '') return
  const entry = entries.get(key)
  if (!entry || rank < entry.rank) entries.set(key, { rank, topics: [number] })
  else if (rank === entry.rank && !entry.topics.includes(number)) entry.topics.push(number)
}

/** Returns all keys but initials. */
function* spelledOut(all: readonly ReadonlyMap<string, Entry>[]) {
  for (const entries of all) for (const [key, entry] of entries) if (entry.rank <= RANK.stemmed) yield key
}

function entriesOf(
  written: readonly (readonly WrittenName[])[],
  keysOf: (name: WrittenName) => readonly NameKey[],
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  written.forEach((names, number) => {
    for (const name of names) for (const { key, rank } of keysOf(name)) add(entries, key, rank, number)
  })
  return entries
}

/** Returns the number of leading framing words, and the index at which the trailing ones begin. */
function wrapping(tokens: readonly string[], { isStopWord }: Lexicon): { lead: number; tail: number } {
  let [lead, tail] = [0, tokens.length]
  while (lead < tokens.length && isStopWord(tokens[lead] ?? '')) lead++
  while (tail > 0 && isStopWord(tokens[tail - 1] ?? '')) tail--
  return { lead, tail }
}

/** Returns the tokens without the framing words around them; the last word if nothing else is left. */
function innermost(tokens: readonly string[], lexicon: Lexicon): readonly string[] {
  const { lead, tail } = wrapping(tokens, lexicon)
  return lead < tail ? tokens.slice(lead, tail) : tokens.slice(-1)
}

/**
 * Returns ranges of tokens with more and more of the framing words removed: "what is all at once", "is all at
 * once", "all at once", and so on. There are at most `MAX_FORMS`, none with more words than the longest name
 * has letters.
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
