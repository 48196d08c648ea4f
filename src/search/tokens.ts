/** The words of notes and queries in one normal form, in whatever script they are written. */
import { createBoundedCache } from '../core/bounded-cache.js'
import { once } from '../core/once.js'

/**
 * The words of a text in order: lower-case, without accents and invisible marks; `SM_MODEL_DIR` is three,
 * `StepFunctions` and `50mm` two, both endings of YAML files one, and so is `C++`, which is no `C`. A picture
 * is a word of its own, and scripts without blanks are cut where a dictionary says so.
 */
export function words(text: string): string[] {
  if (ASCII.test(text)) return wordsOf(text.replaceAll("'", ''))
  const known = recent.get(text)
  if (known) return [...known]
  const found = wordsOf(bare(UNSPACED.test(text) ? spaced(text) : text))
  recent.set(text, found)
  return found.slice()
}

/**
 * One look-up asks several times for the words of a text, and where no blanks part them that takes a while.
 */
const recent = createBoundedCache<readonly string[]>(32)

function wordsOf(bareText: string): string[] {
  const clean = (/[+#]|\.net/i.test(bareText) ? withSigns(bareText) : bareText)
    .replace(/\.yml\b/gi, '.yaml')
    .replace(AMOUNT, '$1 $2')
    .replace(/\b(\p{L})[/&](\p{L})\b/gu, '$1$2')
    // A lone capital or a plural ending is no word: `MLeap` and `VPCs` stay whole.
    .replace(/(\p{Ll})(\p{Lu}\p{Ll}{2})/gu, '$1 $2')
  return clean.toLowerCase().match(WORD) ?? []
}

/** A figure with its unit, which as many write with a blank between them: `50mm`, `16GB`. */
const AMOUNT =
  /(?<![\p{L}\p{N}])(\d{1,9})(mm|cm|km|kg|mg|ms|[kmg]?hz|[kmgtp]i?b|[kmg]bps|mp|px|kwh?|mah|fps|dpi|ppi)(?![\p{L}\p{N}])/giu

/** Signs such as `©` and arrows are pictures to Unicode, and none to a reader. */
const PICTURE = String.raw`(?![©®‼⁉\u2190-\u25ff\u2b05-\u2b07])\p{Extended_Pictographic}|\p{RI}{1,2}`
const WORD = new RegExp(String.raw`[\p{L}\p{N}]+|${PICTURE}`, 'gu')
const PICTURES = new RegExp(`^(?:${PICTURE})$`, 'u')
export const isPicture = (word: string): boolean => PICTURES.test(word)

const ASCII = /^[\0-\x7f]*$/

/** Without accents, invisible marks and apostrophes, and each character as those that it is made of. */
export function bare(text: string): string {
  if (ASCII.test(text)) return text.replaceAll("'", '')
  return text
    .replace(/\p{Cs}/gu, ' ')
    .normalize('NFKD')
    .replace(/♯/g, '#')
    .replace(/[\p{M}\p{Cf}'’׳״]/gu, '')
}

/** Signs that make another name of a letter or a word: `C++`, `C#`, `A+`, `Network+`, `.NET`. */
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

/** Whether it is a letter with a sign, such as `C++`. */
export const isSigned = (word: string): boolean => /^\p{L}(?:plus|plusplus|sharp)$/u.test(word)

/** Scripts in which no blank stands between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}]/u
const RUN = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Mymr}\p{M}ーｰ]+/gu
export const isUnspaced = (word: string): boolean => UNSPACED.test(word)
/** Made when it is first needed, which in most packs it never is. */
const segmenter = once(() => new Intl.Segmenter('ja', { granularity: 'word' }))

function spaced(text: string): string {
  return text
    .normalize('NFKC')
    .replace(RUN, (run) => ` ${[...segmenter().segment(run)].map(({ segment }) => segment).join(' ')} `)
}

/**
 * Names out of code, as one word each: `SM_MODEL_DIR`, `WaitInterval`. They count more than common words, and
 * those with an underscore, which no product is called by, still more: each comes as often as it counts.
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

/** One spelling for `Step Functions`, `step-functions`, and `StepFunctions`. */
export const squash = (tokens: readonly string[]): string => tokens.join('')

/** Words run together, so that every stretch of them is cut out and not joined again. */
export interface Run {
  readonly length: number
  /** The words `from` up to, not including, `to` as one. */
  slice(from: number, to: number): string
}

export function runOf(tokens: readonly string[]): Run {
  const all = tokens.join('')
  const starts = [0]
  for (const token of tokens) starts.push((starts.at(-1) ?? 0) + token.length)
  return { length: tokens.length, slice: (from, to) => all.slice(starts[from], starts[to]) }
}
