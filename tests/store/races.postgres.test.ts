import { beforeEach, describe, expect, inject, it } from 'vitest'
import type { Store } from '../../src/bot/store.js'
import { migrate } from '../../src/store/migrate.js'
import { openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, testDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

let store: Store
beforeEach(async () => {
  store = createStore(await emptyDatabase())
})

async function count(sql: string): Promise<number> {
  return Number((await (await testDatabase()).pool.query(`select (${sql}) as n`)).rows[0]?.n)
}

describe('at the same moment', () => {
  it('fifty presses of one member count once, and all say the same', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    const results = await Promise.all(Array.from({ length: 50 }, (_, i) => give(store, 'ann', round, 'ABCD'[i % 4] ?? 'A')))
    expect(results.filter((r) => r.outcome === 'recorded')).toHaveLength(1)
    const first = await store.answerOf({ ...PLACE, user: 'ann' }, round.id, 0)
    for (const r of results) if (r.outcome === 'already') expect(r.answer).toBe(first?.answer)
    expect(results.every((r) => r.outcome === 'recorded' || r.outcome === 'already')).toBe(true)
    expect(await count("select sum(points) from standing where period = 'all'")).toBe(first?.points)
  })

  it('five questions of one round are one day of the streak, and one bonus', async () => {
    const team = await makeTeam(store)
    for (let day = 5; day < 9; day++) await give(store, 'ann', await makeRound(store, team, `2026-01-0${day}`), 'A')
    const round = await makeRound(store, team, '2026-01-09', [10, 10, 10, 10, 10])
    const results = await Promise.all([0, 1, 2, 3, 4].map((slot) => give(store, 'ann', round, 'A', slot)))
    expect(results.map((r) => (r.outcome === 'recorded' ? r.bonus : -1)).sort()).toEqual([0, 0, 0, 0, 5])
    expect(await store.streak({ ...PLACE, user: 'ann' }, team, '2026-01-09')).toMatchObject({ days: 5, answered: 5 })
    expect(await count("select points from standing where period = 'all'")).toBe(4 * 10 + 5 * 10 + 5)
  })

  it('first answers of new members to one round, all in one go', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10])
    const results = await Promise.all(Array.from({ length: 200 }, (_, i) => give(store, `u${i % 100}`, round, 'A', i < 100 ? 0 : 1)))
    expect(results.filter((r) => r.outcome === 'recorded')).toHaveLength(200)
    expect(await store.memberCount(team)).toBe(100)
    expect(await count("select sum(points) from standing where period = 'all'")).toBe(2000)
  })

  it('three processes plan, claim and post each round once', async () => {
    const { pool } = await testDatabase()
    const given = inject('database')
    if (!('url' in given)) throw new Error('needs a Postgres')
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url: given.url, dataDir: '' })))
    const stores = databases.map(createStore)
    const now = Date.parse('2026-01-05T08:00Z')
    await pool.query("insert into workspace (platform, external) select 'test', i::text from generate_series(1, 300) i")
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
        questions: [{ question: 'q', version: 'v', seed: 1, items: [{ key: 'A', worth: 10 }] }],
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
          const claimed = await s.claimToPost(now, 60_000, 7, ['test'])
          if (claimed.length === 0) return ids
          ids.push(...claimed.map((c) => c.id))
        }
      }),
    )
    expect(new Set(claims.flat()).size).toBe(300)
    expect(claims.flat()).toHaveLength(300)
    expect(await stores[0]?.claimToPost(now, 60_000, 400, ['test'])).toEqual([])
    expect(await stores[0]?.claimToPost(now + 60_001, 60_000, 400, ['test'])).toHaveLength(300)
    await Promise.all(databases.map((d) => d.close()))
  })

  it('three processes that start at once migrate once', async () => {
    const { pool } = await testDatabase()
    await pool.query('drop database if exists cohort_test_fresh with (force)')
    await pool.query('create database cohort_test_fresh')
    const given = inject('database')
    const url = Object.assign(new URL('url' in given ? given.url : ''), { pathname: '/cohort_test_fresh' }).href
    const databases = await Promise.all([1, 2, 3].map(() => openDatabase({ url, dataDir: '' })))
    const applied = await Promise.all(databases.map((d) => migrate(d.pool, 'prisma/migrations')))
    expect(applied.map((a) => a.length).sort()[0]).toBe(0)
    expect(applied.filter((a) => a.length > 0)).toHaveLength(1)
    await Promise.all(databases.map((d) => d.close()))
    await pool.query('drop database cohort_test_fresh with (force)')
  })
})
