/** Turns a row of a table into a question. */
import { type KeyMeaning, readKey } from './answer-key.js'
import { htmlText, type PlainText } from './html-text.js'
import type { About, Intake } from './intake.js'
import { choiceItem } from './item.js'
import { tidy } from './tidy.js'

export interface TableQuestion {
  readonly line: number
  readonly stem: string
  /** One entry per column, empty if the row has none there. */
  readonly options: readonly { readonly text: string; readonly why?: string }[]
  readonly key: string
  readonly explanation?: string
  readonly group?: string
  readonly name?: string
  readonly hasPicture?: boolean
}

/** `severalMean` is reported if several answers are right and the format does not ask for all of them. */
export function takeRow(into: Intake, question: TableQuestion, meaning: KeyMeaning, severalMean = ''): void {
  const dropped = question.hasPicture ? ['a picture'] : []
  const read = (cell: string | undefined) => {
    const { text, dropped: lost } = cellText(cell ?? '')
    dropped.push(...lost)
    return text
  }
  const options = question.options.map(({ text, why }) => ({ text: read(text), why: read(why) }))
  const key = readKey(
    read(question.key),
    options.map(({ text }) => text),
    meaning,
  )
  const about: About = {
    explanation: read(question.explanation),
    group: read(question.group),
    name: read(question.name),
  }
  const stem = read(question.stem)
  if ('reason' in key) {
    into.leaveOut(question.line, key.reason)
    return
  }
  const choices = options
    .map((option, place) => ({ ...option, right: key.places.includes(place) }))
    .filter(({ text }) => text !== '')
  const built = choiceItem(stem, choices)
  into.take(question.line, built, about, dropped)
  if ('reason' in built) return
  if (key.remark !== '') into.change(question.line, key.remark)
  if (key.places.length > 1 && severalMean !== '') into.change(question.line, severalMean)
}

/** Matches tags that nobody types by chance, and entities. */
const HTML =
  /<\/?(?:p|br|div|span|b|i|u|em|strong|ul|ol|li|img|sub|sup|table|font)(?:\s[^<>]*)?\/?>|&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8}\d?);/i

export const looksLikeHtml = (text: string) => HTML.test(text)

/** An apostrophe before a sign that begins formulas is meant only for spreadsheets. */
export const GUARDED = /^'(?='*\s*[=+\-@\t\r])/

function cellText(cell: string): PlainText {
  const text = cell.replace(GUARDED, '')
  return looksLikeHtml(text) ? htmlText(text, true) : { text: tidy(text), dropped: [] }
}
