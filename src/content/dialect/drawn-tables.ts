/**
 * Turns tables that are drawn with lines, as Pandoc writes those of a Word document, into code, unchanged.
 */
import type { Report } from '../problem.js'
import { inCode } from './lines.js'

const GRID = /^ {0,3}\+(?:[-=:]+\+)+\s*$/
const GRID_ROW = /^ {0,3}[|+].*[|+]\s*$/
/** The line above and below a table whose cells have several lines. */
const BORDER = /^ {0,4}-{10,}\s*$/
/** The line between the column names and the rows. */
const RULE = /^ {0,4}-{2,}(?: +-{2,})+\s*$/
/** The maximum number of lines of a table. */
const MOST = 500

/** Changes the lines in place; the number of lines stays the same. */
export function fenceDrawnTables(lines: string[], warn: Report): void {
  if (!lines.some((line) => GRID.test(line) || RULE.test(line))) return
  const code = inCode(lines)
  for (let i = 0; i < lines.length; i++) {
    const end = code[i] ? undefined : endOf(lines, i)
    if (end === undefined) continue
    lines[i] = '```'
    lines[end] = '```'
    warn(i + 1, 'a table that is drawn with lines is shown as it is written')
    i = end
  }
}

/** Returns the last line of a table; its first and last lines may be replaced. */
function endOf(lines: readonly string[], from: number): number | undefined {
  const line = lines[from] ?? ''
  if (GRID.test(line)) {
    let end = from
    while (GRID_ROW.test(lines[end + 1] ?? '')) end++
    return end - from > 1 && GRID.test(lines[end] ?? '') ? end : undefined
  }
  const near = lines.slice(from + 1, from + MOST)
  const rule = near.findIndex((one) => RULE.test(one))
  const next = near.findIndex(isBlank)
  const gap = next < 0 ? near.length : next
  if (RULE.test(line)) return rule > 0 && rule < gap && isBlank(near[rule + 1]) ? from + 1 + rule : undefined
  if (BORDER.test(line) && isBlank(lines[from - 1]) && rule > 0 && rule < gap) {
    const last = near.findIndex((one) => BORDER.test(one))
    const isApart = near
      .slice(0, last)
      .some((one, k) => /^#{1,6} /.test(one) || (isBlank(one) && isBlank(near[k + 1])))
    return last > rule && !isApart ? from + 1 + last : undefined
  }
  return isBlank(line) && rule === 1 && gap > 1 && next > 0 ? from + 1 + next : undefined
}

const isBlank = (line: string | undefined) => line === undefined || line.trim() === ''
