/** Tables of questions, whatever program wrote them: rows, and where the columns are. */
import type { Warning } from '../notes.js'
import { isZip } from '../unzip.js'
import { csvRows, type Row } from './csv-rows.js'
import { decodeText } from './decode.js'
import type { SourceFile } from './format.js'
import { xlsxSheets } from './xlsx-rows.js'

export interface Sheets {
  readonly sheets: readonly (readonly Row[])[]
  readonly leftOut: readonly Warning[]
  /** Why nothing can be read; empty where something can, or where it is no sheet at all. */
  readonly reason: string
}

const NONE: Sheets = { sheets: [], leftOut: [], reason: '' }
/** Texts that are something else. */
const OTHER = /\.(?:md|markdown|ya?ml|json|xml|html?|gift)$/i
const SHEET = /\.(?:csv|tsv|xlsx|xls|ods|numbers)$/i

/** Whether its name says that it is a table. */
export const isNamedSheet = ({ path }: SourceFile) => SHEET.test(path)

/** Each format asks for the rows of the same file. */
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
    if (read) return { ...read, leftOut: [] }
    return isNamedSheet(file) ? { ...NONE, reason: 'is no Excel file; save it as .xlsx or .csv' } : NONE
  }
  if (isOldOffice(file.bytes))
    return { ...NONE, reason: 'is an old Excel file, or locked by a password; save it as .xlsx without one' }
  const { text, isText } = decodeText(file)
  if (!isText || OTHER.test(file.path) || !(isNamedSheet(file) || looksLikeTable(text))) return NONE
  const { rows, leftOut } = csvRows(text)
  return { sheets: [rows], leftOut, reason: '' }
}

/** What Microsoft's programs wrote before 2007, and still do around what has a password. */
const isOldOffice = (bytes: Uint8Array) => [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte)

/** One of its first lines names columns. */
const looksLikeTable = (text: string) =>
  text
    .slice(0, 5000)
    .split('\n')
    .some(
      (line) =>
        /question|frage/i.test(line) && /answer|option|correct|antwort/i.test(line) && /[,;\t|]/.test(line),
    )

// ---- columns --------------------------------------------------------------------------

/** Where a header stands; far enough for Kahoot's introduction, and for notes that people add. */
const HEADER_ROWS = 25

export interface Table<Column extends string> {
  readonly header: Row
  /** Below the header. */
  readonly rows: readonly Row[]
  readonly has: (column: Column) => boolean
  readonly cell: (row: Row, column: Column) => string
}

/** A name of a column in one line, without what stands in brackets or behind a dash. */
export const headerName = (cell: string) =>
  cell
    .replace(/\s+/g, ' ')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/ [-–—] .*$/, '')
    .replace(/[_:*?.]+/g, ' ')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()

/** The first sheet with a row that has all of `needed`; `nameOf` says which column a cell of it names. */
export function findTable<Column extends string>(
  sheets: Sheets['sheets'],
  nameOf: (cell: string) => Column | undefined,
  needed: readonly Column[],
): Table<Column> | undefined {
  for (const rows of sheets) {
    const found = rows.slice(0, HEADER_ROWS).findIndex(({ cells }) => {
      const names = cells.map(nameOf)
      return needed.every((column) => names.includes(column))
    })
    const header = rows[found]
    if (header) return tableOf(header, rows.slice(found + 1), nameOf)
  }
  return undefined
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
  }
}
