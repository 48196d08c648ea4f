/** Writes a spreadsheet with one sheet, as Excel and compatible programs read it (ECMA-376). */
import { zipSync } from 'fflate'
import { branch, leaf, xmlBytes } from './xml-write.js'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
/** The earliest day that a zip file can hold, so that the same questions make the same bytes. */
const MTIME = new Date(1980, 0, 1)

/** Empty cells are left out; there may be at most 26 columns. */
export function xlsxBytes(sheet: string, rows: readonly (readonly string[])[]): Uint8Array {
  const files = {
    '[Content_Types].xml': branch('Types', { xmlns: TYPES }, [
      branch(
        'Default',
        { Extension: 'rels', ContentType: 'application/vnd.openxmlformats-package.relationships+xml' },
        [],
      ),
      branch('Override', { PartName: '/xl/workbook.xml', ContentType: `${TYPE}.sheet.main+xml` }, []),
      branch('Override', { PartName: '/xl/worksheets/sheet1.xml', ContentType: `${TYPE}.worksheet+xml` }, []),
    ]),
    '_rels/.rels': relation(`${OFFICE}/officeDocument`, 'xl/workbook.xml'),
    'xl/workbook.xml': branch('workbook', { xmlns: MAIN, 'xmlns:r': OFFICE }, [
      branch('sheets', {}, [branch('sheet', { name: sheet, sheetId: 1, 'r:id': 'rId1' }, [])]),
    ]),
    'xl/_rels/workbook.xml.rels': relation(`${OFFICE}/worksheet`, 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': branch('worksheet', { xmlns: MAIN }, [
      branch('sheetData', {}, rows.map(rowXml)),
    ]),
  }
  const parts = Object.entries(files).map(([name, xml]) => [name, xmlBytes(xml)] as const)
  return zipSync(Object.fromEntries(parts), { mtime: MTIME })
}

const relation = (type: string, target: string) =>
  branch('Relationships', { xmlns: RELATIONS }, [
    branch('Relationship', { Id: 'rId1', Type: type, Target: target }, []),
  ])

const rowXml = (cells: readonly string[], i: number) =>
  branch(
    'row',
    { r: i + 1 },
    cells.flatMap((text, column) =>
      text === ''
        ? []
        : [
            branch('c', { r: `${String.fromCharCode(65 + column)}${i + 1}`, t: 'inlineStr' }, [
              branch('is', {}, [leaf('t', text, { 'xml:space': 'preserve' })]),
            ]),
          ],
    ),
  )
