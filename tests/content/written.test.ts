import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adviceOn, readWritten, textsOf } from '../../src/content/written.js'
import { createGists, isAlike } from '../../src/search/similar.js'

const read = (options: string, reasons = '') => readWritten({ stem: 'So?', options, reasons })
const choicesOf = (options: string, reasons = '') => {
  const item = read(options, reasons)
  if ('message' in item) throw new Error(item.message)
  return item.choices.map(({ text, right, why }) => [text, right, why])
}

describe('options as people type them', () => {
  it.each([
    [
      '* yes\nno',
      [
        ['yes', true, ''],
        ['no', false, ''],
      ],
    ],
    [
      '*yes\n\n  no  ',
      [
        ['yes', true, ''],
        ['no', false, ''],
      ],
    ],
    [
      'a) * yes\nb) no',
      [
        ['yes', true, ''],
        ['no', false, ''],
      ],
    ],
    [
      '* A. yes\nB. no',
      [
        ['yes', true, ''],
        ['no', false, ''],
      ],
    ],
    [
      '- no\n- *yes\n- - 2',
      [
        ['no', false, ''],
        ['yes', true, ''],
        ['- 2', false, ''],
      ],
    ],
    [
      '* - 1\n- 2',
      [
        ['- 1', true, ''],
        ['- 2', false, ''],
      ],
    ],
    [
      '\\*args\n* \\a) first',
      [
        ['*args', false, ''],
        ['a) first', true, ''],
      ],
    ],
  ])('%j', (options, expected) => {
    expect(choicesOf(options)).toEqual(expected)
  })

  it('with reasons, of which one may be missing', () => {
    expect(choicesOf('* yes\nno', '1. since\n-')).toEqual([
      ['yes', true, 'since'],
      ['no', false, ''],
    ])
  })

  it.each([
    [
      '* A. thaliana grows\nIt stands still\nC. elegans crawls',
      ['A. thaliana grows', 'It stands still', 'C. elegans crawls'],
    ],
    ['* E. coli\nB. subtilis', ['E. coli', 'B. subtilis']],
    ['a) * A. thaliana\nb) E. coli', ['A. thaliana', 'E. coli']],
    ['* 3) comes third\n2) comes second', ['3) comes third', '2) comes second']],
    ['1. one\n*2. two\n3) three', ['one', 'two', 'three']],
  ])('keep letters and numbers that do not count them: %j', (options, texts) => {
    expect(choicesOf(options).map(([text]) => text)).toEqual(texts)
  })

  it('keep such letters in reasons', () => {
    const reasons = 'B. subtilis does\nE. coli does not'
    expect(choicesOf('* yes\nno', reasons).map(([, , why]) => why)).toEqual(reasons.split('\n'))
    expect(choicesOf('* yes\nno', 'a) it does\nb) -').map(([, , why]) => why)).toEqual(['it does', ''])
  })

  it('are not marked by words in bold', () => {
    expect(choicesOf('**No** is wrong\n* **Yes** is right\n***Both** are right\n** odd')).toEqual([
      ['**No** is wrong', false, ''],
      ['**Yes** is right', true, ''],
      ['**Both** are right', true, ''],
      ['* odd', true, ''],
    ])
    expect(read('**yes**\nno')).toMatchObject({ field: 'options' })
  })

  it('read the same after a change where they begin like letters or marks', () => {
    for (const options of ['\\a) one\n* \\b) two', '* A. thaliana\nno', '**bold** is\n* \\*it']) {
      const item = read(options)
      const texts = 'message' in item ? undefined : textsOf(item)
      expect(texts && readWritten(texts)).toEqual(item)
    }
  })

  it('keep a backslash that stands before no mark', () => {
    const options = ['\\d+', '\\\\server\\share', '\\alpha', 'C:\\']
    expect(choicesOf(`* ${options.join('\n')}`).map(([text]) => text)).toEqual(options)
    const item = read(`* ${options.join('\n')}`)
    expect('message' in item ? undefined : textsOf(item)?.options).toBe(`* ${options.join('\n')}`)
  })

  it.each([
    ['* caf\u00e9', 'cafe\u0301'],
    ['* a  b', 'a\u00a0b'],
    ['* no', 'No\u200d'],
    ['* soft\u00adware', 'software'],
  ])('are there twice where nobody can tell them apart: %j and %j', (one, other) => {
    expect(read(`${one}\n${other}`)).toMatchObject({
      field: 'options',
      message: expect.stringContaining('there twice'),
    })
  })

  it.each(['Both A and B', 'A and C', 'only B or D', 'A, B and C'])('name no letters: %s', (text) => {
    expect(read(`* one\ntwo\nthree\n${text}`)).toMatchObject({ message: expect.stringContaining(text) })
  })

  it('may name letters that the question names', () => {
    const options = '* Both A and B\nOnly A\nA and B in turn\nE. coli and B. subtilis'
    const stem = 'Variant A gets 10 % and variant B the rest. Which is measured?'
    expect(readWritten({ stem, options, reasons: '' })).toMatchObject({ kind: 'choice' })
  })

  it('have something to read, as the question has', () => {
    expect(read('* yes\n\u3164')).toMatchObject({ message: expect.stringContaining('empty') })
    expect(readWritten({ stem: '\u3164', options: '* a\nb', reasons: '' })).toMatchObject({ field: 'stem' })
  })

  it('are a response when two or more are right', () => {
    expect(read('* a\n* b\nc')).toMatchObject({ kind: 'response' })
    expect(read('* a\nb')).toMatchObject({ kind: 'choice' })
  })

  it('read as they were after they were written into the form again', () => {
    const line = fc
      .string({ minLength: 1, maxLength: 30 })
      .map((text) => text.trim().replace(/\s+/g, ' '))
      .filter((text) => text !== '')
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { minLength: 2, maxLength: 8, selector: (one) => one.toLowerCase() }),
        (lines) => {
          const item = read(lines.map((text, i) => `${i === 0 ? '* ' : ''}\\${text}`).join('\n'))
          if ('message' in item) return
          const texts = textsOf(item)
          expect(texts && readWritten(texts)).toEqual(item)
        },
      ),
      { seed: 7 },
    )
  })
})

describe('advice', () => {
  const said = (options: string, reasons = '') => {
    const item = read(options, reasons)
    if ('message' in item) throw new Error(item.message)
    return adviceOn(item)
      .map(({ message }) => message)
      .join('; ')
  }
  const reasons = 'a\nb\nc\nd'

  it('is silent about a good question', () => {
    expect(
      said('* the first of these\nthe second of these\nthe third of these\nthe fourth of these', reasons),
    ).toBe('')
  })

  it.each([
    ['* one that is much longer than all the others are\na\nb\nc', 'clearly the longest'],
    ['* sometimes\nnever\nrarely\noften', '"never" stands in a wrong choice'],
    ['* a\nb', 'there are 2 options'],
  ])('%j', (options, expected) => {
    expect(said(options)).toContain(expected)
    expect(said(options)).toContain('there are no reasons')
  })
})

it.each([
  ['Which rollout shifts traffic in two steps?', 'In which rollout is traffic shifted in two steps?', true],
  ['Which rollout shifts traffic in two steps?', 'Which rollout keeps two full fleets running?', false],
  ['Why?', 'Why?', false],
])('%j and %j are alike: %s', (one, other, expected) => {
  const gistOf = createGists({ makers: [], synonyms: [] }, 'en')
  expect(isAlike(gistOf(one), gistOf(other))).toBe(expected)
})
