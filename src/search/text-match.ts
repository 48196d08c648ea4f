/** Measures the distance between two spellings. */

import { isSigned } from './tokens.js'

/** Allowed errors by length: a short word with one letter changed is too often another word. */
const allowedSlips = (length: number): number => (length >= 10 ? 2 : length >= 4 ? 1 : 0)

/**
 * Words of this length or more may even have a wrong first letter; shorter words that differ there (batch,
 * match, patch) are other words.
 */
const LONG = 8

/**
 * Returns the Damerau-Levenshtein distance (a swap of adjacent letters counts once), or undefined if it is
 * above `limit`. Only the band of the table that can stay within the limit is computed.
 */
export function slips(one: string, other: string, limit: number): number | undefined {
  if (Math.abs(one.length - other.length) > limit) return undefined
  const [a, b] = withoutEnds(one, other)
  const far = limit + 1
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, j) => Math.min(j, far))
  let row: number[] = []
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit)
    const to = Math.min(b.length, i + limit)
    row[from - 1] = from === 1 ? Math.min(i, far) : far
    let least = row[from - 1] ?? far
    for (let j = from; j <= to; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (above[j] ?? far) + 1,
        (row[j - 1] ?? far) + 1,
        (above[j - 1] ?? far) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? far) + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (to < b.length) row[to + 1] = far
    if (least > limit) return undefined
    ;[before, above, row] = [above, row, before]
  }
  const distance = above[b.length] ?? far
  return distance <= limit ? distance : undefined
}

export interface Near {
  readonly word: string
  readonly slips: number
}

/** Removes the common beginning and end of two spellings; mostly a letter or two is left. */
function withoutEnds(one: string, other: string): [string, string] {
  const most = Math.min(one.length, other.length)
  let [start, end] = [0, 0]
  while (start < most && one[start] === other[start]) start++
  while (end < most - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end++
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)]
}

interface Bucket {
  readonly words: string[]
  /** The set of letters of each word, as bits. */
  readonly letters: number[]
}

/** Finds the words nearest to a misspelled one: all that are equally near. */
export function createSpelling(vocabulary: Iterable<string>): (typed: string) => readonly Near[] {
  const byLength = new Map<number, Bucket>()
  for (const word of new Set(vocabulary)) {
    const bucket = byLength.get(word.length) ?? { words: [], letters: [] }
    byLength.set(word.length, bucket)
    bucket.words.push(word)
    bucket.letters.push(letterSet(word))
  }
  return (typed) => {
    const limit = allowedSlips(typed.length)
    if (limit === 0 || isSigned(typed)) return []
    const letters = letterSet(typed)
    const near: Near[] = []
    for (let length = typed.length - limit; length <= typed.length + limit; length++) {
      const bucket = byLength.get(length)
      if (bucket) collect(bucket, typed, letters, Math.min(limit, allowedSlips(length)), near)
    }
    const best = near.reduce((least, n) => Math.min(least, n.slips), limit)
    return near.filter((n) => n.slips === best)
  }
}

function collect(
  { words: all, letters: sets }: Bucket,
  typed: string,
  letters: number,
  limit: number,
  near: Near[],
): void {
  for (let i = 0; i < all.length; i++) {
    // One error changes at most two letters of the set, so a single XOR rules out nearly all words.
    if (bits((sets[i] ?? 0) ^ letters) > 2 * limit) continue
    const word = all[i] ?? ''
    if (!startsAlike(word, typed) || isSigned(word)) continue
    const distance = slips(typed, word, limit)
    if (distance !== undefined && figures(word) === figures(typed)) near.push({ word, slips: distance })
  }
}

/** Words with different digits are different words. */
const figures = (word: string) => word.replace(/\P{N}/gu, '')

const startsAlike = (a: string, b: string) =>
  a.length >= LONG || a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])

function letterSet(word: string): number {
  let set = 0
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) % 31)
  return set
}

/** Counts the bits that are set, in parallel. */
function bits(set: number): number {
  const pairs = set - ((set >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
