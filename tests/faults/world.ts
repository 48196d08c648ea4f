/**
 * Many teams on both platforms, on loopback servers and a real PostgreSQL, and the program in processes of
 * its own.
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import * as discordPeople from '../../loopback/discord/people.js'
import { guild, startDiscord, TOKEN } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import { channel, HOME, startSlack, workspace } from '../../loopback/slack/server.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, givenDatabase } from '../helpers/database.js'
import { createPrograms, type Program } from '../helpers/program.js'
import { savedTeam } from '../helpers/rounds.js'
import * as discord from '../platforms/discord-bot.js'
import * as slack from '../platforms/slack-bot.js'

export const QUESTION = 'Question of the day'
export const REVEAL = 'The answer of the day'
const ANSWERED = /Right|Not this time|You have answered this one/
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

export type World = Awaited<ReturnType<typeof createWorld>>

export const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Longer than a reply takes on a machine that is busy. */
const REPLY_MS = 10_000

/** Looks every `everyMs` until it is true; false when it never came. */
export async function comes(
  is: () => boolean | Promise<boolean>,
  patienceMs: number,
  everyMs = 50,
): Promise<boolean> {
  const until = performance.now() + patienceMs
  while (performance.now() < until) {
    if (await is()) return true
    await pause(everyMs)
  }
  return is()
}

/** `now` in the logic of the programs, which are started with a clock that is ahead of the machine's. */
export const shiftTo = (moment: string) => Date.parse(moment) - Date.now()

/** Half of the teams on Slack, half on Discord. */
export async function createWorld(teams: number) {
  const half = Math.ceil(teams / 2)
  const inSlack = Array.from({ length: half }, (_, i) => `C0TEAM${String(i).padStart(4, '0')}`)
  const inDiscord = Array.from({ length: teams - half }, (_, i) => String(400000000000000000n + BigInt(i)))
  const slackServer = await startSlack([
    workspace(
      HOME,
      'Loopback',
      [slack.ANN, slack.ADA],
      inSlack.map((id) => channel(id)),
    ),
  ])
  const discordServer = await startDiscord([
    guild(discord.HOME, 'Orchard', [discord.ANN, discord.ADA], inDiscord),
  ])
  const programs = createPrograms()

  /** `root`: of another checkout. */
  function start(
    shiftMs: number,
    more: Readonly<Record<string, string>> = {},
    root?: string,
  ): Promise<Program> {
    const database = givenDatabase()
    return programs.start(
      {
        ...('url' in database ? { DATABASE_URL: database.url } : {}),
        ...{
          SLACK_BOT_TOKEN: slackServer.token(),
          SLACK_APP_TOKEN: slackServer.appToken,
          SLACK_API_URL: slackServer.api(),
        },
        ...{ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: discordServer.api() },
        LOG_LEVEL: 'silent',
        ...more,
      },
      shiftMs,
      root,
    )
  }

  /**
   * From now on the clock of all programs that are started runs so far ahead, and of those that run: they
   * notice at once.
   */
  const setClocks = (shiftMs: number) => writeFileSync(path.join(programs.folder, 'shift'), String(shiftMs))
  /** For `start`. */
  const settable = () => ({ CLOCK_SHIFT_FILE: path.join(programs.folder, 'shift') })

  /** An empty database with the teams, whose first question is due then; every day, open for twelve hours. */
  async function setUp(dueAt: number) {
    const database = await emptyDatabase()
    const store = createStore(database)
    const minute = new Date(dueAt).getUTCHours() * 60 + new Date(dueAt).getUTCMinutes()
    const schedule = {
      zone: 'UTC',
      minute,
      days: EVERY_DAY,
      openHours: 12,
      count: 1,
      topics: ['apple'],
      nextPostAt: dueAt,
    }
    for (const [i, id] of [...inSlack, ...inDiscord].entries()) {
      const place =
        i < half
          ? { platform: 'slack', workspace: HOME, admin: slack.ADA.id }
          : { platform: 'discord', workspace: discord.HOME, admin: discord.ADA.id }
      await savedTeam(store, { ...schedule, ...place, channel: id, name: `Team ${i}`, pack: 'orchard' })
    }
    return database
  }

  const readableIn = (id: string) =>
    id.startsWith('C')
      ? slackServer.posts.filter((p) => p.channel === id && !p.to).map((p) => slackPeople.readable(p.blocks))
      : discordServer.posts.filter((p) => p.channel === id && !p.to).map((p) => discordPeople.readable(p))

  /** How many messages there are in each channel. */
  function messages(): number[] {
    const counts = new Map([...inSlack, ...inDiscord].map((id) => [id, 0]))
    for (const { channel: id, to } of [...slackServer.posts, ...discordServer.posts])
      if (!to && counts.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return [...counts.values()]
  }

  /** How often Ann was told in a channel what her answer is worth. */
  const answered = (id: string): number =>
    id.startsWith('C')
      ? slackServer.posts.filter(
          (p) => p.channel === id && p.to && ANSWERED.test(slackPeople.readable(p.blocks)),
        ).length
      : discordServer.posts.filter(
          (p) => p.channel === id && p.to && ANSWERED.test(discordPeople.readable(p)),
        ).length

  const press = (id: string, which: 'find' | 'findLast' = 'find'): Promise<boolean> =>
    id.startsWith('C') ? pressInSlack(id, which) : pressInDiscord(id, which)

  async function answerIn(
    id: string,
    patienceMs: number,
    which: 'find' | 'findLast' = 'find',
  ): Promise<boolean> {
    const before = answered(id)
    return (await press(id, which)) && comes(() => answered(id) > before, patienceMs, 20)
  }

  async function pressInSlack(id: string, which: 'find' | 'findLast' = 'find'): Promise<boolean> {
    const question = slackServer.posts[which](
      (p) => p.channel === id && !p.to && slackPeople.readable(p.blocks).includes(QUESTION),
    )
    if (!question || slackServer.sockets.length === 0) return false
    const ann = slackPeople.createPerson(slackServer, slackPeople.overSocket(slackServer), slack.ANN)
    const isChoice = slackPeople.labelsOf(question.blocks).includes('A')
    await (isChoice ? ann.presses(question, 'A') : ann.picks(question, ['A', 'B']))
    return true
  }

  async function pressInDiscord(id: string, which: 'find' | 'findLast' = 'find'): Promise<boolean> {
    const question = discordServer.posts[which](
      (p) => p.channel === id && !p.to && discordPeople.readable(p).includes(QUESTION),
    )
    if (!question || !discordServer.gateway.isConnected()) return false
    const ann = discordPeople.createPerson(discordServer, discord.ANN, discord.HOME, id)
    if (discordPeople.labelsOf(question).includes('A')) ann.presses(question, 'A')
    else ann.picks(question, ['A', 'B'])
    return true
  }

  /** From now on both servers do everything up to so many milliseconds late, as the numbers have it. */
  function slowDown(mostMs: number, random: () => number): void {
    const next = () => ({ late: 1 + Math.floor(random() * mostMs) })
    slackServer.state.chaos = next
    discordServer.state.chaos = next
  }

  return {
    ...{
      slackServer,
      discordServer,
      programs,
      inSlack,
      inDiscord,
      start,
      setUp,
      setClocks,
      settable,
      readableIn,
      messages,
      slowDown,
    },
    channels: [...inSlack, ...inDiscord],
    /** Platform, workspace, admin and channels. */
    places: [
      ['slack', HOME, slack.ADA.id, inSlack],
      ['discord', discord.HOME, discord.ADA.id, inDiscord],
    ] as const,
    /** How many messages with these words there are in each channel. */
    counts: (words: string) =>
      [...inSlack, ...inDiscord].map((id) => readableIn(id).filter((said) => said.includes(words)).length),
    answered,
    /** Ann gives her answer to the question of a channel; false when nothing is there to press. */
    press: (id: string) => press(id),
    /** Her answer to the newest question of the channel. */
    answerLast: (id: string, patienceMs = REPLY_MS) =>
      answerIn(id, patienceMs, 'findLast').catch(() => false),
    /** The same; true when she was told what this answer is worth. */
    answerIn: (id: string, patienceMs = REPLY_MS) => answerIn(id, patienceMs).catch(() => false),
    stop() {
      programs.stop()
      slackServer.stop()
      discordServer.stop()
    },
  }
}
