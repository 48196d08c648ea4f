import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Streak } from '../../src/core/model.js'
import { isoWeek, season } from '../../src/core/schedule.js'
import { TRIED } from '../../src/core/scoring.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, testDatabase } from '../helpers/database.js'
import { advance, NO_STREAK, streakBonus } from '../helpers/oracle.js'
import {
  give,
  makeDue,
  makeRound,
  makeTeam,
  PLACE,
  recordClosed,
  recordPosted,
  skipRound,
} from '../helpers/rounds.js'

const DAY = 86_400_000
const date = (i: number) => new Date(Date.parse('2026-01-05') + i * DAY).toISOString().slice(0, 10)
const who = (user: string) => ({ platform: PLACE.platform, workspace: PLACE.workspace, user })

let store: Store
beforeEach(async () => {
  store = createStore(await emptyDatabase())
  await store.openWorkspaces(PLACE.platform, [PLACE.workspace, 'w2'])
})

function never(): never {
  throw new Error('there is no such round')
}

/** The store, and how many trips to the database it made. */
async function counted(): Promise<{ counting: Store; trips: () => number }> {
  const database = await testDatabase()
  let trips = 0
  const pool = new Proxy(database.pool, {
    get(target, key) {
      if (key === 'query' || key === 'connect') trips++
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { counting: createStore({ ...database, pool }), trips: () => trips }
}

describe('an answer', () => {
  it('scores 10 right, 3 tried, 15 hard and right, and moves week, season and all time when its round ends', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10, 15])
    expect(await give(store, 'ann', round, 'A', 0)).toMatchObject({
      outcome: 'recorded',
      right: true,
      points: 10,
      bonus: 0,
      seasonPoints: 10,
    })
    expect(await give(store, 'ann', round, 'B', 1)).toMatchObject({
      outcome: 'recorded',
      right: false,
      points: 3,
      seasonPoints: 13,
    })
    expect(await give(store, 'ann', round, 'A', 2)).toMatchObject({
      outcome: 'recorded',
      right: true,
      points: 15,
      seasonPoints: 28,
    })
    const periods = ['all', '2026-01', '2026-W02']
    const boards = () =>
      Promise.all(periods.map((period) => store.board({ team, period, user: 'ann', limit: 10, offset: 0 })))
    for (const board of await boards())
      expect(board).toEqual({ rows: [], total: 0, mine: undefined, ahead: undefined, open: 28 })
    for (const _ of ['once', 'and again']) {
      await store.settleRound(round.id)
      for (const board of await boards())
        expect(board).toMatchObject({ mine: { points: 28, answered: 3, right: 2, rank: 1 }, open: 0 })
    }
  })

  it('counts once: the second gets the first back', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'B')
    expect(await give(store, 'ann', round, 'A')).toMatchObject({
      outcome: 'already',
      answer: 'B',
      right: false,
      points: 3,
    })
    expect((await store.answersOf(who('ann'), round.id)).get(0)).toEqual({
      answer: 'B',
      right: false,
      points: 3,
    })
  })

  it('is refused after the close, and for what is not there', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    const now = round.at + 12 * 3_600_000
    const late = {
      ...who('ann'),
      name: 'Ann',
      round: round.id,
      slot: 0,
      answer: 'A',
      now,
      channel: undefined,
    }
    expect(await store.answer(late)).toEqual({ outcome: 'closed' })
    expect(await give(store, 'ann', round, 'A', 7)).toEqual({ outcome: 'unknown' })
    expect(await give(store, 'ann', { ...round, id: 99 }, 'A')).toEqual({ outcome: 'unknown' })
    expect(await store.answer({ ...late, now: round.at, workspace: 'w2' })).toEqual({ outcome: 'unknown' })
    expect(await store.member(who('ann'))).toBeUndefined()
  })

  it('takes one round trip to the database', async () => {
    const { counting, trips } = await counted()
    const round = await makeRound(counting, await makeTeam(counting), '2026-01-05')
    const before = trips()
    await give(counting, 'ann', round, 'A')
    expect(trips() - before).toBe(1)
  })

  it('goes with those that wait at the same moment, and gets its own result', async () => {
    const { counting, trips } = await counted()
    const teams = [await makeTeam(counting), await makeTeam(counting, { channel: 'other' })]
    const rounds = await Promise.all(teams.map((team) => makeRound(counting, team, '2026-01-05', [10, 15])))
    const before = trips()
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        give(counting, `m${i}`, rounds[i % 2] ?? never(), i % 3 === 0 ? 'A' : 'B', i % 4 < 2 ? 0 : 1),
      ),
    )
    expect(trips() - before).toBeLessThanOrEqual(5)
    for (const [i, result] of results.entries()) {
      const right = i % 3 === 0
      const points = right ? (i % 4 < 2 ? 10 : 15) : TRIED
      expect(result).toMatchObject({
        outcome: 'recorded',
        right,
        points,
        seasonPoints: points,
        posted: { team: teams[i % 2] },
      })
      expect(
        (await counting.answersOf(who(`m${i}`), rounds[i % 2]?.id ?? 0)).get(i % 4 < 2 ? 0 : 1),
      ).toMatchObject({
        right,
        points,
      })
    }
  })

  it('does not fail with one that went along', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        give(store, `m${i}`, i === 7 ? { ...round, id: 2 ** 31 } : round, 'A'),
      ),
    )
    for (const [i, result] of results.entries()) {
      if (i === 7) expect(result.status).toBe('rejected')
      else expect(result).toMatchObject({ status: 'fulfilled', value: { outcome: 'recorded' } })
    }
  })

  it('counts while the round is out but not yet written down as posted', async () => {
    const round = await makeDue(store, await makeTeam(store), '2026-01-05')
    expect(await give(store, 'ann', round, 'A')).toMatchObject({ outcome: 'recorded', points: 10 })
  })

  it('adds 5 on every fifth day in a row, with the first answer of the day', async () => {
    const team = await makeTeam(store)
    const bonuses: number[] = []
    for (let i = 0; i < 10; i++) {
      const round = await makeRound(store, team, date(i), [10, 10])
      for (const slot of [0, 1]) {
        const result = await give(store, 'ann', round, 'A', slot)
        bonuses.push(result.outcome === 'recorded' ? result.bonus : -1)
      }
    }
    expect(bonuses).toEqual([...Array(8).fill(0), 5, 0, ...Array(8).fill(0), 5, 0])
  })

  it('of the seventh day earns a freeze, which a missed day spends before the streak breaks', async () => {
    const team = await makeTeam(store)
    const answered = async (i: number) => give(store, 'ann', await makeRound(store, team, date(i)), 'A')
    for (let i = 0; i < 6; i++) expect(await answered(i)).toMatchObject({ streak: { freezes: 0 } })
    expect(await answered(6)).toMatchObject({ streak: { days: 7, freezes: 1 } })
    await makeRound(store, team, date(7))
    expect(await answered(8)).toMatchObject({ streak: { days: 8, freezes: 0, answered: 8 } })
    await makeRound(store, team, date(9))
    expect(await answered(10)).toMatchObject({ streak: { days: 1, best: 8, freezes: 0 } })
  })

  it('of an earlier round that is still open moves no streak', async () => {
    const team = await makeTeam(store)
    const [yesterday, today] = [
      await makeRound(store, team, '2026-01-05'),
      await makeRound(store, team, '2026-01-06'),
    ]
    expect(await give(store, 'ann', today, 'A')).toMatchObject({ streak: { days: 1, last: '2026-01-06' } })
    expect(await give(store, 'ann', yesterday, 'A')).toMatchObject({
      points: 10,
      streak: { days: 1, answered: 1, last: '2026-01-06' },
    })
  })

  it('keeps each team’s streak to itself', async () => {
    const [one, two] = [await makeTeam(store), await makeTeam(store, { channel: 'c2' })]
    for (let i = 0; i < 3; i++) await give(store, 'ann', await makeRound(store, one, date(i)), 'A')
    expect(await give(store, 'ann', await makeRound(store, two, date(3)), 'A')).toMatchObject({
      streak: { days: 1 },
      seasonPoints: 10,
    })
  })

  it('is not given to a round that has ended, and its points stay with the round', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05', [10, 10])
    await give(store, 'ann', round, 'A')
    await store.settleRound(round.id)
    expect(await give(store, 'ann', round, 'A', 1)).toEqual({ outcome: 'closed' })
    expect(await give(store, 'ben', round, 'A')).toEqual({ outcome: 'closed' })
    expect(await give(store, 'ann', round, 'B')).toMatchObject({ outcome: 'already', points: 10 })
  })

  it('shows the own points of the season with those of rounds that are open', async () => {
    const team = await makeTeam(store)
    const first = await makeRound(store, team, '2026-01-05')
    await give(store, 'ann', first, 'A')
    await store.settleRound(first.id)
    const [second, third] = [
      await makeRound(store, team, '2026-01-06'),
      await makeRound(store, team, '2026-01-07', [15]),
    ]
    expect(await give(store, 'ann', second, 'B')).toMatchObject({ seasonPoints: 13 })
    expect(await give(store, 'ann', third, 'A')).toMatchObject({ seasonPoints: 28 })
    const board = await store.board({ team, period: '2026-01', user: 'ann', limit: 10, offset: 0 })
    expect(board).toMatchObject({ mine: { points: 10 }, open: 18 })
    expect(await store.board({ team, period: '2026-02', user: 'ann', limit: 10, offset: 0 })).toMatchObject({
      open: 0,
    })
  })

  it('is not given a second time after all about the member was deleted, until the round has ended', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10])
    const other = await makeRound(store, team, '2026-01-06')
    await give(store, 'ann', round, 'B')
    await store.forgetMember(who('ann'))
    expect(await give(store, 'ann', round, 'A')).toEqual({ outcome: 'spent' })
    expect(await store.member(who('ann'))).toBeUndefined()
    expect(await give(store, 'ben', round, 'A')).toMatchObject({ outcome: 'recorded' })
    expect(await give(store, 'ann', round, 'A', 1)).toMatchObject({ outcome: 'recorded' })
    expect(await give(store, 'ann', other, 'A')).toMatchObject({ outcome: 'recorded' })
    await store.forgetMember(who('ann'))
    for (const slot of [0, 1])
      expect(await give(store, 'ann', round, 'A', slot)).toEqual({ outcome: 'spent' })
    const kept = async () =>
      (await (await testDatabase()).pool.query('select hash_key from round order by id')).rows.map(
        (r) => r.hash_key,
      )
    expect(await kept()).toEqual([expect.any(String), expect.any(String)])
    await store.settleRound(round.id)
    expect(await kept()).toEqual([null, expect.any(String)])
    expect((await (await testDatabase()).pool.query('select round_id from spent_answer')).rows).toEqual([
      { round_id: other.id },
    ])
  })

  it('joins the member, and keeps the name that the platform shows', async () => {
    const team = await makeTeam(store)
    await give(store, 'ann', await makeRound(store, team, '2026-01-05'), 'A', 0, 'Ann')
    await give(store, 'ann', await makeRound(store, team, '2026-01-06'), 'A', 0, 'Ann-Marie')
    expect(await store.member(who('ann'))).toMatchObject({ name: 'Ann-Marie', hidden: false })
    expect(await store.memberCount(team)).toBe(1)
  })
})

describe('an answer in practice', () => {
  const posing = {
    ...who('ann'),
    name: 'Ann',
    question: 'q',
    version: 'v',
    seed: 4_294_967_295,
    item: 0,
    answer: 'A',
    right: true,
    now: 5,
  }

  it('counts once a posing, and earns nothing', async () => {
    expect(await store.practise(posing)).toBe('recorded')
    expect(await store.practise({ ...posing, answer: 'B', right: false })).toBe('already')
    for (const other of [{ seed: 1 }, { item: 1 }, { question: 'q2' }, { user: 'ben' }, { workspace: 'w2' }])
      expect(await store.practise({ ...posing, ...other })).toBe('recorded')
    const practised = {
      team: undefined,
      date: undefined,
      question: 'q',
      item: 0,
      answer: 'A',
      right: true,
      known: false,
      points: 0,
      at: 5,
    }
    expect((await store.attempts(who('ann')))[0]).toEqual(practised)
    expect(await store.teamsJoined(who('ann'))).toEqual([])
  })

  it('keeps the name that the platform shows', async () => {
    await store.practise(posing)
    await store.practise({ ...posing, seed: 2, name: 'Ann-Marie' })
    expect(await store.member(who('ann'))).toMatchObject({ name: 'Ann-Marie' })
  })

  it('is listed with the answers to rounds, oldest first', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05')
    await store.practise({ ...posing, now: round.at + 7_200_000 })
    await give(store, 'ann', round, 'B')
    expect(await store.attempts(who('ann'))).toMatchObject([
      { team, date: '2026-01-05', right: false, points: 3 },
      { team: undefined },
    ])
    expect(await store.attempts(who('nobody'))).toEqual([])
  })
})

describe('streaks and standings in the database', () => {
  it('are what the pure rules say, whatever is answered, missed and skipped', {
    tags: ['slow'],
  }, async () => {
    const letters = fc.array(fc.constantFrom('A', 'B', ''), { minLength: 3, maxLength: 3 })
    const keen = fc.array(fc.constantFrom('A', 'A', 'B'), { minLength: 3, maxLength: 3 })
    // For each day: no round, a skipped one or one of one to three slots, and what each member answers to
    // them ('' is nothing).
    const day = fc.record({
      kind: fc.constantFrom('none', 'skipped', 'round', 'round', 'round', 'round'),
      worths: fc.array(fc.constantFrom(10, 15), { minLength: 1, maxLength: 3 }),
      answers: fc.record({
        ann: fc.oneof({ weight: 5, arbitrary: keen }, letters),
        ben: letters,
        cy: fc.constant(['', '', '']),
      }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 8, maxLength: 24 }), async (days) => {
        store = createStore(await emptyDatabase())
        const model = createModel()
        const team = await makeTeam(store)
        for (const [i, { kind, worths, answers }] of days.entries()) {
          if (kind === 'none') continue
          const round = await makeDue(store, team, date(i), worths)
          if (kind === 'skipped') {
            await skipRound(store, round.id, 'bot was down')
            continue
          }
          for (const slot of worths.keys())
            for (const [user, given] of Object.entries(answers)) {
              const answer = given[slot] ?? ''
              if (answer === '') continue
              const expected = model.answer(user, round.date, answer === 'A' ? (worths[slot] ?? 0) : TRIED)
              expect(await give(store, user, round, answer, slot)).toMatchObject({
                outcome: 'recorded',
                ...expected,
              })
              expect(await store.streak(who(user), team, round.date)).toMatchObject({
                ...expected.streak,
                missed: 0,
              })
            }
          model.close(round.date)
          await recordPosted(store, round.id, 'm')
          await recordClosed(store, round.id, 'r')
        }
        await expectStandings(team, model.sums)
      }),
      { numRuns: 20, seed: 11 },
    )
  })
})

/** The pure rules, told about each answer and each round that closes. */
function createModel() {
  const streaks = new Map<string, Streak>()
  const rounds: string[] = []
  /** Points by user and period. */
  const sums = new Map<string, number>()
  return {
    sums,
    close: (date: string) => void rounds.push(date),
    answer(user: string, day: string, base: number) {
      const before = streaks.get(user) ?? NO_STREAK
      const missed = rounds.filter((d) => before.last !== undefined && d > before.last).length
      const streak = advance(before, day, missed)
      streaks.set(user, streak)
      const bonus = streak === before ? 0 : streakBonus(streak.days)
      for (const period of ['all', season(day), isoWeek(day)]) {
        const key = `${user} ${period}`
        sums.set(key, (sums.get(key) ?? 0) + base + bonus)
      }
      return { points: base + bonus, bonus, streak, seasonPoints: sums.get(`${user} ${season(day)}`) }
    },
  }
}

/** What the model adds up, what stands on the boards, and the sum of the attempts: all three agree. */
async function expectStandings(team: number, sums: ReadonlyMap<string, number>): Promise<void> {
  const { pool } = await testDatabase()
  const standings = await pool.query(
    "select user_id || ' ' || period as key, points, answered, correct from standing join member on id = member_id",
  )
  expect(new Map(standings.rows.map((row) => [row.key, row.points]))).toEqual(sums)
  const attempts = await pool.query(`
    select user_id || ' ' || period as key, sum(points)::int as points, count(*)::int as answered, (count(*) filter (where correct))::int as correct
    from attempt a join member m on m.id = a.member_id join round r on r.id = a.round_id, unnest(array['all', season, week]) as period
    where r.team_id = ${team} group by 1`)
  const sorted = (rows: { key: string }[]) => [...rows].sort((a, b) => (a.key < b.key ? -1 : 1))
  expect(sorted(standings.rows)).toEqual(sorted(attempts.rows))
}
