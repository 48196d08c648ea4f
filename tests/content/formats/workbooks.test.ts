/** Excel files as people have them: several sheets, and cells that show something else than they hold. */
import { strToU8, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
import { xlsx } from './xlsx.js'

const HEADER = ['question', 'a', 'b', 'answer']

type Cells = readonly (string | { readonly v: string; readonly s?: number; readonly xml?: string })[]

/** Texts as they are, numbers with the number of their style. */
function sheetXml(rows: readonly Cells[]): string {
  const cell = (value: Cells[number], place: string) => {
    if (typeof value === 'string') return `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
    return value.xml ?? `<c r="${place}" s="${value.s ?? 0}"><v>${value.v}</v></c>`
  }
  const row = (cells: Cells, i: number) =>
    `<row r="${i + 1}">${cells.map((value, j) => cell(value, `${'ABCDEFGH'[j]}${i + 1}`)).join('')}</row>`
  return `<worksheet><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`
}

interface Sheet {
  readonly name: string
  readonly rows: readonly Cells[]
  readonly state?: string
}

function workbook(sheets: readonly Sheet[], codes: readonly string[] = []): Uint8Array {
  const parts: Zippable = {}
  const list = sheets.map(({ name, rows, state }, i) => {
    parts[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(sheetXml(rows))
    return `<sheet name="${name}" sheetId="${i + 1}" ${state ? `state="${state}" ` : ''}r:id="r${i + 1}"/>`
  })
  const relations = sheets.map(
    (_, i) => `<Relationship Id="r${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`,
  )
  const formats = codes.map(
    (code, i) => `<numFmt numFmtId="${200 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  )
  const styles = ['<xf numFmtId="0"/>', ...codes.map((_, i) => `<xf numFmtId="${200 + i}"/>`)]
  return xlsx([], {
    ...parts,
    'xl/workbook.xml': strToU8(`<workbook xmlns:r="r"><sheets>${list.join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${relations.join('')}</Relationships>`),
    'xl/styles.xml': strToU8(
      `<styleSheet><numFmts>${formats.join('')}</numFmts><cellXfs>${styles.join('')}<xf numFmtId="14"/></cellXfs></styleSheet>`,
    ),
  })
}

const read = (sheets: readonly Sheet[], codes?: readonly string[]) => {
  const found = readQuestions({ path: 'q.xlsx', bytes: workbook(sheets, codes) })
  const told = (list: readonly { line: number; message: string }[] = []) =>
    list.map(({ line, message }) => `${line}: ${message}`)
  return {
    stems: found?.questions.map(({ item }) => item.stem),
    texts: found?.questions.map(({ item }) => 'choices' in item && item.choices.map(({ text }) => text)),
    leftOut: told(found?.leftOut),
    changed: told(found?.changed),
  }
}

describe('a workbook', () => {
  it('is read with all its sheets, and what is left out names its sheet', () => {
    const { stems, leftOut } = read([
      { name: 'One', rows: [HEADER, ['Is A?', 'Yes', 'No', 'A']] },
      { name: 'Two', rows: [['By me'], HEADER, ['Is B?', 'Yes', 'No', 'A'], ['Is C?', 'Yes', 'No', '']] },
    ])
    expect(stems).toEqual(['Is A?', 'Is B?'])
    expect(leftOut).toEqual(['4: the sheet "Two": no answer is marked as right'])
  })

  it('names each sheet that is not read, and none that is empty', () => {
    const { stems, leftOut } = read([
      { name: 'Notes', rows: [['What I have to do']] },
      { name: 'Q', rows: [HEADER, ['Is A?', 'Yes', 'No', 'A']] },
      { name: 'Lists', state: 'hidden', rows: [['x']] },
      { name: 'Empty', rows: [] },
    ])
    expect(stems).toEqual(['Is A?'])
    expect(leftOut).toEqual([
      '1: the sheet "Lists" is not read: it is hidden',
      '1: the sheet "Notes": it is not read: no row names the columns of questions',
    ])
  })

  it('of Kahoot is read with all its sheets too', () => {
    const header = ['Question - max 120 characters', 'Answer 1', 'Answer 2', 'Correct answer(s)']
    const { stems, leftOut } = read([
      { name: 'One', rows: [header, ['Is A?', 'Yes', 'No', '1']] },
      { name: 'Two', rows: [header, ['Is B?', 'Yes', 'No', '2']] },
      { name: 'Mine', rows: [HEADER, ['Is C?', 'Yes', 'No', 'A']] },
    ])
    expect(stems).toEqual(['Is A?', 'Is B?'])
    expect(leftOut).toEqual(['1: the sheet "Mine": it is not read: no row names the columns of questions'])
  })

  it.each([
    ['0%', '0.25', '25%'],
    ['0.0%', '0.255', '25.5%'],
    ['0.00', '1.5', '1.50'],
    ['#,##0', '25404', '25,404'],
    ['000', '7', '007'],
    ['General', '1.1000000000000001', '1.1'],
    ['0.00;[Red]0.00', '-2', '-2.00'],
  ])('shows a number in the format %s as people see it', (code, v, shown) => {
    const { texts, leftOut } = read([{ name: 'Q', rows: [HEADER, ['Is A?', { v, s: 1 }, 'x', 'A']] }], [code])
    expect(leftOut).toEqual([])
    expect(texts).toEqual([[shown, 'x']])
  })

  it.each(['dd.mm.yyyy', 'h:mm', '[h]:mm', 'd" of "mmmm'])('refuses a date in the format %s', (code) => {
    const { stems, leftOut } = read(
      [{ name: 'Q', rows: [HEADER, ['Is A?', 'x', { v: '25404', s: 1 }, 'A'], ['Is B?', 'x', 'y', 'A']] }],
      [code],
    )
    expect(stems).toEqual(['Is B?'])
    expect(leftOut).toEqual([
      '2: the cell C2 holds a date or a time, and the file does not say how it is shown; format the cell as text and write it anew',
    ])
  })

  it('refuses money, fractions, errors and formulas without a result, each with its cell', () => {
    const { stems, leftOut } = read(
      [
        {
          name: 'Q',
          rows: [
            HEADER,
            ['Is A?', { v: '5', s: 1 }, 'x', 'A'],
            ['Is B?', { v: '0.5', s: 2 }, 'x', 'A'],
            ['Is C?', { v: '', xml: '<c r="B4" t="e"><v>#N/A</v></c>' }, 'x', 'A'],
            ['Is D?', 'x', { v: '', xml: '<c r="C5"><f>A1</f></c>' }, 'A'],
            ['Is E?', 'x', { v: '5', s: 3 }, 'A'],
          ],
        },
      ],
      ['"$"0.00', '# ?/?'],
    )
    expect(stems).toEqual([])
    expect(leftOut.map((one) => one.slice(0, 40))).toEqual([
      '2: the cell B2 holds a number in a forma',
      '3: the cell B3 holds a number in a forma',
      '4: the cell B4 holds the error #N/A of a',
      '5: the cell C5 holds a formula without a',
      '6: the cell C6 holds a date or a time, a',
    ])
  })

  it('does not look at the format of a column that is not read, and says that the column is not', () => {
    const { stems, leftOut, changed } = read(
      [
        {
          name: 'Q',
          rows: [
            [...HEADER, 'written on'],
            ['Is A?', 'x', 'y', 'A', { v: '25404', s: 1 }],
          ],
        },
      ],
      ['dd.mm.yyyy'],
    )
    expect([stems, leftOut]).toEqual([['Is A?'], []])
    expect(changed).toEqual(['1: the column "written on" is not read'])
  })
})

describe('what a table has and no question takes', () => {
  const table = (text: string) => {
    const found = readQuestions({ path: 'q.csv', bytes: strToU8(text) })
    return [found?.questions.length, [...(found?.leftOut ?? []), ...(found?.changed ?? [])]]
  }

  it('is told: columns, and cells below no name', () => {
    expect(
      table('question,a,b,answer,difficulty,level\nIs A?,x,y,A,hard,\nIs B?,x,y,B,easy,,more,and more\n'),
    ).toEqual([
      2,
      [
        { line: 1, message: 'the column "difficulty" is not read' },
        { line: 3, message: '"more, and more" is not read: no column has a name there' },
      ],
    ])
  })

  it('a second column of a name, and a ninth option', () => {
    const [, told] = table('question,a,b,answer,answer,i\nIs A?,x,y,A,B,z\n')
    expect(told).toEqual([
      { line: 1, message: 'the column "answer" is not read' },
      { line: 1, message: 'the column "i" is not read' },
    ])
  })

  it('a row that comes twice is taken once', () => {
    expect(table('question,a,b,answer\nIs A?,x,y,A\nIs B?,x,y,A\nIs A?,x,y,A\n')).toEqual([
      2,
      [{ line: 4, message: 'it is the same question as in line 2' }],
    ])
  })
})
