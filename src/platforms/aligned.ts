/** Formats a table as lines of equal width, for monospaced text, with the cells of a row side by side. */
import { isolated, plain, type Text } from '../core/text.js'

const GAP = 2
/** Narrower columns have no room for words. */
const LEAST_COLUMN = 12

/**
 * The first cell of a row, which names the subject of the row, is above the others. Undefined if there is no
 * room for so many columns.
 */
export function sideBySide(
  header: readonly Text[],
  rows: readonly (readonly Text[])[],
  width: number,
): string | undefined {
  const columns = header.length - 1
  const column = Math.floor((width - GAP * (columns - 1)) / columns)
  if (columns < 2 || column < LEAST_COLUMN) return undefined
  const line = (cells: readonly Text[]) =>
    beside(
      header.slice(1).map((_, i) => plain(cells[i] ?? [])),
      column,
    )
  const [, ...titles] = header
  const parts = rows.map(([about = [], ...cells]) => `${plain(about)}\n${line(cells)}`)
  return [`${line(titles)}\n${'─'.repeat(columns * column + GAP * (columns - 1))}`, ...parts].join('\n\n')
}

function beside(cells: readonly string[], width: number): string {
  const wrapped = cells.map((cell) => wrap(cell, width))
  const height = Math.max(...wrapped.map((lines) => lines.length))
  return Array.from({ length: height }, (_, row) =>
    wrapped
      // Without isolation, two neighbouring cells of the other writing direction would change places.
      .map((lines) => padded(isolated(lines[row] ?? ''), width))
      .join(' '.repeat(GAP))
      .trimEnd(),
  ).join('\n')
}

/** Breaks the text at spaces; a word that is too long is cut. */
function wrap(text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1) ?? ''
    const joined = last === '' ? word : `${last} ${word}`
    if (widthOf(joined) <= width) lines[lines.length - 1] = joined
    else lines.push(...cut(word, width))
  }
  return lines[0] === '' && lines.length > 1 ? lines.slice(1) : lines
}

function cut(word: string, width: number): string[] {
  const parts = ['']
  for (const character of word) {
    const grown = `${parts.at(-1)}${character}`
    if (widthOf(grown) <= width) parts[parts.length - 1] = grown
    else parts.push(character)
  }
  return parts
}

const padded = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - widthOf(text)))

const UNSEEN = /[\p{M}\p{Cf}]/u
/** Characters that are two columns wide: those of East Asian scripts, and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) if (!UNSEEN.test(character)) width += WIDE.test(character) ? 2 : 1
  return width
}
