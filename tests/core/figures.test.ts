import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { figures, type Tally } from '../../src/core/figures.js'

const people = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
/** `right` of so many people, who answered once each. */
const tally = (cell: string, week: number, who: readonly number[], right: number): Tally => ({
  ...{ cell, week: `2026-W${10 + week}`, answered: who.length, right, people: who },
})

describe('figures of groups', () => {
  it('need five people and eight answers', () => {
    const cases: [Tally[], number][] = [
      [[tally('a', 1, people(0, 8), 4)], 1],
      [[tally('a', 1, people(0, 7), 4)], 0],
      [[{ ...tally('a', 1, people(0, 4), 4), answered: 40 }], 0],
      [[{ ...tally('a', 1, people(0, 5), 4), answered: 8 }], 1],
      [[{ ...tally('a', 1, [], 4), answered: 7, people: undefined }], 0],
      [[{ ...tally('a', 1, [], 4), answered: 30, people: undefined }], 1],
      [[], 0],
    ]
    for (const [tallies, shown] of cases)
      expect(figures(tallies), JSON.stringify(tallies)).toHaveLength(shown)
  })

  it('join a week that is too small to the next, and add up weeks that pass', () => {
    const small = [tally('a', 1, people(0, 4), 1), tally('a', 2, people(2, 6), 2)]
    expect(figures(small)).toEqual([{ cell: 'a', answered: 8, share: 4 / 10 }])
    const [first] = figures([...small, tally('a', 3, people(0, 9), 9), tally('a', 4, people(0, 6), 6)])
    expect(first).toEqual({ cell: 'a', answered: 17, share: 13 / 19 })
  })

  it('stay away when what is left over is a group of one to four', () => {
    const whole = tally('a', 1, people(0, 10), 5)
    expect(figures([whole, tally('b', 1, people(0, 3), 0)])).toEqual([])
    expect(figures([whole, tally('b', 1, people(0, 5), 0)])).toHaveLength(1)
    // The smallest figure goes first, and is enough.
    const three = [whole, tally('b', 1, people(0, 12), 6), tally('c', 1, people(0, 3), 0)]
    expect(figures(three).map(({ cell }) => cell)).toEqual(['b'])
  })

  it('have the weakest first by the upper end of the range: 0 of 1 never stands above 14 of 40', () => {
    const many = (cell: string, right: number, answered: number): Tally => ({
      cell,
      week: '2026-W10',
      answered,
      right,
      people: undefined,
    })
    const order = (list: Tally[]) => figures(list).map(({ cell }) => cell)
    expect(order([many('few', 0, 8), many('lots', 4, 80)])).toEqual(['lots', 'few'])
    expect(order([many('strong', 70, 80), many('weak', 14, 40)])).toEqual(['weak', 'strong'])
  })

  it('never tell of fewer than five, whoever answers what and when, also by what is left out', () => {
    const one = fc.record({
      cell: fc.constantFrom('a', 'b', 'c'),
      week: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 6 })),
      who: fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 12 }),
    })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (list) => {
        const shown = figures(list.map(({ cell, week, who }) => tally(cell, week, who, 0)))
        const all = new Set(list.flatMap(({ who }) => who))
        for (const { answered, cell } of shown) {
          expect(answered).toBeGreaterThanOrEqual(8)
          const own = new Set(list.filter((l) => l.cell === cell).flatMap(({ who }) => who))
          expect(own.size).toBeGreaterThanOrEqual(5)
        }
        // Within one week a figure is about all of its cell, so what is left out are the other cells.
        if (list.some(({ week }) => week !== 1)) return
        const hidden = new Set(
          list.filter((l) => !shown.some(({ cell }) => cell === l.cell)).flatMap(({ who }) => who),
        )
        if (shown.length > 0 && all.size > 0) expect(hidden.size === 0 || hidden.size >= 5).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
