/** Topics by what they say: MiniSearch finds them; how much of a question each one covers is judged here. */
import MiniSearch from 'minisearch'
import type { Mention } from './search-names.js'
import { createTerms, FIELDS, type Field, KINSHIP, type Terms, WEIGHTS, type Written } from './search-terms.js'
import { isLightWord, isStopWord, kinOf } from './search-words.js'
import { createSpelling, identifiers, stem, words } from './text-match.js'

export interface TextHit {
  readonly topic: number
  /** 0 to 1: how much of the question the topic is about. */
  readonly cover: number
  /** 0 to 1: how well the topic fits beside the others. */
  readonly score: number
  /** The words that tell something stand in the topic just as they were typed, one after another. */
  readonly verbatim: boolean
  /** The topic holds, or is named by, each word that tells something. */
  readonly holdsAll: boolean
}

interface Answer {
  /** How many words of the question tell something. */
  readonly told: number
  /** Best score first. */
  readonly hits: readonly TextHit[]
}

/** A query in words, with the words that the notes do not have respelled, and the names of topics in it. */
export interface Question {
  readonly typed: readonly string[]
  readonly tokens: readonly string[]
  readonly mentions: readonly Mention[]
}

export interface Texts {
  /** One short word that the notes have is meant as it is: what is one letter off is another word, not a slip. */
  knows(tokens: readonly string[]): boolean
  /** The words with those that the notes do not have replaced by the nearest word of a name. */
  respell(tokens: readonly string[]): readonly string[]
  answer(question: Question): Answer
}

const MAX_CANDIDATES = 15
const MAX_MENTIONED = 5
const MAX_TOGETHER = 4
/** Words are searched from the rarest on until they stand in this many topics together; the common ones only rank what was found. */
const MAX_POSTINGS = 500
/** What a part of a question weighs beside the rarest word of the notes: a word that they do not have, a name of one word, and a longer one. */
const UNKNOWN = 0.73
const NAME = 1.4
const LONG_NAME = 1.8
const LEAST_NAME = 0.3
/** Light words weigh this share of others: when the topic has them, and when it does not. */
const LIGHT_HELD = 0.5
const LIGHT_MISSED = 0.15
/** A word that was respelled tells less. */
const RESPELLED = 0.75
const MIN_RESPELLED = 5
const SHORT = 4
/** The share of MiniSearch's own ranking in the score. */
const RANKED = 0.1
/** The share in the score of a plain question of the topic that is like the one asked, and how much of its likeness counts as covered. */
const ALIKE = 0.25
const SAME_QUESTION = 0.8
/** Identifiers such as `WaitInterval` are this many words when they are typed. */
const JOINED = [4, 3, 2]

/** A name, or a single word, of a question. */
interface Part {
  readonly terms: readonly string[]
  readonly weight: number
  /** The weight in the judgement whether the notes cover the question: there the name of a topic is stronger than any other word. */
  readonly claim: number
  readonly light: boolean
  /** Below 1 when it was respelled. */
  readonly sure: number
  /** The topics that it is a name of. */
  readonly named: readonly number[]
}

export function createTexts(topics: readonly Written[]): Texts {
  const terms = createTerms(topics)
  const candidates = createCandidates(terms)
  // Made when a topic is first judged: of thousands, few ever are.
  const texts: (string | undefined)[] = []
  const textOf = (topic: number) => {
    const { summary = '', body = '' } = topics[topic] ?? {}
    texts[topic] ??= `${phraseOf(words(`${summary}\n${body}`))} ${identifiers(`${summary}\n${body}`).join(' ')} `
    return texts[topic]
  }
  const spelling = createSpelling(topics.flatMap((topic) => [topic.title, ...topic.aliases].flatMap(words)))
  const questions: (readonly ReadonlySet<string>[] | undefined)[] = []
  const questionsOf = (topic: number) => {
    questions[topic] ??= (topics[topic]?.asked ?? []).map((text) => stemsOf(words(text)))
    return questions[topic]
  }
  return {
    knows(tokens) {
      const [word, ...others] = tokens.filter((token) => !isStopWord(token))
      return word !== undefined && others.length === 0 && word.length <= SHORT && terms.vocabulary.has(stem(word))
    },
    respell(tokens) {
      return tokens.map((token) => {
        if (token.length < MIN_RESPELLED || isStopWord(token) || isLightWord(token) || terms.vocabulary.has(stem(token))) return token
        return spelling(token)[0]?.word ?? token
      })
    },
    answer(question) {
      const parts = partsOf(question, terms)
      const told = parts.filter((part) => !part.light).length
      const ranks = candidates(parts.flatMap((part) => part.terms))
      const mentioned = question.mentions.flatMap((mention) => mention.topics.slice(0, MAX_MENTIONED))
      for (const topic of mentioned) if (!ranks.has(topic)) ranks.set(topic, 0)
      const phrase = phraseOf(question.tokens)
      const asked = stemsOf(question.tokens)
      const hits = [...ranks].map(([topic, rank]) => {
        const strengths = parts.map((part) => strengthOf(part, topic, told, terms))
        const alike = Math.max(0, ...questionsOf(topic).map((stems) => likeness(asked, stems, terms)))
        const own = (1 - RANKED) * covered(parts, strengths, 'weight') + RANKED * rank
        const score = (1 - ALIKE) * own + ALIKE * alike
        return {
          topic,
          cover: Math.max(covered(parts, strengths, 'claim'), SAME_QUESTION * alike),
          score,
          verbatim: phrase !== '' && textOf(topic).includes(phrase),
          holdsAll: parts.every((part, i) => part.light || (strengths[i] ?? 0) > 0),
        }
      })
      return { told, hits: hits.sort((a, b) => b.score - a.score || a.topic - b.topic) }
    },
  }
}

/** The stems of the words that tell something, in their order, each between spaces. */
function phraseOf(tokens: readonly string[]): string {
  const told = tokens.filter((word) => !isStopWord(word)).map(stem)
  return told.length === 0 ? '' : ` ${told.join(' ')} `
}

function stemsOf(tokens: readonly string[]): ReadonlySet<string> {
  return new Set(tokens.filter((word) => !isStopWord(word)).map(stem))
}

/** 0 to 1: how much two questions have in common, rare words counting most (Dice's coefficient). */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>, terms: Terms): number {
  const weigh = (stems: Iterable<string>) => {
    let sum = 0
    for (const term of stems) sum += terms.vocabulary.has(term) ? terms.rarity(term) : UNKNOWN
    return sum
  }
  const all = weigh(one) + weigh(other)
  return all === 0 ? 0 : (2 * weigh([...one].filter((term) => other.has(term)))) / all
}

/** Finds the topics worth judging, each with MiniSearch's score as a share of the best one's. */
function createCandidates(terms: Terms): (asked: readonly string[]) => Map<number, number> {
  const index = new MiniSearch<{ id: number } & Record<Field, string>>({
    fields: [...FIELDS],
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term,
  })
  const common = new Set([...terms.vocabulary].filter((term) => terms.topics(term) > MAX_POSTINGS))
  terms.documents.forEach((document, id) => {
    const text = (field: Field) => (common.size === 0 ? document[field] : document[field].filter((term) => !common.has(term))).join(' ')
    index.add({ id, title: text('title'), aliases: text('aliases'), asked: text('asked'), summary: text('summary'), body: text('body') })
  })

  return (asked) => {
    const rarestFirst = [...new Set(asked)].sort((a, b) => terms.rarity(b) - terms.rarity(a))
    const boosts = new Map<string, number>()
    let postings = 0
    const want = (term: string, boost: number) => {
      const more = terms.topics(term)
      if (more === 0 || boosts.has(term) || postings + more > MAX_POSTINGS) return
      postings += more
      boosts.set(term, boost)
    }
    for (const term of rarestFirst) want(term, 1)
    for (const term of rarestFirst) for (const other of kinOf(term)) want(other, KINSHIP / 2)
    if (boosts.size === 0) return new Map()
    const options = { boost: WEIGHTS, boostTerm: (term: string) => boosts.get(term) ?? 1 }
    const found = index.search([...boosts.keys()].join(' '), options)
    // Of few words, those that hold them all must not drown in those that hold one of them often.
    const few = rarestFirst.length > 1 && rarestFirst.length <= MAX_TOGETHER && rarestFirst.every((term) => boosts.has(term))
    const together = few ? index.search(rarestFirst.join(' '), { ...options, combineWith: 'AND' }) : []
    const candidates = [...found.slice(0, MAX_CANDIDATES), ...together.slice(0, MAX_CANDIDATES)]
    return new Map(candidates.map((result) => [Number(result.id), result.score / (found[0]?.score ?? 1)]))
  }
}

function partsOf({ typed, tokens, mentions }: Question, terms: Terms): Part[] {
  const parts = new Map<string, Part>()
  for (let from = 0, to = 0; from < tokens.length; from = to) {
    const mention = mentions.find((m) => m.from === from)
    to = mention ? mention.to : from + wordsOfIdentifier(tokens, from, terms)
    const span = tokens.slice(from, to)
    const part = mention ? namePart(span, mention, terms) : wordPart(span, terms)
    const asTyped = span.every((word, i) => word === typed[from + i])
    if (part) parts.set(span.join(' '), asTyped ? part : { ...part, sure: RESPELLED })
  }
  return [...parts.values()]
}

function wordsOfIdentifier(tokens: readonly string[], from: number, { vocabulary }: Terms): number {
  return JOINED.find((count) => from + count <= tokens.length && vocabulary.has(tokens.slice(from, from + count).join(''))) ?? 1
}

function wordPart(span: readonly string[], terms: Terms): Part | undefined {
  const word = span.join('')
  if (isStopWord(word)) return undefined
  const term = span.length > 1 || terms.vocabulary.has(word) ? word : stem(word)
  const weight = terms.vocabulary.has(term) ? terms.rarity(term) : UNKNOWN
  return { terms: [term], weight, claim: weight, light: isLightWord(word), sure: 1, named: [] }
}

function namePart(span: readonly string[], mention: Mention, terms: Terms): Part {
  const told = span.filter((word) => !isStopWord(word)).map(stem)
  const weight = Math.max(LEAST_NAME, ...told.map(terms.rarity))
  const short = terms.isProper(span[0] ?? '') ? NAME : weight
  return { terms: told, weight, claim: span.length > 1 ? LONG_NAME : short, light: false, sure: 1, named: mention.topics }
}

function strengthOf(part: Part, topic: number, told: number, terms: Terms): number {
  if (part.named.includes(topic)) return part.sure
  if (part.terms.length === 0) return 0
  return (part.sure * part.terms.reduce((sum, term) => sum + terms.strength(term, topic, told), 0)) / part.terms.length
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
