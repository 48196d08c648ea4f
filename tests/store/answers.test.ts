import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/store.js'
import { rank } from '../../src/core/leaderboard.js'
import { isoWeek } from '../../src/core/schedule.js'
import { points, streakBonus } from '../../src/core/scoring.js'
import { advance, NO_STREAK } from '../../src/core/streak.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, testDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

const DAY = 86_400_000
const date = (i: number) => new Date(Date.parse('2026-01-05') + i * DAY).toISOString().slice(0, 10)
const who = (user: string) => ({ platform: PLACE.platform, workspace: PLACE.workspace, user })

let store: Store
beforeEach(async () => {
  store = createStore(await emptyDatabase())
})

describe('an answer', () => {
  it('scores 10 right, 3 tried, 15 hard and right, and moves week, season and all time', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, '2026-01-05', [10, 10, 15])
    expect(await give(store, 'ann', round, 'A', 0)).toMatchObject({
      outcome: 'recorded',
      right: true,
      points: 10,
      bonus: 0,
      seasonPoints: 10,
    })
    expect(await give(store, 'ann', round, 'B', 1)).toMatchObject({ outcome: 'recorded', right: false, points: 3, seasonPoints: 13 })
    expect(await give(store, 'ann', round, 'A', 2)).toMatchObject({ outcome: 'recorded', right: true, points: 15, seasonPoints: 28 })
    for (const period of ['all', '2026-01', '2026-W02']) {
      const board = await store.board({ team, period, user: 'ann', limit: 10, offset: 0 })
      expect(board.mine).toMatchObject({ points: 28, answered: 3, right: 2, rank: 1 })
    }
  })

  it('counts once: the second gets the first back', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'B')
    expect(await give(store, 'ann', round, 'A')).toMatchObject({ outcome: 'already', answer: 'B', right: false, points: 3 })
    expect(await store.answerOf(who('ann'), round.id, 0)).toEqual({ answer: 'B', right: false, points: 3 })
  })

  it('is refused after the close, and for what is not there', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    const late = { ...who('ann'), name: 'Ann', round: round.id, slot: 0, answer: 'A', now: round.at + 12 * 3_600_000 }
    expect(await store.answer(late)).toEqual({ outcome: 'closed' })
    expect(await give(store, 'ann', round, 'A', 7)).toEqual({ outcome: 'unknown' })
    expect(await give(store, 'ann', { ...round, id: 99 }, 'A')).toEqual({ outcome: 'unknown' })
    expect(await store.answer({ ...late, now: round.at, workspace: 'w2' })).toEqual({ outcome: 'unknown' })
    expect(await store.member(who('ann'))).toBeUndefined()
  })

  it('takes one round trip to the database', async () => {
    const database = await emptyDatabase()
    let trips = 0
    const pool = new Proxy(database.pool, {
      get(target, key) {
        if (key === 'query' || key === 'connect') trips++
        const value = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const counting = createStore({ ...database, pool })
    const round = await makeRound(counting, await makeTeam(counting), '2026-01-05')
    trips = 0
    await give(counting, 'ann', round, 'A')
    expect(trips).toBe(1)
  })

  it('joins the member, and keeps the name that the platform shows', async () => {
    const team = await makeTeam(store)
    await give(store, 'ann', await makeRound(store, team, '2026-01-05'), 'A', 0, 'Ann')
    await give(store, 'ann', await makeRound(store, team, '2026-01-06'), 'A', 0, 'Ann-Marie')
    expect(await store.member(who('ann'))).toMatchObject({ name: 'Ann-Marie', hidden: false })
    expect(await store.memberCount(team)).toBe(1)
  })
})

describe('streaks and standings in the database', () => {
  it('are what the pure rules say, whatever is answered, missed and skipped', async () => {
    // For each day: no round, a skipped round, or a round; and who answers it right, wrong or not at all.
    const day = fc.record({
      kind: fc.constantFrom('none', 'skipped', 'round', 'round', 'round', 'round'),
      ann: fc.constantFrom('A', 'B', ''),
      ben: fc.constantFrom('A', '', ''),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 8, maxLength: 22 }), async (days) => {
        store = createStore(await emptyDatabase())
        const team = await makeTeam(store)
        const streaks = { ann: NO_STREAK, ben: NO_STREAK }
        const missed = { ann: 0, ben: 0 }
        const sums = { ann: 0, ben: 0 }
        const weeks = new Map<string, number>()
        for (const [i, { kind, ...answers }] of days.entries()) {
          if (kind === 'none') continue
          const round = await makeRound(store, team, date(i))
          if (kind === 'skipped') {
            await (await testDatabase()).pool.query(`update round set state = 'skipped' where id = ${round.id}`)
            continue
          }
          for (const user of ['ann', 'ben'] as const) {
            if (answers[user] === '') {
              missed[user] += 1
              continue
            }
            const before = streaks[user]
            streaks[user] = advance(before, date(i), missed[user])
            missed[user] = 0
            const bonus = streakBonus(streaks[user].days)
            sums[user] += points(answers[user] === 'A', 1) + bonus
            if (user === 'ann') weeks.set(isoWeek(date(i)), (weeks.get(isoWeek(date(i))) ?? 0) + points(answers.ann === 'A', 1) + bonus)
            expect(await give(store, user, round, answers[user])).toMatchObject({ outcome: 'recorded', bonus, streak: streaks[user] })
          }
        }
        const { rows } = await store.board({ team, period: 'all', user: undefined, limit: 10, offset: 0 })
        for (const row of rows) expect(row.points).toBe(sums[row.member.user as 'ann' | 'ben'])
        expect(rows).toEqual(rank(rows))
        for (const [week, sum] of weeks)
          expect((await store.board({ team, period: week, user: 'ann', limit: 1, offset: 0 })).mine?.points).toBe(sum)
      }),
      { numRuns: 12, seed: 11 },
    )
  })
})
