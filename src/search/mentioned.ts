/**
 * Recognises names that no topic is about, such as those of products that the notes mention in passing. A
 * topic that merely mentions a name does not answer a question about it.
 */
import type { Lexicon } from './lexicon/lexicon.js'
import type { Terms, Written } from './terms.js'

/** Longer queries are not names. */
const MAX_NAME = 3
/** The same limit for words that count as a name only because their maker stands before them. */
const MAX_MADE = 2
/** If this many topics mention a name in passing, none of them is about it. */
const [SEVERAL, MANY] = [3, 4]
const HALF = 0.5

export interface Mentions {
  /**
   * `passing`: several topics mention the name, and none more than the others. `single`: one topic mentions
   * it most. `nowhere`: its maker stands before it, and no topic mentions it. Undefined if the tokens are not
   * such a name, or if they name a topic.
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
  /**
   * Whether the topic is called so. A much longer title that contains the name, such as that of a role, is
   * about something else.
   */
  const isCalled = (phrase: string, topic: number) => {
    const name = phraseIn(topics[topic]?.title ?? '')
    return name.includes(phrase) && phrase.length >= HALF * name.length
  }
  return {
    kind(tokens, holds) {
      const told = tokens.filter((word) => !isStopWord(word))
      if (told.length === 0 || told.length > MAX_NAME) return undefined
      const isName = told.every(terms.isProper)
      // If its maker stands before it, a word that is written in lower case elsewhere is a name too.
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

/** Returns the topics that hold all of the stems, each with its smallest mass among them. */
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
