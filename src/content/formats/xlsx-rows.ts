/**
 * Rows of the sheets of an Excel file (ECMA-376, part 1, 18.3 and 18.4). It is unpacked with the limits of
 * `unzip.ts`; formulas are not computed: what they last gave is read.
 */
import { unzip } from '../unzip.js'
import { allIn, childOf, childrenOf, readXml, textOf, type XmlElement } from '../xml.js'
import type { Row } from './csv-rows.js'

export interface XlsxSheets {
  readonly sheets: readonly (readonly Row[])[]
  /** Why it cannot be read; empty when it can. */
  readonly reason: string
}

const WANTED = /^xl\/(?:workbook|sharedStrings|_rels\/workbook\.xml|worksheets\/[\w.-]+)\.(?:xml|rels)$/i
const WORKBOOK = 'xl/workbook.xml'
const MAX_SHEETS = 10
/** Blooket's template has 26. */
const MAX_COLUMNS = 60

/** Undefined where the archive is no Excel file. */
export function xlsxSheets(bytes: Uint8Array): XlsxSheets | undefined {
  const { files, leftOut, refused } = unzip(bytes, (path) => WANTED.test(path))
  const parts = new Map(files.map((file) => [file.path.toLowerCase(), file.bytes]))
  if (refused !== '' || (!parts.has(WORKBOOK) && leftOut.length === 0)) return undefined
  const [first] = leftOut
  if (first) return { sheets: [], reason: `${first.path} in it ${first.message}` }
  try {
    const texts = sharedTexts(partOf(parts, 'xl/sharedstrings.xml'))
    return { sheets: sheetFiles(parts).map((sheet) => rowsOf(partOf(parts, sheet), texts)), reason: '' }
  } catch (error) {
    if (error instanceof Unreadable) return { sheets: [], reason: error.message }
    throw error
  }
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

/** In the order of the workbook, hidden ones left out. */
function sheetFiles(parts: Parts): readonly string[] {
  const targets = new Map(
    childrenOf(partOf(parts, 'xl/_rels/workbook.xml.rels')).map((one) => [
      one.attributes.get('Id') ?? '',
      one.attributes.get('Target') ?? '',
    ]),
  )
  const sheets = childrenOf(childOf(partOf(parts, WORKBOOK), 'sheets'), 'sheet')
  return sheets
    .filter((sheet) => (sheet.attributes.get('state') ?? 'visible') === 'visible')
    .slice(0, MAX_SHEETS)
    .map((sheet) => targets.get(sheet.attributes.get('id') ?? '') ?? '')
    .map((target) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`))
}

/** A text may be in runs of different looks; how it is pronounced is no part of it. */
function stringOf(element: XmlElement | undefined): string {
  return childrenOf(element, 't', 'r')
    .map((part) => (part.name === 't' ? textOf(part) : textOf(childOf(part, 't'))))
    .join('')
    .replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\r\n?/g, '\n')
}

const sharedTexts = (root: XmlElement | undefined) => childrenOf(root, 'si').map(stringOf)

function rowsOf(sheet: XmlElement | undefined, texts: readonly string[]): readonly Row[] {
  const data = childOf(sheet, 'sheetData')
  const rows: Row[] = []
  for (const row of data ? allIn(data, 'row') : []) {
    const line = Number(row.attributes.get('r')) || (rows.at(-1)?.line ?? 0) + 1
    const cells: string[] = []
    for (const cell of childrenOf(row, 'c')) {
      const column = columnOf(cell.attributes.get('r') ?? '') ?? cells.length
      if (column < MAX_COLUMNS) cells[column] = cellText(cell, texts)
    }
    const whole = Array.from(cells, (text) => text ?? '')
    if (whole.some((text) => text.trim() !== '')) rows.push({ line, cells: whole })
  }
  return rows
}

/** `AB7` is the column 27, counted from 0. */
function columnOf(reference: string): number | undefined {
  const [letters] = /^[A-Z]{1,3}(?=\d)/i.exec(reference) ?? []
  if (letters === undefined) return undefined
  return [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function cellText(cell: XmlElement, texts: readonly string[]): string {
  const value = textOf(childOf(cell, 'v'))
  switch (cell.attributes.get('t')) {
    case 's':
      return texts[Number(value)] ?? ''
    case 'inlineStr':
      return stringOf(childOf(cell, 'is'))
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE'
    case 'e':
      return ''
    case 'str':
      return value
    default:
      return numberText(value)
  }
}

/** As a person typed it: 1.1 is stored as 1.1000000000000001. */
function numberText(value: string): string {
  const number = Number(value)
  return value.trim() === '' || !Number.isFinite(number) ? value : String(Number(number.toPrecision(12)))
}
