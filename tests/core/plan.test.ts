// @module-tag longer
/** The plan up to an exam: its rules, and what it is worth to made-up learners (`bench/learning`). */

import { describe, expect, it } from 'vitest'
import { brokenPlan } from '../../bench/learning/promises.js'
import { COURSES, FROZEN, PRIORS, RULES, simulate } from '../../bench/learning/simulate.js'
import { gain, type Memory, remember } from '../../src/core/memory.js'
import { type Plan, planDay } from '../../src/core/plan.js'
import { seeded } from '../../src/core/random.js'
import { DAY_MS } from '../../src/core/time.js'
import { IS_LONG } from '../helpers/long.js'

const NOW = Date.parse('2026-11-02T12:00:00Z')

/** `met` of `all` concepts were answered, the first the longest ago. */
function plan({ all = 40, met = 0, ...more }: Partial<Plan> & { all?: number; met?: number } = {}): Plan {
  const concepts = Array.from({ length: all }, (_, i) => ({
    id: `c${i}`,
    weight: 1,
    guess: 0.25,
    confusable: [],
  }))
  const memory = new Map<string, Memory>(
    concepts.slice(0, met).map(({ id }, i) => [id, remember(undefined, NOW - (met - i) * DAY_MS, 'good')]),
  )
  return {
    ...{ concepts, memory, rightShare: () => 0.5, today: [], missed: new Set<string>(), now: NOW },
    ...{ exam: NOW + 30 * DAY_MS, goal: 10, random: seeded(1) },
    ...more,
  }
}

const whys = (given: Plan) => planDay(given).next.map(({ why }) => why)
const newOnes = (given: Plan) => whys(given).filter((why) => why === 'new').length

describe('new concepts a day: min(ceil(.7 n), max(ceil(.3 n), ceil(unseen / max(1, D - 7))))', () => {
  it.each([
    ['the least, while time is long', { all: 60, met: 20, exam: NOW + 90 * DAY_MS }, 3],
    ['so many that all are met a week before', { all: 135, met: 20 }, 5],
    ['the most, however late it is', { all: 400, met: 20, exam: NOW + 8 * DAY_MS }, 7],
    ['without a date, to a horizon of 21 days', { all: 90, met: 20, exam: undefined }, 5],
  ])('%s', (_what, given, count) => {
    expect(newOnes(plan(given))).toBe(count)
  })

  it('counts those of today in', () => {
    const today = ['c38', 'c39'].map((concept) => ({ concept, isNew: true }))
    const given = plan({ all: 60, met: 20, exam: NOW + 90 * DAY_MS })
    const memory = new Map([
      ...given.memory,
      ...today.map(({ concept }) => [concept, remember(undefined, NOW, 'good')] as const),
    ])
    expect(newOnes({ ...given, memory, today })).toBe(1)
  })

  it('none in the last week, unless more than a tenth of the exam is unseen', () => {
    const exam = NOW + 6 * DAY_MS
    expect(newOnes(plan({ all: 40, met: 37, exam }))).toBe(0)
    expect(newOnes(plan({ all: 40, met: 30, exam }))).toBeGreaterThan(0)
  })

  it('come first where the exam asks most and least is right', () => {
    const given = plan({ all: 100, goal: 5 })
    const concepts = given.concepts.map((one, i) => ({ ...one, weight: i < 50 ? 9 : 1 }))
    const drawn = Array.from({ length: 40 }, (_, seed) =>
      planDay({
        ...given,
        concepts,
        random: seeded(seed),
        rightShare: (id) => (Number(id.slice(1)) % 2 ? 0.9 : 0.1),
      }),
    ).flatMap(({ next }) => next.map(({ concept }) => Number(concept.slice(1))))
    expect(drawn.filter((i) => i < 50).length / drawn.length).toBeGreaterThan(0.8)
    expect(drawn.filter((i) => i % 2 === 0).length / drawn.length).toBeGreaterThan(0.8)
  })
})

it('the rest comes by what an answer today is worth on exam day', () => {
  const given = plan({ all: 20, met: 20 })
  const order = planDay(given).next.map(({ concept }) => concept)
  const worth = (id: string) => gain(given.memory.get(id) as Memory, NOW, NOW + 30 * DAY_MS, 0.25)
  expect(order).toEqual([...order].sort((a, b) => worth(b) - worth(a)))
  expect(order).toHaveLength(10)
})

it('what was missed yesterday comes before all else', () => {
  const next = planDay(plan({ all: 40, met: 20, missed: new Set(['c3', 'c5']) })).next
  expect(next.slice(0, 2)).toEqual([
    { concept: 'c3', why: 'missed' },
    { concept: 'c5', why: 'missed' },
  ])
})

it('no concept comes twice on a day, and the day ends with the goal', () => {
  const today = ['c0', 'c1', 'c2'].map((concept) => ({ concept, isNew: false }))
  const next = planDay(plan({ all: 40, met: 20, today })).next.map(({ concept }) => concept)
  expect(next).toHaveLength(7)
  expect(new Set([...next, 'c0', 'c1', 'c2']).size).toBe(10)
})

it('what is easily confused comes one after the other', () => {
  const given = plan({ all: 10, met: 10 })
  const concepts = given.concepts.map((one) => (one.id === 'c0' ? { ...one, confusable: ['c9'] } : one))
  const order = planDay({ ...given, concepts }).next.map(({ concept }) => concept)
  expect(Math.abs(order.indexOf('c0') - order.indexOf('c9'))).toBe(1)
})

describe('made-up learners', () => {
  const learners = IS_LONG ? 200 : 20
  const cells = PRIORS.flatMap((prior) => COURSES.map((course) => ({ ...course, prior, bank: FROZEN })))
  it.each(IS_LONG ? cells : cells.filter(({ days }) => days < 90))(
    'of $days days with $answers answers get what is promised, prior $prior',
    (cell) => {
      const outcomes = new Map(
        (['plan', 'random'] as const).map((name) => [
          name,
          simulate({ ...cell, rule: RULES[name], learners, seed: 1 }),
        ]),
      )
      expect(brokenPlan(cell, outcomes)).toEqual([])
    },
  )
})
