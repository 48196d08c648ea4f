/**
 * The version before this one and this one side by side on one database, as a rolling restart has them: the older posts, takes answers and
 * reveals on, while the newer has migrated the database and does the same; nothing is lost and nothing comes twice.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { again } from '../../src/store/sql.js'
import { buildEarlier, type Earlier } from '../helpers/earlier.js'
import { leasesAge } from '../helpers/rounds.js'
import { chance, SEED } from './chance.js'
import { comes, createWorld, QUESTION, REVEAL, type World } from './world.js'

const TEAMS = 16
const PATIENCE_MS = 90_000
/** What is posted comes over so long a time, so that the kill falls into it. */
const LATE_MS = 500

let earlier: Earlier
let world: World
beforeAll(() => {
  earlier = buildEarlier()
}, 120_000)
afterAll(() => {
  world.stop()
  earlier.remove()
})

const all = (n: number) => Array(TEAMS).fill(n)
const hasEach = (n: number) => comes(() => world.messages().every((count) => count >= n), PATIENCE_MS, 100)

it(`a rolling restart from the version before loses no round and no answer, and doubles none (FAULT_SEED=${SEED})`, async () => {
  world = await createWorld(TEAMS)
  const database = await world.setUp(Date.now() + 3000)
  /** The programs are at the same rows meanwhile. */
  const query = (sql: string) => again(async () => (await database.pool.query(sql)).rows)
  /** As if the rounds were of the day before, and the next ones due in a moment. */
  const nextDay = () => query("update round set date = date - 1; update team set next_post_at = now() + interval '2 seconds'")

  const older = await world.start(0, {}, earlier.root)
  expect(older.err).toBe('')
  expect(await hasEach(1)).toBe(true)
  for (const id of world.channels.slice(0, 8)) expect(await comes(() => world.answerIn(id), PATIENCE_MS)).toBe(true)

  // Both are on; the newer is killed while both post, and starts again.
  const newer = await world.start(0)
  expect(newer.code).toBeUndefined()
  await query("update round set state = 'closed'")
  world.slowDown(LATE_MS, chance())
  await nextDay()
  const begun = () => world.messages().filter((n) => n >= 2).length
  expect(await comes(() => begun() > 0, PATIENCE_MS, 5)).toBe(true)
  expect(begun()).toBeLessThan(TEAMS)
  await newer.kill()
  const newest = await world.start(0)
  expect(await hasEach(2)).toBe(true)
  expect(world.counts(QUESTION)).toEqual(all(2))

  // What the killed one had posted and not recorded is found when its lease ends.
  await leasesAge(database, 60_000)
  const isRecorded = async () => (await query("select from round where state = 'posted'")).length === TEAMS
  expect(await comes(isRecorded, PATIENCE_MS, 100)).toBe(true)
  await query("update round set closes_at = now() where state = 'posted'")
  expect(await hasEach(3)).toBe(true)
  expect(await older.kill('SIGTERM')).toBe(0)
  expect(newest.code).toBeUndefined()

  // The newer alone: another day, and what the older had taken is still there.
  await nextDay()
  expect(await hasEach(4)).toBe(true)
  expect(world.messages()).toEqual(all(4))
  expect(world.counts(REVEAL)).toEqual(all(1))
  expect(await query('select count(*)::int as n from attempt')).toEqual([{ n: 8 }])
  expect(await newest.kill('SIGTERM')).toBe(0)
}, 300_000)
