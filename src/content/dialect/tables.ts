/** Adds a backslash to a bar inside code or a link in a table row, since it does not separate cells. */
import { inCode, outsideCode } from './lines.js'

const BORDER = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/

/** Changes the lines in place. */
export function escapeBars(lines: string[]): void {
  const code = inCode(lines)
  for (let i = 1; i < lines.length; i++) {
    if (code[i] || !isBorder(lines[i] ?? '') || !lines[i - 1]?.includes('|')) continue
    const width = cells(lines[i] ?? '')
    const header = escaped(lines[i - 1] ?? '', width)
    lines[i - 1] = header
    for (i++; i < lines.length && !code[i] && lines[i]?.trim() !== ''; i++)
      lines[i] = escaped(lines[i] ?? '', width)
  }
}

const isBorder = (line: string) => line.includes('|') && line.includes('-') && BORDER.test(line)

/** A row that has as many cells as there are columns is what its author meant. */
function escaped(row: string, width: number): string {
  if (!/`|\[\[/.test(row) || cells(row) <= width) return row
  let result = ''
  let from = 0
  outsideCode(row, (part) => {
    const at = row.indexOf(part, from)
    result += barred(row.slice(from, at)) + part.replace(/\[\[[^[\]]*\]\]/g, barred)
    from = at + part.length
    return part
  })
  return result + barred(row.slice(from))
}

const barred = (text: string) => text.replace(/(?<!\\)\|/g, '\\|')

function cells(row: string): number {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  return (inner.match(/(?<!\\)\|/g)?.length ?? 0) + 1
}
