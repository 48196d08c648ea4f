/**
 * The bot is killed at random moments of a day: while it posts, takes answers, closes and reveals. After that every team has its round and
 * its reveal once, every acknowledged answer is there once, and the standings are the sum of the answers.
 * `npm run test:faults` is the long form; `FAULT_TEAMS` and `FAULT_KILLS` set how many.
 */
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase } from '../helpers/database.js'
import { createPrograms, type Program, type Programs } from '../helpers/program.js'
import { toHour } from '../helpers/to-hour.js'
import * as discord from '../platforms/discord-bot.js'
import * as discordPeople from '../platforms/discord-people.js'
import { guild, type LoopbackDiscord, startDiscord, TOKEN } from '../platforms/discord-server.js'
import * as slack from '../platforms/slack-bot.js'
import * as slackPeople from '../platforms/slack-people.js'
import { channel, HOME, type LoopbackSlack, startSlack, workspace } from '../platforms/slack-server.js'

const TEAMS = Number(process.env.FAULT_TEAMS ?? 16)
const KILLS = Number(process.env.FAULT_KILLS ?? 3)
/** A kill comes within this time after the bot said that it is ready. */
const ALIVE_MS = 1500
const PATIENCE_MS = 3 * 60_000 + TEAMS * 200
const half = Math.ceil(TEAMS / 2)
const SLACK = Array.from({ length: half }, (_, i) => `C0TEAM${String(i).padStart(4, '0')}`)
const DISCORD = Array.from({ length: TEAMS - half }, (_, i) => String(400000000000000000n + BigInt(i)))

let slackServer: LoopbackSlack
let discordServer: LoopbackDiscord
let programs: Programs

beforeAll(async () => {
  slackServer = await startSlack([
    workspace(
      HOME,
      'Loopback',
      [slack.ANN, slack.ADA],
      SLACK.map((id) => channel(id)),
    ),
  ])
  discordServer = await startDiscord([guild(discord.HOME, 'Orchard', [discord.ANN, discord.ADA], DISCORD)])
  programs = createPrograms()
})
afterAll(() => {
  programs.stop()
  slackServer.stop()
  discordServer.stop()
})

const start = (shiftMs: number): Promise<Program> => {
  const database = inject('database')
  return programs.start(
    {
      ...('url' in database ? { DATABASE_URL: database.url } : {}),
      ...{ SLACK_BOT_TOKEN: slackServer.token(), SLACK_APP_TOKEN: slackServer.appToken, SLACK_API_URL: slackServer.api() },
      ...{ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discordServer.api() },
      LOG_LEVEL: 'silent',
    },
    shiftMs,
  )
}

const inSlack = (id: string, words: string) =>
  slackServer.posts.filter((p) => p.channel === id && !p.to && slackPeople.readable(p.blocks).includes(words))
const inDiscord = (id: string, words: string) =>
  discordServer.posts.filter((p) => p.channel === id && !p.to && discordPeople.readable(p).includes(words))
/** How many messages with these words stand in each channel. */
const counts = (words: string) => [...SLACK.map((id) => inSlack(id, words).length), ...DISCORD.map((id) => inDiscord(id, words).length)]

const QUESTION = 'Question of the day'
const REVEAL = 'The answer of the day'
const ANSWERED = /Right|Not this time|You have answered this one/
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Ann answers in every channel that has a question; what was not acknowledged is tried again. */
async function answerAll(acknowledged: Set<string>, isOver: () => boolean): Promise<void> {
  while (!isOver() && acknowledged.size < TEAMS) {
    for (const id of [...SLACK, ...DISCORD]) {
      if (isOver()) return
      if (!acknowledged.has(id) && (await (SLACK.includes(id) ? answerInSlack(id) : answerInDiscord(id)).catch(() => false)))
        acknowledged.add(id)
    }
    await pause(20)
  }
}

async function answerInSlack(id: string): Promise<boolean> {
  const [question] = inSlack(id, QUESTION)
  if (!question || slackServer.sockets.length === 0) return false
  const ann = slackPeople.createPerson(slackServer, slackPeople.overSocket(slackServer), slack.ANN)
  const isTold = () => ann.told().some((p) => p.channel === id && ANSWERED.test(slackPeople.readable(p.blocks)))
  const isChoice = slackPeople.labelsOf(question.blocks).includes('A')
  await (isChoice ? ann.presses(question, 'A') : ann.picks(question, ['A', 'B']))
  return soon(isTold)
}

async function answerInDiscord(id: string): Promise<boolean> {
  const [question] = inDiscord(id, QUESTION)
  if (!question || !discordServer.gateway.isConnected()) return false
  const ann = discordPeople.createPerson(discordServer, discord.ANN, discord.HOME, id)
  const isTold = () => ann.told().some((p) => p.channel === id && ANSWERED.test(discordPeople.readable(p)))
  if (discordPeople.labelsOf(question).includes('A')) ann.presses(question, 'A')
  else ann.picks(question, ['A', 'B'])
  return soon(isTold)
}

async function soon(is: () => boolean): Promise<boolean> {
  for (let i = 0; i < 50 && !is(); i++) await pause(20)
  return is()
}

/** Starts and kills, then lets it work until the end is reached. */
async function throughKills(shiftMs: number, isDone: () => boolean): Promise<void> {
  for (let i = 0; i < KILLS; i++) {
    const program = await start(shiftMs)
    await pause(Math.random() * ALIVE_MS)
    await program.kill()
  }
  const last = await start(shiftMs)
  const until = performance.now() + PATIENCE_MS
  while (!isDone() && performance.now() < until) await pause(50)
  await last.kill('SIGTERM')
}

it(
  `${TEAMS} teams on both platforms have their day, killed ${2 * KILLS} times`,
  async () => {
    const database = await emptyDatabase()
    const store = createStore(database)
    const dueAt = Date.now() + toHour(8) - 5000
    const schedule = {
      zone: 'UTC',
      minute: 480,
      days: [1, 2, 3, 4, 5, 6, 7],
      openHours: 12,
      count: 1,
      topics: ['apple'],
      nextPostAt: dueAt,
    }
    for (const [i, id] of [...SLACK, ...DISCORD].entries()) {
      const place = i < half ? { platform: 'slack', workspace: HOME } : { platform: 'discord', workspace: discord.HOME }
      await store.saveTeam({
        ...schedule,
        ...place,
        channel: id,
        name: `Team ${i}`,
        pack: 'orchard',
        admin: i < half ? slack.ADA.id : discord.ADA.id,
      })
    }

    const acknowledged = new Set<string>()
    let isOver = false
    const answering = answerAll(acknowledged, () => isOver)
    await throughKills(toHour(8), () => acknowledged.size === TEAMS)
    isOver = true
    await answering
    expect(counts(QUESTION)).toEqual(Array(TEAMS).fill(1))
    expect(acknowledged.size).toBe(TEAMS)

    await throughKills(toHour(20), () => counts(REVEAL).every((n) => n > 0))
    expect(counts(REVEAL)).toEqual(Array(TEAMS).fill(1))
    expect(counts(QUESTION)).toEqual(Array(TEAMS).fill(1))

    const one = async (sql: string) => (await database.pool.query<{ n: number }>(sql)).rows[0]?.n
    expect(await one('select count(*)::int as n from attempt')).toBe(TEAMS)
    expect(await one("select count(*)::int as n from round where state = 'closed'")).toBe(TEAMS)
    const wrong = `select count(*)::int as n from standing s where points <>
      (select sum(a.points) from attempt a join round r on r.id = a.round_id where r.team_id = s.team_id and a.member_id = s.member_id)`
    expect(await one(wrong)).toBe(0)
    expect(await one('select count(*)::int as n from standing')).toBeGreaterThanOrEqual(TEAMS)
  },
  10 * PATIENCE_MS + KILLS * 30_000,
)
