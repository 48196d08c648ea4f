// @module-tag slow
import type { PoolClient } from 'pg'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { seeded } from '../../src/core/random.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  claimNotices,
  give,
  type MadeRound,
  makeRound,
  makeTeam,
  PLACE,
  recordClosed,
} from '../helpers/rounds.js'
import { until } from '../helpers/until.js'

let database: Database
let store: Store
let codes: string[]
beforeEach(async () => {
  database = await emptyDatabase()
  codes = []
  const watched = watch(database)
  store = createStore({ ...database, pool: watched })
})

/** The same pool, which notes the codes of the errors that the database gives, in transactions too. */
function watch({ pool }: Database): Database['pool'] {
  const noting = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, key) {
        const value = Reflect.get(of, key)
        if (typeof value !== 'function') return value
        if (key === 'connect') return async () => noting(await value.call(of))
        if (key !== 'query') return value.bind(of)
        return (...args: unknown[]) =>
          value.apply(of, args).catch((error: { code: string }) => {
            codes.push(error.code)
            throw error
          })
      },
    })
  return noting(pool)
}

const NOW = Date.parse('2026-01-20T12:00Z')
const regrade = (key: string, to: string, question = 'q0') =>
  store.regrade({ question, to, current: to, why: 'w', now: NOW, apply: true }, () => [key])
const close = (round: MadeRound) => recordClosed(store, round.id, 'r')

async function count(sql: string): Promise<number> {
  return Number((await database.pool.query(`select (${sql}) as n`)).rows[0]?.n)
}

/**
 * Answers graded otherwise than by the key that holds, and members whose points are not those of their
 * answers.
 */
async function wrong(): Promise<number[]> {
  return [
    await count(`select count(*) from attempt a join round_item i using (round_id, slot) where a.correct <> (a.answer = i.key)
      or a.points <> case when a.correct then i.max_points else 3 end`),
    await count(`select count(*) from standing s where concat_ws(' ', s.points, s.answered, s.correct) <> (
      select concat_ws(' ', sum(a.points), count(*), count(*) filter (where a.correct)) from attempt a join round r on r.id = a.round_id
      where r.team_id = s.team_id and a.member_id = s.member_id and s.period in ('all', r.season, r.week))`),
    await count(`select count(*) from round_item i join round r on r.id = i.round_id where r.state = 'closed' and concat_ws(' ', i.answered, i.correct) <> (
      select concat_ws(' ', count(*), count(*) filter (where a.correct)) from attempt a where a.round_id = i.round_id and a.slot = i.slot)`),
  ]
}

/** Resolves when so many statements wait for a lock. */
async function waiting(n: number): Promise<void> {
  const sql =
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
  await until(async () => (await count(sql)) >= n || undefined)
}

/** Holds what a regrade asks for in the middle of its work, until `release`. */
async function stopHalfway(): Promise<() => Promise<void>> {
  const client: PoolClient = await database.pool.connect()
  await client.query('begin')
  await client.query('select from membership for update')
  return async () => {
    await client.query('commit')
    client.release()
  }
}

describe('while a regrade is at work', () => {
  it('an answer to the same question waits, and is graded by the new key', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'A')
    const release = await stopHalfway()
    const regraded = regrade('B', 'v2')
    await waiting(1)
    const given = [give(store, 'ben', round, 'B'), give(store, 'cid', round, 'A')]
    await waiting(3)
    await release()
    expect(await regraded).toMatchObject({ attempts: 1 })
    expect(await Promise.all(given)).toMatchObject([
      { outcome: 'recorded', right: true, points: 10, posted: { keyVersion: 'v2' } },
      { outcome: 'recorded', right: false, points: 3, posted: { keyVersion: 'v2' } },
    ])
    expect(await wrong()).toEqual([0, 0, 0])
  })

  it('an answer that was first is finished, and then regraded with the others', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'A')
    const elsewhere = await makeRound(store, await makeTeam(store, { channel: 'c2' }), '2026-01-05', [10, 10])
    await give(store, 'ann', elsewhere, 'A', 1)
    const release = await stopHalfway()
    const given = give(store, 'ann', elsewhere, 'B')
    await waiting(1)
    const regraded = regrade('B', 'v2')
    await waiting(2)
    await release()
    expect(await given).toMatchObject({ right: false, points: 3 })
    expect(await regraded).toMatchObject({ attempts: 2 })
    expect(await wrong()).toEqual([0, 0, 0])
  })

  it('a round that closes counts by the new key', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    for (const [user, answer] of Object.entries({ ann: 'A', ben: 'B', cid: 'B' }))
      await give(store, user, round, answer)
    const release = await stopHalfway()
    const regraded = regrade('B', 'v2')
    await waiting(1)
    const closed = close(round)
    await waiting(2)
    await release()
    await Promise.all([regraded, closed])
    expect((await store.teamHistory(1)).get('q0')).toMatchObject({ answered: 3, right: 2 })
    expect(await wrong()).toEqual([0, 0, 0])
  })

  it('answers, closings and other regrades go on: no deadlock, nothing graded by an old key, every point once', {
    tags: ['slow'],
  }, async () => {
    const teams = await Promise.all(['c1', 'c2', 'c3'].map((channel) => makeTeam(store, { channel })))
    const days = ['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08']
    const random = seeded(11)
    const any = (n: number) => Math.floor(random() * n)
    for (const [day, date] of days.entries()) {
      const rounds: MadeRound[] = []
      for (const team of teams) rounds.push(await makeRound(store, team, date, [10, 10, 15]))
      const answers = Array.from({ length: 240 }, () => {
        const round = rounds[any(3)]
        if (!round) throw new Error('no round')
        return give(store, `u${any(15)}`, round, 'ABC'[any(3)] ?? 'A', any(3))
      })
      const regrades = [0, 1, 2, 3].map((i) =>
        regrade('ABC'[any(3)] ?? 'A', `v${4 * day + i + 2}`, `q${i % 3}`),
      )
      const results = await Promise.all(answers)
      expect(results.every((r) => r.outcome === 'recorded' || r.outcome === 'already')).toBe(true)
      await Promise.all([...regrades, ...rounds.map(close)])
    }
    expect(codes).toEqual([])
    expect(await wrong()).toEqual([0, 0, 0])
    expect(await count('select count(*) from attempt')).toBeGreaterThan(200)
  })

  it('members who are deleted leave no points behind', async () => {
    const teams = await Promise.all(['c1', 'c2'].map((channel) => makeTeam(store, { channel })))
    for (const date of ['2026-01-05', '2026-01-06', '2026-01-07']) {
      const users = Array.from({ length: 30 }, (_, i) => `u${i}`)
      for (const team of teams) {
        const round = await makeRound(store, team, date)
        await Promise.all(users.map((user, i) => give(store, user, round, 'AB'[i % 2] ?? 'A')))
      }
      await Promise.all([
        ...users.slice(0, 15).map((user) => store.forgetMember({ ...PLACE, user })),
        regrade('B', `${date}-b`),
      ])
      await regrade('A', `${date}-a`)
    }
    expect(codes.filter((code) => code === '40P01')).toEqual([])
    expect(await wrong()).toEqual([0, 0, 0])
  })

  it('the same regrade, twice at the same moment, is done once', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    for (let i = 0; i < 20; i++) await give(store, `u${i}`, round, 'AB'[i % 2] ?? 'A')
    const results = await Promise.all([regrade('B', 'v2'), regrade('B', 'v2'), regrade('B', 'v2')])
    expect(results.filter((r) => r !== undefined)).toMatchObject([{ attempts: 20, given: 70, taken: 70 }])
    expect([
      await wrong(),
      await count('select count(*) from regrade'),
      await count("select count(*) from delivery where kind = 'notice'"),
    ]).toEqual([[0, 0, 0], 1, 1])
  })
})

describe('notices', () => {
  it('go to one process each', { tags: ['slow'] }, async () => {
    for (let i = 0; i < 30; i++) {
      const round = await makeRound(store, await makeTeam(store, { channel: `c${i}` }), '2026-01-05')
      await give(store, 'ann', round, 'A')
    }
    expect(await regrade('B', 'v2')).toMatchObject({ teams: 30 })
    const claims = await Promise.all([1, 2, 3].map(() => claimNotices(store, NOW, 60_000, 24, ['test'])))
    expect(new Set(claims.flat().map((n) => n.team.id)).size).toBe(30)
    expect(claims.flat()).toHaveLength(30)
  })
})
