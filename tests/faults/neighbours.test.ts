/**
 * The version before this one and this one run side by side on one PostgreSQL, as in a rolling upgrade: the
 * older begins, the newer joins and migrates, the older goes. Nothing is lost and nothing comes twice.
 */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../../src/store/migrate.js'
import { givenDatabase } from '../helpers/database.js'
import { buildEarlier, versionBefore } from '../helpers/earlier.js'
import { comes, createWorld, pause, QUESTION, REVEAL, shiftTo, type World } from './world.js'

const TEAMS = 12
const PATIENCE_MS = 90_000
const DUE = '2027-03-01T08:00:00Z'
const HOUR_MS = 3_600_000
/** Longer than a tick of the other takes, which might post again. */
const TICKS_MS = 12_000

let earlier: string
let world: World
let server: pg.Client
let pool: pg.Pool
const name = `cohort_neighbours_${randomBytes(4).toString('hex')}`
let url = ''

beforeAll(async () => {
  earlier = buildEarlier(versionBefore())
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
  world?.stop()
  await pool?.end()
  await server?.query(`drop database ${name} with (force)`)
  await server?.end()
})

const each = (words: string, n: number) =>
  comes(() => world.counts(words).every((count) => count >= n), PATIENCE_MS, 100)

/** As the version before saved a team; due then, every day, open for twelve hours. */
async function insertTeams(): Promise<void> {
  for (const [platform, workspace, admin, channels] of world.places) {
    await pool.query('insert into workspace (platform, external) values ($1, $2)', [platform, workspace])
    await pool.query(
      `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at)
       select w.id, c, 'Team ' || c, 'orchard', 'UTC', 480, '{1,2,3,4,5,6,7}', 12, 1, '{apple}', $3, $4
       from workspace w, unnest($2::text[]) c where w.platform = $1`,
      [platform, channels, admin, new Date(DUE)],
    )
  }
}

async function answersIn(channels: readonly string[]): Promise<void> {
  for (const id of channels) expect(await comes(() => world.answerLast(id), PATIENCE_MS), id).toBe(true)
}

it('the version before runs beside this one through two days, and each question, answer and reveal is there once', async () => {
  await insertTeams()
  const began = shiftTo(DUE) + 2000
  world.setClocks(began)
  const older = await world.start(began, { DATABASE_URL: url, ...world.settable() }, earlier)
  expect([older.code, older.err]).toEqual([undefined, ''])
  expect(await each(QUESTION, 1)).toBe(true)
  await answersIn(world.channels.slice(0, 4))

  const newer = await world.start(began, { DATABASE_URL: url, ...world.settable() })
  expect([newer.code, newer.err]).toEqual([undefined, ''])
  await answersIn(world.channels.slice(4, 8))
  world.setClocks(began + 12 * HOUR_MS)
  expect(await each(REVEAL, 1)).toBe(true)
  world.setClocks(began + 24 * HOUR_MS)
  expect(await each(QUESTION, 2)).toBe(true)
  await answersIn(world.channels.slice(0, 4))

  expect(await older.kill('SIGTERM')).toBe(0)
  await answersIn(world.channels.slice(4, 8))
  world.setClocks(began + 36 * HOUR_MS)
  expect(await each(REVEAL, 2)).toBe(true)
  await pause(TICKS_MS)
  const twice = Array(TEAMS).fill(2)
  expect([world.counts(QUESTION), world.counts(REVEAL)]).toEqual([twice, twice])
  const { rows } = await pool.query(`select (select count(*)::int from attempt) as answers,
    (select coalesce(sum(points), 0)::int from attempt) as points,
    (select coalesce(sum(points), 0)::int from standing where period = 'all') as board`)
  expect(rows).toEqual([{ answers: 16, points: expect.any(Number), board: rows[0].points }])
  expect(rows[0].points).toBeGreaterThan(0)
  expect([older.err, newer.err]).toEqual(['', ''])
  expect(await newer.kill('SIGTERM')).toBe(0)
}, 400_000)
