/** Turns formulas of several lines, between `$$` or `\[` and `\]`, into code, unchanged. */
import { codeSpan, inCode, lineOf } from './lines.js'

/** The language of a formula's fence; `simplify-markdown.ts` restores the formula's marks from it. */
export const FORMULA_FENCE = { dollars: '$$', brackets: '$$[' } as const

/** Whether a code block is such a formula. */
export const isFormula = ({ lang }: { readonly lang?: string | null | undefined }): boolean =>
  lang === FORMULA_FENCE.dollars || lang === FORMULA_FENCE.brackets

/** The maximum number of lines of a formula. */
const MAX_LINES = 100

const MARKS = [
  { open: '$$', close: '$$', fence: FORMULA_FENCE.dollars },
  { open: '\\[', close: '\\]', fence: FORMULA_FENCE.brackets },
] as const

/** Changes the lines in place; the number of lines stays the same. */
export function fenceFormulas(lines: string[]): void {
  if (!lines.some((line) => line.includes('$$') || line.includes('\\['))) return
  const code = inCode(lines)
  for (let i = 0; i < lines.length; i++) {
    if (code[i]) continue
    const { indent, rest } = lineOf(lines[i] ?? '')
    const [item = ''] = /^(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(rest) ?? []
    const body = rest.slice(item.length).trimEnd()
    const mark = MARKS.find(({ open }) => body.startsWith(open))
    if (!mark || body.indexOf(mark.close, mark.open.length) >= 0) continue
    const end = endOf(lines, code, i, mark.close)
    if (end < 0) continue
    replace(lines, { from: i, end, before: indent + item, body, mark })
    i = end
  }
}

interface Found {
  readonly from: number
  readonly end: number
  readonly before: string
  readonly body: string
  readonly mark: (typeof MARKS)[number]
}

function replace(lines: string[], { from, end, before, body, mark }: Found): void {
  const inner = lines.slice(from + 1, end).map((line) => lineOf(line).rest)
  const last = lineOf(lines[end] ?? '')
  if (
    body === mark.open &&
    last.rest.trimEnd() === mark.close &&
    !inner.some((line) => line.includes('```'))
  ) {
    lines[from] = `${before}\`\`\`${mark.fence}`
    lines[end] = `${last.indent}\`\`\``
    return
  }
  // Line ends mean nothing inside a formula.
  lines[from] = before + codeSpan([body, ...inner, last.rest].map((line) => line.trim()).join(' '))
  lines.fill('', from + 1, end + 1)
}

/** Returns the line whose end closes the formula; -1 if a heading comes first. */
function endOf(lines: readonly string[], code: readonly boolean[], from: number, close: string): number {
  for (let i = from + 1; i < lines.length && i <= from + MAX_LINES; i++) {
    const line = lines[i] ?? ''
    if (code[i] || /^#{1,6} /.test(line)) return -1
    if (line.trimEnd().endsWith(close)) return i
  }
  return -1
}
