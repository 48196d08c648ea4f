/** Draws a table as a list, for a platform that cannot show tables. */
import { isolated, isolatedParts, plain, sentence, type Text } from '../core/text.js'

/** Makes a list item of each row: the first cell, then the others with the names of their columns. */
export function tableItems(header: readonly Text[], rows: readonly (readonly Text[])[]): Text[] {
  const names = header.map(onOneLine)
  return rows.map(([first = [], ...others]) => [
    { bold: [isolated(onOneLine(first)) || '–'] },
    ...others.flatMap((cell, i) => [
      ' · ',
      ...(names[i + 1] ? [{ italic: [sentence`${names[i + 1] ?? ''}:`] }, ' '] : []),
      ...isolatedParts(cell),
    ]),
  ])
}

const onOneLine = (cell: Text) => plain(cell).replace(/\s+/g, ' ').trim()
