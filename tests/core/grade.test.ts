import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.js'
import { formatOf, isRight, parseAnswer } from '../../src/core/grade.js'
import type { ItemInstance } from '../../src/core/model.js'
import { grades, gradesMatch, itemInstance, letterOf } from './answers.js'
import { ask, askCase, choiceItem, matchingItem, orderingItem, responseItem } from './questions.js'

const choice = itemInstance(ask(choiceItem('canary', 'linear', 'all at once', 'rolling')))
const response = itemInstance(ask(responseItem(['ECS', 'EKS'], ['EC2', 'ECR', 'EFS'])))
const ordering = itemInstance(ask(orderingItem(['build', 'test', 'deploy'], ['guess', 'hope'])))
const matching = itemInstance(
  ask(matchingItem({ minutes: 'Express', days: 'Standard', audit: 'Standard' }, ['Map'])),
)
const matches = { minutes: 'Express', days: 'Standard', audit: 'Standard' }

describe('grading a choice', () => {
  it('takes the right option and no other', () => {
    expect(['canary', 'linear', 'all at once', 'rolling'].filter((text) => grades(choice, text))).toEqual([
      'canary',
    ])
  })
})

describe('grading a response', () => {
  it('takes the right options in any order', () => {
    expect(grades(response, 'ECS', 'EKS')).toBe(true)
    expect(grades(response, 'EKS', 'ECS')).toBe(true)
  })

  it('gives nothing for a part of them', () => {
    expect(grades(response, 'ECS', 'EC2')).toBe(false)
    expect(grades(response, 'ECR', 'EFS')).toBe(false)
  })

  it('never depends on the order of the picks', () => {
    const wide = itemInstance(ask(responseItem(['a', 'b', 'c'], ['d', 'e', 'f', 'g'])), 7)
    const letters = wide.options.map((o) => o.letter)
    const picks = fc.shuffledSubarray(letters, { minLength: 3, maxLength: 3 })
    const reordered = picks.chain((p) =>
      fc.tuple(fc.constant(p), fc.shuffledSubarray(p, { minLength: 3, maxLength: 3 })),
    )
    fc.assert(
      fc.property(
        reordered,
        ([one, other]) => parseAnswer(formatOf(wide), one) === parseAnswer(formatOf(wide), other),
      ),
    )
  })
})

describe('grading an ordering', () => {
  it('takes the steps in their order, spare ones left out', () => {
    expect(grades(ordering, 'build', 'test', 'deploy')).toBe(true)
  })

  it('gives nothing for the right steps in another order', () => {
    expect(grades(ordering, 'test', 'build', 'deploy')).toBe(false)
  })

  it('gives nothing when a spare step stands in it', () => {
    expect(grades(ordering, 'build', 'test', 'hope')).toBe(false)
  })
})

describe('grading a matching', () => {
  it('takes an answer that serves two lines', () => {
    expect(gradesMatch(matching, matches)).toBe(true)
  })

  it('shows such an answer once, and the spare one too', () => {
    expect(matching.options.map((o) => o.text).sort()).toEqual(['Express', 'Map', 'Standard'])
  })

  it('gives nothing when one line is wrong', () => {
    expect(gradesMatch(matching, { ...matches, audit: 'Express' })).toBe(false)
    expect(gradesMatch(matching, { ...matches, audit: 'Map' })).toBe(false)
  })
})

describe('grading a case', () => {
  const question = askCase([choiceItem('yes', 'no', 'maybe', 'never'), orderingItem(['one', 'two', 'three'])])

  it('grades each item alone', () => {
    const [first, second] = [itemInstance(question, 3, 0), itemInstance(question, 3, 1)]
    expect(grades(first, 'no')).toBe(false)
    expect(grades(second, 'one', 'two', 'three')).toBe(true)
  })
})

describe('the canonical answer', () => {
  const letters = (item: ItemInstance, ...texts: string[]) => texts.map((text) => letterOf(item, text))

  it('is one letter for a choice', () => {
    expect(parseAnswer(formatOf(choice), ['C'])).toBe('C')
  })

  it('is the letters in alphabetical order for a response', () => {
    expect(parseAnswer(formatOf(response), ['D', 'B'])).toBe('BD')
  })

  it('is the letters in the chosen order for an ordering', () => {
    expect(parseAnswer(formatOf(ordering), ['D', 'A', 'C'])).toBe('DAC')
  })

  it('is a letter a line for a matching', () => {
    expect(parseAnswer(formatOf(matching), ['B', 'A', 'B'])).toBe('BAB')
  })

  it('is compared whole: less, more or the other case is wrong', () => {
    const key = parseAnswer(formatOf(response), letters(response, 'ECS', 'EKS'))
    expect(
      [key, key.slice(1), `${key}A`, key.toLowerCase(), ''].map((answer) => isRight(response, answer)),
    ).toEqual([true, false, false, false, false])
  })
})

describe('a pick of the wrong shape is refused and told what to do', () => {
  it.each([
    ['nothing for a choice', choice, [], 'Choose one option.'],
    ['two for a choice', choice, ['A', 'B'], 'Choose one option.'],
    ['a letter that is not shown', choice, ['E'], 'Pick from the options that are shown.'],
    ['a letter of the other case', choice, ['a'], 'Pick from the options that are shown.'],
    ['an empty pick', choice, [''], 'Pick from the options that are shown.'],
    ['two letters in one', response, ['AB'], 'Pick from the options that are shown.'],
    ['too few for a response', response, ['A'], 'Choose exactly two options.'],
    ['too many for a response', response, ['A', 'B', 'C'], 'Choose exactly two options.'],
    ['one twice for a response', response, ['A', 'A'], 'Choose exactly two options.'],
    ['one twice besides two for a response', response, ['A', 'B', 'B'], 'Choose exactly two options.'],
    ['too few for an ordering', ordering, ['A', 'B'], 'Fill all three places.'],
    ['too many for an ordering', ordering, ['A', 'B', 'C', 'D'], 'Fill all three places.'],
    [
      'one twice for an ordering',
      ordering,
      ['A', 'B', 'A'],
      'One step stands in two places. Use each step once.',
    ],
    ['too few for a matching', matching, ['A', 'B'], 'Give every line a match.'],
    ['too many for a matching', matching, ['A', 'B', 'A', 'B'], 'Give every line a match.'],
  ])('%s', (_name, item, picked, message) => {
    expect(() => parseAnswer(formatOf(item), picked)).toThrow(new UserError(message))
  })

  it('whatever is picked, it is an answer or a refusal in words', () => {
    const picks = fc.array(fc.oneof(fc.constantFrom('A', 'B', 'C', 'D', 'E'), fc.string({ maxLength: 3 })), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(fc.constantFrom(choice, response, ordering, matching), picks, (item, picked) => {
        try {
          expect(parseAnswer(formatOf(item), picked)).toHaveLength(item.key.length)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
    )
  })
})
