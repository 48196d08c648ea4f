// @module-tag slow
/**
 * Several processes at once: answers, their counting, regrades, memories and deletions; and two that make one
 * report.
 */
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, type MadeRound, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

const LATER = Date.parse('2026-02-01T00:00Z')
const itemOf = () => ({ pack: 'p', guess: 0.25, start: { value: 0, n: 0 } })
const PEOPLE = Array.from({ length: 12 }, (_, i) => `u${i}`)

async function rateAll(limit: number, now = LATER): Promise<void> {
  for (;;) {
    const looked = await store.countFirstAnswers(now, limit, itemOf)
    if (looked === 0) return
  }
}

const figures = async () => [
  (await store.itemRatings('p')).sort((a, b) => (a.question < b.question ? -1 : 1)),
  (await database.pool.query('select person_id, theta, n from ability order by 1')).rows,
]

it('every first answer is counted once, whoever counts and whatever else goes on', {
  tags: ['slow'],
}, async () => {
  const team = await makeTeam(store)
  const rounds: MadeRound[] = []
  for (const day of ['05', '06', '07', '08'])
    rounds.push(await makeRound(store, team, `2026-01-${day}`, [10, 10]))
  const answers = (some: readonly MadeRound[]) =>
    PEOPLE.flatMap((user, i) =>
      some.flatMap((round, j) =>
        [0, 1].map((slot) => give(store, user, round, (i + j) % 3 ? 'A' : 'B', slot)),
      ),
    )
  await Promise.all(answers(rounds.slice(0, 3)))
  // What is given now is counted some minutes later.
  const now = (rounds[3]?.at ?? 0) + 3_600_000
  const order = { question: 'q1', to: 'v2', current: 'v2', why: 'w', now, apply: true }
  await Promise.all([
    ...answers(rounds.slice(3)),
    rateAll(3, now),
    rateAll(5, now),
    store.regrade(order, () => ['B']),
    ...PEOPLE.map((user) => store.learner({ ...PLACE, user }, () => ({ pack: 'p', concept: 'c' }))),
  ])
  await rateAll(7)
  const counted = await figures()
  await database.pool.query('update item_cursor set stale = true')
  await Promise.all([rateAll(4), rateAll(9)])
  expect(await figures()).toEqual(counted)
  // Two items each, however often they were asked.
  const { rows } = await database.pool.query('select sum(n)::int as n, count(*)::int as people from ability')
  expect(rows).toEqual([{ n: 2 * PEOPLE.length, people: PEOPLE.length }])
  await Promise.all([
    ...PEOPLE.map((user) => store.forgetMember({ ...PLACE, user })),
    database.pool.query('update item_cursor set stale = true').then(() => rateAll(3)),
  ])
  await rateAll(3)
  for (const table of ['ability', 'person', 'attempt'])
    expect((await database.pool.query(`select count(*)::int as n from ${table}`)).rows).toEqual([{ n: 0 }])
})

it('of two that make the report of a week one does, with all that belongs to it', async () => {
  const team = await makeTeam(store)
  const round = await makeRound(store, team, '2026-01-05')
  for (const user of PEOPLE) await give(store, user, round, 'A')
  await store.settleRound(round.id)
  await store.share({ ...PLACE, user: 'u1' }, true)
  const named = [(await store.member({ ...PLACE, user: 'u1' }))?.id ?? 0]
  const items = [{ round: round.id, slot: 0 }]
  const make = (answered: number) =>
    store.saveTeamReport({
      ...{ team, week: '2026-W02', at: LATER, items, named, cells: [{ answered, right: 1 }] },
    })
  await Promise.all([make(12), make(12), make(12)])
  expect(await store.teamReports(team, '2026-W01')).toMatchObject([
    { week: '2026-W02', members: 12, people: 10, cells: [{ answered: 12 }] },
  ])
  expect(await store.sharedProgress(team, '2026-W02')).toEqual([{ name: 'u1', answered: 1, right: 1 }])
  expect(await store.unreported(team, '2026-W01', '2026-W02')).toEqual([])
})
