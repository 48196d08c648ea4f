import { expect, it } from 'vitest'
import { readQuestions } from '../../../src/content/formats/all.js'
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
  expect(found?.questions).toMatchObject([{ explanation: 'It does.', group: 'Water', line: 3 }])
  expect(found?.leftOut).toMatchObject([
    { line: 14, message: 'entry 2: no answer is marked as right' },
    { line: 22, message: 'entry 3: the key "Z" is none of the answers' },
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

it('other JSON is no file of questions', () => {
  expect(read({ name: 'a-package', files: ['a'] })).toBe(undefined)
  expect(read([1, null, 'x', { question: 'No options?' }])).toBe(undefined)
})
