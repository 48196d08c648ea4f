/** Topics by what they say: the index finds them; how much of a question each one covers is judged here. */

import { askedBy, likeness, type Query } from './alike.js'
import { createCandidates, MAX_CANDIDATES } from './candidates.js'
import type { Lexicon } from './lexicon/lexicon.js'
import { createMentions, type Mentions } from './mentioned.js'
import { covered, likelihoods, type Part, partsOf, type Question, strengthOf, tellsLittle } from './parts.js'
import { createTerms, type Written } from './terms.js'
import { createSpelling } from './text-match.js'
import { identifiers } from './tokens.js'

export interface TextHit {
  readonly topic: number
  /** 0 to 1: how much of the question the topic is about. */
  readonly cover: number
  /** 0 to 1: how well the topic fits beside the others. */
  readonly score: number
  /** The topic holds, or is named by, each word that tells something. */
  readonly holdsAll: boolean
  /** A part of the question is a name of the topic. */
  readonly isNamed: boolean
  /** The words that it does not hold are in other topics. */
  readonly missesKnown: boolean
  /** The topic says that it answers just this question. */
  readonly isAsked: boolean
}

interface Answer {
  /** How many words of the question tell something. */
  readonly told: number
  /** How many of them it may be about. */
  readonly subjects: number
  /** How many of these stand nowhere in the notes. */
  readonly strangers: number
  /** It has a name that no topic has, or a word that the notes do not have. */
  readonly isForeign: boolean
  /** Best score first. */
  readonly hits: readonly TextHit[]
}

export interface Texts {
  /**
   * One short word that the notes have is meant as it is: what is one letter off is another word, not a slip.
   */
  knows(tokens: readonly string[]): boolean
  /** Whether the notes have the word. */
  holds(word: string): boolean
  /** Topics that say they answer just this question. */
  asking(tokens: readonly string[]): readonly number[]
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

const MAX_MENTIONED = 5
/** Who misspells more words than this in one question means something that the notes do not have. */
const MAX_RESPELLED = 6
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
/** The share in the score of a sentence of how likely it is about the topic, by all its words together. */
const LIKELY = 0.5

export function createTexts(topics: readonly Written[], lexicon: Lexicon): Texts {
  const { isStopWord, isLightWord, stem, words } = lexicon
  const terms = createTerms(topics, lexicon)
  const candidates = createCandidates(terms)
  // Made when a topic is first judged: of thousands, few ever are.
  const texts: (string | undefined)[] = []
  const textOf = (topic: number) => {
    const { summary = '', body = '' } = topics[topic] ?? {}
    texts[topic] ??=
      `${phraseOf(words(`${summary}\n${body}`), lexicon)} ${identifiers(`${summary}\n${body}`).join(' ')} `
    return texts[topic]
  }
  const spelling = createSpelling(
    topics.flatMap((topic) => [topic.title, ...topic.aliases].flatMap((name) => words(name))),
  )
  const asked = askedIn(topics, lexicon)
  const asking: Texts['asking'] = (tokens) => asked.get(wordsAsked(tokens, lexicon)) ?? []
  const questions: (readonly Query[] | undefined)[] = []
  const mentions = createMentions(topics, terms, lexicon)
  const isKnown = (word: string) => terms.has(stem(word)) || terms.parts(word).length > 0
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
    holds: isKnown,
    asking,
    respell(tokens) {
      let left = MAX_RESPELLED
      return tokens.map((token) => {
        if (token.length < MIN_RESPELLED || isStopWord(token) || isLightWord(token) || isKnown(token))
          return token
        return left-- > 0 ? (spelling(token)[0]?.word ?? token) : token
      })
    },
    answer(question) {
      const parts = partsOf(question, terms, lexicon)
      const told = parts.filter((part) => !part.light).length
      const ranks = candidates(parts.flatMap((part) => part.terms))
      const mentioned = question.mentions.flatMap((mention) => mention.topics.slice(0, MAX_MENTIONED))
      const own = asking(question.tokens)
      for (const topic of [...own, ...mentioned.slice(0, MAX_CANDIDATES)])
        if (!ranks.has(topic)) ranks.set(topic, 0)
      const mayMiss = lexicon.isQuestion(question.typed) ? tellsLittle : ({ light }: Part) => light
      const query = askedBy(question.tokens, terms, lexicon)
      const strengthIn = parts.map((part) => strengthOf(part, told, terms))
      const share = lexicon.isSentence(question.typed) ? LIKELY * terms.trust : 0
      const likely = share > 0 ? likelihoods(ranks.keys(), parts, terms) : undefined
      const hits = [...ranks].map(([topic, rank]): TextHit => {
        const strengths = strengthIn.map((strength) => strength(topic))
        const alike = questionsOf(topic).reduce(
          (most, other) => Math.max(most, likeness(query, other, lexicon)),
          0,
        )
        const fit = (1 - RANKED) * covered(parts, strengths, 'weight') + RANKED * rank
        return {
          topic,
          cover: Math.max(covered(parts, strengths, 'claim'), SAME_QUESTION * alike),
          score: (1 - share) * ((1 - ALIKE) * fit + ALIKE * alike) + share * (likely?.get(topic) ?? 0),
          holdsAll: parts.every((part, i) => mayMiss(part) || (strengths[i] ?? 0) > 0),
          isNamed: parts.some((part) => part.named.includes(topic)),
          missesKnown: parts.every(
            (part, i) => tellsLittle(part) || (strengths[i] ?? 0) > 0 || part.terms.every(terms.has),
          ),
          isAsked: own.includes(topic),
        }
      })
      const about = parts.filter((part) => !tellsLittle(part))
      const strangers = about.filter((part) => part.named.length === 0 && !part.terms.some(terms.has)).length
      return {
        told,
        subjects: about.length,
        strangers,
        isForeign: question.tokens.some(
          (word, i) =>
            !isStopWord(word) &&
            (terms.isName(word) || !isKnown(word)) &&
            !question.mentions.some((m) => m.from <= i && i < m.to),
        ),
        hits: hits.sort((a, b) => b.score - a.score || a.topic - b.topic),
      }
    },
    verbatim,
    mentioned: (question) => mentions.kind(question.tokens, verbatim(question)),
  }
}

/** Topics by the questions that they say they answer. */
function askedIn(topics: readonly Written[], lexicon: Lexicon): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  topics.forEach(({ asked }, topic) => {
    for (const key of new Set(asked.map((text) => wordsAsked(lexicon.words(text), lexicon))))
      if (key !== '') found.set(key, [...(found.get(key) ?? []), topic])
  })
  return found
}

/** A question without the words that it is wrapped in, and whatever order the others stand in. */
const wordsAsked = (tokens: readonly string[], { isStopWord, stem }: Lexicon): string =>
  [...new Set(tokens.filter((word) => !isStopWord(word)).map(stem))].sort().join(' ')

/** The stems of the words that tell something, in their order, each between spaces. */
function phraseOf(tokens: readonly string[], { isStopWord, stem }: Lexicon): string {
  const told = tokens.filter((word) => !isStopWord(word)).map(stem)
  return told.length === 0 ? '' : ` ${told.join(' ')} `
}
