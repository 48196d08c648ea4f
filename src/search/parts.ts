/** Splits a question into names and single words, and measures how well a topic covers them. */

import { UNKNOWN } from './alike.js'
import type { Lexicon } from './lexicon/lexicon.js'
import type { Mention } from './names.js'
import type { Terms } from './terms.js'
import { runOf } from './tokens.js'

/** A query as words, unknown words respelled, and the names of topics in it. */
export interface Question {
  readonly typed: readonly string[]
  readonly tokens: readonly string[]
  readonly mentions: readonly Mention[]
}

/**
 * Weight of a name in a question, relative to the rarest word of the notes: a name of one word, and a longer
 * one.
 */
const NAME = 1.4
const LONG_NAME = 1.8
const LEAST_NAME = 0.3
/** Share of weight that everyday words keep, compared with other words that are as rare in the notes. */
const EVERYDAY = 0.2
/** Share of weight that light words keep: if the topic has them, and if it does not. */
const LIGHT_HELD = 0.5
const LIGHT_MISSED = 0.15
/** Strength of a word that was respelled. */
const RESPELLED = 0.75
/**
 * The difference of logarithms to the likeliest topic at which the likelihood of a topic falls to about a
 * third (1/e).
 */
const EVEN = 16
/** Identifiers such as `WaitInterval` are this many words when people type them. */
const JOINED = [4, 3, 2]

/** A name in a question, or a single word of it. */
export interface Part {
  readonly terms: readonly string[]
  readonly weight: number
  /**
   * The weight for deciding whether the notes cover the question: there the name of a topic is stronger than
   * any other word.
   */
  readonly claim: number
  readonly light: boolean
  /** Below 1 if the part was respelled. */
  readonly sure: number
  /** The topics that the part names. */
  readonly named: readonly number[]
}

export function partsOf({ typed, tokens, mentions }: Question, terms: Terms, lexicon: Lexicon): Part[] {
  const parts = new Map<string, Part>()
  const starts = new Map(mentions.map((mention) => [mention.from, mention]))
  const all = runOf(tokens)
  for (let from = 0, to = 0; from < tokens.length; from = to) {
    const mention = starts.get(from)
    to = mention
      ? mention.to
      : (JOINED.map((count) => from + count).find(
          (end) =>
            end <= all.length &&
            !lexicon.isStopWord(tokens[from] ?? '') &&
            !lexicon.isStopWord(tokens[end - 1] ?? '') &&
            terms.has(all.slice(from, end)),
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
  { isStopWord, isLightWord, isEveryday, stem }: Lexicon,
): Part | undefined {
  const word = span.join('')
  if (isStopWord(word)) return undefined
  const whole = span.length > 1 || terms.has(word) ? word : stem(word)
  const joined = terms.has(whole) ? [] : terms.parts(word)
  const asked = joined.length > 0 ? joined : [whole]
  const rarity = Math.max(...asked.map((term) => (terms.has(term) ? terms.rarity(term) : UNKNOWN)))
  const claim = isEveryday(word) ? EVERYDAY * rarity : rarity
  return { terms: asked, weight: rarity, claim, light: isLightWord(word), sure: 1, named: [] }
}

function namePart(
  span: readonly string[],
  mention: Mention,
  terms: Terms,
  { isStopWord, stem }: Lexicon,
): Part {
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

/** Light and everyday words are not what a question is about, so a topic need not have them. */
export const tellsLittle = ({ terms, light, claim, weight }: Part) =>
  light || (claim < weight && !terms.some((term) => /^\p{N}+$/u.test(term)))

/** Returns 1 for the topic that the question is most likely about, less for others. */
export function likelihoods(
  topics: Iterable<number>,
  parts: readonly Part[],
  terms: Terms,
): Map<number, number> {
  const evidence = parts.flatMap((part) => part.terms.map(terms.evidence))
  const sums = [...topics].map((topic) => [topic, evidence.reduce((sum, of) => sum + of(topic), 0)] as const)
  const most = Math.max(...sums.map(([, sum]) => sum))
  return new Map(sums.map(([topic, sum]) => [topic, Math.exp((sum - most) / EVEN)]))
}

export function strengthOf(part: Part, told: number, terms: Terms): (topic: number) => number {
  const strengths = part.terms.map((term) => terms.strength(term, told))
  return (topic) => {
    if (part.named.includes(topic)) return part.sure
    if (strengths.length === 0) return 0
    return (part.sure * strengths.reduce((sum, strength) => sum + strength(topic), 0)) / strengths.length
  }
}

export function covered(
  parts: readonly Part[],
  strengths: readonly number[],
  by: 'weight' | 'claim',
): number {
  let held = 0
  let all = 0
  parts.forEach((part, i) => {
    const strength = strengths[i] ?? 0
    held += part[by] * strength * (part.light ? LIGHT_HELD : 1)
    all += part[by] * (part.light ? (strength > 0 ? LIGHT_HELD * strength : LIGHT_MISSED) : 1)
  })
  return all === 0 ? 0 : held / all
}
