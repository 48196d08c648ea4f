/**
 * Reads rows of separated text after RFC 4180, and common deviations from it. This is our own code because a
 * row needs the line on which it begins, and an unclosed quote should cost only one row.
 */
import type { Warning } from '../notes.js'

export interface Row {
  /** The line on which the row begins, or its number in a sheet. */
  readonly line: number
  readonly cells: readonly string[]
  /** The cells, by their indexes, whose text differs from the file or from what people see. */
  readonly odd?: ReadonlyMap<number, OddCell>
}

export interface OddCell {
  /** The text as the file has it. */
  readonly raw: string
  /** Why nobody can tell what people see; empty if people see the text of the cell. */
  readonly reason: string
}

export interface Sheet {
  /** The sheet's name; empty for a text file, which is one sheet. */
  readonly name: string
  readonly rows: readonly Row[]
}

export interface CsvRows {
  readonly rows: readonly Row[]
  readonly leftOut: readonly Warning[]
}

const SEPARATORS = [',', ';', '\t', '|']
/** This many characters are enough to find the separator. */
const SAMPLE = 20_000
const MOST_UNCLOSED = 100

/**
 * The text has `
 * ` as line ends.
 */
export function csvRows(text: string): CsvRows {
  const [, named] = /^sep=(.)\n/i.exec(text) ?? []
  if (named !== undefined) return parsed(text.slice(text.indexOf('\n') + 1), named, 2)
  return parsed(text, separatorOf(text.slice(0, SAMPLE)), 1)
}

/**
 * Returns the separator with which a row names most columns, or else with which most rows have the same
 * number of cells.
 */
function separatorOf(sample: string): string {
  const scores = SEPARATORS.map((separator) => {
    const rows = parsed(sample, separator, 1).rows.map(({ cells }) => cells)
    const named = Math.max(0, ...rows.map((cells) => cells.filter(isName).length))
    const counts = new Map<number, number>()
    for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
    const alike = Math.max(0, ...[...counts].map(([width, count]) => count * (width - 1)))
    return (named > 1 ? named * SAMPLE : 0) + alike
  })
  return SEPARATORS[scores.indexOf(Math.max(...scores))] ?? ','
}

/** A longer text is a sentence. */
const isName = (cell: string) =>
  cell.length < 80 && /question|frage|stem|answer|antwort|option|choice|correct|key|explanation/i.test(cell)

function parsed(text: string, separator: string, firstLine: number): CsvRows {
  const rows: Row[] = []
  const leftOut: Warning[] = []
  let [at, line] = [0, firstLine]
  while (at < text.length) {
    const row = readRow(text, at, separator)
    if (row.isUnclosed && leftOut.length < MOST_UNCLOSED) {
      leftOut.push({ line, message: 'a quotation mark is not closed' })
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end + 1
      line++
      continue
    }
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells: row.cells })
    line += row.lines
    at = row.end
  }
  return { rows, leftOut }
}

function readRow(text: string, start: number, separator: string) {
  const cells: string[] = []
  let at = start
  let lines = 1
  for (;;) {
    const cell = text[at] === '"' ? quoted(text, at, separator) : plain(text, at, separator)
    cells.push(cell.text)
    lines += text[at] === '"' ? cell.text.split('\n').length - 1 : 0
    at = cell.end
    if (cell.isUnclosed) return { cells, end: at, lines, isUnclosed: true }
    if (text[at] !== separator) return { cells, end: at + 1, lines, isUnclosed: false }
    at++
  }
}

function plain(text: string, start: number, separator: string) {
  let end = start
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end++
  return { text: text.slice(start, end), end, isUnclosed: false }
}

/** If a text continues after its closing quotation mark, the marks are part of the text. */
function quoted(text: string, start: number, separator: string) {
  const parts: string[] = []
  let at = start + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return { text: parts.join('') + text.slice(at), end: text.length, isUnclosed: true }
    parts.push(text.slice(at, end))
    at = end + 2
    if (text[end + 1] !== '"') break
    parts.push('"')
  }
  const tail = plain(text, at - 1, separator)
  if (tail.text.trim() === '') return { ...tail, text: parts.join('') }
  const raw = text.slice(start, tail.end)
  return { text: raw, end: tail.end, isUnclosed: raw.includes('\n') }
}
