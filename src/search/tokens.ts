/** Splits notes and queries into words in one normal form, in any script. */
import { createBoundedCache } from '../core/bounded-cache.js'
import { once } from '../core/once.js'

/**
 * Returns the words of a text in order: lower-case, without accents and invisible marks. `SM_MODEL_DIR`
 * becomes three words, `StepFunctions` and `50mm` two, both extensions of YAML files the same one, and `C++`
 * one that differs from `C`. A picture is a word of its own, and a dictionary splits scripts without spaces.
 */
export function words(text: string): string[] {
  if (ASCII.test(text)) return wordsOf(text.replaceAll("'", ''))
  const known = recent.get(text)
  if (known) return [...known]
  const found = wordsOf(bare(UNSPACED.test(text) ? spaced(text) : text))
  recent.set(text, found)
  return found.slice()
}

/** One look-up asks several times for the words of a text, and splitting scripts without spaces is slow. */
const recent = createBoundedCache<readonly string[]>(32)

function wordsOf(bareText: string): string[] {
  const clean = (/[+#]|\.net/i.test(bareText) ? withSigns(bareText) : bareText)
    .replace(/\.yml\b/gi, '.yaml')
    .replace(AMOUNT, '$1 $2')
    .replace(/\b(\p{L})[/&](\p{L})\b/gu, '$1$2')
    // A single capital or a plural ending is not a word: `MLeap` and `VPCs` stay whole.
    .replace(/(\p{Ll})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
  return clean.toLowerCase().match(WORD) ?? []
}

/** A number with its unit, which many people write with a space between them: `50mm`, `16GB`. */
const AMOUNT =
  /(?<![\p{L}\p{N}])(\d{1,9})(mm|cm|km|kg|mg|ms|[kmg]?hz|[kmgtp]i?b|[kmg]bps|mp|px|kwh?|mah|fps|dpi|ppi)(?![\p{L}\p{N}])/giu

/** Unicode counts signs such as `©` and arrows as pictures, but readers do not. */
const PICTURE = String.raw`(?![©®‼⁉\u2190-\u25ff\u2b05-\u2b07])\p{Extended_Pictographic}|\p{RI}{1,2}`
const WORD = new RegExp(String.raw`[\p{L}\p{N}]+|${PICTURE}`, 'gu')
const PICTURES = new RegExp(`^(?:${PICTURE})$`, 'u')
export const isPicture = (word: string): boolean => PICTURES.test(word)

const ASCII = /^[\0-\x7f]*$/

/** Removes accents, invisible marks and apostrophes, and decomposes each character (NFKD). */
export function bare(text: string): string {
  if (ASCII.test(text)) return text.replaceAll("'", '')
  return text
    .replace(/\p{Cs}/gu, ' ')
    .normalize('NFKD')
    .replace(/♯/g, '#')
    .replace(/[\p{M}\p{Cf}'’׳״]/gu, '')
}

/** Replaces signs that change the meaning of a letter or a word: `C++`, `C#`, `A+`, `Network+`, `.NET`. */
function withSigns(text: string): string {
  return text
    .replace(
      /(?<![\p{L}\p{N}_])(\p{L}+)(\+{1,2}|#)(?![\p{L}\p{N}_+#])/gu,
      (_, name: string, sign: string) => {
        const spoken = sign === '#' ? 'sharp' : sign === '+' ? 'plus' : 'plusplus'
        return name.length === 1 ? name + spoken : `${name} ${spoken}`
      },
    )
    .replace(/(?<![\p{L}\p{N}_/.])\.net(?![\p{L}\p{N}_])/giu, ' dotnet')
}

/** Whether the word is a letter with a sign, such as `C++`. */
export const isSigned = (word: string): boolean => /^\p{L}(?:plus|plusplus|sharp)$/u.test(word)

/** Scripts without spaces between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}]/u
const RUN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}\p{M}ーｰ]+/gu
export const isUnspaced = (word: string): boolean => UNSPACED.test(word)
/** Created on first use, since most packs never need it. */
const segmenter = once(() => new Intl.Segmenter('ja', { granularity: 'word' }))

function spaced(text: string): string {
  return text
    .normalize('NFKC')
    .replace(RUN, (run) => ` ${[...segmenter().segment(run)].map(({ segment }) => segment).join(' ')} `)
}

/**
 * Returns identifiers from code, as one word each: `SM_MODEL_DIR`, `WaitInterval`. They count more than
 * common words, and those with an underscore, which is never part of a product name, count still more: each
 * is repeated as often as it counts.
 */
export function identifiers(text: string): string[] {
  const joined = [...text.matchAll(HYPHENATED)].map(([, a = '', b = '']) => `${a}${b}`.toLowerCase())
  if (!IDENTIFIER.test(text)) return joined
  const found = (text.match(/[\p{L}\p{N}_]+/gu) ?? []).filter((run) => IDENTIFIER.test(run))
  const names = found.flatMap((name) =>
    Array<string>(name.includes('_') ? 4 : 2).fill(name.replaceAll('_', '').toLowerCase()),
  )
  return [...names, ...joined]
}

const HYPHENATED = /(?<![\p{L}\p{N}-])(\p{L}+)-(\p{L}+)(?![\p{L}\p{N}-])/gu
const IDENTIFIER = /\p{Ll}\p{Lu}|\p{L}_\p{L}/u

/** Returns one spelling for `Step Functions`, `step-functions`, and `StepFunctions`. */
export const squash = (tokens: readonly string[]): string => tokens.join('')

/** Joined words, so that any range of them can be cut out without joining again. */
export interface Run {
  readonly length: number
  /** Returns the words `from` up to, not including, `to`, joined. */
  slice(from: number, to: number): string
}

export function runOf(tokens: readonly string[]): Run {
  const all = tokens.join('')
  const starts = [0]
  for (const token of tokens) starts.push((starts.at(-1) ?? 0) + token.length)
  return { length: tokens.length, slice: (from, to) => all.slice(starts[from], starts[to]) }
}
