import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankTeams } from '../../src/core/leaderboard.js'
import type { Standing } from '../../src/core/model.js'
import { rank } from '../helpers/oracle.js'

function standing(name: string, points: number, id = 1): Standing {
  return { member: { id, user: `u-${name}`, name, hidden: false }, points, answered: 1, right: 1 }
}
const team = (name: string, mean: number) => ({ team: { name }, mean })
const names = (ranked: readonly { member: { name: string } }[]) => ranked.map((r) => r.member.name)
const standings = fc.array(
  fc.record({ name: fc.constantFrom('ann', 'bob', 'cy', 'dee'), points: fc.integer({ min: 0, max: 6 }) }),
  {
    maxLength: 12,
  },
)
const numbered = standings.map((list) => list.map(({ name, points }, id) => standing(name, points, id)))

describe('the ranks of members', () => {
  it.each([
    ['nobody', [], []],
    ['one', [7], [1]],
    ['all different', [30, 20, 10], [1, 2, 3]],
    ['two equal after the first', [30, 20, 20, 10], [1, 2, 2, 4]],
    ['two equal at the top', [30, 30, 10], [1, 1, 3]],
    ['three equal in the middle', [40, 30, 30, 30, 20], [1, 2, 2, 2, 5]],
    ['two pairs', [40, 40, 30, 30], [1, 1, 3, 3]],
    ['all at zero', [0, 0, 0], [1, 1, 1]],
  ])('%s', (_name, points, ranks) => {
    expect(rank(points.map((p, i) => standing(`m${i}`, p, i))).map((r) => r.rank)).toEqual(ranks)
  })

  it('stand best first, equals by name', () => {
    expect(names(rank([standing('cy', 10, 1), standing('bob', 20, 2), standing('ann', 10, 3)]))).toEqual([
      'bob',
      'ann',
      'cy',
    ])
  })

  it('are one more than the number of those with more points', () => {
    fc.assert(
      fc.property(numbered, (list) => {
        for (const row of rank(list))
          expect(row.rank).toBe(1 + list.filter((other) => other.points > row.points).length)
      }),
    )
  })

  it('do not depend on the order in which the members come', () => {
    const shuffled = numbered.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        expect(rank(other)).toEqual(rank(list))
      }),
    )
  })

  it('leave the list they are made from as it was', () => {
    const list = Object.freeze([standing('ann', 1), standing('bob', 2)])
    expect(rank(list)).toHaveLength(2)
  })
})

describe('the ranks of teams', () => {
  it('go by the mean, whatever the size', () => {
    const ranked = rankTeams([team('large', 4), team('small', 12.5), team('pair', 4)])
    expect(ranked.map((r) => `${r.rank} ${r.team.name}`)).toEqual(['1 small', '2 large', '2 pair'])
  })

  it('are shared by teams with the same mean, though it was reached by other sums', () => {
    expect(
      rankTeams([team('ten of three', 10 / 3), team('twenty of six', 20 / 6)]).map((r) => r.rank),
    ).toEqual([1, 1])
  })

  it('keep everything else in the row', () => {
    expect(rankTeams([{ ...team('one', 3), members: 4 }])).toEqual([
      { team: { name: 'one' }, mean: 3, members: 4, rank: 1 },
    ])
  })
})
