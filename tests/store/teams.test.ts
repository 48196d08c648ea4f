import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  claimSeasons,
  give,
  leasesAge,
  makeDue,
  makeRound,
  makeTeam,
  PLACE,
  recordClosed,
  recordPosted,
  savedTeam,
  teamById,
  teamsOf,
} from '../helpers/rounds.js'

const at = (time: string) => Date.parse(`${time}Z`)
const LEASE = 60_000
const FEBRUARY = at('2026-02-01T00:00')

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

describe('a team', () => {
  const setup = {
    ...PLACE,
    name: 'Orchard',
    pack: 'p',
    zone: 'Europe/Berlin',
    minute: 540,
    days: [1, 3],
    openHours: 12,
    count: 2,
  }

  it('is found by its channel as it was set up', async () => {
    const nextPostAt = at('2026-01-05T08:00')
    const saved = await savedTeam(store, { ...setup, topics: ['ecs', 'eks'], admin: 'ada', nextPostAt })
    expect(saved).toEqual({ ...setup, topics: ['ecs', 'eks'], id: saved.id, paused: false, nextPostAt })
    expect(await store.teamIn(PLACE)).toEqual(saved)
    expect(await teamById(store, saved.id)).toEqual(saved)
    for (const elsewhere of [{ platform: 'other' }, { workspace: 'w2' }, { channel: 'c2' }])
      expect(await store.teamIn({ ...PLACE, ...elsewhere })).toBeUndefined()
  })

  it('changes in place, its next slot too', async () => {
    const before = await savedTeam(store, {
      ...setup,
      topics: [],
      admin: 'ada',
      nextPostAt: at('2026-01-05T08:00'),
    })
    const changed = {
      ...setup,
      name: 'Grove',
      minute: 600,
      days: [2],
      topics: ['ecs'],
      nextPostAt: at('2026-01-06T09:00'),
    }
    expect(await store.saveTeam({ ...changed, id: before.id, admin: 'ben', seasonEnds: [] })).toEqual({
      ...changed,
      id: before.id,
      paused: false,
    })
    expect(await teamsOf(store, PLACE)).toHaveLength(1)
  })

  it('keeps its id and all it has in another channel, and what is not out goes along', async () => {
    const id = await makeTeam(store)
    const out = await makeRound(store, id, '2026-01-05')
    await give(store, 'ann', out, 'A')
    const due = await makeDue(store, id, '2026-01-06')
    const moved = await store.moveTeam({ ...PLACE, id, channel: 'c2', admin: 'ben', nextPostAt: 1 })
    expect(moved).toMatchObject({ id, channel: 'c2', paused: false })
    expect(await store.teamIn(PLACE)).toBeUndefined()
    expect(await store.round(out.id)).toMatchObject({ channel: PLACE.channel, team: { channel: 'c2' } })
    expect(await store.round(due.id)).toMatchObject({ channel: 'c2' })
    expect(await store.memberCount(id)).toBe(1)
  })

  it('gets a channel of another only over that very team', async () => {
    const [one, two] = [await makeTeam(store), await makeTeam(store, { channel: 'c2' })]
    const move = { ...PLACE, id: one, channel: 'c2', admin: 'ada', nextPostAt: 1 }
    const save = { ...setup, topics: [], admin: 'ada', nextPostAt: 1, seasonEnds: [], channel: 'c2' }
    const before = await teamsOf(store, PLACE)
    for (const saving of [
      store.moveTeam(move),
      store.moveTeam({ ...move, over: one + two }),
      store.saveTeam({ ...save, id: one }),
      store.saveTeam({ ...save, id: one }, one + two),
      store.saveTeam(save),
    ])
      expect(await saving).toBe('taken')
    expect(await teamsOf(store, PLACE)).toEqual(before)
    expect(await store.saveTeam({ ...save, id: one }, two)).toMatchObject({ id: one, channel: 'c2' })
    expect(await store.team(PLACE, two)).toMatchObject({ channel: `-${two}`, paused: true })
    expect(await store.moveTeam({ ...move, id: two, channel: 'c3' })).toMatchObject({
      paused: false,
      nextPostAt: 1,
    })
  })

  it('goes to one of many who want its channel at once', async () => {
    const ids = [await makeTeam(store), await makeTeam(store, { channel: 'c2' }), undefined, undefined]
    const save = { ...setup, topics: [], admin: 'ada', nextPostAt: 1, seasonEnds: [], channel: 'c9' }
    const saved = await Promise.all(ids.map((id) => store.saveTeam({ ...save, id })))
    expect(saved.filter((one) => one === 'taken')).toHaveLength(3)
    expect((await teamsOf(store, PLACE)).filter(({ channel }) => channel === 'c9')).toHaveLength(1)
  })

  it('is nobody else’s to change, move or remove, and gone once it is removed', async () => {
    const id = await makeTeam(store)
    await store.openWorkspaces('test', ['w2'])
    const save = { ...setup, topics: [], admin: 'ada', nextPostAt: 1, seasonEnds: [], id }
    const move = { ...PLACE, id, channel: 'c2', admin: 'ada', nextPostAt: 1 }
    for (const workspace of ['w2'])
      expect([
        await store.saveTeam({ ...save, workspace }),
        await store.moveTeam({ ...move, workspace }),
        await store.removeTeam({ ...PLACE, workspace }, id),
        await store.team({ ...PLACE, workspace }, id),
      ]).toEqual(['gone', 'gone', false, undefined])
    expect(await store.removeTeam(PLACE, id)).toBe(true)
    expect([await store.saveTeam(save), await store.moveTeam(move)]).toEqual(['gone', 'gone'])
    expect(await store.moveTeam({ ...move, workspace: 'w3' })).toBeUndefined()
    expect(await store.removeTeam(PLACE, id)).toBe(false)
  })

  it('stays paused when its setup changes', async () => {
    const team = await makeTeam(store)
    await store.pauseTeam(team, true, undefined)
    await makeTeam(store, { name: 'Other', nextPostAt: at('2026-01-05T08:00') })
    expect(await teamById(store, team)).toMatchObject({ name: 'Other', paused: true, nextPostAt: undefined })
  })

  it('is listed with the others of its workspace, oldest first, and for those who joined it', async () => {
    const [one, two, three] = [
      await makeTeam(store),
      await makeTeam(store, { channel: 'c2' }),
      await makeTeam(store, { workspace: 'w2' }),
    ] as const
    await give(store, 'ann', await makeRound(store, two, '2026-01-05'), 'A')
    await give(store, 'ann', await makeRound(store, one, '2026-01-05'), 'A')
    expect((await teamsOf(store, PLACE)).map((t) => t.id)).toEqual([one, two])
    expect((await teamsOf(store, { platform: 'test', workspace: 'w2' })).map((t) => t.id)).toEqual([three])
    expect((await store.teamsJoined({ ...PLACE, user: 'ann' })).map((t) => t.id)).toEqual([one, two])
    expect(await store.teamsJoined({ ...PLACE, workspace: 'w2', user: 'ann' })).toEqual([])
    expect(await store.memberCount(two)).toBe(1)
    expect(await store.memberCount(three)).toBe(0)
  })

  it('takes its rounds, answers and standings along when it is deleted', async () => {
    const [gone, kept] = [await makeTeam(store), await makeTeam(store, { channel: 'c2' })]
    for (const team of [gone, kept]) await give(store, 'ann', await makeRound(store, team, '2026-01-05'), 'A')
    await database.pool.query('delete from team where id = $1', [gone])
    for (const table of ['team', 'membership', 'round', 'round_item', 'attempt'])
      expect((await database.pool.query(`select count(*)::int as n from ${table}`)).rows, table).toEqual([
        { n: 1 },
      ])
    expect((await store.attempts({ ...PLACE, user: 'ann' })).map((a) => a.team)).toEqual([kept])
  })
})

describe('the end of a season', () => {
  it('is claimed once it is over, once at a time, until its podium is posted', async () => {
    const team = await makeTeam(store)
    await recordClosed(store, (await makeRound(store, team, '2026-01-30')).id, 'r')
    expect(await claimSeasons(store, FEBRUARY - 1, LEASE, 5, ['test'])).toEqual([])
    expect(await claimSeasons(store, FEBRUARY, LEASE, 5, ['other'])).toEqual([])
    expect(await claimSeasons(store, FEBRUARY, LEASE, 5, ['test'])).toEqual([
      { team: await teamById(store, team), season: '2026-01', tries: 0 },
    ])
    expect(await claimSeasons(store, FEBRUARY, LEASE, 5, ['test'])).toEqual([])
    await leasesAge(database, LEASE)
    expect(await claimSeasons(store, FEBRUARY, LEASE, 5, ['test'])).toMatchObject([
      { season: '2026-01', tries: 1 },
    ])
    await store.putOff(`season-${team}-2026-01`, FEBRUARY, FEBRUARY + 5000, 'failed')
    expect(await claimSeasons(store, FEBRUARY + 4999, LEASE, 5, ['test'])).toEqual([])
    expect(await claimSeasons(store, FEBRUARY + 5000, LEASE, 5, ['test'])).toMatchObject([
      { season: '2026-01', tries: 2 },
    ])
    await store.recordSent(`season-${team}-2026-01`, 'podium')
    await leasesAge(database, LEASE)
    expect(await claimSeasons(store, FEBRUARY + 3 * LEASE, LEASE, 5, ['test'])).toEqual([])
  })

  it('waits for the rounds of that season, due or open, and for no other', async () => {
    const team = await makeTeam(store)
    const round = await makeDue(store, team, '2026-01-31')
    await makeDue(store, team, '2026-02-01')
    const now = at('2026-02-02T00:00')
    expect(await claimSeasons(store, now, LEASE, 5, ['test'])).toEqual([])
    await recordPosted(store, round.id, 'm')
    expect(await claimSeasons(store, now, LEASE, 5, ['test'])).toEqual([])
    await recordClosed(store, round.id, 'r')
    expect(await claimSeasons(store, now, LEASE, 5, ['test'])).toMatchObject([{ season: '2026-01' }])
  })

  it('comes for every team and season, the oldest first', async () => {
    for (const channel of ['c1', 'c2']) {
      const team = await makeTeam(store, { channel })
      for (const date of ['2026-01-05', '2026-01-06', '2026-02-05'])
        await recordClosed(store, (await makeRound(store, team, date)).id, 'r')
    }
    const now = at('2026-03-02T00:00')
    const first = await claimSeasons(store, now, LEASE, 2, ['test'])
    expect(first.map((s) => s.season)).toEqual(['2026-01', '2026-01'])
    expect(new Set(first.map((s) => s.team.channel)).size).toBe(2)
    expect((await claimSeasons(store, now, LEASE, 5, ['test'])).map((s) => s.season)).toEqual([
      '2026-02',
      '2026-02',
    ])
  })
})
