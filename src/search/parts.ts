/** A question in parts, names and single words, and how well a topic covers them. */

import { UNKNOWN } from './alike.js'
import type { Lexicon } from './lexicon/lexicon.js'
import type { Mention } from './names.js'
import type { Terms } from './terms.js'
import { runOf } from './tokens.js'

/** A query in words, with the words that the notes do not have respelled, and the names of topics in it. */
export interface Question {
  readonly typed: readonly string[]
  readonly tokens: readonly string[]
  readonly mentions: readonly Mention[]
}

/**
 * What a part of a question weighs beside the rarest word of the notes: a name of one word, and a longer one.
 */
const NAME = 1.4
const LONG_NAME = 1.8
const LEAST_NAME = 0.3
/** What everyday words say about what a question is about, beside words as rare in the notes. */
const EVERYDAY = 0.2
/** Light words weigh this share of others: when the topic has them, and when it does not. */
const LIGHT_HELD = 0.5
const LIGHT_MISSED = 0.15
/** A word that was respelled tells less. */
const RESPELLED = 0.75
/**
 * By how much (in logarithms) a topic is less likely than the best one when it gets a third of its score.
 */
const EVEN = 16
/** Identifiers such as `WaitInterval` are this many words when they are typed. */
const JOINED = [4, 3, 2]

/** A name, or a single word, of a question. */
export interface Part {
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

/** A question is not about its light and everyday words, which a topic need not have. */
export const tellsLittle = ({ terms, light, claim, weight }: Part) =>
  light || (claim < weight && !terms.some((term) => /^\p{N}+$/u.test(term)))

/** 1 for the topic that a question is likeliest about, less for others. */
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
