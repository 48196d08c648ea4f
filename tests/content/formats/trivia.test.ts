import { describe, expect, it } from 'vitest'
import { trivia } from '../../../src/content/formats/trivia.js'
import { fileOf } from './samples.js'

const result = (encode: (text: string) => string) => ({
  type: encode('multiple'),
  category: encode('Maths & more'),
  question: encode("What's “x < y”, 50 % + 1?"),
  correct_answer: encode('Z'),
  incorrect_answers: ['A', 'M'].map(encode),
})
const read = (value: unknown) => trivia.read(fileOf(JSON.stringify(value)))

describe('the Open Trivia Database', () => {
  it.each([
    [
      'HTML',
      (text: string) =>
        text
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll("'", '&#039;')
          .replaceAll('“', '&ldquo;'),
    ],
    ['base64', (text: string) => Buffer.from(text).toString('base64')],
    ['addresses', encodeURIComponent],
    ['addresses of old', (text: string) => encodeURIComponent(text).replaceAll('%20', '+')],
  ])('is read in the encoding of %s', (_name, encode) => {
    const { questions, attribution } = read({ response_code: 0, results: [result(encode)] })
    expect(questions).toMatchObject([
      { group: 'Maths & more', item: { kind: 'choice', stem: "What's “x < y”, 50 % + 1?" } },
    ])
    expect(attribution).toContain('CC BY-SA 4.0')
  })

  it('has its answers by the alphabet, so that the key is in any place', () => {
    const item = read({ results: [result((text) => text)] }).questions[0]?.item
    expect(item?.kind === 'choice' && item.choices.map(({ text, right }) => [text, right])).toEqual([
      ['A', false],
      ['M', false],
      ['Z', true],
    ])
  })

  it('may be a list alone; what is none of its questions is left out, and so is what is no JSON', () => {
    const { questions, leftOut } = read([result((text) => text), { correct_answer: 1 }, null])
    expect(questions.length).toBe(1)
    expect(leftOut.length).toBe(2)
    expect(trivia.read(fileOf('{"results": [')).leftOut.length).toBe(1)
    expect(read({ results: 5 }).leftOut.length).toBe(1)
  })

  it('says the line of each', () => {
    const text = JSON.stringify(
      { results: [result(String), { ...result(String), question: '' }] },
      undefined,
      1,
    )
    const [first] = trivia.read(fileOf(text)).leftOut
    expect(text.split('\n')[(first?.line ?? 0) - 1]?.trim()).toBe('{')
    expect(first?.line).toBeGreaterThan(10)
  })
})
