/** Converts the Markdown of one question to plain text: marks are removed; words, code and lines stay. */
import { htmlText, type PlainText } from './html-text.js'
import { escapedHtml, inlineHtml } from './markdown-inline.js'

const FENCE = /^\s{0,12}(?:```|~~~)/
const LIST = /^\s*(?:[-*+]|\d{1,9}[.)])\s/
/** A line of at least this length was wrapped by an editor, not by its author. */
const WRAPPED = 60

export function markdownText(source: string): PlainText {
  if (!/[\n<&`*_~[\]\\#>|]/.test(source)) return { text: source.trim(), dropped: [] }
  const dropped: string[] = []
  const whole = pieces(source).map(({ isCode, lines }) =>
    isCode ? escapedHtml(lines.join('\n')) : inlineHtml(unwrapped(lines), dropped),
  )
  const { text, dropped: alsoDropped } = htmlText(whole.join('\n'), true)
  return { text, dropped: [...new Set([...dropped, ...alsoDropped])] }
}

interface Piece {
  readonly isCode: boolean
  readonly lines: string[]
}

/** Separates code between fences from the rest, and removes fences and the marks of quotes and headings. */
function pieces(source: string): readonly Piece[] {
  const all: Piece[] = [{ isCode: false, lines: [] }]
  for (const line of source.split('\n')) {
    const isCode = all.at(-1)?.isCode === true
    if (FENCE.test(line)) all.push({ isCode: !isCode, lines: [] })
    else all.at(-1)?.lines.push(isCode ? line : unmarked(line))
  }
  return all.filter(({ lines }) => lines.length > 0)
}

const unmarked = (line: string) => line.replace(/^(?:\s{0,3}>\s?){1,3}/, '').replace(/^\s{0,3}#{1,6}\s+/, '')

function unwrapped(lines: readonly string[]): string {
  const joined: string[] = []
  lines.forEach((line, i) => {
    const before = lines[i - 1] ?? ''
    const goesOn =
      before.length > WRAPPED && !/(?: {2}|\\)$/.test(before) && line.trim() !== '' && !LIST.test(line)
    const gap = i === 0 ? '' : !goesOn ? '\n' : before.endsWith(' ') ? '' : ' '
    joined.push(gap, (goesOn ? line.trimStart() : line).replace(/\\$/, ''))
  })
  return joined.join('')
}
