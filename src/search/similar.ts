/** Decides whether two questions ask the same in other words. */
import type { Language, Vocabulary } from '../core/model.js'
import { createLexicon } from './lexicon/lexicon.js'

/** The words that distinguish a question from others. */
export type Gist = ReadonlySet<string>

/** Returns the gist of a text in the language of a pack. */
export function createGists(vocabulary: Vocabulary, language: Language): (text: string) => Gist {
  const { words, stem, isStopWord } = createLexicon(vocabulary, language)
  return (text) =>
    new Set(
      words(text)
        .filter((word) => !isStopWord(word))
        .map(stem),
    )
}

/** Questions with fewer words say too little to be compared. */
const ENOUGH = 3
/** Minimum share of common words among all words of both questions. */
const ALIKE = 0.6

export function isAlike(one: Gist, other: Gist): boolean {
  if (Math.min(one.size, other.size) < ENOUGH) return false
  let shared = 0
  for (const word of one) if (other.has(word)) shared++
  return shared / (one.size + other.size - shared) >= ALIKE
}
