/**
 * Reads rows of the sheets of an Excel file (ECMA-376, part 1, 18.3 and 18.4). It is unpacked with the limits
 * of `unzip.ts`; formulas are not computed: their stored results are read.
 */

import path from 'node:path'
import { short } from '../../core/text.js'
import type { Warning } from '../notes.js'
import { unzip } from '../unzip.js'
import { allIn, childOf, childrenOf, readXml, textOf, type XmlElement } from '../xml.js'
import type { OddCell, Row, Sheet } from './csv-rows.js'
import { oneLine } from './tidy.js'
import { columnOf, lineOf, MAX_COLUMNS, nameOfCell } from './xlsx-places.js'
import { DATE, type Shown, shownAs, stylesOf } from './xlsx-styles.js'
import { unseenIn } from './xlsx-unseen.js'

export interface XlsxSheets {
  readonly sheets: readonly Sheet[]
  /** The sheets that are not read. */
  readonly leftOut: readonly Warning[]
  /** Where people see something else than is read. */
  readonly changed: readonly Warning[]
  /** Why the file cannot be read; empty if it can. */
  readonly reason: string
}

const WANTED =
  /^xl\/(?:workbook|sharedStrings|styles|_rels\/workbook\.xml|worksheets\/[\w.-]+)\.(?:xml|rels)$/i
const WORKBOOK = 'xl/workbook.xml'
const MAX_SHEETS = 10
/** Excel allows 31 characters. */
const MOST_NAMED = 60
/** The maximum number of unread sheets that are named. */
const MOST_SHEETS = 100
/** Many cells can show the same long text, so that the size of the file says little. */
const MAX_CHARACTERS = 20_000_000

/** Returns undefined if the archive is not an Excel file. */
export function xlsxSheets(bytes: Uint8Array): XlsxSheets | undefined {
  const { files, leftOut, refused } = unzip(bytes, (path) => WANTED.test(path))
  const parts = new Map(files.map((file) => [file.path.toLowerCase(), file.bytes]))
  if (refused !== '' || (!parts.has(WORKBOOK) && leftOut.length === 0)) return undefined
  const [first] = leftOut
  if (first) return nothing(`${first.path} in it ${first.message}`)
  try {
    return readSheets(parts)
  } catch (error) {
    if (error instanceof Unreadable) return nothing(error.message)
    throw error
  }
}

const nothing = (reason: string): XlsxSheets => ({ sheets: [], leftOut: [], changed: [], reason })

function readSheets(parts: Parts): XlsxSheets {
  const texts = sharedTexts(partOf(parts, 'xl/sharedstrings.xml'))
  const styles = stylesOf(partOf(parts, 'xl/styles.xml'))
  const sheets: Sheet[] = []
  const [leftOut, changed]: [Warning[], Warning[]] = [[], []]
  let room = MAX_CHARACTERS
  for (const { name, isHidden, file } of sheetFiles(parts)) {
    const root = partOf(parts, file)
    const rows = rowsOf(root, { texts, styles })
    room -= rows.reduce((sum, { cells }) => sum + cells.reduce((all, { length }) => all + length, 0), 0)
    if (room < 0)
      throw new Unreadable(`holds more than ${MAX_CHARACTERS} characters in its cells; split it up`)
    const leave = (why: string) =>
      leftOut.push({ line: 1, message: `the sheet "${name}" is not read: ${why}` })
    if (!root) leave('it is a chart, or is missing in the file')
    if (rows.length === 0) continue
    if (isHidden) leave('it is hidden')
    else if (sheets.length >= MAX_SHEETS) leave(`at most ${MAX_SHEETS} sheets of a file are`)
    else {
      sheets.push({ name, rows })
      if (root?.fault) leftOut.push({ line: 1, message: `the sheet "${name}" is not whole: ${root.fault}` })
      for (const { line, message } of unseenIn(root, rows))
        changed.push({ line, message: `the sheet "${name}": ${message}` })
    }
  }
  return { sheets, leftOut, changed, reason: '' }
}

class Unreadable extends Error {}

type Parts = ReadonlyMap<string, Uint8Array>

function partOf(parts: Parts, path: string): XmlElement | undefined {
  const bytes = parts.get(path.toLowerCase())
  if (!bytes) return undefined
  const root = readXml(new TextDecoder().decode(bytes))
  if ('reason' in root) throw new Unreadable(`${path} in it ${root.reason}`)
  return root
}

/** Returns the sheets in the order of the workbook. */
function sheetFiles(parts: Parts) {
  const targets = new Map(
    childrenOf(partOf(parts, 'xl/_rels/workbook.xml.rels')).map((one) => [
      one.attributes.get('Id') ?? '',
      one.attributes.get('Target') ?? '',
    ]),
  )
  const sheets = childrenOf(childOf(partOf(parts, WORKBOOK), 'sheets'), 'sheet')
  return sheets.slice(0, MOST_SHEETS).map(({ attributes }, i) => {
    const target = targets.get(attributes.get('id') ?? '') ?? ''
    return {
      name: short(oneLine(attributes.get('name') ?? String(i + 1)), MOST_NAMED),
      isHidden: (attributes.get('state') ?? 'visible') !== 'visible',
      file: target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target),
    }
  })
}

/** Joins the runs of a text with different formatting; phonetic hints are not part of it. */
function stringOf(element: XmlElement | undefined): string {
  return childrenOf(element, 't', 'r')
    .map((part) => (part.name === 't' ? textOf(part) : textOf(childOf(part, 't'))))
    .join('')
    .replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n')
}

const sharedTexts = (root: XmlElement | undefined) => childrenOf(root, 'si').map(stringOf)

interface Around {
  readonly texts: readonly string[]
  readonly styles: readonly string[]
}

function rowsOf(sheet: XmlElement | undefined, around: Around): readonly Row[] {
  const data = childOf(sheet, 'sheetData')
  const rows: Row[] = []
  for (const row of data ? allIn(data, 'row') : []) {
    const line = lineOf(row) ?? (rows.at(-1)?.line ?? 0) + 1
    const cells: string[] = []
    const odd = new Map<number, OddCell>()
    for (const cell of childrenOf(row, 'c')) {
      const column = columnOf(cell.attributes.get('r') ?? '') ?? cells.length
      if (column >= MAX_COLUMNS) continue
      const { text, raw, what } = cellText(cell, around)
      cells[column] = text
      if (what !== '' || raw !== text)
        odd.set(column, { raw, reason: what && `the cell ${nameOfCell(column, line)} holds ${what}` })
    }
    const whole = Array.from(cells, (text) => text ?? '')
    if (odd.size > 0 || whole.some((text) => text.trim() !== ''))
      rows.push({ line, cells: whole, ...(odd.size > 0 && { odd }) })
  }
  return rows
}

const NO_TEXT = 'a text that is missing in the file; save the file in Excel'

/** `what` names a value whose display cannot be known; empty for all others. */
function cellText(cell: XmlElement, { texts, styles }: Around): Shown {
  const value = textOf(childOf(cell, 'v'))
  const asIs = (text: string, what = ''): Shown => ({ text, raw: text, what })
  if (value === '' && childOf(cell, 'f'))
    return asIs('', 'a formula without a result; save the file in Excel')
  switch (cell.attributes.get('t')) {
    case 's':
      return asIs(texts[Number(value)] ?? '', texts[Number(value)] === undefined ? NO_TEXT : '')
    case 'inlineStr':
      return asIs(stringOf(childOf(cell, 'is')))
    case 'b':
      return asIs(value === '1' ? 'TRUE' : 'FALSE')
    case 'e':
      return asIs('', `the error ${value} of a formula`)
    case 'str':
      return asIs(value)
    case 'd':
      return asIs(value, DATE)
    default:
      return shownAs(value, styles[Number(cell.attributes.get('s') ?? 0)] ?? '')
  }
}
