/** Measures how alike the choices of an item are, by the words that they share. */

const WORD = /[\p{L}\p{N}][\p{L}\p{N}.@/-]*/gu

export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(WORD) ?? [])
}

/** Returns the shared words divided by all words, 0 to 1 (Jaccard 1912). */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0
  for (const word of a) if (b.has(word)) shared++
  const all = a.size + b.size - shared
  return all === 0 ? 0 : shared / all
}

/** Returns the sum of each text's likeness to the others. */
export function likenesses(texts: readonly string[]): number[] {
  const words = texts.map(wordsOf)
  return words.map((own, i) =>
    words.reduce((sum, other, k) => (k === i ? sum : sum + likeness(own, other)), 0),
  )
}

/** Whether the text shares less with the others than each of them does. */
export function isLeastAlike(texts: readonly string[], place: number): boolean {
  const sums = likenesses(texts)
  return sums.every((sum, i) => i === place || sum > (sums[place] ?? 0))
}

/** Whether the text is one of the two that share most; the first pair counts if there are several. */
export function isInClosestPair(texts: readonly string[], place: number): boolean {
  const words = texts.map(wordsOf)
  let best = { shared: -1, pair: [-1, -1] }
  for (const [i, one] of words.entries())
    for (const [k, other] of words.entries()) {
      const shared = k > i ? likeness(one, other) : -1
      if (shared > best.shared) best = { shared, pair: [i, k] }
    }
  return best.pair.includes(place)
}
