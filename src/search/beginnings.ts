/** Finds names by their beginnings: half-typed names and their completions. */
import { compare } from '../core/order.js'
import type { Lexicon } from './lexicon/lexicon.js'
import { runOf, squash } from './tokens.js'
import { afterMaker, type Named, RANK, type WrittenName } from './written-names.js'

export interface Beginnings {
  /**
   * Returns topics with a longer name that begins with exactly these words, optionally in titles and slugs
   * alone.
   */
  begun(tokens: readonly string[], where?: 'titles'): readonly number[]
  /**
   * Returns topics with a name in which the typed text starts at any word, best kind of name first, then by
   * title. Blank text returns all topics: the first of each section before the second of any.
   */
  complete(typed: string, limit: number): readonly number[]
}

interface Start {
  readonly text: string
  /** The rank of the name that starts here; `LATER` if a later word of it does. */
  readonly place: number
  readonly topic: number
}

const LATER = RANK.initials

/** Keeps all word starts of all names in one sorted list, so that a prefix is a contiguous range of it. */
export function createBeginnings(
  topics: readonly Named[],
  written: readonly (readonly WrittenName[])[],
  lexicon: Lexicon,
): Beginnings {
  const alphabetical = topics
    .map((_, number) => number)
    .sort((a, b) => compare(topics[a]?.title ?? '', topics[b]?.title ?? ''))
  const spread = inTurns(alphabetical, (number) => topics[number]?.section ?? '')
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
        ({ rank }) => where === undefined || rank <= RANK.slug,
      )
      return [...new Set(found.map(({ topic }) => topic))].sort(byTitle)
    },
    complete(typed, limit) {
      const prefix = squash(lexicon.words(typed))
      if (prefix === '') return typed.trim() === '' ? spread.slice(0, limit) : []
      const best = new Map<number, number>()
      for (const { topic, place } of beginningWith(prefix))
        if (place < (best.get(topic) ?? Number.POSITIVE_INFINITY)) best.set(topic, place)
      const found = [...best].sort(([a, placeA], [b, placeB]) => placeA - placeB || byTitle(a, b))
      return found.slice(0, limit).map(([topic]) => topic)
    },
  }
}

/** Interleaves the groups: the first of each group, then the second of each, and so on. */
function inTurns(numbers: readonly number[], groupOf: (number: number) => string): number[] {
  const sizes = new Map<string, number>()
  const turns = numbers.map((number) => {
    const turn = sizes.get(groupOf(number)) ?? 0
    sizes.set(groupOf(number), turn + 1)
    return { number, turn }
  })
  return turns.sort((a, b) => a.turn - b.turn).map(({ number }) => number)
}

function startsOf({ tokens, rank }: WrittenName, topic: number, lexicon: Lexicon): Start[] {
  const makers = afterMaker(tokens, 0, tokens.length, lexicon)
  return tokens.flatMap((token, i) => {
    const text = squash(tokens.slice(i))
    const place = i === 0 || i === makers ? rank : LATER
    // A person who has typed `.NE` has typed no word yet that shows what the dot means.
    return token === 'dotnet'
      ? [
          { text, place, topic },
          { text: text.slice(3), place, topic },
        ]
      : [{ text, place, topic }]
  })
}

/** Maps each beginning of each name, word by word, with its maker and without, to its topics. */
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
