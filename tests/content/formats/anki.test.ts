import { describe, expect, it } from 'vitest'
import { anki } from '../../../src/content/formats/anki.js'
import { rowsOf } from '../../../src/content/formats/cells.js'
import type { FoundQuestion } from '../../../src/content/formats/format.js'
import { fileOf } from './samples.js'

const read = (text: string) => anki.read(fileOf(text))

describe('Anki', () => {
  it('gives topics of fronts and backs, by deck, in any order of columns', () => {
    const text =
      '#separator:Semicolon\n#html:true\n#notetype column:1\n#deck column:3\nBasic;"Front &amp; all";A::B;"Back;<br>two"\n'
    expect(read(text)).toMatchObject({
      questions: [],
      topics: [{ line: 5, title: 'Front & all', text: 'Back;\ntwo', group: 'A / B' }],
    })
  })

  it('without HTML takes signs as they stand, and comments for none', () => {
    const text = '#separator:tab\n#html:false\n#deck:Deck\na < b\tyes &amp; no\n# a remark\n'
    expect(read(text).topics).toEqual([{ line: 4, title: 'a < b', text: 'yes &amp; no', group: 'Deck' }])
  })

  it('is read without its headers, too, where each line is a card', () => {
    const cards = fileOf('S3\tkeeps objects\nEBS\tkeeps blocks\n', 'cards.txt')
    expect(anki.recognises(cards)).toBe(true)
    expect(anki.read(cards).topics?.map(({ title, text }) => [title, text])).toEqual([
      ['S3', 'keeps objects'],
      ['EBS', 'keeps blocks'],
    ])
    expect(anki.recognises(fileOf('Words.\n\ta = 1\nMore\tof\tthem\n', 'note.txt'))).toBe(false)
  })

  it.each([
    ['{{c1::Paris}} is the capital\tmore', 'gaps'],
    ['<img src="a.png">\tback', 'no text (left out: a picture)'],
    [`${'long '.repeat(20)}\tback`, '99 characters'],
    ['front\t[sound:a.mp3]', 'no text (left out: a sound)'],
    ['front alone', 'the back of the card has no text'],
  ])('leaves out %j with its reason', (row, reason) => {
    const { topics, leftOut } = read(`#separator:tab\n#html:true\n${row}\n`)
    expect(topics).toBeUndefined()
    expect(leftOut).toEqual([{ line: 3, message: expect.stringContaining(reason) }])
  })

  it.each(['collection.anki2', 'collection.anki21b'])(
    'says how to export text where it gets a package: %s',
    (name) => {
      const bytes = new TextEncoder().encode(`PK\u0003\u0004 ${name} and more`)
      const file = { path: 'deck.apkg', bytes }
      expect(anki.recognises(file)).toBe(true)
      expect(anki.read(file).leftOut[0]?.message).toContain('Notes in Plain Text')
      expect(
        anki.recognises({ path: 'a.zip', bytes: new TextEncoder().encode('PK\u0003\u0004 other') }),
      ).toBe(false)
    },
  )

  it('is written with the answers in front, and the key with its reasons behind', () => {
    const question: FoundQuestion = {
      line: 1,
      name: '',
      group: 'Group',
      explanation: 'All "told" <here>.',
      item: {
        kind: 'choice',
        stem: 'Which <tag>?',
        choices: [
          { text: 'a\tb', right: false, why: 'no' },
          { text: 'c', right: true, why: 'yes' },
        ],
      },
    }
    const written = anki.write?.([question], 'Pack')
    const text = new TextDecoder().decode(written?.bytes)
    expect(text.split('\n').slice(4)).toEqual([
      '"Which &lt;tag&gt;?<br><br>A. a\tb<br>B. c"\t"B. c (yes)<br><br>A. a\tb (no)<br><br>All ""told"" &lt;here&gt;."\t"Pack::Group"',
      '',
    ])
    expect(written?.warnings.length).toBe(1)
    expect(anki.recognises(fileOf(text))).toBe(true)
  })
})

describe('cells', () => {
  it.each([
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"a,""b""\nc",d', [['a,"b"\nc', 'd']]],
    [
      '"never closed,b\nc,d',
      [
        ['"never closed', 'b'],
        ['c', 'd'],
      ],
    ],
    ['"a" b,c', [['"a" b', 'c']]],
    [
      'a,,\n\n,',
      [
        ['a', '', ''],
        ['', ''],
      ],
    ],
    ['a"b,c"', [['a"b', 'c"']]],
  ])('%j', (text, cells) => expect(rowsOf(text, ',').map((row) => row.cells)).toEqual(cells))

  it('know the line at which their row begins', () => {
    expect(rowsOf('"a\nb",c\nd\n\ne', ',', 5).map(({ line }) => line)).toEqual([5, 7, 9])
  })
})
