/**
 * Removes `%% a private remark %%`, as vaults write it, in one line or over several: only its author reads
 * it.
 */
import type { Report } from '../problem.js'
import { inCode, outsideCode } from './lines.js'

const MARK = '%%'

/** Removes remarks from the lines; the number of lines stays the same. */
export function withoutRemarks(lines: readonly string[], warn: Report): readonly string[] {
  if (!lines.some((line) => line.includes(MARK))) return lines
  const code = inCode(lines)
  const last = lines.findLastIndex((line) => line.includes(MARK))
  let isOpen = false
  return lines.map((line, i) => {
    if (!isOpen && (code[i] || !line.includes(MARK))) return line
    let kept = ''
    for (let from = 0; ; ) {
      const at = isOpen ? line.indexOf(MARK, from) : nextMark(line, from)
      if (at < 0) return isOpen ? kept.trimEnd() : kept + line.slice(from)
      if (isOpen) isOpen = false
      else {
        kept += line.slice(from, at)
        const isClosed = line.indexOf(MARK, at + 2) >= 0 || last > i
        if (!isClosed && line.slice(0, at).trim() !== '') return kept + line.slice(at)
        warn(
          i + 1,
          isClosed
            ? 'a remark (%%) is left out'
            : 'the remark (%%) that opens here is not closed: the rest is left out',
        )
        isOpen = true
      }
      from = at + 2
    }
  })
}

/** Finds the next mark outside code spans and not after a backslash. */
function nextMark(line: string, from: number): number {
  let at = -1
  let offset = 0
  // Code spans are replaced by blanks of the same length.
  const visible = line.includes('`') ? blanked(line) : line
  for (offset = visible.indexOf(MARK, from); offset >= 0; offset = visible.indexOf(MARK, offset + 2))
    if (visible[offset - 1] !== '\\') {
      at = offset
      break
    }
  return at
}

function blanked(line: string): string {
  let rest = line
  let result = ''
  outsideCode(line, (part) => {
    const at = rest.indexOf(part)
    result += ' '.repeat(at) + part
    rest = rest.slice(at + part.length)
    return part
  })
  return result + ' '.repeat(rest.length)
}
