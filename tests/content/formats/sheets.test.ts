// @module-tag longer
import { strToU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
import type { SourceFile } from '../../../src/content/formats/format.js'
import { plainCsv } from '../../../src/content/formats/plain-csv.js'
import { within } from '../../fuzz/fuzz.js'
import { fileOf } from './samples.js'
import { type Cell, xlsx } from './xlsx.js'

const csv = (text: string, path = 'questions.csv') => ({ path, bytes: strToU8(text) })
const sheet = (rows: readonly (readonly Cell[])[]) => ({ path: 'questions.xlsx', bytes: xlsx(rows) })
const read = (file: SourceFile) => {
  const found = readQuestions(file)
  if (!found) throw new Error('no format knows it')
  return found
}
/** Stem and keys. */
const keys = (file: SourceFile) =>
  read(file).questions.map(({ item }) =>
    'choices' in item ? [item.stem, item.choices.filter(({ right }) => right).map(({ text }) => text)] : [],
  )
const reasons = (file: SourceFile) => read(file).leftOut.map(({ line, message }) => `${line}: ${message}`)
const remarks = (file: SourceFile) => read(file).changed.map(({ message }) => message)

const KAHOOT = [
  'Question - max 120 characters',
  ...[1, 2, 3, 4].map((n) => `Answer ${n} - max 75 characters`),
  'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
  'Correct answer(s) - choose at least one',
]
const kahoot = (...rows: readonly Cell[][]) =>
  sheet([
    ['Quiz template'],
    ['Add questions, at least two answer alternatives, time limit and choose correct answers'],
    [],
    ['Remember: questions have a limit of 120 characters'],
    [],
    [],
    [],
    [null, ...KAHOOT],
    ...rows,
  ])

describe('a spreadsheet of Kahoot', () => {
  it('is read below its introduction, and its numbered empty rows are nothing', () => {
    const file = kahoot(
      [1, 'Which?', 'a', 'b', 'c', null, 20, 2],
      [2, null, null, null, null, null, null, null],
    )
    expect(read(file)).toMatchObject({ format: 'Kahoot', leftOut: [], changed: [], questions: [{ line: 9 }] })
    expect(keys(file)).toEqual([['Which?', ['b']]])
  })

  it.each<[Cell, string]>([
    ['1,3', ''],
    [1.3, ''],
    ['1.3', ''],
    ['3; 1', ''],
    [13, 'the key 13 was read as 1 and 3'],
    [46_082, 'the key was a date, and was read as 1 and 3'],
  ])('has the keys 1 and 3, however a program stores them: %s', (key, remark) => {
    const file = kahoot([1, 'Which?', 'a', 'b', 'c', 'd', 20, key])
    expect(keys(file)).toEqual([['Which?', ['a', 'c']]])
    expect(remarks(file).filter((one) => one.startsWith('the key'))).toEqual(remark === '' ? [] : [remark])
    expect(remarks(file)).toContain('several answers are right; here people are asked for all of them')
  })

  it('takes no question without a key, or with one that is not there', () => {
    const file = kahoot(
      [1, 'Which?', 'a', 'b', 'c', 'd', 20, null],
      [2, 'Which?', 'a', 'b', 'c', 'd', 20, 7],
      [3, 'Which?', 'a', 'b', null, 'd', 20, 3],
      [4, 'Which?', 'a', 'b', 'c', 'd', 20, '1-Mar'],
    )
    expect(keys(file)).toEqual([])
    expect(reasons(file)).toEqual([
      '9: no answer is marked as right',
      '10: the key "7" names an answer that is not there',
      '11: the key "3" names an answer that is empty',
      '12: the key "1-Mar" was made a date by a spreadsheet; format the column as text',
    ])
  })

  it('is read as CSV too', () => {
    const text = `${KAHOOT.map((name) => `"${name}"`).join(',')}\nWhich?,a,b,,,20,"1"\n`
    expect(read(csv(text)).format).toBe('Kahoot')
    expect(keys(csv(text))).toEqual([['Which?', ['a']]])
  })
})

describe('a spreadsheet of Wayground', () => {
  const HEADER = ['Question Text', 'Question Type', ...[1, 2, 3, 4, 5].map((n) => `Option ${n}`)]
  const AFTER = ['Correct Answer', 'Time in seconds', 'Image Link', 'Answer explanation']
  const HINTS = [
    'Text of the question (required)',
    'Question Type',
    ...[1, 2, 3, 4, 5].map((n) => `Text for option ${n}`),
    'Correct Answer',
  ]
  const wayground = (...rows: Cell[][]) => sheet([[...HEADER, ...AFTER], HINTS, ...rows])

  it('does not take its hints for a question, and keeps the explanation', () => {
    const file = wayground(['Which?', 'Multiple Choice', 'a', 'b', null, null, null, 2, 30, null, 'Because.'])
    expect(read(file)).toMatchObject({ format: 'Wayground (Quizizz)', leftOut: [] })
    expect(read(file).questions).toMatchObject([{ line: 3, explanation: 'Because.' }])
    expect(keys(file)).toEqual([['Which?', ['b']]])
  })

  it('asks for all keys of a checkbox, and leaves out what is typed, drawn or an opinion', () => {
    const file = wayground(
      ['Which two?', 'Checkbox', 'a', 'b', 'c', null, null, '1,3', 30, 'https://x.y/z.png', null],
      ['Type it', 'Fill-in-the-Blank', 'a', null, null, null, null, null],
      ['Say it', 'Open-Ended'],
      ['Like it?', 'Poll', 'yes', 'no'],
      ['Draw it', 'Draw'],
      ['Sort it', 'Reorder', 'a', 'b', 'c'],
    )
    expect(keys(file)).toEqual([['Which two?', ['a', 'c']]])
    expect(remarks(file)).toEqual(['a picture is left out'])
    expect(reasons(file).map((one) => one.slice(0, 20))).toEqual([
      '4: it asks to type a',
      '5: it asks for a tex',
      '6: it asks for an op',
      '7: it asks to draw',
      '8: questions of the ',
    ])
  })
})

describe('a table of Blooket', () => {
  const TITLE = `"Blooket\nImport Template",${','.repeat(24)}\n`
  const HEADER = `Question #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)","Answer 4\n(Optional)","Time Limit (sec)\n(Max: 300 seconds)","Correct Answer(s)\n(Only include Answer #)"${','.repeat(18)}\n`

  it('is read below its title, with headers of two lines and columns that nobody needs', () => {
    const file = csv(`${TITLE}${HEADER}1,"Which,\nif any?",a,b,c,,20,"1,2"\n2,Type it,7,x=7,,,60,,,typing\n`)
    expect(read(file)).toMatchObject({ format: 'Blooket', questions: [{ line: 8 }] })
    expect(keys(file)).toEqual([['Which,\nif any?', ['a', 'b']]])
    expect(reasons(file)).toEqual(['10: it asks to type a word, and there is nothing to choose from'])
  })
})

describe('any table of questions', () => {
  it.each([
    ['commas', 'question,a,b,c,answer\nWhich?,x,y,z,B\n'],
    ['semicolons, as in Europe', 'Frage;Antwort A;Antwort B;Antwort C;Richtige Antwort\nWhich?;x;y;z;2\n'],
    ['tabs', 'Question\tOption 1\tOption 2\tOption 3\tCorrect Answer\nWhich?\tx\ty\tz\ty\n'],
    ['a line that names the separator', 'sep=;\nquestion;a;b;c;answer\nWhich?;x;y;z;b)\n'],
    [
      'notes above the header',
      'Our quiz,,,,\n,,,,\nQuestion Text,Choice A,Choice B,Choice C,Key\nWhich?,x,y,z,"B. y"\n',
    ],
    ['all answers in one column', 'question,options,correct\nWhich?,x|y|z,y\n'],
    ['the wrong ones apart', 'question,correct answer,incorrect answer 1,incorrect answer 2\nWhich?,y,x,z\n'],
    ['a byte order mark and Windows’ line ends', '\ufeffquestion,a,b,c,answer\r\nWhich?,x,y,z,B\r\n'],
  ])('is read with %s', (_name, text) => {
    expect(keys(csv(text))).toEqual([['Which?', ['y']]])
  })

  it('keeps names, topics, explanations and reasons', () => {
    const file = csv(
      'id,question,a,why a,b,why b,answer,explanation,topic\nq-1,Which?,x,No,y,Yes,B,So.,Pods\n',
    )
    expect(read(file).questions).toMatchObject([
      {
        name: 'q-1',
        group: 'Pods',
        explanation: 'So.',
        item: {
          choices: [
            { text: 'x', why: 'No', right: false },
            { text: 'y', why: 'Yes', right: true },
          ],
        },
      },
    ])
  })

  it('says which columns are missing, and how to name them', () => {
    expect(reasons(csv('Question,Hint,Answer\na,b,c\n'))[0]).toBe(
      '1: no row names the columns "option a", "option b" and so on; write these names above the columns',
    )
    expect(reasons(csv('x,y,z\n4,5,6\n'))[0]).toContain(
      '"question", "option a", "option b" and so on, "answer"',
    )
  })

  it('does not guess what a number means where the answers are numbers', () => {
    const rows = (...keys: string[]) =>
      csv(`question,a,b,c,d,answer\n${keys.map((key) => `How many?,3,4,5,6,${key}\n`).join('')}`)
    expect(reasons(rows('4'))).toEqual([
      '2: the key "4" may be the place of an answer or its text; name it by its letter',
    ])
    expect(keys(rows('4', '6'))).toEqual([
      ['How many?', ['4']],
      ['How many?', ['6']],
    ])
    expect(keys(rows('4', '1'))).toEqual([
      ['How many?', ['6']],
      ['How many?', ['3']],
    ])
    expect(keys(rows('B'))).toEqual([['How many?', ['4']]])
  })

  it('reads HTML in cells, and leaves what only looks a little like it', () => {
    const file = csv('question,a,b,answer\n"<p>What is <b>it</b>?</p>",List<String>,a < b &c,A\n')
    expect(keys(file)).toEqual([['What is it?', ['List<String>']]])
  })

  it('says what decoding lost, as other texts do', () => {
    const header = 'question,a,b,answer\n'
    const told = (row: string) =>
      readQuestions({ path: 'q.csv', bytes: Buffer.from(header + row, 'latin1') })?.changed[0]
    expect(told('Wh\0at?,1a,2b,A')).toMatchObject({ line: 2, message: expect.stringContaining('control') })
    expect(told('Caf\xe9?,1a,2b,A')).toMatchObject({
      line: 1,
      message: expect.stringContaining('Windows-1252'),
    })
    const xml =
      '<quiz><question type="essay"><questiontext><text>Caf\xe9</text></questiontext></question></quiz>'
    expect(readQuestions({ path: 'q.xml', bytes: Buffer.from(xml, 'latin1') })?.changed).toHaveLength(1)
    const declared = `<?xml version="1.0" encoding="iso-8859-1"?>${xml}`
    expect(readQuestions({ path: 'q.xml', bytes: Buffer.from(declared, 'latin1') })?.changed).toEqual([])
  })

  it('takes letters before answers in one cell for labels only where they run from A', () => {
    const texts = (options: string) =>
      readQuestions(fileOf(`question,options,answer\nWhat?,${options},2\n`, 'q.csv'))?.questions.map(
        ({ item }) => 'choices' in item && item.choices.map(({ text }) => text),
      )
    expect(texts('A. Tree; B. River')).toEqual([['Tree', 'River']])
    expect(texts('E. coli; S. aureus')).toEqual([['E. coli', 'S. aureus']])
  })

  it('without a question says so, and of very many faults the number', () => {
    const header = 'question,a,b,answer\n'
    expect(readQuestions(fileOf(header, 'q.csv'))?.leftOut).toEqual([
      { line: 1, message: 'there is no question in the file' },
    ])
    const { leftOut = [] } = readQuestions(fileOf(header + 'What?,1a,2b,C\n'.repeat(5000), 'q.csv')) ?? {}
    expect(leftOut.at(-1)).toEqual({ line: 2002, message: '3000 more messages like these, from here on' })
  })

  it('loses one row by a quotation mark that is not closed', () => {
    const file = csv(
      'question,a,b,answer\n"Open?,x,y,A\nGood?,x,y,A\nAlso 5" good?,x,y,B\n"Pod" is what?,x,y,B\n',
    )
    expect(keys(file).map(([stem]) => stem)).toEqual(['Good?', 'Also 5" good?', '"Pod" is what?'])
    expect(reasons(file)).toEqual(['2: a quotation mark is not closed'])
  })

  it('has true or false as Excel stores it', () => {
    expect(
      keys(
        sheet([
          ['question', 'a', 'b', 'answer'],
          ['Is it?', true, false, true],
        ]),
      ),
    ).toEqual([['Is it?', ['TRUE']]])
  })

  it('is read from any sheet of a file, with texts in runs and in cells', () => {
    const bytes = xlsx([['nothing here']], {
      'xl/workbook.xml': strToU8(
        '<workbook xmlns:r="r"><sheets><sheet sheetId="1" r:id="rId1"/><sheet sheetId="2" r:id="rId2"/></sheets></workbook>',
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
      ),
      'xl/worksheets/sheet2.xml': strToU8(
        `<x:worksheet xmlns:x="m"><x:sheetData><x:row>${['question', 'a', 'b', 'answer'].map((t) => `<x:c t="inlineStr"><x:is><x:t>${t}</x:t></x:is></x:c>`).join('')}</x:row>
        <x:row><x:c t="inlineStr"><x:is><x:r><x:t>Whi</x:t></x:r><x:r><x:rPr/><x:t>ch?_x000D_\n</x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c><x:c><x:v>1.1000000000000001</x:v></x:c><x:c t="str"><x:f>A1</x:f><x:v>y</x:v></x:c><x:c t="inlineStr"><x:is><x:t>A</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`,
      ),
    })
    expect(keys({ path: 'x.xlsx', bytes })).toEqual([['Which?', ['1.1']]])
  })

  it('is told when it cannot be read', () => {
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
    expect(reasons({ path: 'old.xls', bytes: old })[0]).toContain('save it as .xlsx without one')
    expect(
      reasons({
        path: 'x.xlsx',
        bytes: xlsx([], { 'xl/worksheets/sheet1.xml': strToU8('<!DOCTYPE a [<!ENTITY b "c">]><a/>') }),
      })[0],
    ).toContain('declares entities')
    expect(
      readQuestions({ path: 'x.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0) }),
    ).toBeUndefined()
    expect(readQuestions(csv('# Notes\n\nQuestion: which answer, if any?\n', 'notes.md'))).toBeUndefined()
  })

  it('that is a bomb, an Excel file that grows without end, is refused in bounded time', () => {
    const row = '<row><c t="inlineStr"><is><t>aaaaaaaa</t></is></c></row>'
    const long = strToU8(`<worksheet><sheetData>${row.repeat(120_000)}</sheetData></worksheet>`)
    const file = { path: 'x.xlsx', bytes: xlsx([], { 'xl/worksheets/sheet1.xml': [long, { level: 9 }] }) }
    expect(file.bytes.length).toBeLessThan(100_000)
    expect(within(3000, () => reasons(file))[0]).toMatch(/sheet1\.xml in it (is too long|grows)/)
  })

  it('is written with a key that means nothing else, also where an answer is a letter', () => {
    const item = {
      kind: 'choice' as const,
      stem: 'Which letter?',
      choices: ['B', 'A'].map((text, i) => ({ text, right: i === 1, why: '' })),
    }
    const found = { line: 2, item, explanation: '', group: '', name: 'n' }
    const { bytes } = plainCsv.write?.([found], 'T') ?? { bytes: new Uint8Array() }
    expect(plainCsv.read({ path: 'x.csv', bytes }).questions).toEqual([found])
  })

  it('is written so that no cell is a formula, and read again as it was', () => {
    const item = {
      kind: 'response' as const,
      stem: '=1+1 is <p>?</p>\n"yes"; no',
      choices: [
        { text: "'=a", right: true, why: '-1' },
        { text: '&lt;', right: true, why: '' },
        { text: '@c', right: false, why: '<b>x</b>' },
      ],
    }
    const found = { line: 2, item, explanation: '+ it', group: 'Pods', name: 'n' }
    const { bytes, warnings } = plainCsv.write?.([found], 'T') ?? { bytes: new Uint8Array(), warnings: [] }
    expect(warnings).toEqual([])
    for (const cell of new TextDecoder().decode(bytes).split(/[,\n"]+/)) expect(cell).not.toMatch(/^[=+@-]/)
    expect(plainCsv.read({ path: 'x.csv', bytes }).questions).toEqual([found])
  })
})
