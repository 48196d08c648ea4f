/** The words of the notes: which topics hold them, how much, and which of them are proper names. */
import { isStopWord, kinOf } from './search-words.js'
import { identifiers, stem, words } from './text-match.js'

export interface Written {
  readonly title: string
  readonly aliases: readonly string[]
  readonly asked: readonly string[]
  readonly summary: string
  readonly body: string
}

/** How much a word counts by where it stands. */
export const WEIGHTS = { title: 6, aliases: 4, asked: 2, summary: 3, body: 1 } as const
export type Field = keyof typeof WEIGHTS
export const FIELDS = ['title', 'aliases', 'asked', 'summary', 'body'] as const
type Document = Readonly<Record<Field, readonly string[]>>

/** How well a word that means much the same stands in for the one asked with. */
export const KINSHIP = 0.6
/** A word counts half when its weights in a topic add up to this. */
const HALF_SURE = 1.5
/**
 * By how many words tell something: in few words, a topic must be the very one that is about them; in many, it tells already that
 * it holds them together.
 */
const SATURATIONS = [1, 1, 0.9, 0.6]
const SPREADS = [0.5, 0.5, 0.4, 0.2]
/** Notes write a proper name in lower case at most this often. */
const LOWER_NAMES = 0.05

export interface Terms {
  /** The words of every topic, ready for an index. */
  readonly documents: readonly Document[]
  readonly vocabulary: ReadonlySet<string>
  /** In how many topics the term stands. */
  topics(term: string): number
  /** 1 for a term of a single topic, less for common ones. */
  rarity(term: string): number
  /** 0 to 1: how much the topic is about the term, or one that means the same, asked for in so many words. */
  strength(term: string, topic: number, told: number): number
  /** Whether the notes write the word as a name. */
  isProper(word: string): boolean
}

interface Held {
  topics: number
  mass: number
  /** The last topic counted. */
  last: number
}

export function createTerms(topics: readonly Written[]): Terms {
  const documents = documentsOf(topics)
  const held = new Map<string, Held>()
  documents.forEach((document, topic) => {
    for (const field of FIELDS) for (const term of document[field]) hold(held, term, WEIGHTS[field], topic)
  })
  // Made when a topic is first judged: of thousands, few ever are.
  const masses: (ReadonlyMap<string, number> | undefined)[] = []
  const massOf = (term: string, topic: number) => {
    masses[topic] ??= massesOf(documents[topic])
    return masses[topic].get(term) ?? 0
  }
  const rarest = Math.log(1 + topics.length)

  function ownStrength(term: string, topic: number, told: number): number {
    const mass = massOf(term, topic)
    if (mass === 0) return 0
    const i = Math.min(told, SPREADS.length - 1)
    const share = mass / (held.get(term)?.mass ?? mass)
    return (mass / (mass + HALF_SURE)) ** (SATURATIONS[i] ?? 1) * share ** (SPREADS[i] ?? 1)
  }

  return {
    documents,
    vocabulary: new Set(held.keys()),
    topics: (term) => held.get(term)?.topics ?? 0,
    rarity: (term) => Math.log(1 + topics.length / (held.get(term)?.topics ?? 1)) / rarest,
    strength(term, topic, told) {
      let best = ownStrength(term, topic, told)
      for (const other of kinOf(term)) best = Math.max(best, KINSHIP * ownStrength(other, topic, told))
      return best
    },
    isProper: properNames(topics),
  }
}

function documentsOf(topics: readonly Written[]): Document[] {
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

function hold(held: Map<string, Held>, term: string, mass: number, topic: number) {
  const known = held.get(term)
  if (!known) {
    held.set(term, { topics: 1, mass, last: topic })
    return
  }
  known.mass += mass
  if (known.last !== topic) known.topics++
  known.last = topic
}

function massesOf(document: Document | undefined): Map<string, number> {
  const masses = new Map<string, number>()
  if (!document) return masses
  for (const field of FIELDS) for (const term of document[field]) masses.set(term, (masses.get(term) ?? 0) + WEIGHTS[field])
  return masses
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
