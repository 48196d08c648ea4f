import { describe, expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
import { whyUnknown } from '../../../src/content/formats/unknown.js'
import { fileOf } from './samples.js'

const read = (value: unknown) =>
  readQuestions({ ...fileOf(JSON.stringify(value, undefined, 1)), path: 'q.json' })
/** The texts of what is right, of each question. */
const keys = (value: unknown) =>
  read(value)?.questions.map(({ item }) =>
    'choices' in item ? item.choices.filter(({ right }) => right).map(({ text }) => text) : [],
  )
const ask = (more: object) => ({
  question: 'What flows?',
  options: ['A tree', 'A river', 'A stone'],
  ...more,
})
const named = { A: 'A tree', B: 'A river', C: 'The sea' }

it.each([
  ['a letter', { options: named, answer: 'B' }, ['A river']],
  ['a letter of a list', { correct: 'b' }, ['A river']],
  ['a text', { correctAnswer: 'A river' }, ['A river']],
  ['letters', { options: named, answer: ['B', 'C'] }, ['A river', 'The sea']],
  ['letters in one text', { answer: 'a, C' }, ['A tree', 'A stone']],
  ['letters together', { answer: 'BC' }, ['A river', 'A stone']],
  ['true', { options: ['True', 'False'], answer: true }, ['True']],
  ['a label before each', { options: ['A. A tree', 'B. A river'], correct_answer: 'B' }, ['A river']],
  ['a label and its text', { answer: 'B) A river' }, ['A river']],
  ['an index from 0', { correctIndex: 0 }, ['A tree']],
  ['a number from 1', { answer: 3 }, ['A stone']],
  ['a mark', { options: [{ text: 'A tree' }, { text: 'A river', isCorrect: true }] }, ['A river']],
  ['a list of answers', { options: undefined, answers: ['A tree', 'A river'], correct: 'B' }, ['A river']],
])('a question in JSON whose key is %s', (_name, more, right) => {
  expect(keys([ask(more)])).toEqual([right])
  expect(keys({ title: 'Rivers', questions: [ask(more)] })).toEqual([right])
})

it('keeps explanation, topic and reasons, and tells what is left out with its line', () => {
  const found = read([
    ask({ answer: 'B', explanation: 'It does.', topic: 'Water' }),
    ask({ question: 'No key?' }),
    ask({ answer: 'Z' }),
  ])
  expect(found?.questions).toMatchObject([{ explanation: 'It does.', group: 'Water', line: 2 }])
  expect(found?.leftOut).toMatchObject([
    { line: 13, message: 'entry 2: no answer is marked as right' },
    { line: 21, message: 'entry 3: the key "Z" is none of the answers' },
  ])
})

it('does not guess where a number counts from', () => {
  expect(keys([ask({ answer: 1 })])).toEqual([])
  expect(keys([ask({ answer: 1 }), ask({ question: 'And?', answer: 0 })])).toEqual([['A river'], ['A tree']])
  expect(keys([ask({ answer: 0 }), ask({ question: 'And?', answer: 3 })])).toEqual([])
  const sum = ask({ question: 'One and one?', options: [1, 2, 3], answer: 2 })
  expect(keys([sum])).toEqual([['2']])
  expect(keys([sum, ask({ answer: 0 })])).toEqual([['A tree']])
})

const two = [ask({ answer: 'B' }), ask({ question: 'What burns?', answer: 'A' })]
const stems = (value: unknown) => read(value)?.questions.map(({ item }) => item.stem)

it.each([
  ['in several lists', { rivers: [two[0]], fires: [two[1]] }],
  ['behind another list', { tags: ['water'], questions: two }],
  ['in sections', { quiz: { sections: [{ title: 'One', questions: [two[0]] }, { questions: [two[1]] }] } }],
  ['by their names', { quiz: { q1: two[0], q2: two[1] } }],
  ['in rows', { features: [{ name: 'question' }], rows: two.map((row, i) => ({ row_idx: i, row })) }],
])('finds all questions %s', (_name, value) => {
  expect(stems(value)).toEqual(['What flows?', 'What burns?'])
})

const alone = { question: 'What flows?' }
it.each([
  [
    'lists side by side',
    { ...alone, choices: { text: ['Tree', 'River'], label: ['1', '2'] }, answerKey: '2' },
  ],
  [
    'an object for the question',
    {
      question: {
        stem: 'What flows?',
        choices: [
          { text: 'Tree', label: 'A' },
          { text: 'River', label: 'B' },
        ],
      },
      answerKey: 'B',
    },
  ],
  ['fields with letters', { ...alone, option_a: 'Tree', option_b: 'River', correct_option: 'B' }],
  ['fields with numbers', { ...alone, answer1: 'Tree', answer2: 'River', correct: 2 }],
  ['wrong answers apart', { ...alone, correctAnswer: 'River', incorrectAnswers: ['Tree'] }],
  ['wrong answers in fields', { ...alone, correct_answer: 'River', distractor1: 'Tree', distractor2: 'A' }],
  [
    'a mark in words for each',
    {
      ...alone,
      answers: { answer_a: 'Tree', answer_b: 'River', answer_c: null },
      correct_answers: { answer_a_correct: 'false', answer_b_correct: 'true' },
    },
  ],
  [
    'ids',
    {
      ...alone,
      options: [
        { id: 'o1', text: 'Tree' },
        { id: 'o2', text: 'River' },
      ],
      correctOptionId: 'o2',
    },
  ],
])('a question in JSON whose answers are %s', (_name, value) => {
  expect(keys([value])).toEqual([['River']])
})

it('keeps the reason of each answer, and the texts and numbers as they are', () => {
  const item = ask({
    options: ['E. coli', 'S. aureus'],
    answer: 'S. aureus',
    explanations: { A: 'No.', B: 'Yes.' },
  })
  expect(read([item])?.questions[0]?.item).toMatchObject({
    choices: [
      { text: 'E. coli', why: 'No.' },
      { text: 'S. aureus', why: 'Yes.' },
    ],
  })
  const source = '[{"question": "How much?", "options": [1.50, 12345678901234567890], "answer": "A"}]'
  expect(readQuestions(fileOf(source, 'q.json'))?.questions[0]?.item).toMatchObject({
    choices: [{ text: '1.50' }, { text: '12345678901234567890' }],
  })
})

it('takes fields as answers only where they run from the first letter', () => {
  const [first, second] = [
    { ...alone, a: 'Tree', b: 'River', e: 'Wet', answer: 'B' },
    { ...alone, b: 'Tree', c: 'River', answer: 'B' },
  ]
  const found = read([first, second])
  expect(found?.questions[0]?.item).toMatchObject({
    choices: [{ text: 'Tree' }, { text: 'River', right: true }],
  })
  expect(found?.changed.map(({ message }) => message)).toEqual(['fields that are not read: "e"'])
  expect(found?.leftOut.map(({ message }) => message)).toEqual(['entry 2: it has no question with answers'])
})

it('tells what it does not read: fields, pictures, answers that are none, too many of them', () => {
  const found = read([
    ask({ answer: 'B', hint: 'Wet', image: 'river.png' }),
    ask({ question: 'Which?', options: [{ image: 'a.png' }, 'b', 'c'], answer: 'b' }),
    ask({ question: 'Ten?', options: [...'abcdefghij'], answer: 'j' }),
  ])
  expect(found?.changed.map(({ message }) => message)).toEqual([
    'a picture is left out',
    'fields that are not read: "hint"',
  ])
  expect(found?.leftOut.map(({ message }) => message)).toEqual([
    'entry 2: one of its answers is no text',
    'entry 3: there are 10 answers to choose from; at most 8 can be asked',
  ])
})

describe('JSON Lines', () => {
  const lines = two.map((one) => JSON.stringify(one))

  it.each(['q.jsonl', 'q.ndjson', 'q.json', 'q.txt'])('are read with their lines: %s', (path) => {
    expect(readQuestions(fileOf(lines.join('\n'), path))?.questions.map(({ line }) => line)).toEqual([1, 2])
  })

  it('lose a broken line alone, and so does a list', () => {
    const broken = '{"question": "What'
    for (const text of [`${lines[0]}\n${broken}\n${lines[1]}`, `[${lines[0]},\n${broken},\n${lines[1]}]`]) {
      const found = readQuestions(fileOf(text, 'q.jsonl'))
      expect(found?.questions.map(({ line }) => line)).toEqual([1, 3])
      expect(found?.leftOut).toEqual([
        {
          line: 2,
          message: expect.stringMatching(/^this is no JSON, .*: a text in quotation marks is missing/),
        },
      ])
    }
  })
})

it('says where a file stops being JSON, if nothing can be read of it', () => {
  expect(whyUnknown(fileOf('[\n{"question": }\n]', 'q.json'))).toContain(
    'Line 2 is no JSON: a value is missing.',
  )
})

it('says of a file that is too large that it is', () => {
  expect(whyUnknown(fileOf('['.repeat(5_000_001), 'q.json'))).toBe(
    'Nothing of it was read: the file has 5.1 MB and at most 5 MB are read; split it up.',
  )
})

it('other JSON is no file of questions', () => {
  expect(read({ name: 'a-package', files: ['a'] })).toBe(undefined)
  expect(read([1, null, 'x', { question: 'No options?' }])).toBe(undefined)
})
