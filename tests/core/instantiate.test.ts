import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { isRight } from '../../src/core/grade.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { ItemInstance, Question, QuestionInstance } from '../../src/core/model.js'
import { shippedContent } from '../helpers/shipped.js'
import { answersTo, itemInstance, textOf } from './answers.js'
import {
  ask,
  askCase,
  askTemplate,
  choiceItem,
  matchingItem,
  orderingItem,
  responseItem,
  why,
} from './questions.js'

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const choice = ask(choiceItem('one', 'two', 'three', 'four'))
const response = ask(responseItem(['one', 'two'], ['three', 'four', 'five']))
const ordering = ask(orderingItem(['one', 'two', 'three'], ['four']))
const matching = ask(matchingItem({ a: 'one', b: 'two', c: 'one' }, ['three']))
const scenario = askCase([
  choiceItem('one', 'two', 'three', 'four'),
  choiceItem('one', 'two', 'three', 'four'),
])
const template = askTemplate('canary-schedule')
const every = [choice, response, ordering, matching, scenario, template]

const shown = (instance: QuestionInstance) =>
  instance.items.map((item) => item.options.map((o) => o.text).join())
const keyTexts = (item: ItemInstance) => [...item.key].map((letter) => textOf(item, letter))
const item = (question: Question, at: number) => itemInstance(question, at)

describe('posing', () => {
  it.each(every)('gives the same for the same seed ($kind)', (question) => {
    fc.assert(
      fc.property(seed, (at) => {
        expect(instantiate(question, at)).toEqual(instantiate(structuredClone(question), at))
      }),
    )
  })

  it('never changes what a seed once gave, since rounds and buttons keep only the seed', () => {
    const now = every.map((question) =>
      instantiate(question, 20_261_123).items.map(
        (i) => `${i.key} ${i.options.map((o) => o.text).join(' ')}`,
      ),
    )
    expect(now).toMatchInlineSnapshot(`
      [
        [
          "B two one three four",
        ],
        [
          "BC three one two four five",
        ],
        [
          "BAC two one three four",
        ],
        [
          "AAB one two three",
        ],
        [
          "B two one three four",
          "B three one four two",
        ],
        [
          "B 360,000 requests 54,000 requests 900 requests 306,000 requests",
        ],
      ]
    `)
  })

  it.each(every)('shuffles by the seed ($kind)', (question) => {
    const orders = new Set(Array.from({ length: 50 }, (_, at) => shown(instantiate(question, at)).join()))
    expect(orders.size).toBeGreaterThan(5)
  })

  it('shuffles the items of a case each in its own way', () => {
    const seeds = Array.from({ length: 50 }, (_, at) => shown(instantiate(scenario, at)))
    expect(seeds.some(([first, second]) => first !== second)).toBe(true)
  })

  it('reaches every order of four choices', () => {
    const orders = new Set(Array.from({ length: 500 }, (_, at) => shown(instantiate(choice, at)).join()))
    expect(orders.size).toBe(24)
  })

  it('letters the options from A and keeps each with its reason', () => {
    fc.assert(
      fc.property(seed, (at) => {
        const { options } = item(choice, at)
        expect(options.map((o) => o.letter).join('')).toBe('ABCD')
        expect(options.every((o) => o.why === why(o.text))).toBe(true)
      }),
    )
  })

  it('keeps the key under every shuffle', () => {
    fc.assert(
      fc.property(seed, (at) => {
        expect(keyTexts(item(choice, at))).toEqual(['one'])
        expect(keyTexts(item(response, at)).sort()).toEqual(['one', 'two'])
        expect(keyTexts(item(ordering, at))).toEqual(['one', 'two', 'three'])
        const match = item(matching, at)
        const prompts = match.kind === 'matching' ? match.prompts.map((p) => p.text) : []
        expect(Object.fromEntries(prompts.map((p, i) => [p, keyTexts(match)[i]]))).toEqual({
          a: 'one',
          b: 'two',
          c: 'one',
        })
      }),
    )
  })

  it('says how many to pick and how many places there are', () => {
    expect(item(response, 1)).toMatchObject({ kind: 'response', pick: 2 })
    expect(item(ordering, 1)).toMatchObject({ kind: 'ordering', places: 3 })
  })

  it.each([
    ['seeds drawn at random', (i: number) => Math.imul(i, 0x9e3779b1) >>> 0],
    ['seeds in a row', (i: number) => i],
  ])('puts the key in each place about as often, for %s', (_name, seedOf) => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 4000; i++) {
      const { key } = item(choice, seedOf(i))
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    // Four standard deviations of a fair draw: 4 * sqrt(4000 * 1/4 * 3/4) = 110.
    for (const letter of 'ABCD') expect(Math.abs((counts.get(letter) ?? 0) - 1000)).toBeLessThan(110)
  })
})

describe('the real content, instance', () => {
  let questions: readonly Question[] = []
  beforeAll(async () => {
    questions = (await shippedContent()).banks.flatMap((bank) => bank.questions)
  })

  const items = (seeds: readonly number[]) =>
    questions.flatMap((question) =>
      seeds.flatMap((at) => instantiate(question, at).items.map((i) => ({ id: question.id, item: i }))),
    )

  it('has questions of every shape', () => {
    expect(new Set(items([1]).map(({ item }) => item.kind))).toEqual(
      new Set(['choice', 'response', 'ordering', 'matching']),
    )
  })

  it('grades the key right and every other answer wrong', () => {
    for (const { id, item } of items([0, 1, 2, 77, 4_000_000_000])) {
      const right = answersTo(item).filter((answer) => isRight(item, answer))
      expect({ id, right }).toEqual({ id, right: [item.key] })
    }
  })

  it('never shows two options alike, so that the right text is never graded wrong', () => {
    const alike = items([5]).filter(
      ({ item }) => new Set(item.options.map((o) => o.text.toLowerCase())).size < item.options.length,
    )
    expect(alike.map(({ id }) => id)).toEqual([])
  })
})
