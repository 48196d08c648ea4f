/**
 * Names that no topic is about: of products and the like, which the notes use in passing. A topic that merely
 * mentions one is no answer about it.
 */
import type { Lexicon } from './lexicon/lexicon.js'
import type { Terms, Written } from './terms.js'

/** Longer queries are no names. */
const MAX_NAME = 3
/** The same for what is no name but for the maker before it. */
const MAX_MADE = 2
/** What many topics mention in passing is not what one of them is about. */
const [SEVERAL, MANY] = [3, 4]
const HALF = 0.5

export interface Mentions {
  /**
   * `passing`: topics mention it, and none more than others. `single`: one topic is where it is mentioned.
   * `nowhere`: it has its maker before it, and no topic says a word of it. Undefined for what is no such
   * name, and for what a topic is called by.
   */
  kind(
    tokens: readonly string[],
    holds: (topic: number) => boolean,
  ): 'passing' | 'single' | 'nowhere' | undefined
}

export function createMentions(topics: readonly Written[], terms: Terms, lexicon: Lexicon): Mentions {
  const { isMaker, isStopWord, stem, words } = lexicon
  const phraseIn = (text: string) =>
    ` ${words(text)
      .filter((word) => !isStopWord(word))
      .map(stem)
      .join(' ')} `
  /** A longer name that holds it, such as that of a role, is none of the thing itself. */
  const isCalled = (phrase: string, topic: number) => {
    const name = phraseIn(topics[topic]?.title ?? '')
    return name.includes(phrase) && phrase.length >= HALF * name.length
  }
  return {
    kind(tokens, holds) {
      const told = tokens.filter((word) => !isStopWord(word))
      if (told.length === 0 || told.length > MAX_NAME) return undefined
      const isName = told.every(terms.isProper)
      // With its maker before it, a word that is written in small letters elsewhere is a name too.
      const isMade = told.length <= MAX_MADE && told.length < tokens.length && isMaker(tokens[0] ?? '')
      if (!isName && !isMade) return undefined
      const masses = massesOf(told.map(stem), terms)
      const phrase = phraseIn(told.join(' '))
      if ([...masses.keys()].some((topic) => isCalled(phrase, topic))) return undefined
      const held = [...masses].filter(([topic]) => told.length === 1 || holds(topic)).map(([, mass]) => mass)
      if (held.length === 0) return isMade ? 'nowhere' : undefined
      if (!isName) return 'single'
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
