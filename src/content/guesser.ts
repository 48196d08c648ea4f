/**
 * A guesser that knows nothing about the subject and uses form alone: the share of keys that it finds is how
 * much form gives away. It is a conditional logit (McFadden 1974) over the choices of an item, trained on
 * four fifths of the items and tested on the rest, five times. Nothing in it is random, so the same questions
 * give the same figure.
 */
import { createHash } from 'node:crypto'
import type { ChoiceItem } from '../core/model.js'
import { isInClosestPair, likeness, likenesses, wordsOf } from './likeness.js'

export interface GuessedItem {
  /** Items of one group are trained or tested together, since siblings ask alike. */
  readonly group: string
  readonly item: ChoiceItem
}

const FOLDS = 5
const STEPS = 80
const RATE = 0.8
/** Keeps a weight small if few items support it. */
const SHRINK = 0.02
/** Words that begin at least this many choices may be a habit. */
const LEAST_BEGINNINGS = 8

/** Returns the share of items whose key the guesser names, 0 to 1; 0 if there are no items. */
export function guessedShare(items: readonly GuessedItem[]): number {
  if (items.length === 0) return 0
  const beginnings = commonBeginnings(items)
  const seen = items.map(({ group, item }) => ({
    fold: foldOf(group),
    key: item.choices.findIndex(({ right }) => right),
    choices: featuresOf(item, beginnings).map((features) => Float64Array.from(features)),
  }))
  let found = 0
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = trained(seen.filter((one) => one.fold !== fold))
    for (const one of seen) if (one.fold === fold && guessed(one.choices, weights) === one.key) found++
  }
  return found / items.length
}

interface Seen {
  readonly key: number
  /** Features of each choice. */
  readonly choices: readonly Float64Array[]
}

const foldOf = (group: string) => (createHash('sha256').update(group).digest()[0] ?? 0) % FOLDS

/** Trains by steepest ascent of the likelihood, starting at zero. */
function trained(items: readonly Seen[]): Float64Array {
  const weights = new Float64Array(items[0]?.choices[0]?.length ?? 0)
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => -SHRINK * weight)
    for (const { key, choices } of items)
      for (const [i, chance] of chancesOf(choices, weights).entries())
        add(slope, choices[i] ?? weights, ((i === key ? 1 : 0) - chance) / items.length)
    add(weights, slope, RATE)
  }
  return weights
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let f = 0; f < to.length; f++) to[f] = (to[f] ?? 0) + times * (what[f] ?? 0)
}

function scoreOf(features: Float64Array, weights: Float64Array): number {
  let sum = 0
  for (let f = 0; f < weights.length; f++) sum += (features[f] ?? 0) * (weights[f] ?? 0)
  return sum
}

function chancesOf(choices: Seen['choices'], weights: Float64Array): number[] {
  const powers = choices.map((features) => Math.exp(scoreOf(features, weights)))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

function guessed(choices: Seen['choices'], weights: Float64Array): number {
  const all = choices.map((features) => scoreOf(features, weights))
  return all.indexOf(Math.max(...all))
}

// ---- features -----------------------------------------------------------------

/** Words for manual work and custom code, which an exam about managed services seldom wants. */
const BY_HAND = /\b(?:manual(?:ly)?|by hand|custom|scripts?|scheduled|nightly|weekly|own|write|email|ask)\b/i
const ABSOLUTE = /\b(?:always|never|only|all|every|each|none|entire(?:ly)?|any)\b/i
const HEDGED = /\b(?:can|may|might|usually|often|some|most|when|if|unless)\b/i
const BECAUSE = /\b(?:so that|because|since|which|to)\b/i
const PATTERNS = [
  BY_HAND,
  ABSOLUTE,
  HEDGED,
  BECAUSE,
  /\d/,
  /[A-Z]{2,}/,
  /[()]/,
  /\b(?:not|no|without)\b/i,
  /\band\b/i,
]

function featuresOf({ stem, choices }: ChoiceItem, beginnings: readonly string[]): number[][] {
  const texts = choices.map(({ text }) => text)
  const lengths = texts.map(({ length }) => length)
  const alike = likenesses(texts)
  const asked = wordsOf(stem)
  const shared = texts.map((text) => likeness(wordsOf(text), asked))
  const commas = texts.map((text) => text.split(',').length - 1)
  const wordLengths = texts.map(meanWordLength)
  return texts.map((text, i) => [
    ...placed(lengths, i),
    ...placed(alike, i),
    ...placed(shared, i),
    ...placed(commas, i),
    ...placed(wordLengths, i),
    isInClosestPair(texts, i) ? 1 : 0,
    ...PATTERNS.flatMap((pattern) => [pattern.test(text) ? 1 : 0, isAlone(texts, i, pattern) ? 1 : 0]),
    ...beginnings.map((word) => (beginningOf(text) === word ? 1 : 0)),
  ])
}

/** Padding lowers the mean: a wrong choice that was made longer has more small words. */
function meanWordLength(text: string): number {
  const words = [...wordsOf(text)]
  return words.reduce((sum, { length }) => sum + length, 0) / Math.max(1, words.length)
}

/** Returns how far the value is from the mean, and whether it is the highest, or the lowest, of all. */
function placed(values: readonly number[], i: number): number[] {
  const own = values[i] ?? 0
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  const others = values.filter((_, k) => k !== i)
  return [
    mean === 0 ? 0 : own / mean - 1,
    others.every((value) => value < own) ? 1 : 0,
    others.every((value) => value > own) ? 1 : 0,
  ]
}

const isAlone = (texts: readonly string[], i: number, pattern: RegExp) =>
  texts.every((text, k) => pattern.test(text) === (k === i))

const beginningOf = (text: string) => text.toLowerCase().split(/\s+/)[0] ?? ''

function commonBeginnings(items: readonly GuessedItem[]): string[] {
  const counts = new Map<string, number>()
  for (const { item } of items)
    for (const { text } of item.choices)
      counts.set(beginningOf(text), (counts.get(beginningOf(text)) ?? 0) + 1)
  return [...counts]
    .filter(([, n]) => n >= LEAST_BEGINNINGS)
    .map(([word]) => word)
    .sort()
}
