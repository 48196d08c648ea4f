// @module-tag longer
/** The range of right answers to expect, against made-up learners and against what it must not say. */

import { describe, expect, it } from 'vitest'
import { AMOUNTS, EXAM, forecast, SPREADS } from '../../bench/learning/forecast.js'
import { brokenForecast } from '../../bench/learning/promises.js'
import { type FirstAnswer, readiness } from '../../src/core/readiness.js'
import { DAY_MS } from '../../src/core/time.js'
import { IS_LONG } from '../helpers/long.js'

const NOW = Date.parse('2026-11-02T12:00:00Z')

/** `right` of `each` answers in every domain. */
function answers(each: number, right: number, ageDays = 0): FirstAnswer[] {
  return EXAM.domains.flatMap(({ number }) =>
    Array.from({ length: each }, (_, i) => ({
      domain: number,
      right: i < right,
      at: NOW - ageDays * DAY_MS,
    })),
  )
}

function range(given: readonly FirstAnswer[]) {
  const ready = readiness(given, EXAM, NOW)
  if (ready.kind === 'missing') throw new Error('there is no range')
  return ready
}

describe('before there is enough', () => {
  it('says how many answers are missing, and where', () => {
    const given = answers(9, 6).filter(({ domain }) => domain !== 2)
    expect(readiness(given, EXAM, NOW)).toEqual({
      kind: 'missing',
      answers: 13,
      domains: [{ number: 2, answers: 5 }],
    })
  })

  it('gives no range for many answers that leave a domain out', () => {
    const given = answers(40, 30).filter(({ domain }) => domain !== 4)
    expect(readiness(given, EXAM, NOW)).toMatchObject({ kind: 'missing', answers: 0 })
  })
})

it('the same answers give the same range, whatever their order', () => {
  const given = answers(15, 10)
  expect(range([...given].reverse())).toEqual(range(given))
})

it('is narrower with more answers, and higher with more of them right', () => {
  const width = ({ range: { low, high } }: { range: { low: number; high: number } }) => high - low
  expect(width(range(answers(60, 45)))).toBeLessThan(width(range(answers(10, 7))))
  expect(range(answers(20, 18)).range.low).toBeGreaterThan(range(answers(20, 10)).range.high)
})

it('tells of a domain that is weaker than the others', () => {
  const given = answers(20, 16).map((one, i) => (one.domain === 3 ? { ...one, right: i % 4 === 0 } : one))
  const { domains } = range(given)
  const [weak, strong] = [domains.find((one) => one.number === 3), domains.find((one) => one.number === 1)]
  expect(weak?.high).toBeLessThan(strong?.high ?? 0)
})

it('an answer counts half after thirty days', () => {
  const old = answers(20, 4, 90)
  const fresh = answers(20, 18)
  expect(range([...old, ...fresh]).range.low).toBeGreaterThan(range([...answers(20, 4), ...fresh]).range.low)
})

describe('eight exams of ten lie in the range, and it is not biased', () => {
  const cells = Object.entries(SPREADS).flatMap(([name, spread]) =>
    AMOUNTS.map((amount) => ({ name, spread, amount })),
  )
  it.each(
    IS_LONG
      ? cells
      : cells.filter(({ amount, name }) => (name === 'evenly' ? amount === 40 : amount === 200)),
  )('after $amount answers, $name', ({ spread, amount }) => {
    expect(brokenForecast(forecast(spread, amount, IS_LONG ? 1000 : 400, 1))).toEqual([])
  })
})
