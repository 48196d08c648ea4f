/**
 * Finds topics by their text: the index finds them, and this module judges how much of a question each one
 * covers.
 */

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
  /** 0 to 1: how well the topic fits, compared with the others. */
  readonly score: number
  /** Whether the topic holds, or is named by, each meaningful word. */
  readonly holdsAll: boolean
  /** Whether a part of the question is a name of the topic. */
  readonly isNamed: boolean
  /** Whether the words that the topic does not hold are in other topics. */
  readonly missesKnown: boolean
  /** Whether the topic declares exactly this question. */
  readonly isAsked: boolean
}

interface Answer {
  /** The number of meaningful words in the question. */
  readonly told: number
  /** The number of those that the question may be about. */
  readonly subjects: number
  /** The number of these that are nowhere in the notes. */
  readonly strangers: number
  /** Whether the question has a name that no topic has, or a word that the notes do not have. */
  readonly isForeign: boolean
  /** Best score first. */
  readonly hits: readonly TextHit[]
}

export interface Texts {
  /**
   * Whether the query is one short word of the notes: a name that differs by one letter is another word then,
   * not the intended one.
   */
  knows(tokens: readonly string[]): boolean
  /** Whether the notes have the word. */
  holds(word: string): boolean
  /** Returns topics that declare exactly this question. */
  asking(tokens: readonly string[]): readonly number[]
  /** Replaces words that the notes do not have with the nearest word of a name. */
  respell(tokens: readonly string[]): readonly string[]
  answer(question: Question): Answer
  /** Whether a topic holds the meaningful words exactly as typed, one after another. */
  verbatim(question: Question): (topic: number) => boolean
  /** Classifies the name that the question consists of; undefined if it is not a name, or names a topic. */
  mentioned(question: Question): ReturnType<Mentions['kind']>
}

const MAX_MENTIONED = 5
/** A question with more unknown words than this is about something that the notes do not have. */
const MAX_RESPELLED = 6
const MIN_RESPELLED = 5
const SHORT = 4
/** Share of the index's own ranking in the score. */
const RANKED = 0.1
/**
 * Share in the score of the likeness to a question that the topic declares, and how much of that likeness
 * counts as covered.
 */
const ALIKE = 0.25
const SAME_QUESTION = 0.8
/**
 * Share in the score of a sentence of the likelihood that it is about the topic, by all its words together.
 */
const LIKELY = 0.5

export function createTexts(topics: readonly Written[], lexicon: Lexicon): Texts {
  const { isStopWord, isLightWord, stem, words } = lexicon
  const terms = createTerms(topics, lexicon)
  const candidates = createCandidates(terms)
  // Each text is built when its topic is first judged, since few of thousands ever are.
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

/** Maps the questions that topics declare to the topics. */
function askedIn(topics: readonly Written[], lexicon: Lexicon): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  topics.forEach(({ asked }, topic) => {
    for (const key of new Set(asked.map((text) => wordsAsked(lexicon.words(text), lexicon))))
      if (key !== '') found.set(key, [...(found.get(key) ?? []), topic])
  })
  return found
}

/** Returns the stems of a question without its framing words, in a fixed order. */
const wordsAsked = (tokens: readonly string[], { isStopWord, stem }: Lexicon): string =>
  [...new Set(tokens.filter((word) => !isStopWord(word)).map(stem))].sort().join(' ')

/** Returns the stems of the meaningful words, in their order, each between spaces. */
function phraseOf(tokens: readonly string[], { isStopWord, stem }: Lexicon): string {
  const told = tokens.filter((word) => !isStopWord(word)).map(stem)
  return told.length === 0 ? '' : ` ${told.join(' ')} `
}
