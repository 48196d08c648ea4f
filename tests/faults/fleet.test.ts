// @module-tag longer
/**
 * Three processes on one database, started, stopped and killed at random while many teams are due: none
 * twice, none lost. Then a day on which nothing fails: how much of what Discord allows a bot is used.
 * `FAULT_FLEET_TEAMS` sets how many teams.
 */
import { afterEach, expect, it } from 'vitest'
import type { Database } from '../../src/store/open.js'
import { IS_LONG } from '../helpers/long.js'
import type { Program } from '../helpers/program.js'
import { leasesAge } from '../helpers/rounds.js'
import { chance, SEED } from './chance.js'
import { comes, createWorld, shiftTo, type World } from './world.js'

const TEAMS = Number(process.env.FAULT_FLEET_TEAMS ?? (IS_LONG ? 240 : 60))
const PROCESSES = 3
/** "Global Rate Limit" in Discord's documentation. */
const PER_SECOND = 50
const PATIENCE_MS = 3 * 60_000 + TEAMS * 60
/** A process lives so long before one is stopped or killed, and another started. */
const DISTURB_MS = 6000
const HOUR_MS = 3_600_000

const DAYS = ['2027-03-01T08:00:00Z', '2027-03-02T08:00:00Z'] as const

let world: World
afterEach(() => world.stop())

it(
  `${TEAMS} teams have their rounds once, by three processes that come and go (FAULT_SEED=${SEED})`,
  async () => {
    world = await createWorld(TEAMS)
    world.discordServer.state.perSecond = PER_SECOND
    world.slackServer.state.isLimited = true
    const database = await world.setUp(Date.parse(DAYS[0]))
    const { pool } = database

    await disturbed(shiftTo(DAYS[0]) + 2000, database)
    expect(world.messages()).toEqual(Array(TEAMS).fill(1))

    // The day that is measured has questions to post, and nothing else to do.
    await pool.query("update round set state = 'closed'; delete from delivery where kind = 'reveal'")
    world.discordServer.state.limited = 0
    const used = await undisturbed()
    const refused = world.discordServer.state.limited + world.slackServer.state.limited
    expect(world.messages()).toEqual(Array(TEAMS).fill(2))
    console.log(
      `${TEAMS} teams by ${PROCESSES} processes: ${(used * 100).toFixed(1)} % of what Discord allows, ${refused} calls refused`,
    )
    if (TEAMS >= 2000) expect(used).toBeGreaterThan(0.95)
  },
  6 * PATIENCE_MS,
)

/**
 * Until everything is posted, one process at a time is stopped or killed at random, and another takes its
 * place. What killed ones had posted and not recorded is taken up by those that are left, as it would be
 * after a minute.
 */
async function disturbed(shift: number, database: Database): Promise<void> {
  const random = chance()
  const running: Program[] = await Promise.all(Array.from({ length: PROCESSES }, () => world.start(shift)))
  const isDone = () => world.messages().every((n) => n >= 1)
  const until = performance.now() + PATIENCE_MS
  for (let i = 0; performance.now() < until && !(await comes(isDone, random() * DISTURB_MS, 200)); i++) {
    const [gone] = running.splice(Math.floor(random() * running.length), 1)
    const ending = gone?.kill(i % 3 === 0 ? 'SIGTERM' : 'SIGKILL')
    running.push(await world.start(shift))
    await ending
  }
  await leasesAge(database, 60_000)
  const isRecorded = async () =>
    (await database.pool.query("select from round where state = 'posted'")).rowCount === TEAMS
  expect(await comes(isRecorded, PATIENCE_MS, 200)).toBe(true)
  await Promise.all(running.map((program) => program.kill('SIGTERM')))
}

/**
 * All three processes are up before the moment. Gives the share of Discord's limit between the first and the
 * last question there.
 */
async function undisturbed(): Promise<number> {
  const early = shiftTo(DAYS[1]) - HOUR_MS
  world.setClocks(early)
  const running = await Promise.all(
    Array.from({ length: PROCESSES }, () => world.start(early, world.settable())),
  )
  const before = world.discordServer.calls.length
  const times: number[] = []
  world.discordServer.state.chaos = (call) => {
    if (/^POST \/channels\/\d+\/messages$/.test(call)) times.push(performance.now())
    return undefined
  }
  world.setClocks(shiftTo(DAYS[1]))
  const isDone = () => world.messages().every((n) => n >= 2)
  await comes(isDone, PATIENCE_MS, 200)
  await Promise.all(running.map((program) => program.kill('SIGTERM')))
  expect(world.discordServer.calls.length).toBeGreaterThan(before)
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
  return (times.length - 1) / seconds / PER_SECOND
}
