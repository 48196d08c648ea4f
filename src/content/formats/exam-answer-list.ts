/** Reads the answers to all questions from one list, at the end of a practice exam or of each part of it. */
import {
  type ExamLine,
  explanationValue,
  headingLevel,
  isAnswerList,
  isNavigation,
  isRule,
} from './exam-lines.js'

export interface ListedAnswer {
  /** The line number of the entry. */
  readonly line: number
  /** The number of the question in the list. */
  readonly number: number
  /** The text that would follow `Answer:`. */
  readonly value: string
  readonly explanation: string
}

export interface AnswerList {
  readonly begin: number
  readonly end: number
  readonly answers: readonly ListedAnswer[]
}

const ENTRY =
  /^[\s|*_>#-]{0,12}(?:question\s|frage\s|q)?(\d{1,4})[\s.:)|*_-]{1,8}(?:(?:the\s)?(?:correct\s)?answers?(?:\sis)?[\s:*_]{1,6})?([A-Ha-h](?:\s{0,2}(?:,|&|\band\b|\+|\/)\s{0,2}[A-Ha-h]){0,7}|[A-H]{2,6})(?=$|[\s.):,*_|–—-])[\s.):*_|–—-]{0,8}(.*)$/i
const LABEL = /^[\s*_-]{0,6}explanations?[\s*_]{0,4}:[\s*_]{0,4}/i

/** `groups`: where lists of choices begin. `starts`: where questions begin, which end an answer list. */
export function answerLists(
  lines: readonly ExamLine[],
  groups: readonly number[],
  starts: readonly number[],
): readonly AnswerList[] {
  const titles = lines.flatMap((line, i) => (isAnswerList(line) ? [i] : []))
  if (titles.length === 0 || groups.length === 0) return []
  const ends = [...starts, ...groups, lines.length].sort((a, b) => a - b)
  const found = lines.map(entryOf)
  const places = found.flatMap((entry, i) => (entry ? [i] : []))
  const lists: AnswerList[] = []
  let [next, first] = [0, 0]
  for (const begin of titles) {
    if (begin < (lists.at(-1)?.end ?? 0)) continue
    while ((ends[next] ?? lines.length) <= begin && next < ends.length) next++
    const most = ends[next] ?? lines.length
    while ((places[first] ?? most) <= begin) first++
    let last = first
    while ((places[last] ?? most) < most) last++
    // A single entry is a list only if there is a single question.
    if (last - first < Math.min(2, groups.length)) continue
    const end = endOf(lines, begin, places[last - 1] ?? begin, most)
    lists.push({ begin, end, answers: answersIn(lines, found, begin + 1, end) })
  }
  return lists
}

const ROW = /^\s*\|/
const BOLD = /^\s*(\*\*|__).{1,100}\1[\s:]*$/
const PART =
  /^[\s*_]*(?:(?:practice\s)?(?:exam|test|paper)|part|section|set|chapter|domain|teil|kapitel|prüfung)\b[^.!?]{0,60}$/i

interface Entry {
  readonly line: number
  readonly number: number
  readonly value: string
  parts: string[]
}

function answersIn(
  lines: readonly ExamLine[],
  entries: readonly (Entry | undefined)[],
  begin: number,
  end: number,
): readonly ListedAnswer[] {
  const found: Entry[] = []
  for (let i = begin; i < end; i++) {
    const [line, entry, last] = [lines[i], entries[i], found.at(-1)]
    if (entry) {
      const isNewPart = last !== undefined && (entry.number <= last.number || ROW.test(line?.text ?? ''))
      if (last) last.parts = withoutTitle(last.parts, isNewPart)
      found.push(entry)
    } else if (line && isText(line)) last?.parts.push(line.text.replace(LABEL, ''))
  }
  return found.map(({ parts, ...entry }) => ({ ...entry, explanation: parts.join('\n').trim() }))
}

function entryOf(line: ExamLine): Entry | undefined {
  const [, number, value, rest = ''] = line.isCode ? [] : (ENTRY.exec(line.text) ?? [])
  if (number === undefined || value === undefined) return undefined
  const whole = `${value}. ${rest.replace(/[\s|*]+$/, '')}`
  return { line: line.number, number: Number(number), value: whole, parts: [] }
}

/** Headings and table headers separate entries, and are not part of the reason for the answer above them. */
const isText = (line: ExamLine) =>
  line.isCode || !(headingLevel(line) > 0 || ROW.test(line.text) || isRule(line) || isNavigation(line))

/**
 * Removes the name of the next part if it is not a heading. `isNewPart`: the numbering restarts or another
 * table begins below it.
 */
function withoutTitle(parts: string[], isNewPart: boolean): string[] {
  const at = parts.findLastIndex((part) => part.trim() !== '')
  const title = parts[at] ?? ''
  const stands = at === 0 || parts[at - 1]?.trim() === ''
  return stands && (PART.test(title) || (isNewPart && BOLD.test(title))) ? parts.slice(0, at) : parts
}

/** A chapter below the last answer is not a reason for it. */
function endOf(lines: readonly ExamLine[], begin: number, last: number, most: number): number {
  const title = lines[begin]
  const level = (title && headingLevel(title)) || 6
  for (let i = last + 1; i < most; i++) {
    const line = lines[i]
    const own = line ? headingLevel(line) : 0
    if (line && own > 0 && own <= level && explanationValue(line) === undefined) return i
  }
  return most
}

// ---- answers of each question ---------------------------------------------------------

/** The answer to a question, or the reason why no answer from the lists can be used. */
export type Listed = ListedAnswer | { readonly reason: string } | undefined

/**
 * Returns the answer of each question: by its number if that is unique on both sides, else only if both
 * number alike from beginning to end. `spare`: answers to questions that are not there.
 */
export function listedAnswers(
  numbers: readonly (number | undefined)[],
  lists: readonly AnswerList[],
): { readonly answers: readonly Listed[]; readonly spare: readonly ListedAnswer[] } {
  const all = lists.flatMap((list) => list.answers)
  const isSame = all.length === numbers.length && all.every(({ number }, i) => number === numbers[i])
  if (isSame) return { answers: all, spare: [] }
  const counts = new Map<number, number>()
  for (const number of numbers) if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1)
  const byNumber = new Map<number, ListedAnswer[]>(all.map(({ number }) => [number, []]))
  for (const answer of all) byNumber.get(answer.number)?.push(answer)
  const answers = numbers.map((number): Listed => {
    const fits = number === undefined ? [] : (byNumber.get(number) ?? [])
    const [first] = fits
    if (number === undefined || !first) return undefined
    if ((counts.get(number) ?? 0) > 1)
      return { reason: `several questions have the number ${number}: nothing tells whose answers are listed` }
    const other = fits.find(({ value }) => lettersOf(value) !== lettersOf(first.value))
    return other
      ? { reason: `the list of answers contradicts itself: ${said(first)}, ${said(other)}` }
      : first
  })
  return { answers, spare: all.filter(({ number }) => !counts.has(number)) }
}

const lettersOf = (value: string) =>
  [
    ...keyOf(value)
      .toUpperCase()
      .replaceAll('AND', '')
      .replace(/[^A-H]/g, ''),
  ]
    .sort()
    .join('')
const keyOf = (value: string) => value.slice(0, value.indexOf('.'))
const said = (answer: ListedAnswer) => `${keyOf(answer.value)} on line ${answer.line}`
