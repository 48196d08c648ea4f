/** Compares texts by the words that could give an answer away. */
import { createBoundedCache } from '../../core/bounded-cache.js'
import { BLANK, namesIn, wordPattern } from './texts.js'

export interface Keywords {
  /** Returns the words that both texts share. */
  shared(a: string, b: string): string[]
  isAlike(a: string, b: string): boolean
  /**
   * Returns the text with a gap wherever it names the term. Undefined if a word of the term would still give
   * it away, or if little is left. `others`: the other terms to choose from; a word that most of them have
   * gives nothing away.
   */
  blanked(text: string, term: string, others: readonly string[]): string | undefined
  /** Whether `short` consists of the first letters of the text's words: "Class Imbalance" is CI. */
  isInitials(short: string, text: string): boolean
  /** Whether the text is only the name of a maker. */
  isMaker(text: string): boolean
}

/** Words that occur in any text, so they give nothing away. */
const COMMON = (
  'a an the of and or for to in on at by with from as is are be it its this that these those not no vs per via use using ' +
  'used der die das ein eine und oder von zu mit für im in auf ist sind den dem des service services system data'
).split(' ')

/** `makers`: names from the pack. Their words occur in all its texts, so they give nothing away either. */
export function createKeywords(makers: readonly string[]): Keywords {
  const names = new Set(makers.map((maker) => maker.toLowerCase()))
  const common = new Set([...COMMON, ...[...names].flatMap(wordsOf)])
  // Each text is compared with many others.
  const known = createBoundedCache<readonly string[]>(5000)

  /** Returns distinctive words in lower case. */
  function keywords(text: string): readonly string[] {
    const before = known.get(text)
    if (before) return before
    const words = wordsOf(text.toLowerCase()).filter((word, i, all) => {
      return all.indexOf(word) === i && word.length > 1 && !common.has(word)
    })
    known.set(text, words)
    return words
  }

  function shared(a: string, b: string): string[] {
    const others = keywords(b)
    return keywords(a).filter((word) => others.some((other) => isAkin(word, other)))
  }

  return {
    shared,
    isAlike(a, b) {
      const [mine, yours] = [keywords(a), keywords(b)]
      return shared(a, b).length > 0.6 * Math.min(mine.length, yours.length)
    },
    blanked(text, term, others) {
      let gap = text
      for (const name of namesIn(term)) gap = gap.replace(wordPattern(name, 'giu'), BLANK)
      gap = gap.replace(new RegExp(`${BLANK}\\s*\\(\\s*${BLANK}\\s*\\)`, 'g'), BLANK)
      const telling = shared(term, gap).filter((word) => {
        const having = others.filter((other) => keywords(other).some((one) => isAkin(one, word)))
        return having.length < Math.ceil(others.length / 2) || having.length === 0
      })
      if (telling.length > 0 || gap.split(BLANK).length > 3) return undefined
      return keywords(gap).length >= 3 ? gap : undefined
    },
    isInitials(short, text) {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
      const all = short.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
      return [words, words.filter((word) => !common.has(word.toLowerCase()))].some(
        (some) => all.length > 1 && firstLetters(some) === all,
      )
    },
    isMaker: (text) => names.has(text.toLowerCase()),
  }
}

/** Returns the words, and the parts of those that have a point or hyphen. */
function wordsOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+(?:[+#.-][\p{L}\p{N}]+)*[+#]*/gu) ?? []
  return words.flatMap((word) => [word, ...word.split(/[.-]/)])
}

/** Forms of a word count as the same word: "snapshots", "encrypted" and "encryption". */
function isAkin(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length < 4) return long === `${short}s`
  const stem = short.length >= 7 ? short.slice(0, 6) : short.length >= 5 ? short.slice(0, -1) : short
  return long.startsWith(stem) && long.length - stem.length <= 6
}

const firstLetters = (words: readonly string[]) =>
  words
    .map((word) => word.charAt(0))
    .join('')
    .toUpperCase()
