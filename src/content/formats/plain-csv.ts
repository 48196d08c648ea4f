/** Reads any table of questions, whose columns are found by their names. */
import { csv } from '../../core/csv.js'
import type { Choice } from '../../core/model.js'
import { short } from '../../core/text.js'
import { escapeXml } from '../xml.js'
import { meaningOf, readKey } from './answer-key.js'
import type { Sheet } from './csv-rows.js'
import type { FoundQuestion, QuestionFormat, SourceFile, WrittenFile } from './format.js'
import { type Intake, readInto } from './intake.js'
import { withoutLabels } from './option-labels.js'
import {
  findTable,
  headerName,
  isNamedSheet,
  readTables,
  type Sheets,
  sheetsOf,
  type Table,
} from './sheet.js'
import { GUARDED, looksLikeHtml, type TableQuestion, takeRow } from './table-question.js'
import { oneLine } from './tidy.js'

const NAME = 'CSV'
const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
type Letter = (typeof LETTERS)[number]
type Column =
  | 'question'
  | 'answer'
  | 'options'
  | 'explanation'
  | 'topic'
  | 'name'
  | 'picture'
  | `option ${Letter}`
  | `reason ${Letter}`
  | `wrong ${Letter}`

const NAMES: Readonly<Partial<Record<Column, RegExp>>> = {
  question: /^(?:question|question text|stem|prompt|frage|fragetext|text)$/,
  answer:
    /^(?:(?:correct|right) (?:answers?|options?|choices?)|correct|answers?|key|answer key|solution|(?:richtige|korrekte) antwort(?:en)?|lösung)(?: (?:letter|number|index))?$/,
  options: /^(?:options|choices|answer options|answer choices|antworten|antwortmöglichkeiten)$/,
  explanation:
    /^(?:explanation|rationale|feedback|general feedback|why|reason|comment|erklärung|begründung)$/,
  topic: /^(?:topic|category|group|chapter|tags?|section|subject|domain|thema|kategorie|kapitel)$/,
  name: /^(?:id|name|title|question id|question name)$/,
  picture: /^(?:image|picture|image link|image url|bild)$/,
}
const NUMBERED =
  /^(option|choice|answer|antwort|reason|why|feedback|explanation|wrong|incorrect|distractor)?(?: (?:answer|option|choice))? ?([a-h]|[1-8])$/
const KINDS: Readonly<Record<string, 'option' | 'reason' | 'wrong'>> = {
  reason: 'reason',
  why: 'reason',
  feedback: 'reason',
  explanation: 'reason',
  wrong: 'wrong',
  incorrect: 'wrong',
  distractor: 'wrong',
}

function columnNamed(cell: string): Column | undefined {
  const name = headerName(cell)
  const [, kind = 'option', at = ''] = NUMBERED.exec(name) ?? []
  if (at !== '') {
    const letter = LETTERS.find((one, i) => one === at || String(i + 1) === at)
    return letter && `${KINDS[kind] ?? 'option'} ${letter}`
  }
  return (Object.keys(NAMES) as Column[]).find((column) => NAMES[column]?.test(name))
}

/**
 * A table has columns for the answers, or all answers in one column, or the wrong ones next to the right one.
 */
export function tableOf(sheet: Sheet): Table<Column> | undefined {
  const find = (...needed: Column[]) =>
    findTable<Column>(sheet, columnNamed, ['question', 'answer', ...needed])
  return find('option a', 'option b') ?? find('options') ?? find('wrong a')
}

const isText = ({ path }: SourceFile) => !/\.(?:md|markdown)$/i.test(path)

export const plainCsv: QuestionFormat = {
  id: 'csv',
  name: NAME,
  recognises: (file) => {
    const { sheets, leftOut, reason } = sheetsOf(file)
    if (isNamedSheet(file) && (sheets.length + leftOut.length > 0 || reason !== '')) return true
    return isText(file) && sheets.some((sheet) => tableOf(sheet) !== undefined)
  },
  read: (file) =>
    readInto(NAME, file, (into) => {
      const found = sheetsOf(file)
      if (found.reason !== '') into.leaveOut(1, `the file ${found.reason}`)
      else if (found.sheets.length > 0 && !found.sheets.some(tableOf)) {
        for (const { line, message } of found.leftOut) into.leaveOut(line, message)
        into.leaveOut(1, missing(found.sheets))
      } else readTables(found, into, tableOf, (table) => readTable(table, into))
    }),
  write: writeCsv,
}

/** Returns what the row most like a header lacks, and which names are accepted. */
function missing(sheets: Sheets['sheets']): string {
  const rows = sheets.flatMap((sheet) => sheet.rows.slice(0, 25))
  const named = rows.map(({ cells }) => new Set(cells.map(columnNamed)))
  const best = named.reduce((a, b) => (b.size > a.size ? b : a), new Set<Column | undefined>())
  const lacks = [
    ...(best.has('question') ? [] : ['"question"']),
    ...(best.has('option a') || best.has('options') || best.has('wrong a')
      ? []
      : ['"option a", "option b" and so on']),
    ...(best.has('answer') ? [] : ['"answer" (the letter, the number or the text of what is right)']),
  ]
  return `no row names the columns ${lacks.join(', ')}; write these names above the columns`
}

export function readTable(table: Table<Column>, into: Intake): void {
  const rows = table.rows.filter((row) => {
    const reason = table.reason(row, 'answer')
    if (reason !== undefined) into.leaveOut(row.line, reason)
    return reason === undefined
  })
  const questions = rows.map((row) => questionOf(table, row)).filter((one) => one !== undefined)
  tellUnread(table, into)
  const meaning = meaningOf(
    questions.map(({ key, options }) => ({ key, options: options.map(({ text }) => text) })),
  )
  for (const question of questions) takeRow(into, question, meaning)
}

/** Reports columns from which nothing is taken, and cells without a column name. */
function tellUnread(table: Table<Column>, into: Intake): void {
  const isRead = (place: number) => {
    const column = columnNamed(table.header.cells[place] ?? '')
    return column !== undefined && table.isColumn(place, column) && isUsed(table, column)
  }
  table.header.cells.forEach((name, place) => {
    const isFilled = table.rows.some(({ cells }) => cells[place]?.trim())
    if (name.trim() !== '' && isFilled && !isRead(place))
      into.change(table.header.line, `the column "${short(oneLine(name), MOST_NAMED)}" is not read`)
  })
  for (const { line, cells } of table.rows) {
    const beyond = cells.filter((text, place) => text.trim() !== '' && !table.header.cells[place]?.trim())
    if (beyond.length > 0)
      into.change(
        line,
        `"${short(oneLine(beyond.join(', ')), MOST_NAMED)}" is not read: no column has a name there`,
      )
  }
}

const MOST_NAMED = 60

/** If a table gives the answers in several ways, only one of them is used. */
function isUsed({ has }: Table<Column>, column: Column): boolean {
  if (column === 'options') return !has('option a')
  if (column.startsWith('option ') || column.startsWith('reason ')) return has('option a')
  return !column.startsWith('wrong ') || !(has('option a') || has('options'))
}

function questionOf(table: Table<Column>, row: Table<Column>['rows'][number]): TableQuestion | undefined {
  const cell = (column: Column) => table.cell(row, column)
  const listed = cell('options')
    .split(/\n|\s*\|\s*|\s*;\s*/)
    .filter((text) => text.trim() !== '')
  const wrong = LETTERS.map((letter) => cell(`wrong ${letter}`))
  const columns = LETTERS.filter((letter) => table.has(`option ${letter}`))
  const options = table.has('option a')
    ? columns.map((letter) => ({ text: cell(`option ${letter}`), why: cell(`reason ${letter}`) }))
    : table.has('options')
      ? (withoutLabels(listed) ?? listed).map((text) => ({ text }))
      : [cell('answer'), ...wrong].map((text) => ({ text }))
  if ([cell('question'), ...options.map(({ text }) => text)].every((text) => text.trim() === ''))
    return undefined
  return {
    line: row.line,
    stem: cell('question'),
    options,
    key: table.has('option a') || table.has('options') ? table.rawCell(row, 'answer') : 'A',
    explanation: cell('explanation'),
    group: cell('topic'),
    name: cell('name'),
    hasPicture: cell('picture').trim() !== '',
  }
}

// ---- writing --------------------------------------------------------------------------

function writeCsv(questions: readonly FoundQuestion[]): WrittenFile {
  const warnings: { name: string; message: string }[] = []
  const rows = questions.flatMap(({ item, name, group, explanation }) => {
    if (item.kind === 'choice' || item.kind === 'response') {
      const { choices } = item
      const key = keyFor(choices)
      if (key !== undefined) {
        const cells = [name, item.stem, ...padded(choices, 'text'), key, explanation, group]
        return [[...cells, ...padded(choices, 'why')].map(cellOf)]
      }
      warnings.push({
        name,
        message: 'its answers are letters, so that a letter cannot name the key; it is left out',
      })
      return []
    }
    warnings.push({
      name,
      message: `a table of answers has no questions of the kind ${item.kind}; it is left out`,
    })
    return []
  })
  const header = ['name', 'question', ...LETTERS.map((letter) => `option ${letter}`)]
  const after = ['answer', 'explanation', 'topic', ...LETTERS.map((letter) => `reason ${letter}`)]
  // The mark tells Excel that the file is UTF-8.
  const text = `\ufeff${csv([[...header, ...after], ...rows])}`
  return { bytes: new TextEncoder().encode(text), extension: '.csv', count: rows.length, warnings }
}

/** Returns the first unambiguous way to name what is right; it matters, for example, if an answer is `B`. */
function keyFor(choices: readonly Choice[]): string | undefined {
  const texts = choices.map(({ text }) => text)
  const places = choices.flatMap(({ right }, i) => (right ? [i] : []))
  const letters = places.map((place) => LETTERS[place]?.toUpperCase() ?? '')
  const inWords = letters.map((letter, i) => `${letter}) ${texts[places[i] ?? 0] ?? ''}`)
  const ways = [letters.join(','), letters.join(''), ...(inWords.length === 1 ? inWords : [])]
  return ways.find((way) =>
    (['place', 'text', 'unknown'] as const).every((meaning) => {
      const read = readKey(way, texts, meaning)
      return 'places' in read && read.places.join() === places.join()
    }),
  )
}

const padded = (choices: readonly Choice[], part: 'text' | 'why') =>
  LETTERS.map((_, i) => choices[i]?.[part] ?? '')

/** Marks a text that the reader would take for HTML, or for an apostrophe of a spreadsheet. */
function cellOf(text: string): string {
  const plain = looksLikeHtml(text) ? escapeXml(text) : text
  return GUARDED.test(plain) ? `'${plain}` : plain
}
