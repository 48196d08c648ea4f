/** Lines of a report: the first ones on the card, and all of them in a file if there are more. */
import { short, type Text } from '../../core/text.js'
import { type Block, bullets, type FileBlock, heading, note } from '../ui/card.js'

const SHOWN = 10
const LINE = 200

export const isLong = (lines: readonly string[]) => lines.length > SHOWN

export function shownLines(title: string, lines: readonly string[]): Block[] {
  if (lines.length === 0) return []
  return [
    heading(title),
    bullets(...lines.slice(0, SHOWN).map((line): Text => [short(line, LINE)])),
    ...(isLong(lines) ? [note(`${lines.length - SHOWN} more in the file below.`)] : []),
  ]
}

/** `name`: the file that it is about. */
export function reportFile(name: string, parts: readonly (readonly string[])[]): FileBlock {
  return {
    kind: 'file',
    name: `${fileName(name)}-report.txt`,
    mime: 'text/plain',
    content: new TextEncoder().encode(parts.map((lines) => lines.join('\n')).join('\n\n')),
  }
}

/** A file name that every system accepts. */
export const fileName = (name: string) => short(name, 60).replace(/[^\w.-]+/g, '_')
