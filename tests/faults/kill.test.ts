// @module-tag longer
/**
 * The bot is killed on the last day of a season, each time when so many more messages or answers are there as
 * chance has it: while it posts, takes answers, closes and reveals, and ends the season. The platforms are a
 * little late, so that there is much under way each time. After that every team has its round, its reveal and
 * its podium once, every acknowledged answer is there once, and the standings are the sum of the answers.
 * `npm run test:faults` is the long form; `FAULT_TEAMS` and `FAULT_KILLS` set how many.
 */
import { afterEach, expect, it } from 'vitest'
import { between } from '../../src/core/random.js'
import type { Database } from '../../src/store/open.js'
import { IS_LONG } from '../helpers/long.js'
import { leasesAge } from '../helpers/rounds.js'
import { chance, SEED } from './chance.js'
import { comes, createWorld, pause, QUESTION, REVEAL, shiftTo, type World } from './world.js'

const TEAMS = Number(process.env.FAULT_TEAMS ?? (IS_LONG ? 16 : 8))
/** In each of the three parts of the day. */
const KILLS = Math.ceil(Number(process.env.FAULT_KILLS ?? 3) / 3)
const LATE_MS = 400
/** What a killed bot has left without a reply is tried again. */
const ANSWER_MS = 2000
const PATIENCE_MS = 3 * 60_000 + TEAMS * 200

const DUE = '2027-01-31T08:00:00Z'
const CLOSE = '2027-01-31T20:00:00Z'
const SEASON_END = '2027-02-01T00:00:00Z'

let world: World
afterEach(() => world.stop())

/** A part of the day: when it begins, how much of it is there already, and how much there is at its end. */
interface Part {
  readonly moment: string
  readonly there: () => number
  readonly end: number
}

/**
 * Starts and kills, then lets it work until the end is reached; gives how many kills came before the end. The
 * clock is a few seconds past the moment at first, and goes on; what a killed one held is let go, as it would
 * be after a minute, once what it had sent has arrived.
 */
async function throughKills(
  { moment, there, end }: Part,
  database: Database,
  random: () => number,
): Promise<number> {
  const shift = shiftTo(moment) + 5000
  let cut = 0
  for (let left = KILLS; left > 0; left--) {
    const program = await world.start(shift)
    // Not of the last ones, which may all have come before the kill has.
    const target = there() + between(1, Math.max(1, Math.floor((end - there()) / left / 2)), random)
    expect(await comes(() => there() >= Math.min(target, end), PATIENCE_MS, 2)).toBe(true)
    const before = there()
    await program.kill()
    if (before < end) cut++
    await pause(LATE_MS)
    await leasesAge(database, 60_000)
  }
  const last = await world.start(shift)
  expect(await comes(() => there() === end, PATIENCE_MS, 200)).toBe(true)
  await last.kill('SIGTERM')
  return cut
}

/** Ann answers in every channel that has a question; what was not acknowledged is tried again. */
async function answerAll(acknowledged: Set<string>, isOver: () => boolean): Promise<void> {
  while (!isOver() && acknowledged.size < TEAMS) {
    const open = world.channels.filter((id) => !acknowledged.has(id))
    await Promise.all(open.map(async (id) => (await world.answerIn(id, ANSWER_MS)) && acknowledged.add(id)))
    await pause(20)
  }
}

const once = () => Array(TEAMS).fill(1)

it(
  `${TEAMS} teams on both platforms have the last day of their season, killed ${3 * KILLS} times (FAULT_SEED=${SEED})`,
  async () => {
    world = await createWorld(TEAMS)
    const database = await world.setUp(Date.parse(DUE))

    const random = chance()
    world.slowDown(LATE_MS, random)
    const said = () => world.messages().reduce((all, n) => all + n, 0)

    const acknowledged = new Set<string>()
    let isOver = false
    const answering = answerAll(acknowledged, () => isOver)
    const asked = await throughKills(
      { moment: DUE, there: () => said() + acknowledged.size, end: 2 * TEAMS },
      database,
      random,
    )
    isOver = true
    await answering
    expect(world.counts(QUESTION)).toEqual(once())
    expect(acknowledged.size).toBe(TEAMS)
    // Boards show closed rounds only.
    expect(await number(database, 'select count(*)::int as n from standing')).toBe(0)

    const revealed = await throughKills({ moment: CLOSE, there: said, end: 2 * TEAMS }, database, random)
    expect(world.counts(REVEAL)).toEqual(once())
    await eachAnswerOnce(database)

    const ended = await throughKills({ moment: SEASON_END, there: said, end: 3 * TEAMS }, database, random)
    expect(world.counts('season 2027-01 is over')).toEqual(once())
    expect(world.messages()).toEqual(Array(TEAMS).fill(3))
    // No part went by without a kill in the midst of it.
    expect([asked, revealed, ended].every((cut) => cut > 0)).toBe(true)
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
