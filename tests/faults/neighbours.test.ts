/**
 * The version before this one and this one run side by side on one PostgreSQL, as in a rolling upgrade: the
 * older begins, the newer joins and migrates, the older goes. Nothing is lost and nothing comes twice.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { versionBefore } from '../helpers/earlier.js'
import { createEarlierWorld, type EarlierWorld } from './earlier-world.js'
import { comes, pause, QUESTION, REVEAL, shiftTo, type World } from './world.js'

const TEAMS = 12
const PATIENCE_MS = 90_000
const DUE = '2027-03-01T08:00:00Z'
const HOUR_MS = 3_600_000
/** Longer than a tick of the other takes, which might post again. */
const TICKS_MS = 12_000

let here: EarlierWorld
let world: World

beforeAll(async () => {
  here = await createEarlierWorld(versionBefore(), TEAMS, new Date(DUE))
  world = here.world
}, 180_000)
afterAll(() => here?.stop())

const each = (words: string, n: number) =>
  comes(() => world.counts(words).every((count) => count >= n), PATIENCE_MS, 100)

async function answersIn(channels: readonly string[]): Promise<void> {
  for (const id of channels) expect(await comes(() => world.answerLast(id), PATIENCE_MS), id).toBe(true)
}

it('the version before runs beside this one through two days, and each question, answer and reveal is there once', async () => {
  const { url } = here
  const began = shiftTo(DUE) + 2000
  world.setClocks(began)
  const older = await world.start(began, { DATABASE_URL: url, ...world.settable() }, here.root)
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
  const { rows } = await here.pool.query(`select (select count(*)::int from attempt) as answers,
    (select coalesce(sum(points), 0)::int from attempt) as points,
    (select coalesce(sum(points), 0)::int from standing where period = 'all') as board`)
  expect(rows).toEqual([{ answers: 16, points: expect.any(Number), board: rows[0].points }])
  expect(rows[0].points).toBeGreaterThan(0)
  expect([older.err, newer.err]).toEqual(['', ''])
  expect(await newer.kill('SIGTERM')).toBe(0)
}, 400_000)
