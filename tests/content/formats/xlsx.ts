import { strToU8, type Zippable, zipSync } from 'fflate'
import { escapeXml } from '../../../src/content/xml.js'

export type Cell = string | number | boolean | null

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

function cellXml(value: Cell, place: string, texts: string[]): string {
  if (value === null) return ''
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
  texts.push(value)
  return `<c r="${place}" t="s"><v>${texts.length - 1}</v></c>`
}

const column = (i: number): string =>
  (i < 26 ? '' : column(Math.floor(i / 26) - 1)) + String.fromCharCode(65 + (i % 26))

/** An Excel file with one sheet, or with some of its parts as they are given. */
export function xlsx(rows: readonly (readonly Cell[])[], parts: Zippable = {}): Uint8Array {
  const texts: string[] = []
  const data = rows
    .map(
      (row, i) =>
        `<row r="${i + 1}">${row.map((cell, j) => cellXml(cell, `${column(j)}${i + 1}`, texts)).join('')}</row>`,
    )
    .join('')
  const strings = texts.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`).join('')
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="${MAIN}" xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/sharedStrings.xml': strToU8(`<sst xmlns="${MAIN}">${strings}</sst>`),
    'xl/worksheets/sheet1.xml': strToU8(
      `<worksheet xmlns="${MAIN}"><sheetData>${data}</sheetData></worksheet>`,
    ),
    ...parts,
  })
}
