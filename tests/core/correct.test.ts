import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correct, withdrawn } from '../../src/core/correct.js'
import { formatOf, isRight } from '../../src/core/grade.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { AuthoredItem, Question, QuestionInstance } from '../../src/core/model.js'
import { answersTo, grades, gradesMatch } from './answers.js'
import {
  ask,
  askCase,
  askTemplate,
  choiceItem,
  matchingItem,
  orderingItem,
  responseItem,
} from './questions.js'

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })

/** What was posted of `then`, with the key of `now`; throws the reason when there is none. */
function corrected(then: Question, now: Question, at: number): QuestionInstance {
  const result = correct(instantiate(then, at), instantiate(now, at))
  if ('reason' in result) throw new Error(result.reason)
  return result.instance
}

function item(instance: QuestionInstance, index = 0) {
  const found = instance.items[index]
  if (!found) throw new Error('no such item')
  return found
}

const layout = (instance: QuestionInstance) =>
  instance.items.map((i) => [i.stem, i.options.map((o) => `${o.letter} ${o.text}`), formatOf(i)])

/** Another choice is right than that of `choiceItem`, which is the first. */
function turned(...texts: string[]): AuthoredItem {
  const { stem, choices } = choiceItem(...texts)
  return {
    kind: 'choice',
    stem,
    choices: choices.map((c, i) => ({ ...c, right: i === 1, why: `now ${c.text}` })),
  }
}

const choice = ask(choiceItem('one', 'two', 'three', 'four'))
const response = ask(responseItem(['one', 'two'], ['three', 'four', 'five']))
const ordering = ask(orderingItem(['one', 'two', 'three'], ['four']))
const matching = ask(matchingItem({ a: 'one', b: 'two', c: 'one' }, ['three']))
const scenario = askCase([choiceItem('one', 'two', 'three', 'four'), orderingItem(['one', 'two', 'three'])])
const every = [choice, response, ordering, matching, scenario, askTemplate('canary-schedule')]

describe('what was posted, with the key of today', () => {
  it.each(every)('is the same when the question is the same ($kind)', (question) => {
    fc.assert(
      fc.property(seed, (at) => {
        expect(corrected(question, question, at)).toEqual(instantiate(question, at))
      }),
    )
  })

  it('keeps letters and layout, and takes key and reasons of today (choice)', () => {
    const now = ask(turned('four', 'two', 'one', 'three'))
    fc.assert(
      fc.property(seed, (at) => {
        const instance = corrected(choice, now, at)
        expect(layout(instance)).toEqual(layout(instantiate(choice, at)))
        expect([grades(item(instance), 'two'), grades(item(instance), 'one')]).toEqual([true, false])
        expect(item(instance).options.every((o) => o.why === `now ${o.text}`)).toBe(true)
      }),
    )
  })

  it('takes key and reasons of today (response, ordering, matching, and a case part by part)', () => {
    const moved = orderingItem(['two', 'four', 'one'], ['three'])
    fc.assert(
      fc.property(seed, (at) => {
        const answers = ask(responseItem(['five', 'one'], ['four', 'three', 'two']))
        expect(grades(item(corrected(response, answers, at)), 'five', 'one')).toBe(true)
        expect(grades(item(corrected(response, answers, at)), 'one', 'two')).toBe(false)
        expect(grades(item(corrected(ordering, ask(moved), at)), 'two', 'four', 'one')).toBe(true)
        const pairs = corrected(matching, ask(matchingItem({ c: 'three', a: 'one', b: 'one' }, ['two'])), at)
        expect(gradesMatch(item(pairs), { a: 'one', b: 'one', c: 'three' })).toBe(true)
        const parts = corrected(
          scenario,
          askCase([turned('one', 'two', 'three', 'four'), orderingItem(['three', 'two', 'one'])]),
          at,
        )
        expect(layout(parts)).toEqual(layout(instantiate(scenario, at)))
        expect([grades(item(parts), 'two'), grades(item(parts, 1), 'three', 'two', 'one')]).toEqual([
          true,
          true,
        ])
      }),
    )
  })

  it('computes a template with the same seed by the code of today', () => {
    const now = askTemplate('canary-schedule', { id: 'q', concept: 'other' })
    expect(corrected(askTemplate('canary-schedule'), now, 7)).toEqual(
      instantiate(askTemplate('canary-schedule'), 7),
    )
    expect(
      correct(instantiate(askTemplate('canary-schedule'), 7), instantiate(askTemplate('linear-share'), 7)),
    ).toHaveProperty('reason')
  })

  it('does not keep a reason that calls an option right which was taken out', () => {
    const instance = corrected(choice, ask(choiceItem('two', 'three', 'four', 'five')), 3)
    expect(grades(item(instance), 'two')).toBe(true)
    expect(item(instance).options.find((o) => o.text === 'one')?.why).toBe(
      'It was taken for right when this was asked.',
    )
  })

  it.each([
    [
      'the right option is new',
      choice,
      ask(choiceItem('other', 'two', 'three', 'four')),
      'not among the options then: "other"',
    ],
    [
      'more options are right',
      response,
      ask(responseItem(['one', 'two', 'three'], ['four', 'five'])),
      '2 options were right then and 3 are now',
    ],
    ['a step is new', ordering, ask(orderingItem(['one', 'two', 'zero'], ['four'])), '"zero"'],
    [
      'a prompt is gone',
      matching,
      ask(matchingItem({ a: 'one', b: 'two' }, ['three'])),
      'no longer asks for a match of "c"',
    ],
    [
      'an answer is new',
      matching,
      ask(matchingItem({ a: 'one', b: 'two', c: 'new' })),
      'not among the answers then: "new"',
    ],
    ['the kind is another', choice, response, 'kind choice then and is response now'],
    [
      'the number of parts is another',
      scenario,
      askCase([choiceItem('one', 'two', 'three', 'four')]),
      '2 parts then and has 1 now',
    ],
    [
      'a part of a case cannot be matched',
      scenario,
      askCase([choiceItem('one', 'two', 'three', 'four'), orderingItem(['one', 'two', 'new'])]),
      'part 2: ',
    ],
  ])('is refused with the reason where %s', (_what, then, now, reason) => {
    const result = correct(instantiate(then, 5), instantiate(now, 5))
    expect('reason' in result ? result.reason : '').toContain(reason)
  })
})

describe('a question that was withdrawn', () => {
  it.each(every)('takes every answer as right, and is answered in the same shape ($kind)', (question) => {
    const instance = instantiate(question, 9)
    const none = withdrawn(instance)
    expect(layout(none)).toEqual(layout(instance))
    for (const [i, one] of instance.items.entries())
      for (const answer of answersTo(one)) expect(isRight(item(none, i), answer), answer).toBe(true)
  })
})
