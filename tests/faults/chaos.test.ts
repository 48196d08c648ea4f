// @module-tag slow
/**
 * Platforms that answer with 429 or 500, late, never, or by closing the connection, having done what was
 * asked or not: every round and every reveal is there once. `FAULT_SEED` runs one seed again; `FAULT_TEAMS`
 * sets how many teams.
 */
import { expect, it } from 'vitest'
import * as discordPeople from '../../loopback/discord/people.js'
import { guild, startDiscord } from '../../loopback/discord/server.js'
import * as slackPeople from '../../loopback/slack/people.js'
import { channel, startSlack, workspace } from '../../loopback/slack/server.js'
import { seeded } from '../../src/core/random.js'
import { startBot } from '../helpers/bot.js'
import { IS_LONG } from '../helpers/long.js'
import * as discord from '../platforms/discord-bot.js'
import * as slack from '../platforms/slack-bot.js'
import { SEED } from './chance.js'
import { QUESTION, REVEAL } from './world.js'

const TEAMS = Math.min(200, Number(process.env.FAULT_TEAMS ?? (IS_LONG ? 16 : 8)))
const SHARE = 0.4
const DUE = Date.parse('2026-11-02T08:00:00Z')
const CLOSE = Date.parse('2026-11-02T20:00:00Z')
const STEP_MS = 60_000
const MOST_TICKS = 120

interface Trouble {
  readonly status?: number
  readonly retryAfter?: number
  readonly done?: boolean
  readonly hang?: boolean
  readonly close?: boolean
  readonly late?: number
}

const TROUBLES: readonly Trouble[] = [
  { status: 429, retryAfter: 1 },
  { status: 500 },
  { status: 500, done: true },
  { late: 300 },
  { close: true },
  { close: true, done: true },
  { hang: true },
  { hang: true, done: true },
]

/** Hanging calls are rare, because each is waited for. */
function troubles(seed: number): () => Trouble | undefined {
  const random = seeded(seed)
  return () => {
    if (random() > SHARE) return undefined
    const found = TROUBLES[Math.floor(random() * TROUBLES.length)]
    return found?.hang && random() > 0.2 ? TROUBLES[1] : found
  }
}

interface Side {
  readonly channels: readonly string[]
  team(channel: string): Promise<unknown>
  /** From now on, or no more. */
  trouble(next: (() => Trouble | undefined) | undefined): void
  tick(time: number): Promise<void>
  said(channel: string): string[]
  stop(): Promise<void>
}

async function onSlack(): Promise<Side> {
  const channels = Array.from({ length: TEAMS }, (_, i) => `C0TEAM${String(i).padStart(4, '0')}`)
  const places = channels.map((id) => channel(id))
  const server = await startSlack([workspace('T0LOOP0001', 'Loopback', [slack.ANN, slack.ADA], places)])
  const here = await slack.startSlackBot({ server })
  return {
    channels,
    team: (id) => here.team({ channel: id }),
    trouble: (next) => {
      server.state.chaos = next
    },
    async tick(time) {
      // Waits that Slack asks for go by the clock on the wall.
      here.late.ms += STEP_MS
      await here.bot.at(new Date(time).toISOString()).tick()
    },
    said: (id) => here.inChannel(id).map((p) => slackPeople.readable(p.blocks)),
    stop: async () => server.stop(),
  }
}

async function onDiscord(): Promise<Side> {
  const channels = Array.from({ length: TEAMS }, (_, i) => String(400000000000000000n + BigInt(i)))
  const server = await startDiscord([guild(discord.HOME, 'Orchard', [discord.ANN, discord.ADA], channels)])
  const here = await discord.startDiscordBot({ server, bot: await startBot() })
  return {
    channels,
    team: (id) => here.team({ channel: id }),
    trouble: (next) => {
      server.state.chaos = next
    },
    tick: (time) => here.bot.at(new Date(time).toISOString()).tick(),
    said: (id) => here.inChannel(id).map((p) => discordPeople.readable(p)),
    async stop() {
      await here.discord.stop()
      server.stop()
    },
  }
}

it.each([
  ['Slack', onSlack],
  ['Discord', onDiscord],
])(
  `${TEAMS} teams on %s have each round and each reveal once, whatever it answers (FAULT_SEED=${SEED})`,
  async (_name, make) => {
    const side = await make()
    for (const id of side.channels) await side.team(id)
    const counts = (words: string) =>
      side.channels.map((id) => side.said(id).filter((text) => text.includes(words)).length)
    for (const [from, words] of [
      [DUE, QUESTION],
      [CLOSE, REVEAL],
    ] as const) {
      side.trouble(troubles(SEED))
      let ticks = 0
      while (ticks < MOST_TICKS && counts(words).includes(0)) await side.tick(from + STEP_MS * ticks++)
      // What is there but not known to be there is found and not posted again.
      side.trouble(undefined)
      for (let i = 0; i < 12; i++) await side.tick(from + STEP_MS * (ticks + i))
      expect(counts(words)).toEqual(Array(TEAMS).fill(1))
    }
    expect(counts(QUESTION)).toEqual(Array(TEAMS).fill(1))
    await side.stop()
  },
  600_000,
)
