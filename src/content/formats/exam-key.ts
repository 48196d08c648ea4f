/** Reads the text after `Answer:`, compared with the answers of its question. */
import type { ExamOption, OptionGroup } from './exam-options.js'
import { markdownText } from './markdown-text.js'

/** The indexes of the right options, or the reason why they cannot be told. */
export type ExamKey =
  | {
      readonly places: readonly number[]
      /** What the line says after the key. */
      readonly rest: string
      /** Whether the key includes the words of the answer. */
      readonly isSpelt: boolean
    }
  | { readonly reason: string }

const LETTERS =
  /^[\s(*_`"']{0,4}((?:[A-Ha-h](?:[).\s*_`]{0,4}(?:,|;|&|\+|\/|\band\b|\bund\b|\bor\b|\boder\b)[\s(*_`]{0,4}|[\s,]{1,3}(?=[A-Ha-h](?:[\s,.)*_`]|$))))*[A-Ha-h])(?=$|[.):,*_`\]"'✅✔]|\s*[-–—(:✅✔]|\s+(?:is|are|because|since|weil|da)\b|\s*$)/iu
const JOINED = /^[\s(*_`]{0,4}([A-H]{2,8}|[A-H][a-h]{1,7})[\s)*_`.✅✔]{0,4}$/u
/** Matches the text between `A. one` and `C. three` of one line. */
const NEXT = /[`*_]{0,3}\s{0,2}(?:,|;|&|\band\b)\s{0,3}[`*_]{0,3}(?=\(?[A-H][.)]\s)/
const NUMBERS = /^[\s(*_`]{0,4}((?:\d\s{0,2}(?:,|&|\band\b)\s{0,2})*\d)(?=$|[.):*_`]|\s*[-–—(]|\s*$)/

/** Matches what exam sites write around a key. */
const LABEL = /^(?:\s|[✅✔☑]|\ufe0f)*(?:(?:options?|choices?)\s+(?=[A-H]\b))?/iu
const PICTOGRAMS = /(?:\s*\p{Extended_Pictographic}\ufe0f?)+\s*$/u

const TAGS = /<\/?(?:b|strong|em|i|code|p|span)>/gi

export function examKey(source: string, group: OptionGroup): ExamKey {
  const whole = source.replace(TAGS, '')
  const texts = group.options.map(({ lines }) => wordsOf(lines.join(' ')))
  const byText = placesByText(whole, texts)
  if (byText) return { places: byText, rest: '', isSpelt: true }
  const value = whole.replace(LABEL, '').replace(PICTOGRAMS, '')
  const several = value.split(NEXT)
  if (several.length > 1) return joined(several.map((part) => examKey(part, group)))
  const [all, names] = LETTERS.exec(value) ?? JOINED.exec(value) ?? []
  if (all !== undefined && names !== undefined) {
    if (/\bor\b|\boder\b/i.test(names)) return { reason: `the key "${names}" names one or the other` }
    const places = (names.replace(/and|und/gi, '').match(/[A-Ha-h]/g) ?? []).map(placeOf)
    return checked(places, value.slice(all.length), group.options, texts)
  }
  const [digits, numbers] = group.kind === 'letters' ? [] : (NUMBERS.exec(value) ?? [])
  if (digits !== undefined && numbers !== undefined) {
    const places = (numbers.match(/\d/g) ?? []).map((digit) => Number(digit) - 1)
    return checked(places, value.slice(digits.length), group.options, texts)
  }
  return { reason: `the key "${short(value)}" is none of the answers` }
}

/** Joins several answers of one line, each with its letter and its words; all of them are used, or none. */
function joined(keys: readonly ExamKey[]): ExamKey {
  const failed = keys.find((key) => 'reason' in key)
  if (failed) return failed
  const all = keys.filter((key) => 'places' in key)
  return { places: all.flatMap(({ places }) => places), rest: all.at(-1)?.rest ?? '', isSpelt: true }
}

const placeOf = (letter: string) => letter.toUpperCase().charCodeAt(0) - 65

/** A key that names one answer and has the words of another is a mistake of its author. */
function checked(
  places: readonly number[],
  rest: string,
  options: readonly ExamOption[],
  texts: readonly string[],
): ExamKey {
  if (new Set(places).size < places.length) return { reason: 'the key names an answer twice' }
  const missing = places.find((place) => place >= options.length || place < 0)
  if (missing !== undefined)
    return { reason: `the key ${String.fromCharCode(65 + missing)} is none of the answers` }
  const words = wordsOf(rest)
  const other = words === '' ? -1 : texts.indexOf(words)
  if (places.length === 1 && other >= 0 && other !== places[0])
    return { reason: 'the key names one answer by its letter and another by its words' }
  const isSpelt = other >= 0 && words !== ''
  const isRepeated = isSpelt || /^(?:is|are)?(?:the)?(?:correct|right)?(?:answers?)?$/.test(words)
  return {
    places,
    isSpelt,
    rest: isRepeated ? '' : rest.replace(/^[\s.):,*_`\]✅✔–—-]+/u, '').trim(),
  }
}

function placesByText(value: string, texts: readonly string[]): readonly number[] | undefined {
  const whole = placeByText(value, texts)
  if (whole !== undefined) return [whole]
  const parts = value.split(/\s*[;,]\s*/).map((part) => placeByText(part, texts))
  const places = parts.filter((place) => place !== undefined)
  return places.length > 1 && places.length === parts.length ? places : undefined
}

function placeByText(value: string, texts: readonly string[]): number | undefined {
  const words = wordsOf(value)
  const place = words === '' ? -1 : texts.indexOf(words)
  return place >= 0 && texts.indexOf(words, place + 1) < 0 ? place : undefined
}

/** Returns the text for comparisons: only letters and digits, without marks and case. */
function wordsOf(text: string): string {
  const words = markdownText(text.slice(0, 600)).text.toLowerCase()
  const plain = words.replace(/[^\p{L}\p{N}+#.%-]+/gu, '').replace(/^[.-]+|[.-]+$/g, '')
  // A text of signs alone, such as an operator, is compared unchanged.
  return plain === '' ? words.trim() : plain
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text)
