/** Topics by what they say: the index finds them; how much of a question each one covers is judged here. */

import { createMentions, type Mentions } from './mentioned.js'
import type { Mention } from './names.js'
import { type Posting, ranked } from './postings.js'
import { createTerms, KINSHIP, type Terms, type Written } from './terms.js'
import { createSpelling, identifiers, runOf, stem, words } from './text-match.js'
import type { Lexicon } from './words.js'

export interface TextHit {
  readonly topic: number
  /** 0 to 1: how much of the question the topic is about. */
  readonly cover: number
  /** 0 to 1: how well the topic fits beside the others. */
  readonly score: number
  /** The topic holds, or is named by, each word that tells something. */
  readonly holdsAll: boolean
  /** The topic says that it answers just this question. */
  readonly isAsked: boolean
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
  /**
   * One short word that the notes have is meant as it is: what is one letter off is another word, not a slip.
   */
  knows(tokens: readonly string[]): boolean
  /** The words with those that the notes do not have replaced by the nearest word of a name. */
  respell(tokens: readonly string[]): readonly string[]
  answer(question: Question): Answer
  /** Whether a topic holds the words that tell something just as they were typed, one after another. */
  verbatim(question: Question): (topic: number) => boolean
  /**
   * How the name that a question is stands in the topics; undefined where it is no name, or one of a topic.
   */
  mentioned(question: Question): ReturnType<Mentions['kind']>
}

const MAX_CANDIDATES = 15
const MAX_MENTIONED = 5
const MAX_TOGETHER = 4
/** Who misspells more words than this in one question means something that the notes do not have. */
const MAX_RESPELLED = 6
/**
 * Words are searched from the rarest on until they stand in this many topics together; the common ones only
 * rank what was found.
 */
const MAX_POSTINGS = 500
/**
 * What a part of a question weighs beside the rarest word of the notes: a word that they do not have, a name
 * of one word, and a longer one.
 */
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
/** The share of the index's own ranking in the score. */
const RANKED = 0.1
/**
 * The share in the score of a plain question of the topic that is like the one asked, and how much of its
 * likeness counts as covered.
 */
const ALIKE = 0.25
const SAME_QUESTION = 0.8
/** The same words, but for those that questions are wrapped in: sums of weights are not exact. */
const SAME_WORDS = 0.999
/** Identifiers such as `WaitInterval` are this many words when they are typed. */
const JOINED = [4, 3, 2]

/** A name, or a single word, of a question. */
interface Part {
  readonly terms: readonly string[]
  readonly weight: number
  /**
   * The weight in the judgement whether the notes cover the question: there the name of a topic is stronger
   * than any other word.
   */
  readonly claim: number
  readonly light: boolean
  /** Below 1 when it was respelled. */
  readonly sure: number
  /** The topics that it is a name of. */
  readonly named: readonly number[]
}

export function createTexts(topics: readonly Written[], lexicon: Lexicon): Texts {
  const { isStopWord, isLightWord } = lexicon
  const terms = createTerms(topics, lexicon)
  const candidates = createCandidates(terms, lexicon)
  // Made when a topic is first judged: of thousands, few ever are.
  const texts: (string | undefined)[] = []
  const textOf = (topic: number) => {
    const { summary = '', body = '' } = topics[topic] ?? {}
    texts[topic] ??=
      `${phraseOf(words(`${summary}\n${body}`), lexicon)} ${identifiers(`${summary}\n${body}`).join(' ')} `
    return texts[topic]
  }
  const spelling = createSpelling(topics.flatMap((topic) => [topic.title, ...topic.aliases].flatMap(words)))
  const questions: (readonly Query[] | undefined)[] = []
  const mentions = createMentions(topics, terms, lexicon)
  const verbatim: Texts['verbatim'] = ({ tokens }) => {
    const phrase = phraseOf(tokens, lexicon)
    return (topic) => phrase !== '' && textOf(topic).includes(phrase)
  }
  const questionsOf = (topic: number) => {
    questions[topic] ??= (topics[topic]?.asked ?? []).map((text) => askedBy(words(text), terms, lexicon))
    return questions[topic]
  }
  return {
    knows(tokens) {
      const [word, ...others] = tokens.filter((token) => !isStopWord(token))
      return word !== undefined && others.length === 0 && word.length <= SHORT && terms.has(stem(word))
    },
    respell(tokens) {
      let left = MAX_RESPELLED
      return tokens.map((token) => {
        if (token.length < MIN_RESPELLED || isStopWord(token) || isLightWord(token) || terms.has(stem(token)))
          return token
        return left-- > 0 ? (spelling(token)[0]?.word ?? token) : token
      })
    },
    answer(question) {
      const parts = partsOf(question, terms, lexicon)
      const told = parts.filter((part) => !part.light).length
      const ranks = candidates(parts.flatMap((part) => part.terms))
      const mentioned = question.mentions.flatMap((mention) => mention.topics.slice(0, MAX_MENTIONED))
      for (const topic of mentioned.slice(0, MAX_CANDIDATES)) if (!ranks.has(topic)) ranks.set(topic, 0)
      const asked = askedBy(question.tokens, terms, lexicon)
      const strengthIn = parts.map((part) => strengthOf(part, told, terms))
      const hits = [...ranks].map(([topic, rank]): TextHit => {
        const strengths = strengthIn.map((strength) => strength(topic))
        const alike = questionsOf(topic).reduce((most, other) => Math.max(most, likeness(asked, other)), 0)
        const own = (1 - RANKED) * covered(parts, strengths, 'weight') + RANKED * rank
        return {
          topic,
          cover: Math.max(covered(parts, strengths, 'claim'), SAME_QUESTION * alike),
          score: (1 - ALIKE) * own + ALIKE * alike,
          holdsAll: parts.every((part, i) => part.light || (strengths[i] ?? 0) > 0),
          isAsked: alike >= SAME_WORDS,
        }
      })
      return { told, hits: hits.sort((a, b) => b.score - a.score || a.topic - b.topic) }
    },
    verbatim,
    mentioned: (question) => mentions.kind(question.tokens, verbatim(question)),
  }
}

/** The stems of the words that tell something, in their order, each between spaces. */
function phraseOf(tokens: readonly string[], { isStopWord }: Lexicon): string {
  const told = tokens.filter((word) => !isStopWord(word)).map(stem)
  return told.length === 0 ? '' : ` ${told.join(' ')} `
}

/** The stems of a question that tell something, with what each weighs, and what they weigh together. */
interface Query {
  readonly weights: ReadonlyMap<string, number>
  readonly all: number
}

function askedBy(tokens: readonly string[], terms: Terms, { isStopWord }: Lexicon): Query {
  const weights = new Map<string, number>()
  for (const word of tokens)
    if (!isStopWord(word)) weights.set(stem(word), terms.posting(stem(word))?.rarity ?? UNKNOWN)
  let all = 0
  for (const weight of weights.values()) all += weight
  return { weights, all }
}

/** 0 to 1: how much two questions have in common, rare words counting most (Dice's coefficient). */
function likeness(one: Query, other: Query): number {
  let common = 0
  for (const [term, weight] of other.weights) if (one.weights.has(term)) common += weight
  return common === 0 ? 0 : (2 * common) / (one.all + other.all)
}

/** Finds the topics worth judging, each with the index's score as a share of the best one's. */
function createCandidates(
  terms: Terms,
  { kinOf }: Lexicon,
): (asked: readonly string[]) => Map<number, number> {
  return (asked) => {
    const rarestFirst = [...new Set(asked)].sort((a, b) => terms.rarity(b) - terms.rarity(a))
    const wanted = new Map<string, { posting: Posting; boost: number }>()
    let postings = 0
    const want = (term: string, boost: number) => {
      const posting = terms.posting(term)
      if (!posting || wanted.has(term) || postings + posting.topics.length > MAX_POSTINGS) return
      postings += posting.topics.length
      wanted.set(term, { posting, boost })
    }
    for (const term of rarestFirst) want(term, 1)
    for (const term of rarestFirst) for (const other of kinOf(term)) want(other, KINSHIP / 2)
    const found = ranked([...wanted.values()])
    // Of few words, those that hold them all must not drown in those that hold one of them often.
    const few = rarestFirst.length > 1 && rarestFirst.length <= MAX_TOGETHER
    const chosen = few ? rarestFirst.flatMap((term) => wanted.get(term) ?? []) : []
    const together = few && chosen.length === rarestFirst.length ? ranked(chosen, true) : []
    const candidates = [...found.slice(0, MAX_CANDIDATES), ...together.slice(0, MAX_CANDIDATES)]
    return new Map(candidates.map(({ topic, score }) => [topic, score / (found[0]?.score ?? 1)]))
  }
}

function partsOf({ typed, tokens, mentions }: Question, terms: Terms, lexicon: Lexicon): Part[] {
  const parts = new Map<string, Part>()
  const starts = new Map(mentions.map((mention) => [mention.from, mention]))
  const all = runOf(tokens)
  for (let from = 0, to = 0; from < tokens.length; from = to) {
    const mention = starts.get(from)
    to = mention
      ? mention.to
      : (JOINED.map((count) => from + count).find(
          (end) => end <= all.length && terms.has(all.slice(from, end)),
        ) ?? from + 1)
    const span = tokens.slice(from, to)
    const part = mention ? namePart(span, mention, terms, lexicon) : wordPart(span, terms, lexicon)
    const asTyped = span.every((word, i) => word === typed[from + i])
    if (part) parts.set(span.join(' '), asTyped ? part : { ...part, sure: RESPELLED })
  }
  return [...parts.values()]
}

function wordPart(
  span: readonly string[],
  terms: Terms,
  { isStopWord, isLightWord }: Lexicon,
): Part | undefined {
  const word = span.join('')
  if (isStopWord(word)) return undefined
  const term = span.length > 1 || terms.has(word) ? word : stem(word)
  const weight = terms.has(term) ? terms.rarity(term) : UNKNOWN
  return { terms: [term], weight, claim: weight, light: isLightWord(word), sure: 1, named: [] }
}

function namePart(span: readonly string[], mention: Mention, terms: Terms, { isStopWord }: Lexicon): Part {
  const told = span.filter((word) => !isStopWord(word)).map(stem)
  const weight = Math.max(LEAST_NAME, ...told.map(terms.rarity))
  const short = terms.isProper(span[0] ?? '') ? NAME : weight
  return {
    terms: told,
    weight,
    claim: span.length > 1 ? LONG_NAME : short,
    light: false,
    sure: 1,
    named: mention.topics,
  }
}

function strengthOf(part: Part, told: number, terms: Terms): (topic: number) => number {
  const strengths = part.terms.map((term) => terms.strength(term, told))
  return (topic) => {
    if (part.named.includes(topic)) return part.sure
    if (strengths.length === 0) return 0
    return (part.sure * strengths.reduce((sum, strength) => sum + strength(topic), 0)) / strengths.length
  }
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
