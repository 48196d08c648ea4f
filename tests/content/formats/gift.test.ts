import { describe, expect, it } from 'vitest'
import { gift } from '../../../src/content/formats/gift.js'
import { fileOf } from './samples.js'

const read = (text: string) => gift.read(fileOf(text))
const only = (text: string) => {
  const { questions, leftOut } = read(text)
  expect(leftOut).toEqual([])
  expect(questions.length).toBe(1)
  return questions[0]
}
const reasonOf = (text: string) => {
  const { questions, leftOut } = read(text)
  expect(questions).toEqual([])
  return leftOut[0]?.message
}

describe('GIFT', () => {
  it('has a name, a category, reasons for answers, and words about the whole', () => {
    const text =
      '$CATEGORY: $course$/top/Net/A//B\n\n// note\n::One\\: two::What is it? {\n=right#since 1 \\= 1\n~wrong#no\n####about it all\n}\n'
    expect(only(text)).toEqual({
      line: 4,
      name: 'One: two',
      group: 'Net / A/B',
      explanation: 'about it all',
      item: {
        kind: 'choice',
        stem: 'What is it?',
        choices: [
          { text: 'right', right: true, why: 'since 1 = 1' },
          { text: 'wrong', right: false, why: 'no' },
        ],
      },
    })
  })

  it('may have colons, equal signs behind a backslash, and addresses in its texts', () => {
    const item = only('See http://a.b/c: which? {=a\\=b\\~c\\{\\}\\#\\\\ ~http://x}')?.item
    expect(item).toMatchObject({
      stem: 'See http://a.b/c: which?',
      choices: [{ text: 'a=b~c{}#\\' }, { text: 'http://x' }],
    })
  })

  it('of true and false has two answers; the first reason is for who was wrong', () => {
    const item = only('Water is wet. {true#It is wet.#Yes.}')?.item
    expect(item).toMatchObject({
      kind: 'choice',
      choices: [
        { text: 'True', right: true, why: 'Yes.' },
        { text: 'False', right: false, why: 'It is wet.' },
      ],
    })
  })

  it('with shares of the points asks for all that have one', () => {
    const item = only('Two? {~%50%a ~%33,33333%b ~%-100%c ~%16.66667%d}')?.item
    expect(item?.kind === 'response' && item.choices.map(({ right }) => right)).toEqual([
      true,
      true,
      false,
      true,
    ])
  })

  it('with pairs is matching; what fits nothing is spare', () => {
    expect(only('Match. {=a -> x\n=b\\=c -> y\\~z = -> spare}')?.item).toEqual({
      kind: 'matching',
      stem: 'Match.',
      pairs: [
        { prompt: 'a', answer: 'x', why: '' },
        { prompt: 'b=c', answer: 'y~z', why: '' },
      ],
      spare: ['spare'],
    })
  })

  it('with a word missing shows a blank in its place', () => {
    expect(only('Water is {=wet ~dry}, they say.')?.item.stem).toBe('Water is ____, they say.')
  })

  it.each([
    ['{#3:1}', 'type a number'],
    ['{=a =b}', 'type a word'],
    ['{word}', 'type a word'],
    ['{}', 'a text of one'],
    ['{####only words}', 'a text of one'],
    ['{~a ~b}', 'no answer is marked as right'],
    ['{=a =b ~c}', 'several answers begin with ='],
    ['{~%40%a ~b}', 'add up to 40 %'],
    ['{=a ~b', 'never closed'],
    ['{=a}', 'type a word'],
    ['{=a ~a}', 'two answers are the same'],
    ['{=a ~}', 'an answer has no text'],
    ['{=a -> x =b}', 'one of the pairs has no ->'],
    ['{words =a ~b}', 'text stands before the first answer'],
    ['{=a ~Both A and C}', 'speaks of others by their place'],
    ['{=a ~b ~c ~d ~e ~f ~g ~h ~i}', 'at most 8'],
    [`{=a ~${'b'.repeat(241)}}`, 'at most 240'],
    ['', 'a text without answers is no question'],
  ])('of another kind is left out with its reason: %s', (answers, reason) => {
    expect(reasonOf(`Question ${answers}`)).toContain(reason)
  })

  it('that is broken spoils no other, with blank lines within braces or without any between questions', () => {
    const text =
      'One {=a\n\n~b}\n::x::Broken {=a ~b\n::y::Two {=a\n~b\n}\n::z::Three {=a ~b}\n\nFour {=a\n\nFive {=a ~b}'
    const { questions, leftOut } = read(text)
    expect(questions.map(({ line, item }) => `${line} ${item.stem}`)).toEqual([
      '1 One',
      '5 Two',
      '8 Three',
      '12 Five',
    ])
    expect(leftOut.map(({ line }) => line)).toEqual([4, 10])
  })

  it('in HTML becomes plain text, and says what was dropped', () => {
    const { questions, changed } = read(
      '[html]<p>Which<br>one? <img src\\="a.png"></p> {=<b>a</b> ~b &lt; c}',
    )
    expect(questions[0]?.item).toMatchObject({
      stem: 'Which\none?',
      choices: [{ text: 'a' }, { text: 'b < c' }],
    })
    expect(changed).toEqual([{ line: 1, message: 'a picture is left out' }])
  })

  it('in Markdown becomes plain text, code as it stands', () => {
    expect(only('[markdown]Is `List<String>` a **list**? {=yes ~no}')?.item.stem).toBe(
      'Is List<String> a list?',
    )
  })

  it('keeps names in angle brackets that are no HTML', () => {
    expect(only('What is List<String>? {=a type ~a tag}')?.item.stem).toBe('What is List<String>?')
  })

  it('written says what it cannot hold', () => {
    const step = { text: 'a', why: '' }
    const item = { kind: 'ordering', stem: 'Order', steps: [step, step, step], spare: [] } as const
    const written = gift.write?.([{ line: 1, item, explanation: '', group: '', name: 'n' }], 'Title')
    expect(written?.warnings).toEqual([
      { name: 'n', message: 'GIFT has no questions about an order; it is left out' },
    ])
    expect(new TextDecoder().decode(written?.bytes)).toBe('// Title\n')
  })
})
