import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Streak } from '../../src/core/model.js'
import { maxPoints } from '../../src/core/scoring.js'
import { currentStreak } from '../../src/core/streak.js'
import { advance, NO_STREAK, points, streakBonus } from '../helpers/oracle.js'

type Day = 'answered' | 'missed' | 'no round'
const WORDS: Readonly<Record<string, Day>> = { a: 'answered', m: 'missed', '-': 'no round' }

/** A life in letters: `a` answered, `m` missed, `-` no round. */
const days = (letters: string) => [...letters].map((letter): Day => WORDS[letter] ?? 'no round')
const date = (index: number) => new Date(Date.UTC(2026, 0, 5 + index)).toISOString().slice(0, 10)

/**
 * Lives through the days; gives the streak after each and how many rounds were missed since the last answer.
 */
function live(life: readonly Day[], from: Streak = NO_STREAK): { streak: Streak; missed: number }[] {
  let streak = from
  let missed = 0
  return life.map((day, i) => {
    if (day === 'missed') missed += 1
    if (day === 'answered') {
      streak = advance(streak, date(i), streak.last === undefined ? 0 : missed)
      missed = 0
    }
    return { streak, missed }
  })
}

const stateAfter = (letters: string) => live(days(letters)).at(-1)?.streak ?? NO_STREAK

describe('points', () => {
  it.each([
    ['right', true, 1, 10],
    ['right', true, 2, 10],
    ['right and hard', true, 3, 15],
    ['tried', false, 1, 3],
    ['tried, though hard', false, 3, 3],
  ] as const)('for %s', (_name, right, difficulty, expected) => {
    expect(points(right, difficulty)).toBe(expected)
  })

  it('a question is worth what a right answer to it brings', () => {
    for (const difficulty of [1, 2, 3] as const) expect(maxPoints(difficulty)).toBe(points(true, difficulty))
  })

  it('a streak brings 5 more each time five days are full', () => {
    const rich = Array.from({ length: 21 }, (_, n) => n).filter((n) => streakBonus(n) > 0)
    expect(rich).toEqual([5, 10, 15, 20])
    expect(streakBonus(5)).toBe(5)
  })
})

describe('a streak', () => {
  it('starts at one day', () => {
    expect(advance(NO_STREAK, '2026-01-05', 0)).toEqual({
      days: 1,
      best: 1,
      freezes: 0,
      answered: 1,
      last: '2026-01-05',
    })
  })

  it.each([
    ['grows by each day answered', 'aaaa', { days: 4, best: 4 }],
    ['is not broken by days without a round', 'aaa--a--a', { days: 5 }],
    ['starts again after a missed day without a freeze', 'aaamaa', { days: 2, best: 3 }],
    ['has a freeze after seven days answered', 'aaaaaaa', { days: 7, freezes: 1 }],
    ['has none before', 'aaaaaa', { freezes: 0 }],
    ['spends a freeze on one missed day and goes on', 'aaaaaaama', { days: 8, freezes: 0, best: 8 }],
    ['cannot spend one freeze on two missed days', 'aaaaaaamma', { days: 1, freezes: 0, best: 7 }],
    ['holds two freezes at most', 'a'.repeat(28), { days: 28, freezes: 2 }],
    ['survives two missed days with two freezes', `${'a'.repeat(14)}mma`, { days: 15, freezes: 0 }],
    ['survives them one at a time too', `${'a'.repeat(14)}mama`, { days: 16, freezes: 0 }],
    ['breaks on the third', `${'a'.repeat(14)}mmma`, { days: 1, freezes: 0, best: 14 }],
    ['is saved by a freeze earned across a break', 'aaamaaaama', { days: 5, answered: 8, freezes: 0 }],
    [
      'earns one with the seventh answer though it was broken',
      'aaamaaaa',
      { days: 4, answered: 7, freezes: 1 },
    ],
    [
      'earns a new one after one was spent',
      `${'a'.repeat(7)}m${'a'.repeat(7)}`,
      { days: 14, answered: 14, freezes: 1 },
    ],
  ])('%s', (_name, life, expected) => {
    expect(stateAfter(life)).toMatchObject(expected)
  })

  it('is moved once a day, by the first answer', () => {
    const once = stateAfter('aaaa')
    expect(advance(once, once.last ?? '', 0)).toEqual(once)
  })

  it('is not moved by an answer to an earlier round', () => {
    const now = stateAfter('aaaa')
    expect(advance(now, date(1), 0)).toEqual(now)
  })

  it('shows as broken as soon as more rounds are missed than freezes are held', () => {
    const held = stateAfter('a'.repeat(7))
    expect([0, 1, 2].map((missed) => currentStreak(held, missed))).toEqual([7, 7, 0])
  })

  it('changes nothing in the streak it came from', () => {
    const before = Object.freeze(stateAfter('aaa'))
    expect(advance(before, '2026-03-01', 0)).not.toBe(before)
  })

  const lives = fc.array(fc.constantFrom<Day>('answered', 'answered', 'answered', 'missed', 'no round'), {
    maxLength: 80,
  })

  it('stands each day as a model says that walks from day to day', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const walked = walk(life)
        live(life).forEach(({ streak, missed }, i) => {
          expect(currentStreak(streak, missed)).toBe(walked[i]?.days)
          if (life[i] === 'answered') expect(streak).toMatchObject(walked[i] ?? {})
        })
      }),
      { numRuns: 500 },
    )
  })

  it('stands the same when days without a round are put in or left out', () => {
    fc.assert(
      fc.property(lives, (life) => {
        const busy = life.filter((day) => day !== 'no round')
        const { last: _, ...calm } = live(life).at(-1)?.streak ?? NO_STREAK
        expect(live(busy).at(-1)?.streak ?? NO_STREAK).toMatchObject(calm)
      }),
    )
  })
})

/**
 * The rule told day by day: a missed round takes a freeze or, without one, the streak; every seventh answer
 * gives a freeze.
 */
function walk(life: readonly Day[]) {
  let [run, best, freezes, answered] = [0, 0, 0, 0]
  return life.map((day) => {
    if (day === 'missed') {
      if (freezes > 0) freezes -= 1
      else run = 0
    }
    if (day === 'answered') {
      run += 1
      answered += 1
      best = Math.max(best, run)
      if (answered % 7 === 0 && freezes < 2) freezes += 1
    }
    return { days: run, best, freezes, answered }
  })
}
