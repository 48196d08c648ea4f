/**
 * Measures the whole program under load: 500 answers a second over Slack and Discord, and bursts on one
 * message, next to the libraries alone.
 */

import { performance } from 'node:perf_hooks'
import type { Bank } from '../src/content/bank.js'
import { SECOND_MS } from '../src/core/time.js'
import { type Act, eventually, onSchedule, told, waits } from './load/acts.js'
import { type Child, freePort, startBare, startBot } from './load/child.js'
import { startDiscordSide } from './load/discord.js'
import type { Side } from './load/side.js'
import { startSlackSide } from './load/slack.js'
import {
  boardIsRight,
  fill,
  messageOf,
  questionsOf,
  recorded,
  settle,
  TEAMS,
  type World,
} from './load/world.js'
import { type Line, perSecond, round, spread } from './measure.js'
import type { Scratch } from './scratch.js'

const RATE = 500
const LOOK_UPS = 20
const SECONDS = 60
const WARM_SECONDS = 3
const BURST = 2000
/** The bot redraws the count of answers every ten seconds, and Slack allows that fifty times a minute. */
const REDRAWN_MS = 60_000
/** Spreads look-ups over the topics. */
const STEP = 7
const LIBRARY = { slack: 'Bolt', discord: 'discord.js' } as const

interface Party {
  readonly side: Side
  readonly world: World
  /** The number of the next answer. */
  next: number
}

/** The times in milliseconds after which a library alone acknowledged. */
interface Alone {
  readonly even: readonly number[]
  readonly burst: readonly number[]
}

/** `seconds`: the length of each period of even load. */
export async function benchLoad(scratch: Scratch, bank: Bank, seconds = SECONDS): Promise<Line[]> {
  if (!scratch.url)
    return [{ what: 'load', figure: 'left out', against: 'it needs a Postgres: set DATABASE_URL' }]
  const questions = questionsOf(bank)
  const now = Date.now()
  const card = messageOf(questions[0], now)
  const sides = [await startSlackSide(card, TEAMS + 1), await startDiscordSide(card, TEAMS + 1)]
  try {
    const answers = RATE * (3 * seconds + 2 * WARM_SECONDS)
    const parties: Party[] = []
    for (const side of sides)
      parties.push({ side, world: await fill(scratch, side, questions, answers, now), next: 0 })
    const alone = new Map<string, Alone>()
    for (const party of parties) alone.set(party.side.platform, await library(party, seconds))
    return await wholeBot(scratch, bank, parties, seconds, alone)
  } finally {
    for (const side of sides) side.stop()
  }
}

/** Sends the same presses to a program that only acknowledges. */
async function library(party: Party, seconds: number): Promise<Alone> {
  const child = await connected([party], (env) => startBare(party.side.platform, env))
  try {
    await press([party], WARM_SECONDS, [])
    await settled(party.side, 'acknowledged')
    await press([party], seconds, [])
    const even = await settled(party.side, 'acknowledged')
    await crowd(party)
    const burst = await settled(party.side, 'acknowledged')
    return { even: waits(even.presses, 'acknowledged'), burst: waits(burst.presses, 'acknowledged') }
  } finally {
    party.next = 0
    await child.end()
  }
}

async function wholeBot(
  scratch: Scratch,
  bank: Bank,
  parties: readonly Party[],
  seconds: number,
  alone: ReadonlyMap<string, Alone>,
): Promise<Line[]> {
  const child = await connected(parties, (env) => startBot({ DATABASE_URL: scratch.url ?? '', ...env }))
  const words = bank.topics.map((topic) => topic.title)
  try {
    for (const party of parties) await crowd(party, true)
    for (const { side } of parties) await settled(side)
    await settle(scratch)
    const bursts: Line[] = []
    for (const party of parties) bursts.push(...(await burst(scratch, party, alone)))
    // The bot is warmed up like the libraries: it has loaded every team once.
    await press(parties, WARM_SECONDS, [])
    for (const { side } of parties) await settled(side)
    const lines = await even(scratch, child, parties, seconds, [], alone)
    lines.push(...(await even(scratch, child, parties, seconds, words, alone)))
    for (const party of parties) lines.push(...(await even(scratch, child, [party], seconds, [], alone)))
    lines.push(...bursts)
    const errors = child.errors()
    const first = errors[0] ? `; the first: ${errors[0].slice(0, 300)}` : ''
    return [
      ...lines,
      { what: 'load: errors in the log of the bot', figure: `${errors.length}${first}`, against: '' },
    ]
  } finally {
    await child.end()
  }
}

async function connected(
  parties: readonly Party[],
  start: (env: Record<string, string>) => Promise<Child>,
): Promise<Child> {
  const port = await freePort()
  for (const { side } of parties) side.reach(port)
  return start(Object.assign({ PORT: String(port) }, ...parties.map(({ side }) => side.env)))
}

/**
 * Sends answers at an even pace, alternating between the given platforms; look-ups run at the same time if
 * `words` is not empty.
 */
async function press(parties: readonly Party[], seconds: number, words: readonly string[]): Promise<void> {
  const turn = (i: number) => parties[i % parties.length]
  await Promise.all([
    onSchedule(RATE * seconds, seconds * SECOND_MS, (i, due) => {
      const party = turn(i)
      if (!party) return
      const { team, person, action } = party.world.at(party.next++)
      party.side.press(team, person, action, due)
    }),
    onSchedule(words.length > 0 ? LOOK_UPS * seconds : 0, seconds * SECOND_MS, (i, due) => {
      turn(i)?.side.type(i % TEAMS, i % TEAMS, 'explain', words[(i * STEP) % words.length] ?? '', due)
    }),
  ])
}

/** Lets everybody press on one message within a second. */
function crowd({ side, world }: Party, warm = false): Promise<void> {
  return onSchedule(BURST, SECOND_MS, (i, due) => {
    const { team, person, action } = world.inCrowd(i, warm)
    side.press(team, person, action, due)
  })
}

interface Settled {
  readonly presses: readonly Act[]
  readonly lookUps: readonly Act[]
}

/** Returns what was begun since the last call, once all of it has arrived or the time is up. */
async function settled(
  { presses, lookUps }: Side,
  until: 'acknowledged' | 'shown' = 'shown',
): Promise<Settled> {
  const all = { presses: presses.take(), lookUps: lookUps.take() }
  await eventually(() => [...all.presses, ...all.lookUps].every((act) => act[until] !== undefined))
  return all
}

async function even(
  scratch: Scratch,
  child: Child,
  parties: readonly Party[],
  seconds: number,
  words: readonly string[],
  alone: ReadonlyMap<string, Alone>,
): Promise<Line[]> {
  const who = parties.map(({ side }) => side.platform).join(' and ')
  const beside = words.length > 0 ? `, with ${LOOK_UPS} look-ups a second` : ''
  const what = `load, ${perSecond(RATE)} for ${seconds} s on ${who}${beside}`
  const before = await recordedOn(scratch, parties)
  const [began, cpu, memory] = [performance.now(), child.cpu(), child.memory()]
  await press(parties, seconds, words)
  const cores = (child.cpu() - cpu) / ((performance.now() - began) / SECOND_MS)
  const all = await Promise.all(parties.map(({ side }) => settled(side)))
  const counted = (await recordedOn(scratch, parties)) - before
  const use = `${round(cores)} of a core; resident memory ${memory} MB before, ${child.memory()} MB after`
  return [
    ...parties.flatMap(({ side }, i) =>
      linesOf(`${what}: ${side.platform}`, all[i], side, alone.get(side.platform)?.even ?? []),
    ),
    {
      what: `${what}: recorded`,
      figure: `${exactly(
        counted,
        all.flatMap(({ presses }) => presses),
      )}; ${use}`,
      against: '',
    },
  ]
}

async function burst(scratch: Scratch, party: Party, alone: ReadonlyMap<string, Alone>): Promise<Line[]> {
  const { side, world } = party
  const what = `load, ${BURST.toLocaleString('en-US')} on one message within a second, ${side.platform}`
  const before = await recorded(scratch, side.platform)
  await crowd(party)
  const all = await settled(side)
  const counted = (await recorded(scratch, side.platform)) - before
  if (!(await boardIsRight(scratch, world.crowd, 2 * BURST)))
    throw new Error(`${what}: the board does not add up`)
  const shows = await eventually(
    () => side.drawn(world.inCrowd(0, false).team).includes(`${BURST} members answered`),
    REDRAWN_MS,
  )
  const board = `the board adds up; the message ${shows ? 'shows' : 'does not show'} their number`
  return [
    ...linesOf(what, all, side, alone.get(side.platform)?.burst ?? []),
    { what: `${what}: recorded`, figure: `${exactly(counted, all.presses)}; ${board}`, against: '' },
  ]
}

async function recordedOn(scratch: Scratch, parties: readonly Party[]): Promise<number> {
  const each = await Promise.all(parties.map(({ side }) => recorded(scratch, side.platform)))
  return each.reduce((a, b) => a + b, 0)
}

/** Throws if the recorded answers are not those that were acknowledged. */
function exactly(counted: number, sent: readonly Act[]): string {
  const acknowledged = sent.filter((act) => act.acknowledged !== undefined).length
  if (counted !== acknowledged)
    throw new Error(`${acknowledged} answers were acknowledged, and ${counted} recorded`)
  return `${counted} of ${sent.length} sent, as many as were acknowledged`
}

function linesOf(
  what: string,
  all: Settled | undefined,
  { platform }: Side,
  alone: readonly number[],
): Line[] {
  if (!all) return []
  const acknowledged = waits(all.presses, 'acknowledged')
  const [mine, bare] = [spread(acknowledged), spread(alone)]
  const ratios = `ratio of medians ${round(mine.median / bare.median)}, of p99 ${round(mine.p99 / bare.p99)}`
  const lines = [
    {
      what: `${what}: acknowledged`,
      figure: told(acknowledged),
      against: `${LIBRARY[platform]} alone, which only acknowledges: ${told(alone)}; ${ratios}`,
    },
    {
      what: `${what}: reply with the member`,
      figure: `${told(waits(all.presses, 'shown'))}${missing(all.presses)}`,
      against: '',
    },
  ]
  if (all.lookUps.length === 0) return lines
  const figure = `${told(waits(all.lookUps, 'shown'))}${missing(all.lookUps)}`
  return [...lines, { what: `${what}: look-ups answer with the member`, figure, against: '' }]
}

function missing(acts: readonly Act[]): string {
  const none = acts.filter((act) => act.shown === undefined).length
  return none === 0 ? '' : `; ${none} of ${acts.length} without a reply`
}
