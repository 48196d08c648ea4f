/** The words of the notes: which topics hold them, how much, and which of them are proper names. */
import type { Lexicon } from './lexicon/lexicon.js'
import { createIndex, type Posting, placeOf } from './postings.js'
import { identifiers } from './tokens.js'

export interface Written {
  readonly title: string
  readonly aliases: readonly string[]
  readonly asked: readonly string[]
  readonly summary: string
  readonly body: string
}

/** Weights of a word by the field in which it occurs. */
const WEIGHTS = { title: 6, aliases: 4, asked: 2, summary: 3, body: 1 } as const
const FIELDS = ['title', 'aliases', 'asked', 'summary', 'body'] as const
type Document = Readonly<Record<keyof typeof WEIGHTS, readonly string[]>>

/** Weight of a word with much the same meaning as the asked one. */
export const KINSHIP = 0.6
/**
 * A word counts half if its weights in a topic sum to the first number, in notes whose topics have the second
 * number on average; each word says more in shorter notes.
 */
const [HALF_SURE, USUAL_MASS] = [1.5, 300]
/**
 * Exponents by the number of meaningful words: for few words, the topic must be the main one about them; for
 * many, it is already a sign that the topic holds them together.
 */
const SATURATIONS = [1, 1, 0.9, 0.6]
const SPREADS = [0.5, 0.5, 0.4, 0.2]
/** Weight of the unwritten part of a topic in smoothing: people may ask about it all the same. */
const UNWRITTEN = 60
/** Weight of the text of a topic that covers everything that people ask about it. */
const MUCH = 600
/** The maximum ratio of lower-case to capitalised uses of a proper name. */
const LOWER_NAMES = 0.05

export interface Terms {
  /** Returns undefined for a term that is not in the notes. */
  posting(term: string): Posting | undefined
  has(term: string): boolean
  /**
   * Returns terms with much the same meaning; for a term that is not in the notes, also those of its word
   * family.
   */
  kinOf(term: string): readonly string[]
  /** Returns 1 for a term of a single topic, less for common ones. */
  rarity(term: string): number
  /**
   * Returns 0 to 1 for each topic: how much it is about the term or a synonym, in a question with `told`
   * meaningful words.
   */
  strength(term: string, told: number): (topic: number) => number
  /**
   * Returns the logarithm of how much likelier a term is in a topic than in all notes, with Dirichlet
   * smoothing (Zhai and Lafferty 2004). The sum over the terms of a question measures how likely the question
   * is about the topic.
   */
  evidence(term: string): (topic: number) => number
  /**
   * 0 to 1: how reliable `evidence` is. If the topics are short, chance decides which words they
   * contain.
   */
  readonly trust: number
  /** Returns the terms of the words in a compound, if the notes have them; empty for other words. */
  parts(word: string): readonly string[]
  /** Whether the notes write the word as a name, or never within a sentence. */
  isProper(word: string): boolean
  /** Whether the notes do write the word as a name. */
  isName(word: string): boolean
}

export function createTerms(topics: readonly Written[], lexicon: Lexicon): Terms {
  const { kinOf } = lexicon
  const parts = compoundsOf(topics, lexicon)
  const documents = documentsOf(topics, parts, lexicon)
  const index = createIndex(
    FIELDS.map((field) => ({ weight: WEIGHTS[field], terms: documents.map((document) => document[field]) })),
  )
  const lengths = documents.map(lengthOf)
  const written = lengths.reduce((sum, length) => sum + length, 0)
  const mass = written / Math.max(1, lengths.length)
  const half = HALF_SURE * Math.min(1, mass / USUAL_MASS)
  const relatives = createRelatives(index.keys())
  // Caches the result of `strengthsIn` for each posting and number of words.
  const strengths = new Map<Posting, (readonly number[] | undefined)[]>()
  const strengthsOf = (posting: Posting, words: number): readonly number[] => {
    const before = strengths.get(posting) ?? []
    strengths.set(posting, before)
    before[words] ??= strengthsIn(posting, words, half)
    return before[words]
  }

  const kinIn = (term: string) => [...kinOf(term), ...(index.has(term) ? [] : relatives(term))]

  /**
   * Returns the highest worth that the term or a synonym has for a topic. `worthIn` returns the worth at a
   * position in a posting.
   */
  function strongest(term: string, worthIn: (posting: Posting) => (place: number) => number) {
    const reader = (posting: Posting, share: number) => ({ posting, share, worth: worthIn(posting) })
    const own = index.get(term)
    const kin = kinIn(term)
      .map((other) => index.get(other))
      .filter((posting) => posting !== undefined)
    const readers = [...(own ? [reader(own, 1)] : []), ...kin.map((posting) => reader(posting, KINSHIP))]
    return (topic: number) => {
      let best = 0
      for (const { posting, share, worth } of readers) {
        const place = placeOf(posting, topic)
        if (place >= 0) best = Math.max(best, share * worth(place))
      }
      return best
    }
  }

  return {
    posting: (term) => index.get(term),
    kinOf: kinIn,
    has: (term) => index.has(term),
    rarity: (term) => index.get(term)?.rarity ?? 1,
    strength(term, told) {
      const asked = Math.min(told, SPREADS.length - 1)
      return strongest(term, (posting) => {
        const all = strengthsOf(posting, asked)
        return (place) => all[place] ?? 0
      })
    },
    trust: Math.min(1, mass / MUCH),
    evidence(term) {
      const said = strongest(term, ({ masses, mass: all }) => {
        const expected = (UNWRITTEN * all) / written
        return (place) => Math.log(1 + (masses[place] ?? 0) / expected)
      })
      return (topic) => said(topic) - Math.log(1 + (lengths[topic] ?? 0) / UNWRITTEN)
    },
    parts,
    ...properNames(topics, lexicon),
  }
}

function strengthsIn({ masses, mass: all }: Posting, asked: number, half: number): readonly number[] {
  return masses.map(
    (mass) => (mass / (mass + half)) ** (SATURATIONS[asked] ?? 1) * (mass / all) ** (SPREADS[asked] ?? 1),
  )
}

function documentsOf(topics: readonly Written[], parts: Terms['parts'], lexicon: Lexicon): Document[] {
  const { isStopWord, stem, words } = lexicon
  const known = new Map<string, readonly string[]>()
  const termsOfWord = (word: string) => {
    const old = known.get(word)
    if (old !== undefined) return old
    const terms = isStopWord(word) ? [] : [stem(word), ...parts(word)]
    known.set(word, terms)
    return terms
  }
  const termsOf = (text: string) => [...words(text).flatMap(termsOfWord), ...identifiers(text)]
  return topics.map((topic) => ({
    title: termsOf(topic.title),
    aliases: termsOf(topic.aliases.join(' ')),
    asked: termsOf(topic.asked.join('\n')),
    summary: termsOf(topic.summary),
    body: termsOf(topic.body),
  }))
}

/**
 * Words with this many common first letters, this common share and at most this ending are of one family:
 * `silky` and `silk`.
 */
const [FAMILY, FAMILY_SHARE, FAMILY_ENDING] = [4, 0.6, 3]

/** Finds words of the notes that are in the same family as an unknown word. */
function createRelatives(all: Iterable<string>): (term: string) => readonly string[] {
  const byStart = new Map<string, string[]>()
  for (const term of all) {
    if (term.length < FAMILY || /\p{N}/u.test(term)) continue
    const start = term.slice(0, FAMILY)
    const others = byStart.get(start) ?? []
    byStart.set(start, others)
    others.push(term)
  }
  const isRelated = (one: string, other: string) => {
    const longer = Math.max(one.length, other.length)
    let same = FAMILY
    while (same < longer && one[same] === other[same]) same++
    return longer - same <= FAMILY_ENDING && same >= FAMILY_SHARE * longer
  }
  return (term) => (byStart.get(term.slice(0, FAMILY)) ?? []).filter((other) => isRelated(term, other))
}

/** Returns the total weight of the words of a topic. */
const lengthOf = (document: Document): number =>
  FIELDS.reduce((sum, field) => sum + WEIGHTS[field] * document[field].length, 0)

/** Splits the compounds of the notes, in a language that has them. */
function compoundsOf(topics: readonly Written[], { compoundParts, stem, words }: Lexicon): Terms['parts'] {
  if (!compoundParts) return () => []
  const known = new Set<string>()
  for (const { title, aliases, asked, summary, body } of topics)
    for (const text of [title, ...aliases, ...asked, summary, body])
      for (const word of words(text)) if (word.length > 2) known.add(stem(word))
  const isKnown = (word: string) => known.has(stem(word))
  return (word) => compoundParts(word, isKnown).map(stem)
}

/** Distinguishes names, which have a capital within a sentence, from common words such as canary or batch. */
function properNames(
  topics: readonly Written[],
  { nounsAreCapital }: Lexicon,
): Pick<Terms, 'isProper' | 'isName'> {
  if (nounsAreCapital) return { isProper: () => false, isName: () => false }
  const lower = new Map<string, number>()
  const upper = new Map<string, number>()
  for (const topic of topics) {
    for (const [, word] of `${topic.summary}\n${topic.body}`.matchAll(/[\p{L}\p{N},;)] ([\p{L}\p{N}]+)/gu)) {
      if (!word) continue
      const cases = /^\p{Lu}/u.test(word) ? upper : lower
      const small = word.toLowerCase()
      cases.set(small, (cases.get(small) ?? 0) + 1)
    }
  }
  const isProper = (word: string) => (lower.get(word) ?? 0) <= LOWER_NAMES * (upper.get(word) ?? 0)
  return { isProper, isName: (word) => upper.has(word) && isProper(word) }
}
