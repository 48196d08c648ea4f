/** Turns definition lists (`Term`, then `: what it is`) into lists of terms in bold. */
import { inCode } from './lines.js'

const DEFINITION = /^:[ \t]+(\S.*)$/
/** A line that begins another block is not a term. */
const NO_TERM = /^(?:[ \t]|[-*+>|:<#]|\d{1,9}[.)][ \t]|```|~~~|===|---|$)/

/** Changes the lines in place; the number of lines stays the same. */
export function boldTerms(lines: string[]): void {
  if (!lines.some((line) => DEFINITION.test(line))) return
  const code = inCode(lines)
  let isDefined = false
  for (let i = 1; i < lines.length; i++) {
    const [, words] = (!code[i] && DEFINITION.exec(lines[i] ?? '')) || []
    if (words === undefined) {
      isDefined &&= /^\s|^$/.test(lines[i] ?? '')
      continue
    }
    if (isDefined && !isTerm(lines, termAbove(lines, i))) lines[i] = `  ; ${words}`
    else {
      const term = termAbove(lines, i)
      if (!isTerm(lines, term) || code[term]) continue
      lines[term] = `- ${bold(lines[term]?.trim() ?? '')}`
      lines[i] = `  ${words}`
      isDefined = true
    }
  }
}

const termAbove = (lines: readonly string[], i: number) => (lines[i - 1]?.trim() === '' ? i - 2 : i - 1)

/** A term stands alone, or directly follows another definition or a heading. */
function isTerm(lines: readonly string[], i: number): boolean {
  const above = lines[i - 1] ?? ''
  return i >= 0 && !NO_TERM.test(lines[i] ?? '') && (above.trim() === '' || /^(?: {2}|#{1,6} )/.test(above))
}

const bold = (term: string) => (/[*_]/.test(term) ? `${term}:` : `**${term}:**`)
