/** The answers to all questions in one list, at the end of a practice exam or of each part of it. */
import { type ExamLine, isAnswerList } from './exam-lines.js'

export interface ListedAnswer {
  readonly number: number
  /** As behind `Answer:`. */
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

/** `groups`: where lists of answers to choose from begin; an answer list ends before the next of them. */
export function answerLists(lines: readonly ExamLine[], groups: readonly number[]): readonly AnswerList[] {
  const lists: AnswerList[] = []
  lines.forEach((line, begin) => {
    const before = lists.at(-1)
    if (!isAnswerList(line) || (before && begin < before.end)) return
    const end = groups.find((group) => group > begin) ?? lines.length
    const answers = entries(lines.slice(begin + 1, end))
    if (answers.length >= 2) lists.push({ begin, end, answers })
  })
  return lists
}

function entries(lines: readonly ExamLine[]): readonly ListedAnswer[] {
  const found: { number: number; value: string; parts: string[] }[] = []
  for (const line of lines) {
    const [, number, value, rest = ''] = line.isCode ? [] : (ENTRY.exec(line.text) ?? [])
    if (number !== undefined && value !== undefined)
      found.push({ number: Number(number), value: `${value}. ${rest.replace(/[\s|*]+$/, '')}`, parts: [] })
    else found.at(-1)?.parts.push(line.text.replace(LABEL, ''))
  }
  return found.map(({ number, value, parts }) => ({ number, value, explanation: parts.join('\n').trim() }))
}

/**
 * The answer of each question: by its number where that is unique on both sides, else only where both count
 * alike from beginning to end.
 */
export function listedAnswers(
  numbers: readonly (number | undefined)[],
  lists: readonly AnswerList[],
): readonly (ListedAnswer | undefined)[] {
  const answers = lists.flatMap((list) => list.answers)
  const isSame = answers.length === numbers.length && answers.every(({ number }, i) => number === numbers[i])
  if (isSame) return answers
  return numbers.map((number) => {
    const fits = answers.filter((answer) => answer.number === number)
    const isUnique = numbers.indexOf(number) === numbers.lastIndexOf(number)
    return fits.length === 1 && isUnique ? fits[0] : undefined
  })
}
