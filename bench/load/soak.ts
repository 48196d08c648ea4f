/**
 * Runs many days of a busy bot as fast as possible, in this one process, with the real adapters of all three
 * platforms and a simulated time: rounds posted, answered, closed and revealed, look-ups, boards, practice.
 * Prints a line of JSON at each step with the memory in use. Run it as `node --expose-gc --import
 * ./bench/as-built.mjs bench/load/soak.ts <requests> [members]`; DATABASE_URL decides where, as everywhere.
 */

import { createServer } from 'node:http'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { SECRET } from '../../loopback/slack/server.js'
import { createApp } from '../../src/bot/app.js'
import { practiceParams } from '../../src/bot/cards/practice.js'
import type { Deps } from '../../src/bot/deps.js'
import { newRun } from '../../src/bot/member/practice.js'
import { openPacks } from '../../src/bot/packs.js'
import type { Chat } from '../../src/bot/ports/chat.js'
import { noMetrics } from '../../src/bot/ports/metrics.js'
import { practiceIds, roundIds } from '../../src/bot/ui/ids.js'
import { configOf } from '../../src/config.js'
import { type Bank, createBank } from '../../src/content/bank.js'
import { readInWorker } from '../../src/content/read-in-worker.js'
import { instantiate } from '../../src/core/instantiate.js'
import type { Question, Team } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { nextSlot } from '../../src/core/schedule.js'
import { DAY_MS } from '../../src/core/time.js'
import { draw } from '../../src/pictures/draw.js'
import { singleProcessLocks } from '../../src/platforms/discord/cluster-locks.js'
import { createDiscord } from '../../src/platforms/discord/index.js'
import { createSlack } from '../../src/platforms/slack/index.js'
import { createWeb } from '../../src/platforms/web/index.js'
import { CHANNEL, LOCAL_MEMBERS, WORKSPACE } from '../../src/platforms/web/room.js'
import { goodContent, packNamed } from '../../src/server/content.js'
import { PAGE } from '../../src/server/platforms.js'
import { createQuestionFiles } from '../../src/server/question-files.js'
import { createLackingNotes } from '../../src/store/lacking-notes.js'
import { createStore } from '../../src/store/store.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { openScratch } from '../scratch.js'
import { type Act, eventually } from './acts.js'
import { startDiscordSide } from './discord.js'
import { HOST, listening, type Side } from './side.js'
import { startSlackSide } from './slack.js'
import { messageOf, OF_FOUR, questionsOf } from './world.js'

export interface Step {
  readonly requests: number
  /** Heap in use after garbage collection, and resident memory, in MB. */
  readonly heap: number
  readonly resident: number
}

const STEPS = 10
const TEAMS = 4
const MB = 2 ** 20
const SCHEDULE = { zone: 'UTC', minute: 480, days: [1, 2, 3, 4, 5, 6, 7], openHours: 12 }
const START = Date.parse('2026-11-02T07:00:00Z')
const DUE_MS = 3_600_001
const OPEN_MS = 12 * 3_600_000

const wanted = Number(process.argv[2] ?? 100_000)
/** The number of members per team. */
const MEMBERS = Number(process.argv[3] ?? 40)
/** The number of other acts of members, for all their answers. */
const BESIDE = MEMBERS / 10
/**
 * This many people act at the same moment: the platforms, the bot and its database share one thread here, and
 * on a slow machine all of them at once would not be acknowledged within Discord's three seconds.
 */
const AT_ONCE = 5
const bank = onlyChoices(packNamed(undefined, await goodContent(configOf({ env: process.env, folder: '' }))))
const scratch = await openScratch(process.env.DATABASE_URL || undefined)
const card = messageOf(questionsOf(bank)[0], START)
const sides = [await startSlackSide(card, TEAMS), await startDiscordSide(card, TEAMS)]
const stalls = monitorEventLoopDelay()
stalls.enable()
let now = START
let done = 0
const problems: unknown[] = []
const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (fields: object, message: string) => void problems.push({ message, fields }),
}
const random = seeded(1)
const store = createStore(scratch.database)
await store.saveQuestions(bank.questions)
const chats = new Map<string, Chat>()
const clock = () => now
const deps: Deps = {
  ...openPacks([bank]),
  files: createQuestionFiles(readInWorker),
  store,
  countsToRedraw: new Set(),
  chats,
  clock,
  random,
  log,
  metrics: noMetrics,
}
const bot = createApp(deps)
for (const prepare of deps.packs.first.search.preparations) prepare()
const app = () => bot
/** Rate limits and expiring answers need a time that passes. */
const steady = () => now + performance.now()
const [slackSide, discordSide] = sides
const common = { app, draw, clock: steady, log, metrics: noMetrics, claim: async () => {} }
const slack = await createSlack({
  ...common,
  mode: { kind: 'http', signingSecret: SECRET, botToken: slackSide?.env.SLACK_BOT_TOKEN ?? '' },
  url: slackSide?.env.SLACK_API_URL,
  installs: undefined,
  notes: createLackingNotes(scratch.database.prisma, 'slack'),
  spendState: async () => true,
  isFirst: async () => true,
  residents: (channel) => store.teamsInChannel('slack', channel),
})
const discord = await createDiscord({
  ...common,
  token: discordSide?.env.DISCORD_TOKEN ?? '',
  url: discordSide?.env.DISCORD_API_URL,
  notes: createLackingNotes(scratch.database.prisma, 'discord'),
  locks: singleProcessLocks(),
  lastGuild: async () => undefined,
  isOneOfMany: true,
  ended: (why) => {
    throw new Error(why)
  },
})
const web = createWeb({
  ...common,
  messages: createMessageLog(scratch.database),
  members: LOCAL_MEMBERS,
  assets: PAGE,
})
for (const { chat } of [slack, discord, web]) chats.set(chat.platform, chat)
const door = createServer((request, response) => slack.branch?.listener(request, response))
const port = await listening(door)
for (const side of sides) side.reach(port)

/** Keeps only choices, since a single press answers each of them. */
function onlyChoices(whole: Bank): Bank {
  return createBank({ ...whole, questions: whole.questions.filter((q) => q.kind === 'choice') })
}

async function setUp(platform: string, workspace: string, channel: string): Promise<Team> {
  const rest = { name: `Team ${channel}`, pack: bank.pack.id, count: 1, topics: [], admin: '0' }
  await store.openWorkspaces(platform, [workspace])
  const team = await store.saveTeam({
    platform,
    workspace,
    channel,
    ...rest,
    ...SCHEDULE,
    nextPostAt: nextSlot(SCHEDULE, now, []),
    seasonEnds: [],
  })
  if (typeof team !== 'object') throw new Error(`no team in ${channel}`)
  return team
}

const letter = () => 'ABCD'[Math.floor(random() * 4)] ?? 'A'
const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]

async function pickOf(team: Team): Promise<{ id: string; message: string } | undefined> {
  const round = await store.latestRound(team.id)
  return round?.state === 'posted'
    ? {
        id: roundIds.choose.id({ round: round.id, slot: 0, shape: OF_FOUR, letter: letter() }),
        message: round.message ?? '',
      }
    : undefined
}

/** Every member of every team of the platform answers, and some of them do something else. */
async function dayOn(side: Side, teams: readonly Team[]): Promise<void> {
  for (const [index, team] of teams.entries()) {
    const pick = await pickOf(team)
    if (!pick) throw new Error(`team ${team.id} has no round`)
    const act = (person: number) => {
      const [due, who] = [performance.now(), index * MEMBERS + person]
      side.press(index, who, pick.id, due)
      if (person >= BESIDE) return
      side.type(index, who, 'explain', any(bank.topics)?.title ?? '', due)
      side.type(index, who, 'leaderboard', '', due)
      side.type(index, who, 'quiz', '', due)
      side.press(index, who, practice(any(bank.questions.filter((q) => q.kind === 'choice'))), due)
    }
    for (let from = 0; from < MEMBERS; from += AT_ONCE) {
      for (let person = from; person < Math.min(from + AT_ONCE, MEMBERS); person++) act(person)
      const acts = [...side.presses.take(), ...side.lookUps.take()]
      if (!(await eventually(() => acts.every((one) => one.shown !== undefined))))
        throw new Error(`${side.platform} was left without a reply: ${whatCame(acts)}`)
      done += acts.length
    }
  }
}

/** Tells a lost reply from a machine that was too slow for the platform's three seconds. */
function whatCame(acts: readonly Act[]): string {
  const count = (what: 'acknowledged' | 'shown') => acts.filter((one) => one[what] !== undefined).length
  const stall = Math.round(stalls.max / 1e6)
  return `of ${acts.length} acts ${count('acknowledged')} were acknowledged and ${count('shown')} answered; the longest stall so far took ${stall} ms`
}

function practice(question: Question | undefined): string {
  return question
    ? practiceIds.choose.id({ ...practiceParams(instantiate(question, 1), 0, newRun('-')), letter: letter() })
    : ''
}

async function dayOnWeb(team: Team): Promise<void> {
  for (const { id: as } of LOCAL_MEMBERS) {
    const pick = await pickOf(team)
    if (pick) await post('press', { as, message: Number(pick.message), id: pick.id })
    for (const text of [`/explain ${any(bank.topics)?.title}`, '/leaderboard', '/quiz'])
      await post('say', { as, text })
    done += 4
  }
}

async function post(act: string, body: object): Promise<void> {
  const headers = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json' }
  const response = await web.routes.request(`/api/${act}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  if (!response.ok)
    throw new Error(`the web chat answered ${response.status} to ${act}: ${await response.text()}`)
  await response.arrayBuffer()
}

async function measured(): Promise<Step> {
  if (!globalThis.gc) throw new Error('run it with node --expose-gc')
  for (let i = 0; i < 3; i++) {
    await wait(20)
    globalThis.gc()
  }
  const { heapUsed, rss } = process.memoryUsage()
  return { requests: done, heap: heapUsed / MB, resident: rss / MB }
}

try {
  const teams = new Map<Side, Team[]>()
  for (const side of sides) {
    const list: Team[] = []
    for (let team = 0; team < TEAMS; team++)
      list.push(await setUp(side.platform, side.workspace, side.channel(team)))
    teams.set(side, list)
  }
  const local = await setUp('web', WORKSPACE, CHANNEL)
  let step = 0
  for (let day = 0; done < wanted; day++) {
    now = START + day * DAY_MS + DUE_MS
    await bot.tick()
    await Promise.all([...[...teams].map(([side, list]) => dayOn(side, list)), dayOnWeb(local)])
    await bot.tick()
    now += OPEN_MS
    await bot.tick()
    if (problems.length > 0) throw new Error(`the bot failed: ${JSON.stringify(problems[0]).slice(0, 500)}`)
    if (done >= (wanted * step) / STEPS) {
      console.log(JSON.stringify((await measured()) satisfies Step))
      step = Math.floor((done * STEPS) / wanted) + 1
    }
  }
} finally {
  await discord.stop()
  door.close()
  door.closeAllConnections()
  for (const side of sides) side.stop()
  await scratch.drop()
}
process.exit(0)
