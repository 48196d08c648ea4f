import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  claimNotices,
  claimSeasons,
  claimToClose,
  claimToPost,
  give,
  makeDue,
  makeRound,
  makeTeam,
  PLACE,
  planOf,
  recordClosed,
  teamsOf,
} from '../helpers/rounds.js'

const DAY = 86_400_000
const NOW = Date.parse('2026-01-05T08:00Z')
const LEASE = 60_000
const ALL = ['test', 'other']

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

const place = (workspace: string) => ({ platform: 'test', workspace })
const many = (n: number) => Array.from({ length: n }, (_, i) => `w${i + 1}`)
const purged = async (now: number, isLimited = true) =>
  (await store.purgeDue(now, ALL, isLimited))?.gone.map(({ workspace }) => workspace)
const left = async (...ids: string[]) => {
  for (const id of ids) await store.removeWorkspace(place(id), NOW)
}

describe('workspaces', () => {
  it('come into being once each, and tell which of them come back', async () => {
    expect(await store.openWorkspaces('test', many(1000))).toEqual([])
    await left('w7', 'w8')
    await store.openWorkspaces('other', ['w8'])
    expect(await store.openWorkspaces('test', [...many(1001), 'w7'])).toEqual(['w7', 'w8'])
    expect(await store.openWorkspaces('test', [])).toEqual([])
    expect(await store.workspaces('test')).toHaveLength(1001)
    expect(await store.removedWorkspaces()).toEqual([])
  })

  it('get a welcome once, of a fleet those alone that came since there are welcomes', {
    tags: ['slow'],
  }, async () => {
    await store.openWorkspaces('test', many(2000))
    // Nothing is known of the platform yet.
    const since = Date.now() + 60_000
    const arrivals = (at: number) => many(2000).map((workspace) => ({ workspace, at }))
    expect(await store.addGreetings('test', arrivals(since), NOW)).toBe(0)
    await store.saveApplication('test', { id: 'A1' }, {})
    expect(await store.addGreetings('test', arrivals(NOW), NOW)).toBe(0)
    const added = arrivals(NOW).map((one, i) => (i < 3 ? { ...one, at: since } : one))
    await store.addGreeting({ ...place('w1'), channel: '' }, NOW)
    await left('w3')
    const counts = await Promise.all([1, 2, 3].map(() => store.addGreetings('test', added, NOW)))
    expect(counts.sort()).toEqual([0, 0, 1])
    expect((await store.greetingsDue('test', NOW)).map(({ workspace }) => workspace).sort()).toEqual([
      'w1',
      'w2',
    ])
  })

  it('are there once when two processes open them at the same moment', async () => {
    await Promise.all([1, 2, 3].map(() => store.openWorkspaces('test', many(50))))
    expect(await store.workspaces('test')).toHaveLength(50)
  })

  it('come into being by nothing else', async () => {
    const who = { ...PLACE, user: 'ann', name: 'Ann' }
    const question = { question: 'q0', version: 'v1', now: NOW }
    const setup = {
      ...PLACE,
      zone: 'UTC',
      minute: 480,
      days: [1],
      openHours: 12,
      name: 'T',
      pack: 'p',
      count: 1,
      topics: [],
      admin: 'a',
    }
    for (const state of ['unknown', 'removed', 'deleted']) {
      if (state === 'removed') {
        await store.openWorkspaces('test', ['w1'])
        await left('w1')
      }
      if (state === 'deleted') await store.purgeWorkspace(PLACE)
      expect(
        await store.practise({ ...who, ...question, seed: 1, item: 0, answer: 'A', right: true }),
        state,
      ).toBe('unknown')
      expect(await store.saveReport({ ...who, ...question, reason: 'r', detail: 'd' }), state).toBeUndefined()
      expect(await store.saveTeam({ ...setup, nextPostAt: NOW, seasonEnds: [] }), state).toBeUndefined()
      expect(await store.answer({ ...who, round: 1, slot: 0, answer: 'A', now: NOW }), state).toEqual({
        outcome: 'unknown',
      })
    }
    for (const table of ['workspace', 'member', 'team'])
      expect((await database.pool.query(`select count(*)::int as n from ${table}`)).rows, table).toEqual([
        { n: 0 },
      ])
  })
})

describe.each(['removed', 'paused'] as const)('a workspace that is %s', (how) => {
  const off = async () => {
    if (how === 'removed') return left('w1')
    await store.refuseToken('test', 'w1', NOW - 3 * DAY)
    await store.refuseToken('test', 'w1', NOW)
  }
  const on = () => store.openWorkspaces('test', ['w1'])

  it('is left out of everything that is due, and counted late nowhere; then it goes on where it stood', async () => {
    const [team, other] = [await makeTeam(store), await makeTeam(store, { workspace: 'w2' })]
    for (const [one, workspace] of [
      [team, 'w1'],
      [other, 'w2'],
    ] as const) {
      const first = await makeRound(store, one, '2025-12-30')
      const ann = { ...place(workspace), user: 'ann', name: 'ann' }
      await store.answer({ ...ann, round: first.id, slot: 0, answer: 'A', channel: undefined, now: first.at })
      await recordClosed(store, first.id, 'r')
      await makeRound(store, one, '2026-01-04')
      await makeDue(store, one, '2026-01-05')
    }
    await store.regrade({ question: 'q0', to: 'v2', current: 'v2', why: 'w', now: NOW, apply: true }, () => [
      'B',
    ])
    await database.pool.query("update team set next_post_at = '2026-01-05T08:00Z'")
    await off()
    const planned: number[] = []
    const seen = async () => {
      const now = NOW + 13 * 3_600_000
      const teams = [
        ...(await claimToPost(store, now, LEASE, 9, ['test'])).map((r) => r.team.id),
        ...(await claimToClose(store, now, LEASE, 9, ['test'])).map((r) => r.team.id),
        ...(await claimNotices(store, now, LEASE, 9, ['test'])).map((n) => n.team.id),
      ]
      await store.planRounds(now, 9, ({ team: { id } }) => {
        planned.push(id)
        return { ...planOf('2026-01-06'), round: undefined } as never
      })
      return [...new Set([...teams, ...planned])]
    }
    const late = (await store.backlog(NOW + 13 * 3_600_000)).map(({ kind, count }) => [kind, count]).sort()
    expect(await seen()).toEqual([other])
    await on()
    planned.length = 0
    expect(await seen()).toEqual([team])
    expect(late).toEqual([
      ['notice', 1],
      ['podium', 1],
      ['reveal', 1],
      ['round', 2],
    ])
  })

  it('has no podium until it is there again', async () => {
    const team = await makeTeam(store)
    await recordClosed(store, (await makeRound(store, team, '2025-12-30')).id, 'r')
    await off()
    expect(await claimSeasons(store, NOW, LEASE, 9, ['test'])).toEqual([])
    await on()
    expect(await claimSeasons(store, NOW, LEASE, 9, ['test'])).toMatchObject([{ team: { id: team } }])
  })
})

describe('a removed workspace', () => {
  it('takes no answer, no new round, and shows no board', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05')
    await left('w1')
    expect(await give(store, 'ann', round, 'A')).toEqual({ outcome: 'unknown' })
    expect(await store.planNow(team, () => planOf('2026-01-06'))).toBe('no-team')
    expect([
      await store.teamIn(PLACE),
      await teamsOf(store, PLACE),
      await store.teamBoard(PLACE, 'all'),
    ]).toEqual([undefined, [], []])
    expect(await store.round(round.id)).toBeUndefined()
  })

  it('is deleted after seven days, and not a moment before', async () => {
    await store.openWorkspaces('test', ['w1', 'w2'])
    await left('w1')
    expect(await purged(NOW + 7 * DAY - 1)).toEqual([])
    expect(await purged(NOW + 7 * DAY)).toEqual(['w1'])
    expect(await store.workspaces('test')).toEqual(['w2'])
  })

  it('is left alone where its platform is not on', async () => {
    await store.openWorkspaces('test', ['w1'])
    await left('w1')
    expect((await store.purgeDue(NOW + 8 * DAY, ['other'], true))?.gone).toEqual([])
  })

  it('is kept when an operator says so, or when it comes back', async () => {
    await store.openWorkspaces('test', ['w1', 'w2'])
    await left('w1', 'w2')
    expect([await store.keepWorkspace(place('w1')), await store.keepWorkspace(place('w1'))]).toEqual([
      true,
      false,
    ])
    expect(await store.keepWorkspace(place('w9'))).toBe(false)
    await store.openWorkspaces('test', ['w2'])
    expect(await purged(NOW + 30 * DAY)).toEqual([])
  })

  it('goes with all that many members have, a piece at a time', async () => {
    await makeTeam(store)
    await database.pool.query(`insert into member (workspace_id, user_id, name)
      select id, i::text, i::text from workspace, generate_series(1, 1001) i where external = 'w1'`)
    await left('w1')
    expect(await store.purgeWorkspace(PLACE)).toBe(true)
    expect((await database.pool.query('select count(*)::int as n from member')).rows).toEqual([{ n: 0 }])
  })

  it('can be deleted at once, and only when it is marked', async () => {
    await store.openWorkspaces('test', ['w1'])
    expect(await store.purgeWorkspace(place('w1'))).toBe(false)
    await left('w1')
    expect(await store.purgeWorkspace(place('w1'))).toBe(true)
    expect(await store.purgeWorkspace(place('w1'))).toBe(false)
  })
})

describe('deleting many', () => {
  it('takes three a day of a few, counted over every run of the day', async () => {
    await store.openWorkspaces('test', many(9))
    await left(...many(8))
    const start = Date.parse('2026-01-20T00:00Z')
    expect(await purged(start)).toEqual(['w1', 'w2', 'w3'])
    expect((await store.purgeDue(start + DAY - 1, ALL, true))?.held).toHaveLength(5)
    expect(await purged(start + DAY)).toEqual(['w4', 'w5', 'w6'])
    expect(await purged(start + 2 * DAY)).toEqual(['w7', 'w8'])
  })

  it('takes a tenth of many, of those there were when the day began', async () => {
    await store.openWorkspaces('test', many(50))
    await left(...many(50))
    const start = Date.parse('2026-01-20T00:00Z')
    expect(await purged(start)).toHaveLength(5)
    expect(await purged(start + 1)).toEqual([])
    expect(await purged(start + DAY)).toHaveLength(4)
  })

  it('counts each platform by itself, and is not limited when an operator does it', async () => {
    await store.openWorkspaces('test', many(5))
    await store.openWorkspaces('other', ['o1'])
    await left(...many(5))
    await store.removeWorkspace({ platform: 'other', workspace: 'o1' }, NOW)
    expect(await purged(NOW + 8 * DAY)).toEqual(['w1', 'w2', 'w3', 'o1'])
    expect(await purged(NOW + 8 * DAY, false)).toEqual(['w4', 'w5'])
  })

  it('is done by one process at a time, and never more than a day allows', async () => {
    await store.openWorkspaces('test', many(9))
    await left(...many(9))
    const done = await Promise.all([1, 2, 3].map(() => store.purgeDue(NOW + 8 * DAY, ALL, true)))
    expect(done.flatMap((one) => one?.gone ?? []).length).toBe(3)
    expect(await store.removedWorkspaces()).toHaveLength(6)
  })
})

describe('a workspace that is missing', () => {
  it('counts days in a row, each once', async () => {
    await store.openWorkspaces('test', ['w1'])
    const miss = (day: string) => store.missWorkspace(place('w1'), Date.parse(`${day}Z`))
    expect(await miss('2026-02-27T23:59')).toBe(1)
    expect(await miss('2026-02-27T23:59:59')).toBeUndefined()
    expect(await miss('2026-02-28T00:00')).toBe(2)
    expect(await miss('2026-03-01T12:00')).toBe(3)
    expect(await miss('2026-03-03T00:00')).toBe(1)
    await store.openWorkspaces('test', ['w1'])
    expect(await miss('2026-03-04T00:00')).toBe(1)
    expect(await store.missWorkspace(place('w2'), NOW)).toBeUndefined()
  })
})

describe('a refused token', () => {
  const refuse = (days: number, workspace?: string) => store.refuseToken('test', workspace, NOW + days * DAY)

  it('is new once, pauses once after three days, and starts anew when it was taken in between', async () => {
    await store.openWorkspaces('test', ['w1', 'w2'])
    expect(await refuse(0, 'w1')).toEqual([{ workspace: 'w1', paused: false }])
    expect(await refuse(2.99, 'w1')).toEqual([])
    expect(await refuse(3, 'w1')).toEqual([{ workspace: 'w1', paused: true }])
    expect(await refuse(4, 'w1')).toEqual([])
    expect(await store.refusedWorkspaces('test')).toEqual(['w1'])
    expect(await store.acceptToken('test', 'w1')).toEqual(['w1'])
    expect(await store.acceptToken('test')).toEqual([])
    expect(await refuse(9, 'w1')).toEqual([{ workspace: 'w1', paused: false }])
    expect(await refuse(9)).toEqual([{ workspace: 'w2', paused: false }])
    expect(await store.workspaceCounts()).toEqual([
      { platform: 'test', here: 2, removed: 0, refused: 2, paused: 0 },
    ])
  })
})

describe('the application', () => {
  it('is written by one of two that start at the same moment', async () => {
    const said = await Promise.all(['A1', 'A2'].map((id) => store.saveApplication('test', { id }, {})))
    expect(said.filter(Boolean)).toHaveLength(1)
    const { id } = await store.application('test')
    expect(await store.saveApplication('test', { id: 'A3' }, {})).toBe(false)
    expect(await store.saveApplication('test', { id, client: 'c' }, { id })).toBe(true)
    expect(await store.application('test')).toEqual({ id, client: 'c' })
  })
})
