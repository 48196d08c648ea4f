/** The bot on the loopback Slack over HTTP, with the time of its rounds set by the test. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect } from 'vitest'
import { type Acknowledged, createPerson, type Deliver, overHttp } from '../../loopback/slack/people.js'
import {
  channel,
  HOME,
  type LoopbackSlack,
  type Person,
  type Posted,
  SECRET,
  startSlack,
  type Workspace,
  workspace,
} from '../../loopback/slack/server.js'
import { claimApplication } from '../../src/bot/workspace/application.js'
import { draw } from '../../src/pictures/draw.js'
import type { Platform } from '../../src/platforms/platform.js'
import { createSlack } from '../../src/platforms/slack/index.js'
import type { InstallStore } from '../../src/platforms/slack/installs.js'
import type { Mode } from '../../src/platforms/slack/mode.js'
import { createLackingNotes } from '../../src/store/lacking-notes.js'
import { createSeenDeliveries } from '../../src/store/seen-deliveries.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'

export const STUDY = 'C0STUDY001'
export const ANN: Person = { id: 'U0ANN00001', name: 'Ann' }
export const BEN: Person = { id: 'U0BEN00001', name: 'Ben' }
/** A guest, in the private channel, as Ann and Ada are; Ben is not. */
export const GUS: Person = { id: 'U0GUS00001', name: 'Gus', guest: true }
export const PRIVATE = 'C0PRIVATE1'
export const ADA: Person = { id: 'U0ADA00001', name: 'Ada', admin: true, tz: 'Europe/Berlin' }

const stops: (() => void)[] = []
afterAll(() => {
  for (const stop of stops) stop()
})

export const oneWorkspace = (): Workspace[] => [
  workspace(
    HOME,
    'Loopback',
    [{ ...ANN }, { ...BEN }, { ...ADA }, { ...GUS }],
    [
      channel(STUDY),
      channel('C0OUTSIDE1', { member: false }),
      channel('C0ARCHIVED', { archived: true }),
      channel('C0RIGHTS01', { restricted: true }),
      channel('C0SECOND01', { members: [ANN.id, BEN.id, ADA.id] }),
      channel(PRIVATE, { private: true, members: [ANN.id, GUS.id, ADA.id] }),
    ],
  ),
]

export interface SlackBot {
  readonly server: LoopbackSlack
  readonly bot: Bot
  readonly slack: Platform
  readonly deliver: Deliver
  readonly address: () => string
  readonly late: { ms: number }
  readonly ann: ReturnType<typeof createPerson>
  readonly ben: ReturnType<typeof createPerson>
  readonly ada: ReturnType<typeof createPerson>
  readonly gus: ReturnType<typeof createPerson>
  /** A team in the study channel whose question is due at 08:00 UTC, open for twelve hours. */
  team(more?: object): ReturnType<Bot['team']>
  /** What everybody sees in a channel. */
  inChannel(id?: string): Posted[]
}

export interface SlackBotOptions {
  readonly server?: LoopbackSlack
  readonly bot?: Bot
  readonly mode?: Mode
  readonly installs?: InstallStore
  readonly adopts?: boolean
  readonly admins?: readonly string[]
  readonly isFirst?: (id: string) => Promise<boolean>
}

export async function startSlackBot({
  server: given,
  bot: own,
  mode,
  installs,
  adopts = false,
  admins = [],
  isFirst,
}: SlackBotOptions = {}): Promise<SlackBot> {
  const server = given ?? (await startSlack(oneWorkspace()))
  const bot = own ?? (await startBot())
  // The bot's own clock is that of the rounds; Slack's calls and waits go by the clock on the wall, and by
  // what a test adds to it.
  const late = { ms: 0 }
  const slack = await createSlack({
    mode: mode ?? { kind: 'http', signingSecret: SECRET, botToken: server.token() },
    url: server.api(),
    app: () => bot.app,
    installs,
    notes: createLackingNotes((await testDatabase()).prisma, 'slack'),
    spendState: async () => true,
    isFirst: isFirst ?? createSeenDeliveries((await testDatabase()).pool, () => Date.now() + late.ms),
    residents: (channel) => bot.store.teamsInChannel('slack', channel),
    claim: (one) => claimApplication(one, { ...bot.deps, adopts }),
    admins,
    draw,
    clock: () => Date.now() + late.ms,
    log: bot.deps.log,
    metrics: bot.deps.metrics,
    timeoutMs: 1000,
  })
  ;(bot.deps.chats as Map<string, unknown>).set('slack', slack.chat)
  const door = createServer((request, response) => slack.branch?.listener(request, response))
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  stops.push(() => {
    if (!given) server.stop()
    door.close()
    door.closeAllConnections()
  })
  const address = () => `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  const deliver = inTime(overHttp(() => `${address()}/slack/events`))
  const person = (one: Person) => createPerson(server, deliver, one)
  return {
    ...{ server, bot, slack, deliver, address, late },
    ann: person(ANN),
    ben: person(BEN),
    ada: person(ADA),
    gus: person(GUS),
    team: (more) =>
      bot.team({
        platform: 'slack',
        workspace: HOME,
        channel: STUDY,
        admin: ADA.id,
        topics: ['apple'],
        ...more,
      }),
    inChannel: (id = STUDY) => server.posts.filter((p) => p.channel === id && !p.to),
  }
}

/** Every acknowledgement comes within three seconds, and is a yes. */
function inTime(deliver: Deliver): Deliver {
  return async (kind, payload): Promise<Acknowledged> => {
    const answer = await deliver(kind, payload)
    expect([answer.status, answer.ms < 3000]).toEqual([200, true])
    return answer
  }
}

/** The next private message after what `act` does. */
export async function answerTo(person: { told(): Posted[] }, act: () => Promise<unknown>): Promise<Posted> {
  const before = person.told().length
  await act()
  return until(() => person.told()[before])
}
