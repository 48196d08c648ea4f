/** Tables of questions in Markdown: the columns are those of CSV. */
import { inCode } from '../dialect/lines.js'
import { decodeText } from './decode.js'
import { examLines } from './exam-lines.js'
import { proseBeside } from './exam-prose.js'
import type { QuestionFile, QuestionFormat, SourceFile } from './format.js'
import { type Intake, readText } from './intake.js'
import { apartFromNotes, leaveProse, type Sorted } from './markdown-exam.js'
import { markdownText } from './markdown-text.js'
import { readTable, tableOf } from './plain-csv.js'

const NAME = 'table in Markdown'
const isHeading = (line: string) => /^#{1,6}\s/.test(line)

/** Notes with a table among them are notes: half of the lines must belong to tables. */
export const markdownTable: QuestionFormat = {
  id: 'markdown-table',
  name: NAME,
  recognises: (file) => {
    const lines = linesOf(file)
    const inTables = tablesIn(lines).reduce((sum, { begin, end }) => sum + end - begin, 0)
    return inTables * 2 > lines.filter((line) => line.trim() !== '' && !isHeading(line)).length
  },
  read: (file) =>
    readText(NAME, file, (text, into) => {
      const lines = text.split('\n')
      readAll(lines, into)
      const [all, rows] = [examLines(text), rowsIn(tablesIn(lines))]
      const inTable = new Set(all.flatMap(({ number }, i) => (rows.has(number - 1) ? [i] : [])))
      for (const one of proseBeside(all, inTable)) leaveProse(one, into)
    }),
}

function readAll(lines: readonly string[], into: Intake): void {
  for (const table of tablesIn(lines)) readRows(lines, table, into)
}

/** Whatever the file is called: no other text has a rule of Markdown below the names of columns. */
function linesOf(file: SourceFile): readonly string[] {
  const { text } = decodeText(file)
  return /\|[ \t]*:?-/.test(text) ? text.split('\n') : []
}

/** Lines from `begin`, the header, up to `end`, counted from 0. */
interface Place {
  readonly begin: number
  readonly end: number
}

function rowsIn(tables: readonly Place[]): ReadonlySet<number> {
  const rows = new Set<number>()
  for (const { begin, end } of tables) for (let i = begin; i < end; i++) rows.add(i)
  return rows
}

function tablesIn(lines: readonly string[]): readonly Place[] {
  const found: Place[] = []
  const code = inCode(lines)
  for (let i = 0; i < lines.length; i++) {
    if (code[i] || !isRule(lines[i + 1])) continue
    const header = { line: i + 1, cells: cellsOf(lines[i] ?? '').map(plain) }
    if (!tableOf({ name: '', rows: [header] })) continue
    let end = i + 2
    while (lines[end]?.includes('|')) end++
    found.push({ begin: i, end })
    i = end - 1
  }
  return found
}

const isRule = (line = '') => line.includes('|') && cellsOf(line).every((cell) => /^:?-+:?$/.test(cell))

function cellsOf(line: string): readonly string[] {
  const cells = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
  return cells.map((cell) => cell.replaceAll('\\|', '|').trim())
}

const plain = (cell: string) => markdownText(cell).text

function readRows(lines: readonly string[], { begin, end }: Place, into: Intake): void {
  const rows = lines.slice(begin, end).map((text, i) => {
    const cells = cellsOf(text).map(markdownText)
    for (const what of new Set(cells.flatMap(({ dropped }) => dropped)))
      into.change(begin + i + 1, `${what} is left out`)
    return { line: begin + i + 1, cells: cells.map((cell) => cell.text) }
  })
  const table = tableOf({ name: '', rows: rows.toSpliced(1, 1) })
  if (table) readTable(table, into)
}

/** Tables and other questions of notes, apart from these. */
export function tablesApartFromNotes(file: SourceFile): Sorted {
  const lines = linesOf(file)
  const tables = tablesIn(lines)
  if (tables.length === 0) return apartFromNotes(file)
  const found = readText(NAME, file, (_, into) => readAll(lines, into))
  const gone = rowsIn(tables)
  const rest = lines.map((line, i) => (gone.has(i) ? '' : line))
  if (rest.every((line) => line.trim() === '' || isHeading(line))) return { found, notes: undefined }
  const beside = apartFromNotes({ path: file.path, bytes: Buffer.from(rest.join('\n')) })
  const emptied = new Set([...(beside.notes?.emptied ?? []), ...emptiedBy(rest, gone)])
  return {
    found: beside.found ? joined(found, beside.found) : found,
    notes: beside.notes && { ...beside.notes, emptied },
  }
}

/** Lines of the headings that held tables alone. */
function emptiedBy(rest: readonly string[], gone: ReadonlySet<number>): readonly number[] {
  const emptied: number[] = []
  let [heading, hasTable, hasText] = [-1, false, false]
  const close = () => {
    if (heading >= 0 && hasTable && !hasText) emptied.push(heading + 1)
  }
  rest.forEach((line, i) => {
    if (isHeading(line)) {
      close()
      ;[heading, hasTable, hasText] = [i, false, false]
    } else if (gone.has(i)) hasTable = true
    else if (line.trim() !== '') hasText = true
  })
  close()
  return emptied
}

function joined(a: QuestionFile, b: QuestionFile): QuestionFile {
  return {
    ...b,
    questions: [...a.questions, ...b.questions].toSorted((x, y) => x.line - y.line),
    leftOut: [...a.leftOut, ...b.leftOut],
    changed: [...a.changed, ...b.changed],
  }
}
