/** Reads tables of questions, whatever program wrote them: rows, and the places of columns. */
import type { Warning } from '../notes.js'
import { isZip } from '../unzip.js'
import { csvRows, type Row, type Sheet } from './csv-rows.js'
import { decodeText } from './decode.js'
import type { SourceFile } from './format.js'
import type { Intake } from './intake.js'
import { xlsxSheets } from './xlsx-rows.js'

export interface Sheets {
  /** The sheets that are not empty. */
  readonly sheets: readonly Sheet[]
  readonly leftOut: readonly Warning[]
  /** What was lost or replaced while decoding. */
  readonly changed: readonly Warning[]
  /** Why nothing can be read; empty if something can, or if it is not a sheet at all. */
  readonly reason: string
}

const NONE: Sheets = { sheets: [], leftOut: [], changed: [], reason: '' }
/** File extensions of texts that are not tables. */
const OTHER = /\.(?:md|markdown|ya?ml|jsonl?|ndjson|xml|html?|gift)$/i
const SHEET = /\.(?:csv|tsv|xlsx|xls|ods|numbers)$/i

/** Whether its name says that it is a table. */
export const isNamedSheet = ({ path }: SourceFile) => SHEET.test(path)

/** A cache, since each format asks for the rows of the same file. */
const known = new WeakMap<Uint8Array, Sheets>()

export function sheetsOf(file: SourceFile): Sheets {
  const before = known.get(file.bytes)
  if (before) return before
  const sheets = readSheets(file)
  known.set(file.bytes, sheets)
  return sheets
}

function readSheets(file: SourceFile): Sheets {
  if (isZip(file.bytes)) {
    const read = xlsxSheets(file.bytes)
    if (read) return read
    return isNamedSheet(file) ? { ...NONE, reason: 'is no Excel file; save it as .xlsx or .csv' } : NONE
  }
  if (isOldOffice(file.bytes))
    return { ...NONE, reason: 'is an old Excel file, or locked by a password; save it as .xlsx without one' }
  const { text, isText, changed } = decodeText(file)
  if (!isText || OTHER.test(file.path) || !(isNamedSheet(file) || looksLikeTable(text))) return NONE
  const { rows, leftOut } = csvRows(text)
  return { sheets: [{ name: '', rows }], leftOut, changed, reason: '' }
}

/**
 * Recognises the format of Microsoft's programs before 2007, which they still use around files with a
 * password.
 */
const isOldOffice = (bytes: Uint8Array) => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte)

/** Whether one of its first lines names columns; in Markdown a rule stands below them. */
const looksLikeTable = (text: string) =>
  text
    .slice(0, 5000)
    .split('\n')
    .some(
      (line, i, lines) =>
        !/^\s*\|?\s*:?-+:?\s*\|/.test(lines[i + 1] ?? '') &&
        /question|frage/i.test(line) &&
        /answer|option|correct|antwort/i.test(line) &&
        /[,;\t|]/.test(line),
    )

// ---- columns --------------------------------------------------------------------------

/**
 * A header is searched for in this many rows: enough for Kahoot's introduction, and for notes that people
 * add.
 */
const HEADER_ROWS = 25

export interface Table<Column extends string> {
  readonly header: Row
  /** The rows below the header. */
  readonly rows: readonly Row[]
  readonly has: (column: Column) => boolean
  readonly cell: (row: Row, column: Column) => string
  /** The text as the file has it, whatever people see. */
  readonly rawCell: (row: Row, column: Column) => string
  /** Why one of the cells cannot be read; the column of keys reports that itself. */
  readonly reason: (row: Row, keys: Column) => string | undefined
  /** Whether a cell belongs to a column; a second column of the same name does not count. */
  readonly isColumn: (place: number, column: Column) => boolean
}

/** Returns a column name in one line, without text in brackets or after a dash. */
export const headerName = (cell: string) =>
  cell
    .replace(/\s+/g, ' ')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/ [-–—] .*$/, '')
    .replace(/[_:*?.]+/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()

/**
 * Returns the table below the first row that has all of `needed`; `nameOf` returns the column that a cell of
 * that row names.
 */
export function findTable<Column extends string>(
  { rows }: Sheet,
  nameOf: (cell: string) => Column | undefined,
  needed: readonly Column[],
): Table<Column> | undefined {
  const found = rows.slice(0, HEADER_ROWS).findIndex(({ cells }) => {
    const names = cells.map(nameOf)
    return needed.every((column) => names.includes(column))
  })
  const header = rows[found]
  return header && tableOf(header, rows.slice(found + 1), nameOf)
}

/** Reads the table of every sheet, and reports which sheets have none. */
export function readTables<T>(
  { sheets, leftOut, changed }: Sheets,
  into: Intake,
  find: (sheet: Sheet) => T | undefined,
  read: (table: T) => void,
): void {
  for (const { line, message } of leftOut) into.leaveOut(line, message)
  for (const { line, message } of changed) into.change(line, message)
  for (const sheet of sheets) {
    const table = find(sheet)
    if (sheets.length > 1) into.enter(`the sheet "${sheet.name}"`)
    if (table) read(table)
    else into.leaveOut(1, 'it is not read: no row names the columns of questions')
  }
}

function tableOf<Column extends string>(
  header: Row,
  rows: readonly Row[],
  nameOf: (cell: string) => Column | undefined,
): Table<Column> {
  const places = new Map<Column, number>()
  header.cells.forEach((cell, place) => {
    const name = nameOf(cell)
    if (name !== undefined && !places.has(name)) places.set(name, place)
  })
  return {
    header,
    rows,
    has: (column) => places.has(column),
    cell: ({ cells }, column) => cells[places.get(column) ?? -1] ?? '',
    rawCell: ({ cells, odd }, column) => {
      const place = places.get(column) ?? -1
      return odd?.get(place)?.raw ?? cells[place] ?? ''
    },
    reason: ({ odd }, keys) => {
      const others = [...places].filter(([column]) => column !== keys).map(([, place]) => place)
      return others.map((place) => odd?.get(place)?.reason).find(Boolean)
    },
    isColumn: (place, column) => places.get(column) === place,
  }
}
