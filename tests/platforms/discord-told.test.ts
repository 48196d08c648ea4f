// @module-tag slow
/** Whom Discord notifies, and the threads under reveals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { componentsIn } from '../../loopback/discord/judge.js'
import { readable } from '../../loopback/discord/people.js'
import {
  type Json,
  type Opened,
  PERMISSION,
  type Posted,
  startDiscord,
} from '../../loopback/discord/server.js'
import { until } from '../helpers/until.js'
import { ANN, answerTo, type DiscordBot, HOME, STUDY, startDiscordBot, twoGuilds } from './discord-bot.js'

const ROLE = '400000000000000001'
const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:05:00Z'

let here: DiscordBot
beforeEach(async () => {
  const guilds = twoGuilds()
  for (const { roles } of guilds) roles[ROLE] = 0n
  here = await startDiscordBot({ server: await startDiscord(guilds) })
})
afterEach(() => here.stop())

const team = () => here.bot.store.teamIn({ platform: 'discord', workspace: HOME, channel: STUDY })

describe('a role that is mentioned with the question', () => {
  it('is notified once, with the question, and never again by what changes it', async () => {
    await here.team({ mention: ROLE })
    await here.bot.at(DUE).tick()
    const [question] = here.inChannel()
    expect(question?.notified).toEqual([ROLE])
    await here.bot.at(CLOSED).tick()
    expect(here.inChannel().map((post) => post.notified)).toEqual([[ROLE], []])
    // All that could have notified anybody is that one message.
    expect(here.server.pinging).toHaveLength(1)
    expect(readable(question as Posted)).not.toContain(ROLE)
  })

  it('is left out once it was deleted, and the question comes all the same', async () => {
    await here.team({ mention: ROLE })
    const home = here.server.place(HOME)
    if (home) delete home.roles[ROLE]
    here.server.gateway.tell(HOME, 'GUILD_ROLE_DELETE', { guild_id: HOME, role_id: ROLE })
    // What comes later by the gateway has come after it.
    await answerTo(here.ann, () => here.ann.types('/help'))
    await here.bot.at(DUE).tick()
    const [question] = here.inChannel()
    expect(readable(question as Posted)).toContain('Question of the day')
    expect(JSON.stringify(question)).not.toContain(ROLE)
    expect(here.server.pinging).toEqual([])
  })

  it('is never that of everybody', async () => {
    await here.team({ mention: HOME })
    await here.bot.at(DUE).tick()
    expect(here.inChannel()[0]?.notified).toEqual([])
  })
})

describe('a thread under the reveal', () => {
  const threads = () => here.inChannel().map((post) => post.threadName)

  it('hangs on the reveal, with the day as its name', async () => {
    await here.team({ thread: true })
    await here.bot.at(DUE).tick()
    await here.bot.at(CLOSED).tick()
    await here.bot.at('2026-11-02T20:06:00Z').tick()
    expect(threads()).toEqual([undefined, 'Discussion, Monday 2 November'])
  })

  it('is opened once when the answer to the first try was lost', async () => {
    await here.team({ thread: true })
    await here.bot.at(DUE).tick()
    for (let i = 0; i < 4; i++) here.server.faults.push({ call: /threads$/, status: 500, done: true })
    await here.bot.at(CLOSED).tick()
    for (const minute of ['06', '10', '20']) await here.bot.at(`2026-11-02T20:${minute}:00Z`).tick()
    expect(threads()).toEqual([undefined, 'Discussion, Monday 2 November'])
    expect(here.bot.log.filter(({ message }) => message === 'thread posted')).toHaveLength(1)
  })

  it('is left out where Cohort may open none, and the status says which permission it is', async () => {
    await here.team({ thread: true })
    here.server.deny(STUDY, PERMISSION.threads)
    await here.bot.at(DUE).tick()
    await here.bot.at(CLOSED).tick()
    await here.bot.at('2026-11-02T20:06:00Z').tick()
    expect(threads()).toEqual([undefined, undefined])
    expect(here.ada.told()).toEqual([])
    expect(readable(await answerTo(here.ada, () => here.ada.types('/team status')))).toContain(
      'Create Public Threads',
    )
  })
})

describe('the winners of a season', () => {
  it('are notified by the podium when they said yes, and nobody else is', async () => {
    await here.team()
    await here.bot.at('2026-11-30T08:00:00Z').tick()
    const question = here.inChannel().at(-1) as Posted
    for (const person of [here.ann, here.ben])
      await answerTo(person, () =>
        readable(question).includes('Choose TWO')
          ? person.picks(question, ['A', 'B'])
          : person.presses(question, 'A'),
      )
    const stats = await answerTo(here.ann, () => here.ann.types('/stats'))
    here.ann.presses(stats, 'Mention me on podiums')
    await until(() => readable(stats).includes('You are mentioned') || undefined)
    await here.bot.at('2026-11-30T20:00:00Z').tick()
    await here.bot.at('2026-12-01T00:00:00Z').tick()
    expect(here.inChannel().at(-1)?.notified).toEqual([ANN.id])
  })
})

describe('the setup', () => {
  async function formAfter(act: () => unknown): Promise<Opened> {
    const before = here.ada.modals().length
    act()
    return until(() => here.ada.modals()[before])
  }
  const idsIn = (modal: Opened) =>
    componentsIn(modal.data.components as Json[]).flatMap((c) => (c.custom_id ? [String(c.custom_id)] : []))

  /** The second step, where the rest of the form stays as it is. */
  async function savedWith(given: Record<string, string | readonly string[]>): Promise<void> {
    const first = await formAfter(() => here.ada.types('/team setup'))
    const between = await answerTo(here.ada, () => here.ada.submits(first, {}))
    const second = await formAfter(() => here.ada.presses(between, 'Go on'))
    expect(idsIn(second)).toEqual(expect.arrayContaining(['mention', 'thread']))
    here.ada.submits(second, given)
    await until(() => here.ada.told().find((post) => readable(post).includes('is set up')))
  }

  it('offers a role and a thread, and keeps them', async () => {
    await here.team()
    await savedWith({ mention: [ROLE], thread: 'yes' })
    expect(await team()).toMatchObject({ mention: ROLE, thread: true })
  })

  it('takes the role back', async () => {
    await here.team({ mention: ROLE, thread: true })
    await savedWith({ mention: [] })
    expect(await team()).toMatchObject({ mention: '', thread: true })
  })
})
