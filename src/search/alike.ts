/** Measures how much two questions have in common. */
import type { Lexicon } from './lexicon/lexicon.js'
import { KINSHIP, type Terms } from './terms.js'

/** Weight of a word that is not in the notes, relative to the rarest word that is. */
export const UNKNOWN = 0.73

/** The meaningful stems of a question with their weights, and the sum of these weights. */
export interface Query {
  readonly weights: ReadonlyMap<string, number>
  readonly all: number
}

export function askedBy(tokens: readonly string[], terms: Terms, { isStopWord, stem }: Lexicon): Query {
  const weights = new Map<string, number>()
  for (const word of tokens)
    if (!isStopWord(word)) weights.set(stem(word), terms.posting(stem(word))?.rarity ?? UNKNOWN)
  let all = 0
  for (const weight of weights.values()) all += weight
  return { weights, all }
}

/** Returns 0 to 1: how much two questions have in common, rare words counting most (Dice's coefficient). */
export function likeness(one: Query, other: Query, { kinOf }: Lexicon): number {
  let common = 0
  for (const [term, weight] of other.weights) {
    if (one.weights.has(term)) common += weight
    else if (sharesAny(kinOf(term), one.weights)) common += KINSHIP * weight
  }
  return common === 0 ? 0 : (2 * common) / (one.all + other.all)
}

const sharesAny = (terms: ReadonlySet<string>, weights: Query['weights']) => {
  for (const term of terms) if (weights.has(term)) return true
  return false
}
