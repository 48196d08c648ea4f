// @module-tag slow
import { EventEmitter, once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { seeded } from '../../src/core/random.js'
import { migrate } from '../../src/store/migrate.js'
import { type Database, openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { plainQuestion } from '../core/questions.js'
import { emptyDatabase, givenDatabase, testDatabase } from '../helpers/database.js'
import {
  claimSeasons,
  claimToPost,
  give,
  leasesAge,
  makeRound,
  makeTeam,
  PLACE,
  planOf,
  recordClosed,
  recordFailure,
  settleAll,
  teamById,
} from '../helpers/rounds.js'
import { onServer } from '../helpers/server.js'

let store: Store
beforeEach(async () => {
  store = createStore(await emptyDatabase())
})

async function count(sql: string): Promise<number> {
  return Number((await (await testDatabase()).pool.query(`select (${sql}) as n`)).rows[0]?.n)
}

function address(): string {
  const given = givenDatabase()
  if (!('url' in given)) throw new Error('needs a Postgres')
  return given.url
}

const opened: Database[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
})

/** Two more processes on the same database, as far as the database can tell. */
async function others(): Promise<Store[]> {
  opened.push(...(await Promise.all([1, 2].map(() => openDatabase({ url: address(), dataDir: '' })))))
  return opened.map(createStore)
}

/** The store, and the codes of the errors that the database gave it. */
async function watched(): Promise<{ store: Store; codes: string[] }> {
  const database = await testDatabase()
  const codes: string[] = []
  const pool = new Proxy(database.pool, {
    get(target, key) {
      const value = Reflect.get(target, key)
      if (key !== 'query') return typeof value === 'function' ? value.bind(target) : value
      return (...args: unknown[]) =>
        value.apply(target, args).catch((error: { code: string }) => {
          codes.push(error.code)
          throw error
        })
    },
  })
  return { store: createStore({ ...database, pool }), codes }
}

/** All points on the boards, once every round has ended. */
async function points(): Promise<number> {
  await settleAll(store, await testDatabase())
  return count("select coalesce(sum(points), 0) from standing where period = 'all'")
}

describe('at the same moment', () => {
  it('processes with two packs in another order agree on who has an id, and none has it twice', async () => {
    const stores = [store, ...(await others())]
    const ids = Array.from({ length: 200 }, (_, i) => `q${i}`)
    const saved = await Promise.all(
      stores.map(async (one, i) => {
        const packs = i % 2 === 0 ? ['a', 'b'] : ['b', 'a']
        return one.saveQuestions(
          packs.flatMap((pack) => ids.map((id) => ({ ...plainQuestion({ id }), pack }))),
        )
      }),
    )
    const named = saved.map((list) => list.map((q) => `${q.id} of ${q.pack}: ${q.number}`).sort())
    expect(named[1]).toEqual(named[0])
    expect(named[2]).toEqual(named[0])
    for (const list of saved) {
      expect(new Set(list.map((q) => q.id)).size).toBe(400)
      expect(list.every((q) => q.id.replace(/^[ab]\//, '').startsWith('q') && q.number > 0)).toBe(true)
    }
  })

  it('fifty presses of one member count once, and all say the same', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => give(store, 'ann', round, 'ABCD'[i % 4] ?? 'A')),
    )
    expect(results.filter((r) => r.outcome === 'recorded')).toHaveLength(1)
    const first = (await store.answersOf({ ...PLACE, user: 'ann' }, round.id)).get(0)
    for (const r of results) if (r.outcome === 'already') expect(r.answer).toBe(first?.answer)
    expect(results.every((r) => r.outcome === 'recorded' || r.outcome === 'already')).toBe(true)
    expect(await points()).toBe(first?.points)
  })

  it('five questions of one round are one day of the streak, and one bonus', async () => {
    const team = await makeTeam(store)
    for (let day = 5; day < 9; day++)
      await give(store, 'ann', await makeRound(store, team, `2026-01-0${day}`), 'A')
    const round = await makeRound(store, team, '2026-01-09', [10, 10, 10, 10, 10])
    const results = await Promise.all([0, 1, 2, 3, 4].map((slot) => give(store, 'ann', round, 'A', slot)))
    expect(results.map((r) => (r.outcome === 'recorded' ? r.bonus : -1)).sort()).toEqual([0, 0, 0, 0, 5])
    expect(await store.streak({ ...PLACE, user: 'ann' }, team, '2026-01-09')).toMatchObject({
      days: 5,
      answered: 5,
    })
    expect(await points()).toBe(4 * 10 + 5 * 10 + 5)
  })

  it('an answer that has to wait holds up no other', async () => {
    const [one, other] = [await makeTeam(store), await makeTeam(store, { channel: 'other' })]
    const [held, free] = [
      await makeRound(store, one, '2026-01-05'),
      await makeRound(store, other, '2026-01-05'),
    ]
    const db = await (await testDatabase()).pool.connect()
    try {
      await db.query('begin')
      await db.query('select from round_item where round_id = $1 for update', [held.id])
      const waiting = ['ann', 'ben', 'cid', 'dan'].map((user) => give(store, user, held, 'A'))
      expect(await give(store, 'eve', free, 'A')).toMatchObject({ outcome: 'recorded' })
      await db.query('rollback')
      expect((await Promise.all(waiting)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('recorded'))
    } finally {
      db.release()
    }
  })

  it('two slots of one round are one day for a member who is new to the team', async () => {
    const [one, two] = [await makeTeam(store), await makeTeam(store, { channel: 'c2' })]
    const elsewhere = await makeRound(store, one, '2026-01-05')
    for (let i = 0; i < 20; i += 2) await give(store, `u${i}`, elsewhere, 'A')
    const round = await makeRound(store, two, '2026-01-09', [10, 10])
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => give(store, `u${i % 20}`, round, 'A', i < 20 ? 0 : 1)),
    )
    for (let i = 0; i < 20; i++) {
      const streak = await store.streak({ ...PLACE, user: `u${i}` }, two, '2026-01-09')
      expect(streak).toEqual({ days: 1, best: 1, freezes: 0, answered: 1, last: '2026-01-09', missed: 0 })
    }
    await settleAll(store, await testDatabase())
    expect(await count(`select sum(points) from standing where period = 'all' and team_id = ${two}`)).toBe(
      400,
    )
  })

  it('five hundred answers of anybody to anything, from three processes: no error, and every point once', async () => {
    const stores = [store, ...(await others())]
    const rounds = await Promise.all(
      ['c1', 'c2', 'c3'].map(async (channel) =>
        makeRound(store, await makeTeam(store, { channel }), '2026-01-05', [10, 10, 10]),
      ),
    )
    const random = seeded(5)
    const any = (n: number) => Math.floor(random() * n)
    const results = await Promise.all(
      Array.from({ length: 500 }, (_, i) => {
        const [on, round] = [stores[i % stores.length], rounds[any(3)]]
        if (!on || !round) throw new Error('no store')
        return give(on, `u${any(12)}`, round, 'AB'[any(2)] ?? 'A', any(3), `name ${any(4)}`)
      }),
    )
    expect(results.filter((r) => r.outcome === 'recorded' || r.outcome === 'already')).toHaveLength(500)
    const recorded = results.flatMap((r) => (r.outcome === 'recorded' ? [r.points] : []))
    expect(await count('select count(*) from attempt')).toBe(recorded.length)
    expect(await points()).toBe(recorded.reduce((a, b) => a + b, 0))
    expect(await count('select count(*) from membership where days <> 1 or answered <> 1')).toBe(0)
  })

  it('the end of a round in the midst of its answers: each counts on the boards, or is told that it came too late', async () => {
    const stores = [store, ...(await others())]
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10])
    const acts = Array.from({ length: 300 }, (_, i) => async () => {
      const on = stores[i % stores.length] ?? store
      if (i % 60 === 59) return void (await on.settleRound(round.id))
      const result = await give(on, `u${i % 150}`, round, 'A', i < 150 ? 0 : 1)
      return result.outcome
    })
    const outcomes = await Promise.all(acts.map((act) => act()))
    const late = await give(store, 'late', round, 'A')
    expect(new Set([...outcomes, late.outcome])).toEqual(new Set(['recorded', 'closed', undefined]))
    const inTime = outcomes.filter((outcome) => outcome === 'recorded').length
    expect(await count("select sum(points) from standing where period = 'all'")).toBe(10 * inTime)
    expect(await count('select sum(answered) from round_item')).toBe(inTime)
    expect(await count('select count(*) from attempt')).toBe(inTime)
  })

  it('practice and the daily question of one new member both count', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const posing = {
          ...PLACE,
          user: `u${i % 20}`,
          name: `Name ${i}`,
          question: 'q',
          version: 'v',
          seed: i,
          item: 0,
        }
        if (i < 20) return give(store, `u${i}`, round, 'A')
        if (i < 40) return store.practise({ ...posing, answer: 'A', right: true, now: 0 })
        return store.saveReport({ ...posing, reason: 'r', detail: '', now: 0 })
      }),
    )
    expect([await count('select count(*) from member'), await count('select count(*) from attempt')]).toEqual(
      [20, 40],
    )
    expect(await count('select count(*) from report')).toBe(20)
  })

  it('answers of members who are deleted count for the members that they become, or not at all', async () => {
    const { store, codes } = await watched()
    const team = await makeTeam(store)
    const days = ['2026-01-05', '2026-01-06', '2026-01-07']
    for (const [i, day] of days.entries()) {
      const round = await makeRound(store, team, day, [10, 10])
      const users = Array.from({ length: 40 }, (_, n) => `u${n}`)
      const acts: Promise<unknown>[] = users.flatMap((user) => [
        give(store, user, round, 'A', 0, `Name ${i}`),
        store.forgetMember({ ...PLACE, user }),
        give(store, user, round, 'A', 1, `Name ${i}`),
      ])
      // The end of the round falls into the midst of it.
      acts.splice(60, 0, store.settleRound(round.id), store.settleRound(round.id))
      await Promise.all(acts)
    }
    // A deadlock would be found after a second only, however the act is repeated then.
    expect(codes).not.toContain('40P01')
    expect(await points()).toBe(await count('select coalesce(sum(points), 0) from attempt'))
  })

  it('of two rounds of a team that fail, one is the first', async () => {
    for (let i = 0; i < 10; i++) {
      const team = await makeTeam(store, { channel: `c${i}` })
      const rounds = [await makeRound(store, team, '2026-01-05'), await makeRound(store, team, '2026-01-06')]
      const first = await Promise.all(rounds.map((r) => recordFailure(store, r.id, r.at, 'down')))
      expect(first.filter(Boolean)).toHaveLength(1)
    }
  })

  it('seasons go to one process each', async () => {
    for (let i = 0; i < 30; i++) {
      const round = await makeRound(store, await makeTeam(store, { channel: `c${i}` }), '2026-01-05')
      await recordClosed(store, round.id, 'r')
    }
    const now = Date.parse('2026-02-02')
    const claims = await Promise.all(
      [store, ...(await others())].map((s) => claimSeasons(s, now, 60_000, 12, ['test'])),
    )
    const teams = claims.flat().map((c) => c.team.id)
    expect(teams).toHaveLength(30)
    expect(new Set(teams).size).toBe(30)
  })

  it('first answers of new members to one round, all in one go', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10])
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, i) => give(store, `u${i % 100}`, round, 'A', i < 100 ? 0 : 1)),
    )
    expect(results.filter((r) => r.outcome === 'recorded')).toHaveLength(200)
    expect(await store.memberCount(team)).toBe(100)
    expect(await points()).toBe(2000)
  })

  it('three processes plan, claim and post each round once', async () => {
    const { pool } = await testDatabase()
    const stores = [store, ...(await others())]
    const now = Date.parse('2026-01-05T08:00Z')
    await pool.query(
      "insert into workspace (platform, external) select 'test', i::text from generate_series(1, 300) i",
    )
    await pool.query(`insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at)
      select id, 'c', 't', 'p', 'UTC', 480, '{1}', 12, 1, '{}', 'a', '2026-01-05T08:00Z' from workspace`)
    const plan = () => ({
      nextPostAt: now + 86_400_000,
      round: {
        date: '2026-01-05',
        dueAt: now,
        closesAt: now + 1000,
        season: '2026-01',
        seasonEndsAt: now + 1e9,
        week: '2026-W02',
        questions: [{ question: 'q', version: 'v', seed: 1, items: [{ key: 'A', maxPoints: 10 }] }],
      },
    })
    const taken = await Promise.all(
      stores.map(async (s) => {
        let sum = 0
        for (let n = 1; n > 0; sum += n) n = await s.planRounds(now, 20, plan)
        return sum
      }),
    )
    expect(taken.reduce((a, b) => a + b, 0)).toBe(300)
    const claims = await Promise.all(
      stores.map(async (s) => {
        const ids: number[] = []
        for (;;) {
          const claimed = await claimToPost(s, now, 60_000, 7, ['test'])
          if (claimed.length === 0) return ids
          ids.push(...claimed.map((c) => c.id))
        }
      }),
    )
    expect(new Set(claims.flat()).size).toBe(300)
    expect(claims.flat()).toHaveLength(300)
    expect(await claimToPost(stores[0] ?? store, now, 60_000, 400, ['test'])).toEqual([])
    await leasesAge(await testDatabase(), 60_000)
    expect(await claimToPost(stores[0] ?? store, now, 60_000, 400, ['test'])).toHaveLength(300)
  })

  it('three processes that start at once migrate once', async () => {
    const fresh = `cohort_test_fresh_${Math.random().toString(36).slice(2, 10)}`
    await onServer(address(), `create database ${fresh}`)
    const url = Object.assign(new URL(address()), { pathname: `/${fresh}` }).href
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url, dataDir: '' })))
    const applied = await Promise.all(databases.map((d) => migrate(d.pool, 'prisma/migrations')))
    expect(applied.map((a) => a.length).sort()[0]).toBe(0)
    expect(applied.filter((a) => a.length > 0)).toHaveLength(1)
    await Promise.all(databases.map((d) => d.close()))
    await onServer(address(), `drop database ${fresh} with (force)`)
  })
})

describe('a team that is changed while it is planned', () => {
  const DUE = Date.parse('2026-01-05T08:00Z')

  /**
   * Plans it by the topics that it has, while somebody has changed it but has not committed; that comes with
   * the first plan.
   */
  async function plannedDuring(change: string) {
    const team = await makeTeam(store, { nextPostAt: DUE, topics: ['old'] })
    const other = await makeTeam(store, { nextPostAt: DUE, topics: ['other'], channel: 'other' })
    const somebody = await (await testDatabase()).pool.connect()
    await somebody.query(`begin; update team set ${change} where id = ${team}`)
    const first = new EventEmitter()
    const isAsked = once(first, 'asked')
    const planning = store.planRounds(DUE, 5, ({ team: { topics } }) => {
      first.emit('asked')
      const plan = planOf('2026-01-05')
      const questions = [
        { question: topics.join(), version: 'v', seed: 1, items: [{ key: 'A', maxPoints: 10 }] },
      ]
      return { ...plan, ...(plan.round && { round: { ...plan.round, questions } }) }
    })
    await isAsked
    await somebody.query('commit')
    somebody.release()
    const taken = (await planning) + (await store.planRounds(DUE, 5, () => planOf('2026-01-05')))
    expect((await store.latestRound(other))?.questions.map((q) => q.question)).toEqual(['other'])
    return { taken, round: await store.latestRound(team), team: await teamById(store, team) }
  }

  it('gets no round of its old topics', async () => {
    const { taken, round, team } = await plannedDuring("topics = '{new}'")
    expect(taken).toBe(2)
    expect(round?.questions.map((q) => q.question)).not.toContain('old')
    expect(team?.topics).toEqual(['new'])
  })

  it('gets none at all when it was paused, or is due later now', async () => {
    expect(await plannedDuring('paused = true, next_post_at = null')).toMatchObject({
      taken: 1,
      round: undefined,
    })
    store = createStore(await emptyDatabase())
    const later = await plannedDuring("next_post_at = next_post_at + interval '1 hour'")
    expect(later).toMatchObject({ taken: 1, round: undefined, team: { nextPostAt: DUE + 3_600_000 } })
  })

  it('has one round when three processes start it out of turn', async () => {
    const team = await makeTeam(store)
    await store.pauseTeam(team, true, undefined)
    const stores = [store, ...(await others())]
    const outcomes = await Promise.all(
      stores.map((s) => s.planNow(team, () => planOf('2026-01-05', [10, 10]))),
    )
    expect(outcomes.sort()).toEqual(['already', 'already', 'planned'])
    expect(await count('select count(*) from round_item')).toBe(2)
  })
})
