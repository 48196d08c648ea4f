/**
 * Version 0.2 is stopped for good, with rounds that are closed and rounds that are open, and this one starts
 * on its database: nothing is lost and nothing comes twice, and what was open leaves the
 * boards until its close.
 */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { LAST_OF_0_2 } from '../helpers/earlier.js'
import { createEarlierWorld, type EarlierWorld } from './earlier-world.js'
import { comes, QUESTION, REVEAL, type World } from './world.js'

const TEAMS = 16
const ANSWERED = 8
const PATIENCE_MS = 90_000
/** The questions are due this long after the teams are there. */
const SOON_MS = 5000

let here: EarlierWorld
let world: World

beforeAll(async () => {
  here = await createEarlierWorld(LAST_OF_0_2, TEAMS, new Date(Date.now() + SOON_MS))
  world = here.world
}, 180_000)
afterAll(() => here?.stop())

const all = (n: number) => Array(TEAMS).fill(n)
const hasEach = (n: number) => comes(() => world.messages().every((count) => count >= n), PATIENCE_MS, 100)
const query = async (sql: string, values: unknown[] = []) => (await here.pool.query(sql, values)).rows

/** Points on the boards over all time, and the points of all answers. */
const points = async () => {
  const [board] = await query("select coalesce(sum(points), 0)::int as n from standing where period = 'all'")
  const [answers] = await query('select coalesce(sum(points), 0)::int as n from attempt')
  return { board: board.n, answers: answers.n }
}

it('0.2 is stopped, and this one goes on with what it left', async () => {
  const { url } = here
  const older = await world.start(0, { DATABASE_URL: url }, here.root)
  expect(older.err).toBe('')
  expect(await hasEach(1)).toBe(true)
  for (const id of world.channels.slice(0, ANSWERED))
    expect(await comes(() => world.answerIn(id), PATIENCE_MS)).toBe(true)
  await query("update round set closes_at = now() where state = 'posted'")
  expect(await hasEach(2)).toBe(true)
  const first = await points()
  expect(first.board).toBe(first.answers)

  // The next day is out and half answered when it ends.
  await query("update round set date = date - 1; update team set next_post_at = now() + interval '2 seconds'")
  expect(await hasEach(3)).toBe(true)
  for (const id of world.channels.slice(0, ANSWERED))
    expect(await comes(() => world.answerLast(id), PATIENCE_MS)).toBe(true)
  const second = await points()
  expect(second.board).toBe(second.answers)
  expect(second.answers).toBeGreaterThan(first.answers)
  const beside = await world.start(0, { DATABASE_URL: url })
  expect(beside.code).toBe(1)
  expect(beside.err).toMatch(
    /^cohort: a Cohort of version 0\.2 is at work on this database .*stop every process of it.*nothing was changed\n$/,
  )
  expect(
    await query(
      "select count(*)::int as n from _prisma_migrations where migration_name like '%settled_rounds'",
    ),
  ).toEqual([{ n: 0 }])
  expect(await older.kill('SIGTERM')).toBe(0)

  const newer = await world.start(0, { DATABASE_URL: url })
  expect(newer.code).toBeUndefined()
  expect(await points()).toEqual({ board: first.board, answers: second.answers })
  expect(world.messages()).toEqual(all(3))
  const late = world.channels[ANSWERED] ?? ''
  expect(await comes(() => world.answerLast(late), PATIENCE_MS)).toBe(true)
  await query("update round set closes_at = now() where state = 'posted'")
  await query("update delivery set due_at = now() where kind = 'reveal' and state = 'due'")
  expect(await hasEach(4)).toBe(true)
  const third = await points()
  expect(third.board).toBe(third.answers)
  expect(third.answers).toBeGreaterThan(second.answers)
  expect([world.counts(QUESTION), world.counts(REVEAL), world.messages()]).toEqual([all(2), all(2), all(4)])
  expect(await query('select count(*)::int as n from attempt')).toEqual([{ n: 2 * ANSWERED + 1 }])
  expect(await newer.kill('SIGTERM')).toBe(0)
}, 300_000)
