import { describe, expect, it } from 'vitest'
import { aiken } from '../../../src/content/formats/aiken.js'
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
    ['Which?\nA. a\nB. b\n\nNext?\nA. a\nB. b\nANSWER: A\n', 1, 'no line says ANSWER:'],
    ['Which?\nA. a\nB. b\nANSWER: D\n', 1, 'the key D is none of the answers'],
    ['Which?\nA. a\nB. b\nANSWER: the first\n', 1, 'names no letter'],
    ['Only text.\n', 1, 'no answers below it'],
    ['\nANSWER: A\n', 2, 'no question stands above it'],
    ['Which?\nANSWER: A\n', 1, 'the key A is none of the answers'],
  ])('leaves out what has no key: %j', (text, line, reason) => {
    expect(read(text).leftOut).toEqual([{ line, message: expect.stringContaining(reason) }])
  })
})
