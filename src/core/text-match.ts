/** Words of notes and queries in one normal form, and how far apart two spellings are. */

/** The words of a text in order: lower-case, without accents and invisible marks; `SM_MODEL_DIR` is three, `StepFunctions` two. */
export function words(text: string): string[] {
  const clean = text
    .replace(/\p{Cs}/gu, ' ')
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}'’]/gu, '')
    .replace(/\b(\p{L})[/&](\p{L})\b/gu, '$1$2')
    // A lone capital or a plural ending is no word: `MLeap` and `VPCs` stay whole.
    .replace(/(\p{Ll})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
  return clean.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

/**
 * Names out of code, as one word each: `SM_MODEL_DIR`, `WaitInterval`. They count more than common words, and those with an underscore,
 * which no product is called by, still more: each comes as often as it counts.
 */
export function identifiers(text: string): string[] {
  if (!IDENTIFIER.test(text)) return []
  const found = (text.match(/[\p{L}\p{N}_]+/gu) ?? []).filter((run) => IDENTIFIER.test(run))
  return found.flatMap((name) => Array<string>(name.includes('_') ? 4 : 2).fill(name.replaceAll('_', '').toLowerCase()))
}

const IDENTIFIER = /\p{Ll}\p{Lu}|\p{L}_\p{L}/u

/** One spelling for `Step Functions`, `step-functions`, and `StepFunctions`. */
export const squash = (tokens: readonly string[]): string => tokens.join('')

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/(?<![sui])s$/, ''],
  [/(?<=.{4})(ations?|ating|ated|ate|ator)$/, ''],
  [/(?<=.{4})(ments?|ing|ed|er)$/, ''],
  [/e$/, ''],
  [/([bdgklmnprt])\1$/, '$1'],
]
const MIN_STEM = 3

/** A light stem: it need not be a word, only the same for `deploy`, `deploys`, `deployed`, and `deployment`. */
export function stem(word: string): string {
  if (word.length <= MIN_STEM || /\p{N}/u.test(word)) return word
  return ENDINGS.reduce((current, [ending, instead]) => {
    const next = current.replace(ending, instead)
    return next.length >= MIN_STEM ? next : current
  }, word)
}

/** Slips allowed by length: a short word with a letter changed is too often another word. */
const allowedSlips = (length: number): number => (length >= 10 ? 2 : length >= 4 ? 1 : 0)

/** From this length on even the first letter may be wrong; below, words that differ there (batch, match, patch) are other words. */
const LONG = 8

/**
 * Damerau-Levenshtein distance (adjacent letters swapped count once), or undefined when it is above `limit`.
 * Only the band of the table that can stay within the limit is filled in.
 */
export function slips(a: string, b: string, limit: number): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined
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
      let cost = Math.min((above[j] ?? far) + 1, (row[j - 1] ?? far) + 1, (above[j - 1] ?? far) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? far) + 1)
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

/** Finds the words nearest to a misspelled one: all that are equally near. */
export function createSpelling(vocabulary: Iterable<string>): (typed: string) => readonly Near[] {
  const byLength = new Map<number, { word: string; letters: number }[]>()
  for (const word of new Set(vocabulary)) {
    const bucket = byLength.get(word.length)
    if (bucket) bucket.push({ word, letters: letterSet(word) })
    else byLength.set(word.length, [{ word, letters: letterSet(word) }])
  }
  return (typed) => {
    const limit = allowedSlips(typed.length)
    const letters = letterSet(typed)
    const near: Near[] = []
    for (let length = typed.length - limit; limit > 0 && length <= typed.length + limit; length++) {
      for (const entry of byLength.get(length) ?? []) {
        // One slip changes at most two letters of the set, which rules out nearly all words at the price of one XOR.
        if (bits(entry.letters ^ letters) > 2 * limit || !startsAlike(entry.word, typed)) continue
        const distance = slips(typed, entry.word, Math.min(limit, allowedSlips(entry.word.length)))
        if (distance !== undefined) near.push({ word: entry.word, slips: distance })
      }
    }
    const best = Math.min(...near.map((n) => n.slips))
    return near.filter((n) => n.slips === best)
  }
}

const startsAlike = (a: string, b: string) => a.length >= LONG || a[0] === b[0] || (a[0] === b[1] && a[1] === b[0])

function letterSet(word: string): number {
  let set = 0
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) % 31)
  return set
}

function bits(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}
