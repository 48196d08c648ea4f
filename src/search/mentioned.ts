/**
 * Names that no topic is about: of products and the like, which the notes use in passing. A topic that merely
 * mentions one is no answer about it.
 */
import type { Terms, Written } from './terms.js'
import { stem, words } from './text-match.js'
import type { Lexicon } from './words.js'

/** Longer queries are no names. */
const MAX_NAME = 3
/** What many topics mention in passing is not what one of them is about. */
const [SEVERAL, MANY] = [3, 4]
const HALF = 0.5

export interface Mentions {
  /**
   * `passing`: topics mention it, and none more than others. `single`: one topic is where it is mentioned.
   * Undefined for what is no such name, and for what a topic is called by.
   */
  kind(tokens: readonly string[], holds: (topic: number) => boolean): 'passing' | 'single' | undefined
}

export function createMentions(topics: readonly Written[], terms: Terms, { isStopWord }: Lexicon): Mentions {
  const phraseIn = (text: string) =>
    ` ${words(text)
      .filter((word) => !isStopWord(word))
      .map(stem)
      .join(' ')} `
  /** A longer name that holds it, such as that of a role, is none of the thing itself. */
  const isCalled = (phrase: string, topic: number) => {
    const { title = '', aliases = [], asked = [] } = topics[topic] ?? {}
    return [title, ...aliases, ...asked]
      .map(phraseIn)
      .some((name) => name.includes(phrase) && phrase.length >= HALF * name.length)
  }
  return {
    kind(tokens, holds) {
      const told = tokens.filter((word) => !isStopWord(word))
      if (told.length === 0 || told.length > MAX_NAME || !told.every(terms.isProper)) return undefined
      const masses = massesOf(told.map(stem), terms)
      const phrase = phraseIn(told.join(' '))
      if ([...masses.keys()].some((topic) => isCalled(phrase, topic))) return undefined
      const held = [...masses].filter(([topic]) => told.length === 1 || holds(topic)).map(([, mass]) => mass)
      if (held.length === 0) return undefined
      const share = Math.max(...held) / held.reduce((sum, mass) => sum + mass, 0)
      const isSpread = (held.length >= SEVERAL && share < HALF) || (held.length >= MANY && share <= HALF)
      return isSpread ? 'passing' : 'single'
    },
  }
}

/** The topics that hold all of the stems, each with how much it holds the one that it holds least. */
function massesOf(stems: readonly string[], terms: Terms): Map<number, number> {
  const [first, ...others] = stems.map((term) => {
    const { topics = [], masses = [] } = terms.posting(term) ?? {}
    return new Map(topics.map((topic, i) => [topic, masses[i] ?? 0]))
  })
  const inAll = [...(first ?? [])].filter(([topic]) => others.every((other) => other.has(topic)))
  return new Map(
    inAll.map(([topic, mass]) => [topic, Math.min(mass, ...others.map((other) => other.get(topic) ?? 0))]),
  )
}
