import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE, settleAll } from '../helpers/rounds.js'

let database: Database
let store: Store
let team: number
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
  team = await makeTeam(store)
})

const DAY_MS = 86_400_000
const ann = { ...PLACE, user: 'ann' }

/** A round on that day of January 2026, answered by those users. */
async function day(date: number, ...users: string[]): Promise<number> {
  const round = await makeRound(store, team, `2026-01-${String(date).padStart(2, '0')}`)
  for (const user of users) await give(store, user, round, 'A')
  await close()
  return round.id
}

async function close(): Promise<void> {
  await settleAll(store, database)
  await database.pool.query(`update round set state = 'closed' where state = 'posted'`)
}

const board = (more: object = {}) =>
  store.board({ team, period: 'all', user: 'ann', limit: 10, offset: 0, ...more })
const names = async (more: object = {}) => (await board(more)).rows.map(({ member }) => member.name)
const mean = async () => {
  const [one] = await store.teamBoard(PLACE, 'all')
  return one && { members: one.members, answered: one.answered, points: one.points }
}
const idOf = async (user: string) => (await store.member({ ...PLACE, user }))?.id ?? 0

describe('a member who has not answered for ten scheduled days', () => {
  beforeEach(async () => {
    await day(1, 'ann', 'ben')
    for (let date = 2; date <= 10; date++) await day(date, 'ben')
  })

  it('is on the board after nine, and rests with the tenth', async () => {
    expect(await names()).toEqual(['ben', 'ann'])
    await day(11, 'ben')
    expect(await board()).toMatchObject({ total: 1, mine: undefined, rests: 'quiet' })
    expect(await names()).toEqual(['ben'])
    expect(await mean()).toEqual({ members: 1, answered: 1, points: 11 * 10 + 2 * 5 })
    expect([await store.memberCount(team), await store.restingCount(team)]).toEqual([2, 1])
  })

  it('counts days with rounds alone: none that is skipped, and none without a round', async () => {
    const skipped = await makeRound(store, team, '2026-01-11')
    await database.pool.query(`update round set state = 'skipped' where id = $1`, [skipped.id])
    await store.settleRound(skipped.id)
    expect((await board()).rests).toBeUndefined()
    await day(31, 'ben')
    expect((await board()).rests).toBe('quiet')
  })

  it('stands on the podium of the season all the same', async () => {
    await day(11, 'ben')
    expect(await names({ period: '2026-01', user: undefined, everybody: true })).toEqual(['ben', 'ann'])
  })

  it('is back with the next answer, before the round closes', async () => {
    await day(11, 'ben')
    const round = await makeRound(store, team, '2026-01-12')
    await give(store, 'ann', round, 'A')
    expect(await board()).toMatchObject({ total: 2, mine: { rank: 2, points: 10 }, rests: undefined })
    expect(await mean()).toMatchObject({ members: 2 })
    await close()
    expect(await board()).toMatchObject({ mine: { points: 20 } })
  })

  it('rests in no other team', async () => {
    const other = await makeTeam(store, { channel: 'c2' })
    await give(store, 'ann', await makeRound(store, other, '2026-01-05'), 'A')
    await day(11, 'ben')
    expect((await store.board({ team: other, period: 'all', user: 'ann', limit: 9, offset: 0 })).rests).toBe(
      undefined,
    )
  })
})

describe('a member who leaves the team', () => {
  it('is off boards and out of the mean, keeps the points, and has them again with the next answer', async () => {
    await day(1, 'ann', 'ben')
    expect(await store.leaveTeam(ann, team)).toBe(true)
    expect(await store.leaveTeam(ann, team), 'a second time').toBe(false)
    expect(await names()).toEqual(['ben'])
    expect(await mean()).toMatchObject({ members: 1, points: 10 })
    expect(await store.teamsJoined(ann)).toEqual([])
    expect(await store.memberCount(team)).toBe(1)
    expect(await store.streak(ann, team, '2026-01-02')).toBeUndefined()
    await day(2, 'ann')
    expect(await board()).toMatchObject({ mine: { points: 20, rank: 1 } })
    expect(await store.teamsJoined(ann)).toHaveLength(1)
  })

  it('does not come back with the close of a round that was answered before', async () => {
    const round = await makeRound(store, team, '2026-01-01')
    await give(store, 'ann', round, 'A')
    await store.leaveTeam(ann, team)
    await close()
    expect(await names()).toEqual([])
    expect(await board()).toMatchObject({ rests: 'left', mine: undefined })
  })

  it('is counted on the podium, without a name', async () => {
    await day(1, 'ann', 'ben')
    await store.leaveTeam(ann, team)
    const { rows } = await board({ period: '2026-01', user: undefined, everybody: true })
    expect(rows.map(({ member, rank }) => [member.name, member.hidden, rank])).toEqual([
      ['ann', true, 1],
      ['ben', false, 1],
    ])
  })

  it('goes for good once nothing of theirs is kept', async () => {
    await day(1, 'ann', 'ben')
    await store.leaveTeam(ann, team)
    await store.deleteOld(Date.parse('2100-01-01'), 100)
    await store.deleteLeft(0, 100)
    expect(await store.member(ann)).toBeUndefined()
    expect(await store.member({ ...PLACE, user: 'ben' })).toBeDefined()
  })

  it('stays out when they do not answer either, and when they are gone too', async () => {
    await day(1, 'ann', 'ben')
    await store.leaveTeam(ann, team)
    await store.markGone([await idOf('ann')])
    expect((await board()).rests).toBe('left')
  })
})

describe('members of a team', () => {
  it('are listed by name, with why they rest, without those who left', async () => {
    await day(1, 'cy', 'ann', 'ben')
    await store.markGone([await idOf('cy')])
    expect((await store.teamMembers(team, 10, 0)).map((m) => [m.name, m.rests])).toEqual([
      ['ann', undefined],
      ['ben', undefined],
      ['cy', 'gone'],
    ])
    expect(await store.takeOut(team, await idOf('ben'))).toBe(true)
    expect((await store.teamMembers(team, 1, 1)).map((m) => m.name)).toEqual(['cy'])
    expect(await store.teamMember(team, await idOf('ben'))).toBeUndefined()
  })

  it('are asked for once a day, by one process, and not when they answered the round', async () => {
    const round = await day(1, 'ann', 'ben')
    const ids = [await idOf('ann'), await idOf('ben')]
    await give(store, 'cy', await makeRound(store, team, '2026-01-02'), 'A')
    expect(await store.takeAsking(ids, 0, round)).toEqual([])
    const both = await Promise.all([store.takeAsking(ids, 0), store.takeAsking(ids, 0)])
    expect(
      both
        .flat()
        .map((m) => m.user)
        .toSorted(),
    ).toEqual(['ann', 'ben'])
    expect(await store.takeAsking(ids, DAY_MS - 1)).toEqual([])
    expect(await store.takeAsking([await idOf('cy'), ...ids], DAY_MS)).toHaveLength(3)
    expect((await board()).rows.find((row) => row.member.user === 'ann')?.askedAt).toBe(DAY_MS)
  })
})
