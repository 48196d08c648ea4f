/** The bot on the loopback Discord through real discord.js, with the time of its rounds set by the test. */

import { createPerson, type DiscordPerson } from '../../loopback/discord/people.js'
import {
  type Guild,
  guild,
  type LoopbackDiscord,
  type Person,
  type Posted,
  startDiscord,
  TOKEN,
} from '../../loopback/discord/server.js'
import { claimApplication } from '../../src/bot/workspace/application.js'
import { draw } from '../../src/pictures/draw.js'
import { type ClusterLocks, singleProcessLocks } from '../../src/platforms/discord/cluster-locks.js'
import { createDiscord, type Discord } from '../../src/platforms/discord/index.js'
import { createLackingNotes } from '../../src/store/lacking-notes.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'

export const HOME = '100000000000000001'
export const AWAY = '100000000004194305'
export const STUDY = '200000000000000001'
export const SECOND = '200000000000000002'
export const ANN: Person = { id: '300000000000000001', username: 'ann_smith', globalName: 'Ann' }
export const BEN: Person = {
  id: '300000000000000002',
  username: 'ben_jones',
  globalName: 'Ben',
  nick: 'Benny',
}
export const ADA: Person = {
  id: '300000000000000003',
  username: 'ada_king',
  globalName: 'Ada',
  manages: true,
}
export const ZED: Person = { id: '300000000000000004', username: 'zed', manages: true }

export const twoGuilds = (): Guild[] => [
  guild(HOME, 'Orchard', [{ ...ANN }, { ...BEN }, { ...ADA }], [STUDY, SECOND]),
  guild(AWAY, 'Away', [{ ...ZED }], ['200000000000000009']),
]

export interface DiscordBot {
  readonly server: LoopbackDiscord
  readonly bot: Bot
  readonly discord: Discord
  /** How far its clock is ahead, in ms. */
  readonly late: { ms: number }
  readonly ann: DiscordPerson
  readonly ben: DiscordPerson
  readonly ada: DiscordPerson
  /** A team in the study channel whose question is due at 08:00 UTC, open for twelve hours. */
  team(more?: object): ReturnType<Bot['team']>
  /** What everybody sees in a channel. */
  inChannel(id?: string): Posted[]
  stop(): Promise<void>
}

export async function startDiscordBot(
  given: {
    server?: LoopbackDiscord
    bot?: Bot
    shards?: number
    fleet?: ClusterLocks
    adopts?: boolean
  } = {},
): Promise<DiscordBot> {
  const server = given.server ?? (await startDiscord(twoGuilds(), { shards: given.shards ?? 1 }))
  const bot = given.bot ?? (await startBot())
  const late = { ms: 0 }
  const discord = await createDiscord({
    token: TOKEN,
    url: server.api(),
    app: () => bot.app,
    claim: (one) => claimApplication(one, { ...bot.deps, adopts: given.adopts === true }),
    lastGuild: (user) => bot.store.lastWorkspace('discord', user),
    notes: createLackingNotes((await testDatabase()).prisma, 'discord'),
    locks: given.fleet ?? singleProcessLocks(),
    draw,
    clock: () => Date.now() + late.ms,
    log: bot.deps.log,
    metrics: bot.deps.metrics,
    timeoutMs: 1000,
    isOneOfMany: false,
    ended: () => {},
  })
  ;(bot.deps.chats as Map<string, unknown>).set('discord', discord.chat)
  const person = (one: Person) =>
    createPerson(server, server.place(HOME)?.people.find((p) => p.id === one.id) ?? one, HOME, STUDY)
  return {
    ...{ server, bot, discord, late },
    ann: person(ANN),
    ben: person(BEN),
    ada: person(ADA),
    team: (more) =>
      bot.team({
        platform: 'discord',
        workspace: HOME,
        channel: STUDY,
        admin: ADA.id,
        topics: ['apple'],
        ...more,
      }),
    inChannel: (id = STUDY) => server.posts.filter((p) => p.channel === id && !p.to),
    async stop() {
      await discord.stop()
      if (!given.server) server.stop()
    },
  }
}

/** The next private message after what `act` does. */
export async function answerTo(person: { told(): Posted[] }, act: () => unknown): Promise<Posted> {
  const before = person.told().length
  act()
  return until(() => person.told()[before])
}
