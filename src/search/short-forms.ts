/** Finds names by abbreviations that consist of the beginnings of their words: `netpol`, `cm`. */
import type { Lexicon } from './lexicon/lexicon.js'
import { RANK, type WrittenName, withoutMaker } from './written-names.js'

/** Longer words are not abbreviations. */
const [SHORTEST, LONGEST] = [2, 9]
/** Each word contributes at least this many letters, unless each contributes only its first. */
const MIN_PIECE = 2

interface Whole {
  readonly tokens: readonly string[]
  readonly topic: number
}

/** Returns the topics whose title of several words is abbreviated by the word. */
export function createShortForms(
  written: readonly (readonly WrittenName[])[],
  lexicon: Lexicon,
): (word: string) => readonly number[] {
  const byLetter = new Map<string, Whole[]>()
  written.forEach((names, topic) => {
    for (const { tokens, rank } of names) {
      const whole = withoutMaker(tokens, lexicon)
      if (rank !== RANK.title || whole.length < 2 || whole.some(lexicon.isStopWord)) continue
      const letter = whole[0]?.[0] ?? ''
      byLetter.set(letter, [...(byLetter.get(letter) ?? []), { tokens: whole, topic }])
    }
  })
  return (word) => {
    if (word.length < SHORTEST || word.length > LONGEST || !/^\p{L}+$/u.test(word)) return []
    const found = (byLetter.get(word[0] ?? '') ?? []).filter(({ tokens }) => shortens(word, tokens))
    return [...new Set(found.map(({ topic }) => topic))]
  }
}

function shortens(word: string, tokens: readonly string[]): boolean {
  if (word.length === tokens.length) return tokens.every((token, i) => token[0] === word[i])
  return piecesFit(word, tokens)
}

function piecesFit(word: string, [first, ...others]: readonly string[]): boolean {
  if (first === undefined) return word === ''
  for (let length = MIN_PIECE; length <= Math.min(first.length, word.length); length++) {
    if (first[length - 1] !== word[length - 1]) return false
    if (first[0] === word[0] && piecesFit(word.slice(length), others)) return true
  }
  return false
}
