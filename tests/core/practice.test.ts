import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dueTimes, pickPractice, type Tried } from '../../src/core/practice.js'
import { seeded } from '../../src/core/random.js'
import { plainQuestion } from './questions.js'

const START = Date.parse('2026-11-23T08:00:00Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const questions = (...ids: string[]) => ids.map((id) => plainQuestion({ id }))
const tried = (question: string, right: boolean, day: number): Tried => ({
  question,
  right,
  at: START + day * DAY,
})
const dueOf = (...attempts: Tried[]) => dueTimes(attempts).get(attempts[0]?.question ?? '') ?? Number.NaN

function pick(
  pool: readonly string[],
  attempts: readonly Tried[],
  day: number,
  count = pool.length,
  from = 1,
) {
  const picking = { pool: questions(...pool), attempts, count, now: START + day * DAY, random: seeded(from) }
  return pickPractice(picking).map((q) => q.id)
}

describe('when a question is due again', () => {
  it('a wrong answer brings it back within minutes, a right one within days', () => {
    expect(dueOf(tried('q', false, 0)) - START).toBe(MINUTE)
    expect(dueOf(tried('q', true, 0)) - START).toBe(10 * MINUTE)
    expect(dueOf(tried('q', true, 0), tried('q', true, 1)) - START).toBeGreaterThan(2 * DAY)
  })

  it('each right answer given when it is due puts it off further', () => {
    const attempts: Tried[] = []
    const waits = [1, 2, 3, 4, 5].map(() => {
      const last = attempts.length === 0 ? START : dueOf(...attempts)
      attempts.push({ question: 'q', right: true, at: last })
      return dueOf(...attempts) - last
    })
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(30 * DAY)
  })

  it('a wrong answer undoes what right ones had put off', () => {
    const right = [tried('q', true, 0), tried('q', true, 1), tried('q', true, 5)]
    expect(dueOf(...right, tried('q', false, 20)) - START).toBeLessThan(21 * DAY)
    expect(dueOf(...right, tried('q', true, 20)) - START).toBeGreaterThan(25 * DAY)
  })

  it('does not depend on answers to other questions', () => {
    const own = [tried('q', true, 0), tried('q', false, 2)]
    expect(dueOf(own[0] as Tried, tried('other', false, 1), own[1] as Tried)).toBe(dueOf(...own))
  })

  it('is always after the last answer, and the same each time it is reckoned', () => {
    const lives = fc.array(fc.record({ right: fc.boolean(), wait: fc.integer({ min: 0, max: 90 * DAY }) }), {
      minLength: 1,
      maxLength: 30,
    })
    fc.assert(
      fc.property(lives, (life) => {
        let at = START
        const attempts = life.map(({ right, wait }) => {
          at += wait
          return { question: 'q', right, at }
        })
        expect(dueOf(...attempts)).toBeGreaterThan(at)
        expect(dueOf(...attempts)).toBe(dueOf(...attempts))
      }),
    )
  })
})

describe('what practice asks', () => {
  const attempts = [
    tried('late', false, 0),
    tried('later', false, 1),
    tried('good', true, 0),
    tried('good', true, 9),
  ]

  it('is first what is overdue, the longest first, then what is new, then what is due soonest', () => {
    expect(pick(['good', 'new', 'later', 'late'], attempts, 10)).toEqual(['late', 'later', 'new', 'good'])
  })

  it('is new things in an order drawn by chance', () => {
    const orders = new Set(
      Array.from({ length: 40 }, (_, from) => pick(['a', 'b', 'c'], [], 0, 3, from).join()),
    )
    expect(orders.size).toBe(6)
  })

  it('is as many as asked for, or all there are', () => {
    expect(pick(['good', 'new', 'later', 'late'], attempts, 10, 2)).toEqual(['late', 'later'])
    expect(pick(['a'], [], 0, 5)).toEqual(['a'])
    expect(pick([], attempts, 10, 5)).toEqual([])
  })

  it('leaves out what was answered outside its topics', () => {
    expect(pick(['new'], attempts, 10, 5)).toEqual(['new'])
  })
})
