/**
 * The bot is killed at random moments of the last day of a season: while it posts, takes answers, closes and reveals, and ends the season.
 * After that every team has its round, its reveal and its podium once, every acknowledged answer is there once, and the standings are the
 * sum of the answers. `npm run test:faults` is the long form; `FAULT_TEAMS` and `FAULT_KILLS` set how many.
 */
import { afterEach, expect, it } from 'vitest'
import type { Database } from '../../src/store/open.js'
import { leasesAge } from '../helpers/rounds.js'
import { comes, createWorld, pause, QUESTION, REVEAL, shiftTo, type World } from './world.js'

const TEAMS = Number(process.env.FAULT_TEAMS ?? 16)
/** In each of the three parts of the day. */
const KILLS = Math.ceil(Number(process.env.FAULT_KILLS ?? 6) / 3)
/** A kill comes within this time after the bot said that it is ready. */
const ALIVE_MS = 1500
const PATIENCE_MS = 3 * 60_000 + TEAMS * 200

const DUE = '2027-01-31T08:00:00Z'
const CLOSE = '2027-01-31T20:00:00Z'
const SEASON_END = '2027-02-01T00:00:00Z'

let world: World
afterEach(() => world.stop())

/**
 * Starts and kills, then lets it work until the end is reached. The clock is a few seconds past the moment at first, and goes on; what the
 * killed ones held is let go at the end, as it would be after a minute.
 */
async function throughKills(moment: string, database: Database, isDone: () => boolean): Promise<void> {
  const shift = shiftTo(moment) + 5000
  for (let i = 0; i < KILLS; i++) {
    const program = await world.start(shift)
    await pause(Math.random() * ALIVE_MS)
    await program.kill()
  }
  await leasesAge(database, 60_000)
  const last = await world.start(shift)
  await comes(isDone, PATIENCE_MS, 200)
  await last.kill('SIGTERM')
}

/** Ann answers in every channel that has a question; what was not acknowledged is tried again. */
async function answerAll(acknowledged: Set<string>, isOver: () => boolean): Promise<void> {
  while (!isOver() && acknowledged.size < TEAMS) {
    for (const id of world.channels) {
      if (isOver()) return
      if (!acknowledged.has(id) && (await world.answerIn(id))) acknowledged.add(id)
    }
    await pause(20)
  }
}

const once = () => Array(TEAMS).fill(1)

it(
  `${TEAMS} teams on both platforms have the last day of their season, killed ${3 * KILLS} times`,
  async () => {
    world = await createWorld(TEAMS)
    const database = await world.setUp(Date.parse(DUE))

    const acknowledged = new Set<string>()
    let isOver = false
    const answering = answerAll(acknowledged, () => isOver)
    await throughKills(DUE, database, () => acknowledged.size === TEAMS)
    isOver = true
    await answering
    expect(world.counts(QUESTION)).toEqual(once())
    expect(acknowledged.size).toBe(TEAMS)
    await eachAnswerOnce(database)

    await throughKills(CLOSE, database, () => world.messages().every((n) => n === 2))
    expect(world.counts(REVEAL)).toEqual(once())

    await throughKills(SEASON_END, database, () => world.messages().every((n) => n === 3))
    expect(world.counts('season 2027-01 is over')).toEqual(once())
    expect(world.messages()).toEqual(Array(TEAMS).fill(3))
    await eachAnswerOnce(database)
    expect(await number(database, "select count(*)::int as n from round where state = 'closed'")).toBe(TEAMS)
  },
  10 * PATIENCE_MS + KILLS * 30_000,
)

const number = async ({ pool }: Database, sql: string) => (await pool.query<{ n: number }>(sql)).rows[0]?.n

/** One answer a team, and standings of all three periods that are the sum of the answers. */
async function eachAnswerOnce(database: Database): Promise<void> {
  expect(await number(database, 'select count(*)::int as n from attempt')).toBe(TEAMS)
  expect(await number(database, 'select count(*)::int as n from standing')).toBe(3 * TEAMS)
  const wrong = `select count(*)::int as n from standing s where points <>
    (select sum(a.points) from attempt a join round r on r.id = a.round_id where r.team_id = s.team_id and a.member_id = s.member_id)`
  expect(await number(database, wrong)).toBe(0)
}
