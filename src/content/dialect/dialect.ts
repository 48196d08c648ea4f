/**
 * Notes come in many dialects of Markdown: those of vaults, of site generators, of tools for papers. This
 * module turns syntax that the parser does not know into syntax that it knows, line for line, so that lines
 * keep their numbers.
 */
import type { Report } from '../problem.js'
import { openBoxes } from './boxes.js'
import { withoutRemarks } from './comments.js'
import { fenceDrawnTables } from './drawn-tables.js'
import { fenceFormulas } from './formulas.js'
import { otherFront } from './front.js'
import { inlineMarks } from './inline.js'
import { inCode } from './lines.js'
import { boldTerms } from './lists.js'
import { withoutProperties } from './outliner.js'
import { escapeBars } from './tables.js'

export interface Plain {
  /** The text has as many lines as the source. */
  readonly text: string
  /** The values of front matter other than YAML. */
  readonly front: Readonly<Record<string, unknown>>
}

/** Lines end with a line feed. Reports what is left out, with its line. */
export function plainMarkdown(source: string, warn: Report): Plain {
  const written = source.split('\n')
  const front = otherFront(written)
  const yaml = yamlLines(written)
  const body = [
    ...Array.from({ length: front.lines }, () => ''),
    ...written.slice(0, yaml).map(() => ''),
    ...written.slice(Math.max(front.lines, yaml)),
  ]
  const lines = [...withoutRemarks(body, warn)]
  withoutProperties(lines, warn)
  leaveModules(lines, warn)
  fenceFormulas(lines)
  fenceDrawnTables(lines, warn)
  openBoxes(lines)
  boldTerms(lines)
  escapeBars(lines)
  const code = inCode(lines)
  const text = lines.map((line, i) => {
    if (i < yaml) return written[i]
    return code[i] || isIndented(lines, i) ? line : inlineMarks(line, i + 1, warn)
  })
  return { text: text.join('\n'), front: front.values }
}

/** Returns the number of YAML lines, which stay since the parser reads them. */
function yamlLines(lines: readonly string[]): number {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return 0
  return lines.findIndex((line, i) => i > 0 && /^---[ \t]*$/.test(line)) + 1
}

/** Whether a line is code because of its indentation, outside lists. */
function isIndented(lines: readonly string[], i: number): boolean {
  if (!/^(?: {4}|\t)/.test(lines[i] ?? '')) return false
  for (let above = i - 1; above >= 0 && above > i - FAR; above--) {
    const line = lines[above] ?? ''
    if (line.trim() === '' || /^[ \t]/.test(line)) continue
    return !/^(?:[-*+]|\d{1,9}[.)]|\[\^[^\]]+\]:)(?:[ \t]|$)/.test(line) && lines[above + 1]?.trim() === ''
  }
  return false
}

/** Far more lines than one item of a list has. */
const FAR = 200

/** Leaves out `import` and `export` of MDX, up to the next empty line. */
function leaveModules(lines: string[], warn: Report): void {
  if (!lines.some((line) => MODULE.test(line))) return
  const code = inCode(lines)
  for (let i = 0; i < lines.length; i++) {
    if (code[i] || !MODULE.test(lines[i] ?? '') || (i > 0 && !isLoose(lines[i - 1] ?? ''))) continue
    warn(i + 1, 'what a page imports or exports (MDX) is left out')
    for (; i < lines.length && lines[i]?.trim() !== ''; i++) lines[i] = ''
  }
}

const isLoose = (line: string) => line.trim() === '' || /^(?:---[ \t]*$|#{1,6} )/.test(line)

const MODULE =
  /^(?:import\s+(?:[\w*{][^'"]{0,400}\sfrom\s+)?['"][^'"]{1,300}['"];?\s*$|import\s+\{\s*$|export\s+(?:const|let|var|default|function|async)\b)/
