import { describe, expect, it } from 'vitest'
import { aiken } from '../../../src/content/formats/aiken.js'
import { within } from '../../fuzz/fuzz.js'
import { fileOf } from './samples.js'

const read = (text: string) => aiken.read(fileOf(text))

describe('Aiken', () => {
  it('may have stems and answers of several lines, small letters and no blanks', () => {
    const { questions, leftOut } = read('First line\nA. Smith asks:\na)one\nmore\n b. two\n\nanswer : B.\n')
    expect(leftOut).toEqual([])
    expect(questions[0]).toMatchObject({
      line: 1,
      item: {
        kind: 'choice',
        stem: 'First line\nA. Smith asks:',
        choices: [
          { text: 'one\nmore', right: false },
          { text: 'two', right: true },
        ],
      },
    })
  })

  it('with several keys asks for all of them, and says that Aiken has one', () => {
    const { questions, changed } = read('Which?\nA. a\nB. b\nC. c\nANSWER: A, C\n')
    expect(questions[0]?.item.kind).toBe('response')
    expect(changed).toEqual([{ line: 1, message: expect.stringContaining('names several') }])
  })

  it.each([
    ['labelled', 'Best?\nA. x\nB. y\nANSWER: A\nExplanation: x is good.\n\nNext?\nA. x\nB. y\nANSWER: B\n'],
    [
      'labelled and apart',
      'Best?\nA. x\nB. y\nANSWER: A\n\nExplanation:\nx is good.\n\nNext?\nA. x\nB. y\nANSWER: B\n',
    ],
    ['right below the key', 'Best?\nA. x\nB. y\nANSWER: A\nx is good.\n\nNext?\nA. x\nB. y\nANSWER: B\n'],
    [
      'above a number',
      '1. Best?\nA. x\nB. y\nANSWER: A\nExplanation: x is\n\ngood.\n2. Next?\nA. x\nB. y\nANSWER: B\n',
    ],
  ])('takes an explanation for that of the question above: %s', (_name, text) => {
    const { questions, leftOut } = read(text)
    expect(leftOut).toEqual([])
    expect(questions.map(({ item, explanation }) => [item.stem, explanation.replace('\n', ' ')])).toEqual([
      ['Best?', 'x is good.'],
      ['Next?', ''],
    ])
  })

  it('takes stems of which none has a blank line above for stems', () => {
    const { questions } = read('Best?\nA. x\nB. y\nANSWER: A\nNext?\nA. x\nB. y\nANSWER: B\n')
    expect(questions.map(({ item }) => item.stem)).toEqual(['Best?', 'Next?'])
  })

  it('reads keys as other programs write them', () => {
    const text = ['ANSWER: AC', 'ANSWER: A. x; C. z', 'Ans: AC', 'Suggested Answer: A, C', 'ANSWER: A and C']
      .map((key, i) => `Which of ${i}?\nA. x\nB. y\nC. z\n${key}\n`)
      .join('\n')
    const { questions, leftOut } = read(text)
    expect(leftOut).toEqual([])
    expect(questions.map(({ item }) => 'choices' in item && item.choices.map(({ right }) => right))).toEqual(
      Array(5).fill([true, false, true]),
    )
  })

  it.each(['d.md', 'd.markdown'])('is not what a practice exam in Markdown is: %s', (path) => {
    const text =
      '1. First?\n   A. one\n   B. two\n   Answer: A\n\n2. *Next*?\n   A. **x**\n   B. y\n   Answer: B\n'
    expect(aiken.recognises(fileOf(text, path))).toBe(false)
    expect(aiken.recognises(fileOf('First?\nA. one\nB. two\nANSWER: A\n', path))).toBe(true)
  })

  it.each([
    ['Which?\nA. a\nB. b\n\nNext?\nA. a\nB. b\nANSWER: A\n', 1, 'no line says ANSWER:'],
    ['Which?\nA. a\nB. b\nANSWER: D\n', 1, 'the key D is none of the answers'],
    ['Which?\nA. a\nB. b\nANSWER: the first\n', 1, 'names no letter'],
    ['Only text.\n', 1, 'no answers below it'],
    ['\nANSWER: A\n', 2, 'no question stands above it'],
    ['Which?\nANSWER: A\n', 1, 'the key A is none of the answers'],
  ])('leaves out what has no key: %j', (text, line, reason) => {
    expect(read(text).leftOut).toEqual([{ line, message: expect.stringContaining(reason) }])
  })

  it('of very many questions is read in bounded time', { tags: ['slow'] }, () => {
    const lines = Array.from(
      { length: 25_000 },
      (_, i) => `What is ${i}?\nA. a\nB. b\nANSWER: A\nSo it is.\n`,
    )
    expect(within(5000, () => read(lines.join(''))).questions.length).toBe(2000)
  })
})
