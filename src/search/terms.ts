/** The words of the notes: which topics hold them, how much, and which of them are proper names. */
import { createIndex, type Posting, placeOf } from './postings.js'
import { identifiers, stem, words } from './text-match.js'
import type { Lexicon } from './words.js'

export interface Written {
  readonly title: string
  readonly aliases: readonly string[]
  readonly asked: readonly string[]
  readonly summary: string
  readonly body: string
}

/** How much a word counts by where it stands. */
const WEIGHTS = { title: 6, aliases: 4, asked: 2, summary: 3, body: 1 } as const
const FIELDS = ['title', 'aliases', 'asked', 'summary', 'body'] as const
type Document = Readonly<Record<keyof typeof WEIGHTS, readonly string[]>>

/** How well a word that means much the same stands in for the one asked with. */
export const KINSHIP = 0.6
/** A word counts half when its weights in a topic add up to this. */
const HALF_SURE = 1.5
/**
 * By how many words tell something: in few words, a topic must be the very one that is about them; in many,
 * it tells already that it holds them together.
 */
const SATURATIONS = [1, 1, 0.9, 0.6]
const SPREADS = [0.5, 0.5, 0.4, 0.2]
/** Notes write a proper name in lower case at most this often. */
const LOWER_NAMES = 0.05

export interface Terms {
  /** Undefined for a term that stands nowhere. */
  posting(term: string): Posting | undefined
  has(term: string): boolean
  /** 1 for a term of a single topic, less for common ones. */
  rarity(term: string): number
  /**
   * 0 to 1 for each topic: how much it is about the term, or one that means the same, asked for in so many
   * words.
   */
  strength(term: string, told: number): (topic: number) => number
  /** Whether the notes write the word as a name. */
  isProper(word: string): boolean
}

export function createTerms(topics: readonly Written[], { isStopWord, kinOf }: Lexicon): Terms {
  const documents = documentsOf(topics, isStopWord)
  const index = createIndex(
    FIELDS.map((field) => ({ weight: WEIGHTS[field], terms: documents.map((document) => document[field]) })),
  )
  // For each posting, what `strengthsIn` gives for so many words.
  const strengths = new Map<Posting, (readonly number[] | undefined)[]>()
  const strengthsOf = (posting: Posting, words: number): readonly number[] => {
    const before = strengths.get(posting) ?? []
    strengths.set(posting, before)
    before[words] ??= strengthsIn(posting, words)
    return before[words]
  }

  return {
    posting: (term) => index.get(term),
    has: (term) => index.has(term),
    rarity: (term) => index.get(term)?.rarity ?? 1,
    strength(term, told) {
      const asked = Math.min(told, SPREADS.length - 1)
      const reader = (posting: Posting, share: number) => ({
        posting,
        share,
        strengths: strengthsOf(posting, asked),
      })
      const own = index.get(term)
      const kin = [...kinOf(term)].map((other) => index.get(other)).filter((posting) => posting !== undefined)
      const readers = [...(own ? [reader(own, 1)] : []), ...kin.map((posting) => reader(posting, KINSHIP))]
      return (topic) => {
        let best = 0
        for (const one of readers) {
          const place = placeOf(one.posting, topic)
          if (place >= 0) best = Math.max(best, one.share * (one.strengths[place] ?? 0))
        }
        return best
      }
    },
    isProper: properNames(topics),
  }
}

function strengthsIn({ masses, mass: all }: Posting, asked: number): readonly number[] {
  return masses.map(
    (mass) =>
      (mass / (mass + HALF_SURE)) ** (SATURATIONS[asked] ?? 1) * (mass / all) ** (SPREADS[asked] ?? 1),
  )
}

function documentsOf(topics: readonly Written[], isStopWord: Lexicon['isStopWord']): Document[] {
  const known = new Map<string, string>()
  const termOf = (word: string) => {
    const old = known.get(word)
    if (old !== undefined) return old
    const term = isStopWord(word) ? '' : stem(word)
    known.set(word, term)
    return term
  }
  const termsOf = (text: string) => {
    const terms = words(text).map(termOf)
    return [...terms.filter((term) => term !== ''), ...identifiers(text)]
  }
  return topics.map((topic) => ({
    title: termsOf(topic.title),
    aliases: termsOf(topic.aliases.join(' ')),
    asked: termsOf(topic.asked.join('\n')),
    summary: termsOf(topic.summary),
    body: termsOf(topic.body),
  }))
}

/** Tells names, which have a capital within a sentence, from common words such as canary or batch. */
function properNames(topics: readonly Written[]): (word: string) => boolean {
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
  return (word) => (lower.get(word) ?? 0) <= LOWER_NAMES * (upper.get(word) ?? 0)
}
