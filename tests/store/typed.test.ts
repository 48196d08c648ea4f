/** What people typed comes back as it was typed, and does nothing else. */
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { rowCounts } from '../helpers/everything.js'
import { give, makeRound, makeTeam, PLACE, teamById } from '../helpers/rounds.js'

const TYPED = [
  "'; drop table member; --",
  "x'), ('y",
  '"member"',
  '$1 $2 $$ $body$',
  "\\'; select pg_sleep(9); --",
  'E\\x27',
  ':name ?::text',
  '%s %n {{7*7}}',
  '</script><b>*bold*</b>',
  '`back` \\\\ \t \n',
  '李雷 👩‍👩‍👧 e\u0301',
]

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

it.each(TYPED)('%j is kept as it is, wherever it comes from', async (typed) => {
  const tables = Object.keys(await rowCounts(database))
  const team = await makeTeam(store, { name: typed, channel: typed, admin: typed })
  expect(await teamById(store, team)).toMatchObject({ name: typed, channel: typed })
  const round = await makeRound(store, team, '2026-01-05')
  const user = { ...PLACE, user: typed }
  expect(await give(store, typed, round, 'A', 0, typed)).toMatchObject({ outcome: 'recorded' })
  expect(await store.member(user)).toMatchObject({ user: typed, name: typed })
  await store.saveReport({
    ...user,
    name: typed,
    question: typed,
    version: 'v1',
    reason: typed,
    detail: typed,
    now: 0,
  })
  expect(await store.reports()).toMatchObject([
    { name: typed, question: typed, reason: typed, detail: typed },
  ])
  await store.practise({
    ...user,
    name: typed,
    question: typed,
    version: 'v',
    seed: 1,
    item: 0,
    answer: typed,
    right: true,
    now: 0,
  })
  expect((await store.attempts(user)).map((attempt) => attempt.answer).sort()).toEqual(['A', typed].sort())
  expect(await store.forgetMember(user)).toBe(true)
  expect(Object.keys(await rowCounts(database))).toEqual(tables)
})
