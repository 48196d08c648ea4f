/**
 * Reads cells of separated text, as flashcards have them: an unclosed quote is an ordinary sign of its cell.
 * In a sheet of questions it costs the row: `csv-rows.ts`.
 */
export interface Row {
  /** The line on which the row begins, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** `separator` is one character. Blank lines are not rows. */
export function rowsOf(text: string, separator: string, firstLine = 1): readonly Row[] {
  const rows: Row[] = []
  let [at, line] = [0, firstLine]
  while (at < text.length) {
    if (text[at] === '\n') {
      at++
      line++
      continue
    }
    const begin = line
    const cells: string[] = []
    for (let isMore = true; isMore; ) {
      const { value, end } = quotedCell(text, at, separator) ?? plainCell(text, at, separator)
      cells.push(value)
      line += value.split('\n').length - 1
      isMore = text[end] === separator
      at = end + 1
    }
    line++
    rows.push({ line: begin, cells })
  }
  return rows
}

interface Cell {
  readonly value: string
  /** The index of the separator, of the line end, or of the end of the text. */
  readonly end: number
}

function plainCell(text: string, at: number, separator: string): Cell {
  let end = at
  while (end < text.length && text[end] !== '\n' && text[end] !== separator) end++
  return { value: text.slice(at, end), end }
}

/**
 * Returns undefined if the quote does not open a quoted cell: it is not closed, or more than a separator
 * follows it.
 */
function quotedCell(text: string, at: number, separator: string): Cell | undefined {
  if (text[at] !== '"') return undefined
  const parts: string[] = []
  for (let from = at + 1; ; ) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return undefined
    parts.push(text.slice(from, quote))
    const end = quote + 1
    if (text[end] === '"') {
      parts.push('"')
      from = end + 1
    } else if (end === text.length || text[end] === '\n' || text[end] === separator)
      return { value: parts.join(''), end }
    else return undefined
  }
}
