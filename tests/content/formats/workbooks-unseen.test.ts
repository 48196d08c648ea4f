/** Excel files in which people see something else than a program reads, and damaged ones. */
import { strToU8 } from 'fflate'
import { expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
import { xlsx } from './xlsx.js'

const ROWS = [
  ['question', 'a', 'b', 'c', 'answer'],
  ['Is A?', 'Yes', 'No', 'Maybe', 'A'],
  ['Is B?', 'Yes', 'No', 'Maybe', 'B'],
]
const SHEET = 'xl/worksheets/sheet1.xml'

/** Rows of texts, each with its attributes; a text may be a cell as the file has it. */
function sheet(rows: readonly (readonly string[])[], attributes: Readonly<Record<number, string>> = {}) {
  const cell = (text: string, place: string) =>
    text.startsWith('<c') ? text : `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (cells: readonly string[], i: number) =>
    `<row ${attributes[i + 1] ?? `r="${i + 1}"`}>${cells.map((text, j) => cell(text, `${'ABCDEF'[j]}${i + 1}`)).join('')}</row>`
  return `<sheetData>${rows.map(row).join('')}</sheetData>`
}

function read(inside: string, parts: Readonly<Record<string, string>> = {}) {
  const all = { [SHEET]: `<worksheet>${inside}</worksheet>`, ...parts }
  const bytes = xlsx([], Object.fromEntries(Object.entries(all).map(([path, text]) => [path, strToU8(text)])))
  const found = readQuestions({ path: 'q.xlsx', bytes })
  const told = (list: readonly { line: number; message: string }[] = []) =>
    list.map(({ line, message }) => `${line}: ${message}`)
  return { count: found?.questions.length, leftOut: told(found?.leftOut), changed: told(found?.changed) }
}

it('a cell whose text is missing costs its row, not only an answer', () => {
  const rows = [...ROWS, ['Is C?', 'Yes', '<c r="C4" t="s"><v>99</v></c>', 'Maybe', 'A']]
  const { count, leftOut } = read(sheet(rows))
  expect(count).toBe(2)
  expect(leftOut).toEqual(['4: the cell C4 holds a text that is missing in the file; save the file in Excel'])
})

it.each([
  [
    'hidden rows',
    sheet(ROWS, { 3: 'r="3" hidden="1"' }),
    '3: the sheet "S": rows that are hidden in the sheet are read like the others: 3',
  ],
  [
    'hidden columns, where they hold a text',
    `<cols><col min="2" max="3" hidden="1"/><col min="9" max="99" hidden="1"/></cols>${sheet(ROWS)}`,
    '1: the sheet "S": columns that are hidden in the sheet are read like the others: B, C',
  ],
  [
    'merged cells over several rows',
    `${sheet(ROWS)}<mergeCells><mergeCell ref="D2:D3"/><mergeCell ref="A1:B1"/></mergeCells>`,
    '2: the sheet "S": a text in merged cells belongs to their first row alone: D2:D3',
  ],
  [
    'columns too far to the right',
    sheet([...ROWS, ['<c r="XFD4" t="inlineStr"><is><t>far</t></is></c>']]),
    '4: the sheet "S": columns after BH are not read',
  ],
])('%s are told', (_name, inside, message) => {
  expect(read(inside)).toEqual({ count: 2, leftOut: [], changed: [message] })
})

it('a sheet that is missing or not whole is told, with a name that is safe to show', () => {
  const workbook =
    '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="rId1"/><sheet name="T&#27;[2J" r:id="rId9"/></sheets></workbook>'
  expect(read(sheet(ROWS), { 'xl/workbook.xml': workbook }).leftOut).toEqual([
    '1: the sheet "T[2J" is not read: it is a chart, or is missing in the file',
  ])
  expect(read('', { [SHEET]: `<worksheet>${sheet(ROWS)}<pageSetup` }).leftOut).toEqual([
    expect.stringMatching(/^1: the sheet "S" is not whole: /),
  ])
})

it('whose only sheet is hidden says so, and a sheet is found by a path with dots', () => {
  const sheets = (name: string) =>
    `<workbook xmlns:r="r"><sheets><sheet name="S" ${name} r:id="rId1"/></sheets></workbook>`
  expect(read(sheet(ROWS), { 'xl/workbook.xml': sheets('state="hidden"') }).leftOut).toEqual([
    '1: the sheet "S" is not read: it is hidden',
  ])
  const relations =
    '<Relationships><Relationship Id="rId1" Target="../xl/worksheets/sheet1.xml"/></Relationships>'
  expect(read(sheet(ROWS), { 'xl/_rels/workbook.xml.rels': relations }).count).toBe(2)
})

it('rows with numbers that Excel cannot have are counted', () => {
  const bytes = xlsx([], {
    [SHEET]: strToU8(`<worksheet>${sheet(ROWS, { 2: 'r="-7"', 3: 'r="1e9"' })}</worksheet>`),
  })
  expect(readQuestions({ path: 'q.xlsx', bytes })?.questions.map(({ line }) => line)).toEqual([2, 3])
})

it('a text that very many cells show is not read again for each', () => {
  const text = Array.from({ length: 60_000 }, (_, i) => i * 7919).join(' ')
  const shared = '<c t="s"><v>0</v></c>'
  const rows = Array.from({ length: 2000 }, (_, i) => [
    `${i * 104_729} ${i * 7907}`,
    shared,
    shared,
    'No',
    'A',
  ])
  expect(
    read(sheet([...ROWS, ...rows]), { 'xl/sharedStrings.xml': `<sst><si><t>${text}</t></si></sst>` }),
  ).toEqual({
    count: 0,
    leftOut: ['1: the file holds more than 20000000 characters in its cells; split it up'],
    changed: [],
  })
})
