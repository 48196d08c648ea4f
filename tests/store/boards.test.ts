import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Board } from '../../src/bot/ports/boards.js'
import type { Store } from '../../src/bot/ports/store.js'
import { rankTeams } from '../../src/core/leaderboard.js'
import type { Ranked } from '../../src/core/model.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { rank } from '../helpers/oracle.js'
import { give, makeRound, makeTeam, PLACE, settleAll } from '../helpers/rounds.js'

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

/** A team of members with so many points each, from one round each. */
async function boardOf(points: Readonly<Record<string, number>>): Promise<number> {
  const team = await makeTeam(store)
  for (const [i, [user, worth]] of Object.entries(points).entries())
    await give(store, user, await makeRound(store, team, `2026-01-${10 + i}`, [worth]), 'A')
  await settleAll(store, database)
  return team
}

const show = (rows: readonly Ranked[]) => rows.map((r) => `${r.rank}. ${r.member.name} ${r.points}`)
const page = (
  team: number,
  more: { period?: string; user?: string; limit?: number; offset?: number } = {},
): Promise<Board> => store.board({ team, period: 'all', user: undefined, limit: 10, offset: 0, ...more })

describe('a board', () => {
  it('is empty before the first answer', async () => {
    const team = await makeTeam(store)
    expect(await page(team, { user: 'ann' })).toEqual({
      rows: [],
      total: 0,
      mine: undefined,
      ahead: undefined,
      open: 0,
    })
  })

  it('has the best first, equals by name and with one rank', async () => {
    const team = await boardOf({ dee: 10, cy: 20, ben: 10, ann: 5 })
    expect(show((await page(team)).rows)).toEqual(['1. cy 20', '2. ben 10', '2. dee 10', '4. ann 5'])
  })

  it('gives one’s own row off the page too, and the points of the nearest ahead', async () => {
    const team = await boardOf({ ann: 40, ben: 30, cy: 30, dee: 10 })
    const board = await page(team, { user: 'dee', limit: 2 })
    expect(show(board.rows)).toEqual(['1. ann 40', '2. ben 30'])
    expect(board).toMatchObject({
      total: 4,
      mine: { rank: 4, points: 10, member: { user: 'dee' } },
      ahead: 30,
    })
    expect(await page(team, { user: 'cy' })).toMatchObject({ mine: { rank: 2 }, ahead: 40 })
    expect(await page(team, { user: 'ann' })).toMatchObject({ mine: { rank: 1 }, ahead: undefined })
    expect((await page(team, { user: 'zed' })).mine).toBeUndefined()
  })

  it('keeps the order from page to page, when a page ends among equals too', async () => {
    const team = await boardOf({ eve: 10, dee: 10, cy: 10, ben: 10, ann: 5, zed: 20 })
    const pages = await Promise.all([0, 2, 4, 6].map((offset) => page(team, { limit: 2, offset })))
    expect(pages.map((p) => show(p.rows))).toEqual([
      ['1. zed 20', '2. ben 10'],
      ['2. cy 10', '2. dee 10'],
      ['2. eve 10', '6. ann 5'],
      [],
    ])
    expect(pages.map((p) => p.total)).toEqual([6, 6, 6, 6])
  })

  it('keeps hidden members, marked as such', async () => {
    const team = await boardOf({ ann: 10, ben: 20 })
    expect(await store.hide({ ...PLACE, user: 'ben' }, true)).toBe(true)
    expect((await page(team)).rows.map((r) => r.member.hidden)).toEqual([true, false])
    expect(await store.hide({ ...PLACE, user: 'nobody' }, true)).toBe(false)
  })

  it('is of its own team and period', async () => {
    const team = await makeTeam(store)
    const other = await makeTeam(store, { channel: 'other' })
    await give(store, 'ann', await makeRound(store, team, '2026-01-31'), 'A')
    await give(store, 'ann', await makeRound(store, team, '2026-02-01'), 'B')
    await give(store, 'ben', await makeRound(store, other, '2026-02-01'), 'A')
    await settleAll(store, database)
    const points = async (period: string) => show((await page(team, { period })).rows)
    expect(await points('2026-01')).toEqual(['1. ann 10'])
    expect(await points('2026-02')).toEqual(['1. ann 3'])
    expect(await points('2026-W05')).toEqual(['1. ann 13'])
    expect(await points('all')).toEqual(['1. ann 13'])
    expect(await points('2026-W06')).toEqual([])
  })

  it('has the ranks and the order that the pure rule gives, whatever the points and names', {
    tags: ['slow'],
  }, async () => {
    const name = fc.constantFrom('ann', 'Ann', 'Ánn', 'ben', 'Zoë', 'zoe', '李', '')
    const member = fc.record({ name, points: fc.integer({ min: 0, max: 4 }) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { maxLength: 14 }),
        fc.integer({ min: 1, max: 5 }),
        async (members, limit) => {
          store = createStore(await emptyDatabase())
          const team = await makeTeam(store)
          await database.pool.query(
            `with m as (insert into member (workspace_id, user_id, name) select 1, i, n from unnest($1::text[], $2::text[]) as x(i, n) returning id, user_id)
           insert into standing select $3, 'all', m.id, p, 3, 2 from m join unnest($1::text[], $4::int[]) as x(i, p) on x.i = m.user_id`,
            [members.map((_, i) => `u${i}`), members.map((m) => m.name), team, members.map((m) => m.points)],
          )
          const rows: Ranked[] = []
          for (let offset = 0; offset <= members.length; offset += limit)
            rows.push(...(await page(team, { limit, offset })).rows)
          expect(rows).toHaveLength(members.length)
          expect(rows).toEqual(rank([...rows].reverse()))
          for (const row of rows) {
            const above = rows.filter((r) => r.points > row.points).map((r) => r.points)
            const own = await page(team, { user: row.member.user, limit: 1 })
            expect(own.mine).toEqual(row)
            expect(own.ahead).toBe(above.length > 0 ? Math.min(...above) : undefined)
          }
        },
      ),
      { numRuns: 25, seed: 7 },
    )
  })
})

describe('the board of teams', () => {
  it('goes by mean points over all who joined, best first, equals by name', async () => {
    const [few = 0, many = 0, none = 0, equal = 0] = await Promise.all(
      ['few', 'many', 'none', 'equal'].map((channel) => makeTeam(store, { channel, name: channel })),
    )
    await give(store, 'ann', await makeRound(store, few, '2026-01-05', [15]), 'A')
    await give(store, 'dee', await makeRound(store, equal, '2026-01-05', [15]), 'A')
    const january = await makeRound(store, many, '2026-01-05', [20])
    for (const user of ['ben', 'cy']) await give(store, user, january, user === 'ben' ? 'A' : 'B')
    await makeTeam(store, { workspace: 'w2' })
    expect(
      (await store.teamBoard(PLACE, '2026-01')).map((t) => [t.members, t.answered, t.points]),
    ).toContainEqual([2, 0, 0])
    await settleAll(store, database)
    const board = await store.teamBoard(PLACE, '2026-01')
    expect(board.map((t) => [t.team.name, t.members, t.answered, t.points, t.mean])).toEqual([
      ['equal', 1, 1, 15, 15],
      ['few', 1, 1, 15, 15],
      ['many', 2, 2, 23, 11.5],
      ['none', 0, 0, 0, 0],
    ])
    expect(board).toEqual(rankTeams(board).map(({ rank: _, ...row }) => row))
    const february = await makeRound(store, many, '2026-02-02')
    await give(store, 'ben', february, 'A')
    await settleAll(store, database)
    const later = await store.teamBoard(PLACE, '2026-02')
    expect(later.map((t) => [t.team.id, t.members, t.mean])[0]).toEqual([many, 2, 5])
    expect(later.map((t) => t.team.id)).toContain(none)
  })
})

describe('a board of very many', () => {
  const MEMBERS = 6000
  const NOW = Date.parse('2026-01-20T08:00:00Z')

  /** Members `m0` to `m5999` with some hundred different totals. */
  async function crowd(): Promise<number> {
    const team = await makeTeam(store)
    const [{ id }] = (await database.pool.query<{ id: number }>('select workspace_id as id from team'))
      .rows as [{ id: number }]
    await database.pool.query(
      "insert into member (workspace_id, user_id, name) select $1, 'm' || i, 'Member ' || i from generate_series(0, $2::int - 1) i",
      [id, MEMBERS],
    )
    await database.pool.query(
      "insert into standing (team_id, period, member_id, points, answered, correct) select $1, 'all', id, (id * 7919) % 400, 9, 5 from member",
      [team],
    )
    return team
  }
  const asked = (team: number, user: string, now: number, more = {}) =>
    store.board({ team, period: 'all', user, limit: 10, offset: 0, now, ...more })

  it('is the same from a snapshot, and does not count again for each who asks', {
    tags: ['slow'],
  }, async () => {
    const team = await crowd()
    await asked(team, 'm1', NOW)
    for (const user of ['m0', 'm77', 'm5999', 'nobody']) {
      for (const offset of [0, 10, 5000]) {
        const exact = await store.board({ team, period: 'all', user, limit: 10, offset })
        expect(await asked(team, user, NOW, { offset })).toEqual(exact)
      }
    }
  })

  it('shows names and own points of this moment, and ranks that are some seconds old', async () => {
    const team = await crowd()
    await asked(team, 'm1', NOW)
    await store.hide({ ...PLACE, user: 'm1' }, true)
    await database.pool.query(
      "update standing set points = 1000 where member_id = (select id from member where user_id = 'm1')",
    )
    const soon = await asked(team, 'm1', NOW + 1000)
    expect(soon.mine).toMatchObject({ points: 1000, rank: 1, member: { hidden: true } })
    expect(soon.ahead).toBeUndefined()
    await asked(team, 'm2', NOW + 11_000)
    const later = await asked(team, 'm2', NOW + 11_500)
    const exact = await store.board({ team, period: 'all', user: 'm2', limit: 10, offset: 0 })
    // The snapshot of before is given while the next one is taken.
    for (let i = 0; i < 100 && (await asked(team, 'm2', NOW + 12_000)).rows[0]?.points !== 1000; i++)
      await new Promise((done) => setTimeout(done, 10))
    expect(later.total).toBe(MEMBERS)
    expect(await asked(team, 'm2', NOW + 12_000)).toEqual(exact)
  })
})
