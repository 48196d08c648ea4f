/** Topics by what they say: MiniSearch finds and ranks them; how much of a question they cover is judged here. */
import MiniSearch from 'minisearch'
import type { Mention } from './search-names.js'
import { isLightWord, isStopWord, kinOf } from './search-words.js'
import { createSpelling, identifiers, stem, words } from './text-match.js'

export interface Written {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly body: string
}

export interface TextHit {
  readonly topic: number
  /** 0 to 1: how much of the question the topic is about. */
  readonly cover: number
  /** 0 to 1: the cover, and how well the topic fits beside the others. Best first. */
  readonly score: number
}

export interface Answer {
  /** Words of the question that tell something. */
  readonly told: number
  readonly hits: readonly TextHit[]
}

export interface Texts {
  /** The words with those that the notes do not have respelled as the likeliest that they do have. */
  respell(tokens: readonly string[]): readonly string[]
  /** `typed`: the words as they were before respelling. */
  answer(typed: readonly string[], tokens: readonly string[], mentions: readonly Mention[]): Answer
}

const WEIGHTS = { title: 6, aliases: 4, summary: 3, body: 1 } as const
type Field = keyof typeof WEIGHTS
const FIELDS = ['title', 'aliases', 'summary', 'body'] as const
const MAX_CANDIDATES = 10
/** Words are taken from the rarest on until they stand in this many topics together; the common ones only rank what was found. */
const MAX_POSTINGS = 800
/** A word counts half when its weights in a topic add up to this. */
const HALF_SURE = 1.5
/** In few words, a topic must be the one that is about them; in many, holding them together is telling. By the words that tell something. */
const SPREADS = [0.5, 0.5, 0.4, 0.2]
const SATURATIONS = [1, 1, 0.9, 0.6]
/** What words weigh beside the rarest word of the notes: one that no topic has, a proper name, and a light word that is not, or is, in the topic. */
const UNKNOWN = 0.73
const NAMES = 1.8
const NAME = 1.4
const LIGHT_MISSED = 0.15
const LIGHT_HELD = 0.5
/** A word that was respelled tells less. */
const RESPELLED = 0.75
const MIN_RESPELLED = 5
const KIN = 0.6
const MAX_MENTIONED = 5
/** The share of MiniSearch's own ranking in the order of the hits. */
const RANKED = 0.25

/** Identifiers such as `WaitInterval` have this many words, when they are looked for in what was typed. */
const JOINED = [4, 3, 2]

/** How many topics hold a term, how much in all, and the last topic counted. */
interface Held {
  topics: number
  mass: number
  last: number
}

/** A name, or a single word, of a question. */
interface Part {
  readonly terms: readonly string[]
  readonly weight: number
  /** The weight for the question of whether the notes cover it: the name of a topic is stronger than any other word. */
  readonly claim: number
  readonly light: boolean
  /** Below 1 when it was respelled. */
  readonly sure: number
  readonly named: readonly number[]
}

export function createTexts(topics: readonly Written[]): Texts {
  const index = new MiniSearch<{ id: number } & Record<Field, string>>({
    fields: [...FIELDS],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  const told = memoize((word) => (isStopWord(word) ? '' : stem(word)))
  const termsOf = (text: string) => [
    ...words(text)
      .map(told)
      .filter((term) => term !== ''),
    ...identifiers(text),
  ]
  const held = new Map<string, Held>()
  const cases = countCases(topics)

  const fieldsOf = (topic: Written): Record<Field, string[]> => ({
    title: termsOf(topic.title),
    aliases: termsOf(topic.aliases.join(' ')),
    summary: termsOf(topic.summary),
    body: termsOf(topic.body),
  })
  const documents = topics.map(fieldsOf)
  documents.forEach((document, id) => {
    for (const field of FIELDS) for (const term of document[field]) hold(held, term, WEIGHTS[field], id)
  })
  const common = new Set([...held].flatMap(([term, { topics: many }]) => (many > MAX_POSTINGS ? [term] : [])))
  documents.forEach((fields, id) => {
    const text = (field: Field) => (common.size === 0 ? fields[field] : fields[field].filter((term) => !common.has(term))).join(' ')
    index.add({ id, title: text('title'), aliases: text('aliases'), summary: text('summary'), body: text('body') })
  })
  const vocabulary = new Set(held.keys())
  const bags: (ReadonlyMap<string, number> | undefined)[] = []
  const bag = (topic: number) => {
    const written = topics[topic]
    bags[topic] ??= written ? bagOf(fieldsOf(written)) : new Map()
    return bags[topic]
  }
  const nameWords = new Set(topics.flatMap((t) => [t.title, ...t.aliases].flatMap(words)))
  const spelling = createSpelling(nameWords)

  /** 1 for a word in a single topic, less for common ones. */
  const rarity = (term: string) => Math.log(1 + topics.length / (held.get(term)?.topics ?? 1)) / Math.log(1 + topics.length)

  /** How much the topic is about the term: it says it often, or in its title, and others do not. */
  function strength(term: string, topic: number, told: number): number {
    let best = ownStrength(term, topic, told)
    for (const other of kinOf(term)) best = Math.max(best, KIN * ownStrength(other, topic, told))
    return best
  }

  function ownStrength(term: string, topic: number, told: number): number {
    const mass = bag(topic)?.get(term) ?? 0
    if (mass === 0) return 0
    const i = Math.min(told, 3)
    return (mass / (mass + HALF_SURE)) ** (SATURATIONS[i] ?? 1) * (mass / (held.get(term)?.mass ?? mass)) ** (SPREADS[i] ?? 0)
  }

  function partsOf(typed: readonly string[], tokens: readonly string[], mentions: readonly Mention[]): Part[] {
    const parts = new Map<string, Part>()
    for (let i = 0; i < tokens.length; i++) {
      const mention = mentions.find((m) => m.from === i)
      const identifier = mention
        ? 0
        : (JOINED.find((count) => vocabulary.has(tokens.slice(i, i + count).join('')) && i + count <= tokens.length) ?? 0)
      const span = tokens.slice(i, mention ? mention.to : i + Math.max(identifier, 1))
      const part = mention ? namePart(span, mention) : identifier > 0 ? wordPart(span.join(''), span.join('')) : wordPart(span[0] ?? '')
      if (part) parts.set(span.join(' '), span.every((word, j) => word === typed[i + j]) ? part : { ...part, sure: RESPELLED })
      i += span.length - 1
    }
    return [...parts.values()]
  }

  function wordPart(word: string, term = stem(word)): Part | undefined {
    if (isStopWord(word)) return undefined
    const weight = vocabulary.has(term) ? rarity(term) : UNKNOWN
    return { terms: [term], weight, claim: weight, light: isLightWord(word), sure: 1, named: [] }
  }

  function namePart(span: readonly string[], mention: Mention): Part {
    const terms = span.filter((word) => !isStopWord(word)).map(stem)
    const weight = Math.max(...terms.map(rarity), 0.3)
    const proper = cases.proper(span[0] ?? '')
    return { terms, weight, claim: span.length > 1 ? NAMES : proper ? NAME : weight, light: false, sure: 1, named: mention.topics }
  }

  function answer(typed: readonly string[], tokens: readonly string[], mentions: readonly Mention[]): Answer {
    const parts = partsOf(typed, tokens, mentions)
    const told = parts.filter((p) => !p.light).length
    const ranks = candidates(parts.flatMap((p) => p.terms))
    for (const { topics: named } of mentions) for (const topic of named.slice(0, MAX_MENTIONED)) if (!ranks.has(topic)) ranks.set(topic, 0)
    const hits = [...ranks].map(([topic, rank]) => {
      const strengths = parts.map((p) => p.sure * (p.named.includes(topic) ? 1 : mean(p.terms.map((term) => strength(term, topic, told)))))
      return { topic, cover: covered(parts, strengths, 'claim'), score: (1 - RANKED) * covered(parts, strengths, 'weight') + RANKED * rank }
    })
    return { told, hits: hits.sort((a, b) => b.score - a.score || a.topic - b.topic) }
  }

  /** What MiniSearch finds, with scores from 0 to 1. */
  function candidates(terms: readonly string[]): Map<number, number> {
    const asked = [...new Set(terms)].sort((a, b) => rarity(b) - rarity(a))
    const wanted = new Map<string, number>()
    let postings = 0
    const want = (term: string, boost: number) => {
      const more = held.get(term)?.topics ?? 0
      if (more === 0 || wanted.has(term) || postings + more > MAX_POSTINGS) return
      postings += more
      wanted.set(term, boost)
    }
    for (const term of asked) want(term, 1)
    for (const term of asked) for (const other of kinOf(term)) want(other, KIN / 2)
    if (wanted.size === 0) return new Map()
    const found = index.search([...wanted.keys()].join(' '), { boost: WEIGHTS, boostTerm: (term) => wanted.get(term) ?? 1 })
    return new Map(found.slice(0, MAX_CANDIDATES).map((r) => [Number(r.id), r.score / (found[0]?.score ?? 1)]))
  }

  function respell(tokens: readonly string[]): string[] {
    return tokens.map((token) => {
      if (token.length < MIN_RESPELLED || isStopWord(token) || isLightWord(token) || vocabulary.has(stem(token))) return token
      return spelling(token)[0]?.word ?? token
    })
  }
  return { respell, answer }
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

function bagOf(fields: Record<Field, string[]>): Map<string, number> {
  const bag = new Map<string, number>()
  for (const field of FIELDS) for (const term of fields[field]) bag.set(term, (bag.get(term) ?? 0) + WEIGHTS[field])
  return bag
}

function covered(parts: readonly Part[], strengths: readonly number[], by: 'weight' | 'claim'): number {
  let held = 0
  let all = 0
  parts.forEach((part, i) => {
    const strength = strengths[i] ?? 0
    held += part[by] * strength * (part.light ? LIGHT_HELD : 1)
    all += part[by] * (part.light ? (strength > 0 ? LIGHT_HELD * strength : LIGHT_MISSED) : 1)
  })
  return all === 0 ? 0 : held / all
}

const mean = (values: readonly number[]) => (values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length)

function memoize(f: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const old = known.get(text)
    if (old !== undefined) return old
    const result = f(text)
    known.set(text, result)
    return result
  }
}

/** Tells proper names, which notes write with a capital within a sentence, from common words such as canary or batch. */
function countCases(topics: readonly Written[]) {
  const lower = new Map<string, number>()
  const upper = new Map<string, number>()
  const count = (map: Map<string, number>, word: string) => map.set(word, (map.get(word) ?? 0) + 1)
  for (const topic of topics) {
    for (const [, word] of `${topic.summary}\n${topic.body}`.matchAll(/[\p{L}\p{N},;)] ([\p{L}\p{N}]+)/gu)) {
      if (word) count(/^\p{Lu}/u.test(word) ? upper : lower, word.toLowerCase())
    }
  }
  return { proper: (word: string) => (lower.get(word) ?? 0) <= 0.05 * (upper.get(word) ?? 0) }
}
