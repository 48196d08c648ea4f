/**
 * Version 0.2 is stopped for good, with rounds that are closed and rounds that are open, and this one starts
 * on its database: nothing is lost and nothing comes twice, and what was open leaves the
 * boards until its close.
 */

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../src/store/migrate.js'
import { givenDatabase } from '../helpers/database.js'
import { buildEarlier, LAST_OF_0_2 } from '../helpers/earlier.js'
import { comes, createWorld, QUESTION, REVEAL, type World } from './world.js'

const TEAMS = 16
const ANSWERED = 8
const PATIENCE_MS = 90_000

/** The checkout of 0.2. */
let earlier: string
let world: World
let server: pg.Client
let pool: pg.Pool
const name = `cohort_earlier_${randomBytes(4).toString('hex')}`
let url = ''

beforeAll(async () => {
  earlier = buildEarlier(LAST_OF_0_2)
  world = await createWorld(TEAMS)
  const database = givenDatabase()
  if (!('url' in database)) throw new Error('this needs a PostgreSQL')
  server = new pg.Client({ connectionString: database.url })
  await server.connect()
  await server.query(`create database ${name}`)
  url = Object.assign(new URL(database.url), { pathname: `/${name}` }).href
  pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'tests' })
  // The database is dropped while the pool lets its connections go.
  pool.on('error', () => {})
  await migrate(pool, `${earlier}/prisma/migrations`)
}, 120_000)
afterAll(async () => {
  world.stop()
  await pool.end()
  await server.query(`drop database ${name} with (force)`)
  await server.end()
})

const all = (n: number) => Array(TEAMS).fill(n)
const hasEach = (n: number) => comes(() => world.messages().every((count) => count >= n), PATIENCE_MS, 100)
const query = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows

/** As 0.2 saved a team; due at that moment, every day, open for twelve hours. */
async function insertTeams(dueAt: Date): Promise<void> {
  const minute = dueAt.getUTCHours() * 60 + dueAt.getUTCMinutes()
  for (const [platform, workspace, admin, channels] of world.places) {
    await query('insert into workspace (platform, external) values ($1, $2)', [platform, workspace])
    await query(
      `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at)
       select w.id, c, 'Team ' || c, 'orchard', 'UTC', $3, '{1,2,3,4,5,6,7}', 12, 1, '{apple}', $4, $5
       from workspace w, unnest($2::text[]) c where w.platform = $1`,
      [platform, channels, minute, admin, dueAt],
    )
  }
}

/** Points on the boards over all time, and the points of all answers. */
const points = async () => {
  const [board] = await query("select coalesce(sum(points), 0)::int as n from standing where period = 'all'")
  const [answers] = await query('select coalesce(sum(points), 0)::int as n from attempt')
  return { board: board.n, answers: answers.n }
}

it('0.2 is stopped, and this one goes on with what it left', async () => {
  await insertTeams(new Date(Date.now() + 3000))
  const older = await world.start(0, { DATABASE_URL: url }, earlier)
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
