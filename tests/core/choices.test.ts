/** Items of two choices and of eight, as files of other programs have them. */
import { describe, expect, it } from 'vitest'
import { composeExam } from '../../src/core/exam.js'
import { formatOf, isRight, parseAnswer } from '../../src/core/grade.js'
import { guessOf } from '../../src/core/guess.js'
import type { AuthoredItem } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { itemInstance, textOf } from './answers.js'
import { ask, choiceItem, matchingItem, orderingItem, responseItem } from './questions.js'

const eight = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight']

describe.each<[string, AuthoredItem, string[], number]>([
  ['two choices', choiceItem('one', 'two'), ['one'], 1 / 2],
  ['eight choices', choiceItem(...eight), ['one'], 1 / 8],
  ['two right of three', responseItem(['one', 'two'], ['three']), ['one', 'two'], 1 / 3],
  ['two steps', orderingItem(['one', 'two']), ['one', 'two'], 1 / 2],
  ['two pairs', matchingItem({ a: 'one', b: 'two' }), ['one', 'two'], 1 / 4],
])('%s', (_name, authored, right, guess) => {
  const item = itemInstance(ask(authored), 7)
  const letters = [...item.key]

  it('have a letter each, and the key is what the author says', () => {
    expect(item.options.map(({ letter }) => letter).join('')).toBe('ABCDEFGH'.slice(0, item.options.length))
    expect(letters.map((letter) => textOf(item, letter)).sort()).toEqual(right)
  })

  it('are answered within their letters', () => {
    expect(isRight(item, parseAnswer(formatOf(item), letters))).toBe(true)
    const beyond = letters.with(0, 'ABCDEFGHI'.charAt(item.options.length))
    expect(() => parseAnswer(formatOf(item), beyond)).toThrow('Pick from the options that are shown.')
  })

  it('can be guessed as often as chance has it', () => {
    expect(guessOf(ask(authored))).toBeCloseTo(guess)
  })
})

it('a mock exam of choice takes them too', () => {
  const pool = [ask(choiceItem('one', 'two'), { id: 'two' }), ask(choiceItem(...eight), { id: 'eight' })]
  const exam = { id: 'e', name: 'E', state: 'open', kinds: ['choice'], domains: [] } as const
  const chosen = composeExam({ pool, exam, items: 2, seen: new Map(), random: seeded(1) })
  expect(chosen.map(({ question }) => question.id).sort()).toEqual(['eight', 'two'])
})
