/** What people see in a sheet of an Excel file in another way than its cells are read. */
import { short } from '../../core/text.js'
import type { Warning } from '../notes.js'
import { allIn, childOf, childrenOf, type XmlElement } from '../xml.js'
import type { Row } from './csv-rows.js'
import { columnOf, lettersOf, lineOf, MAX_COLUMNS } from './xlsx-places.js'

const MOST_NAMED = 100

/** `rows`: those of the sheet that are read. */
export function unseenIn(sheet: XmlElement | undefined, rows: readonly Row[]): readonly Warning[] {
  const read = new Set(rows.map(({ line }) => line))
  const [hidden, beyond]: [number[], number[]] = [[], []]
  for (const row of allIn(childOf(sheet, 'sheetData') ?? NOTHING, 'row')) {
    const line = lineOf(row)
    if (line === undefined) continue
    if (isTrue(row.attributes.get('hidden')) && read.has(line)) hidden.push(line)
    const last = childrenOf(row, 'c').at(-1)?.attributes.get('r') ?? ''
    if ((columnOf(last) ?? 0) >= MAX_COLUMNS) beyond.push(line)
  }
  const columns = hiddenColumns(sheet, rows)
  const merged = mergedCells(sheet, read)
  return [
    ...told(hidden, `rows that are hidden in the sheet are read like the others: ${list(hidden)}`),
    ...told(columns, `columns that are hidden in the sheet are read like the others: ${list(columns)}`),
    ...told(merged, `a text in merged cells belongs to their first row alone: ${list(merged)}`),
    ...told(beyond, `columns after ${lettersOf(MAX_COLUMNS - 1)} are not read`),
  ]
}

const NOTHING: XmlElement = { name: '', attributes: new Map(), children: [], line: 1, fault: '' }
const isTrue = (value: string | undefined) => value === '1' || value === 'true'
const list = (all: readonly (string | number)[]) => short(all.join(', '), MOST_NAMED)

/** The line is that of the first row; columns have none. */
function told(all: readonly (string | number)[], message: string): readonly Warning[] {
  const [first] = all
  if (first === undefined) return []
  return [{ line: typeof first === 'number' ? first : Number(/\d+/.exec(first)?.[0] ?? 1), message }]
}

/** Hidden columns without a text are nothing to tell. */
function hiddenColumns(sheet: XmlElement | undefined, rows: readonly Row[]): readonly string[] {
  const ranges = childrenOf(childOf(sheet, 'cols'), 'col').filter(({ attributes }) =>
    isTrue(attributes.get('hidden')),
  )
  return Array.from({ length: MAX_COLUMNS }, (_, column) => column)
    .filter((column) =>
      ranges.some(
        ({ attributes }) =>
          Number(attributes.get('min')) <= column + 1 && column + 1 <= Number(attributes.get('max')),
      ),
    )
    .filter((column) => rows.some(({ cells }) => cells[column]?.trim()))
    .map(lettersOf)
}

/** Merged cells that reach into another row that is read. */
function mergedCells(sheet: XmlElement | undefined, read: ReadonlySet<number>): readonly string[] {
  return childrenOf(childOf(sheet, 'mergeCells'), 'mergeCell')
    .map(({ attributes }) => attributes.get('ref') ?? '')
    .filter((range) => {
      const [, first, last] = /^[A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})$/.exec(range) ?? []
      return Number(first) < Number(last) && read.has(Number(last))
    })
}
