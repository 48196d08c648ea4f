/** Finds the lists of answers in a practice exam. */
import { type ExamLine, explanationValue, headingLevel, isRule, keyValue } from './exam-lines.js'

export interface ExamOption {
  /** `A`, `B`, …; empty if the file gives none. */
  readonly letter: string
  readonly lines: string[]
  /** Undefined if the list itself marks nothing. */
  readonly isMarked: boolean | undefined
}

export interface OptionGroup {
  /** Line indexes: `end` is the first line after the group. */
  readonly begin: number
  readonly end: number
  readonly kind: 'letters' | 'boxes' | 'bullets' | 'numbers'
  readonly options: readonly ExamOption[]
}

const LETTER =
  /^\s*(?:[-*+•]\s+)?(?:\*\*|__|`)?\(?([A-Ha-h])(?:\*\*|__)?(?:[.):]|\s[-–—](?=\s))(?:\*\*|__)?(?:\s+|(?=\S)|$)(.*)$/
const BOX = /^\s*(?:[-*+]\s+)?(?:\[([ xX✓✔]?)\]|\(([ xX]?)\))\s+(.*)$/
const BULLET = /^\s*[-*+•]\s+(.*)$/
const NUMBER = /^\s*(?:[-*+]\s+)?(?:\*\*)?(\d)(?:[.)](?:\*\*)?|(?:\*\*)[.)])\s+(.*)$/
const RIGHT =
  /\s*(?:[✅✔☑]\ufe0f?|[([](?:correct|right)(?: answer)?[)\]]|(?:←|<-+|<=+)\s*(?:correct|right|answer)[^\n]{0,20})\s*(?:\*\*)?$/iu

/** Signs before or after the words that say what is right; those of wrong answers would give the key away. */
const RIGHT_FIRST = /^[✅✔☑]\ufe0f?\s*/u
const WRONG = /^(?:❌|✗|✘|✖|🚫)\ufe0f?\s*|\s*(?:❌|✗|✘|✖|🚫)\ufe0f?\s*$/gu

/** The maximum number of lines of one option after its first. */
const MOST_LINES = 40

type Kind = OptionGroup['kind']

interface Item {
  readonly kind: Kind
  /** The index in its list, from 0; undefined if the file does not number its options. */
  readonly place: number | undefined
  readonly letter: string
  readonly text: string
  readonly isMarked: boolean | undefined
}

function itemOf({ text, isCode }: ExamLine): Item | undefined {
  if (isCode) return undefined
  const box = BOX.exec(text)
  if (box) {
    const [, square, round, rest = ''] = box
    const mark = (square ?? round ?? '').trim()
    const letter = LETTER.exec(rest)
    return { kind: 'boxes', place: undefined, letter: '', text: letter?.[2] ?? rest, isMarked: mark !== '' }
  }
  const [, letter, rest] = LETTER.exec(text) ?? []
  if (letter !== undefined && rest !== undefined) {
    const place = letter.toUpperCase().charCodeAt(0) - 65
    return { kind: 'letters', place, letter: letter.toUpperCase(), ...marked(unticked(text, rest)) }
  }
  const [, digit, numbered] = NUMBER.exec(text) ?? []
  if (digit !== undefined && numbered !== undefined)
    return { kind: 'numbers', place: Number(digit) - 1, letter: '', ...marked(numbered) }
  const [, bullet] = BULLET.exec(text) ?? []
  return bullet === undefined
    ? undefined
    : { kind: 'bullets', place: undefined, letter: '', ...marked(bullet) }
}

/**
 * If a whole option is set as code or in bold, the mark at its end is removed with the one at its beginning.
 */
function unticked(text: string, rest: string): string {
  const [, mark] = /^\s*(?:[-*+•]\s+)?(\*\*|__|`)\(?[A-Ha-h][.):]\s/.exec(text) ?? []
  return mark !== undefined && rest.trimEnd().endsWith(mark) ? rest.trimEnd().slice(0, -mark.length) : rest
}

function marked(text: string): { readonly text: string; readonly isMarked: boolean | undefined } {
  const signed = text.trimEnd().replace(WRONG, '')
  const without = signed.replace(RIGHT, '').replace(RIGHT_FIRST, '')
  return { text: without, isMarked: without.length < signed.length ? true : undefined }
}

/** Returns every list that may be answers, in order. Bullets and numbers count only directly above a key. */
export function optionGroups(lines: readonly ExamLine[]): readonly OptionGroup[] {
  const groups: OptionGroup[] = []
  for (let i = 0; i < lines.length; ) {
    const group = groupAt(lines, i)
    if (group && (isLettered(group.kind) || keyFollows(lines, group.end))) {
      groups.push(group)
      i = group.end
    } else i++
  }
  return groups
}

const isLettered = (kind: Kind) => kind === 'letters' || kind === 'boxes'

function keyFollows(lines: readonly ExamLine[], from: number): boolean {
  const next = lines.slice(from, from + 6).find(({ isBlank }) => !isBlank)
  return next !== undefined && keyValue(next) !== undefined
}

function groupAt(lines: readonly ExamLine[], begin: number): OptionGroup | undefined {
  const first = lines[begin]
  const item = first && itemOf(first)
  if (!first || !item || (item.place ?? 0) !== 0) return undefined
  const options: ExamOption[] = []
  let [end, i, isCode] = [begin, begin, false]
  for (; i < lines.length && options.length <= 26; i++) {
    const line = lines[i]
    if (!line) break
    const next = itemOf(line)
    const isNext = next?.kind === item.kind && (next.place ?? options.length) === options.length
    if (next && isNext && !(item.kind === 'bullets' && line.indent > first.indent + 1)) {
      options.push({ letter: next.letter, lines: [next.text], isMarked: next.isMarked })
      end = i + 1
    } else if (line.isCode) {
      options.at(-1)?.lines.push(line.text)
      isCode = true
      end = i + 1
    } else if (line.isBlank) {
      // Bullets after a blank line are another list.
      if (!isCode && !isLettered(item.kind) && itemOf(lines[i + 1] ?? line)?.kind !== item.kind) break
    } else if (next && isLettered(next.kind) && !isLettered(item.kind)) return undefined
    else if (next?.kind !== item.kind && goesOn(line, lines[i - 1], first) && i < end + MOST_LINES) {
      options.at(-1)?.lines.push(line.text.trim())
      end = i + 1
    } else break
  }
  return options.length < 2 ? undefined : { begin, end, kind: item.kind, options }
}

/** Whether a line belongs to the option above it. */
function goesOn(line: ExamLine, before: ExamLine | undefined, first: ExamLine): boolean {
  if (isRule(line) || headingLevel(line) > 0 || line.isSummary) return false
  if (keyValue(line) !== undefined || explanationValue(line) !== undefined) return false
  if (before?.isBlank === false) return !/^\s*(?:\*\*|__)?(?:Q|Question\s)?\d{1,4}[.):]/i.test(line.text)
  return line.indent >= first.indent + 2 && itemOf(line) === undefined
}
