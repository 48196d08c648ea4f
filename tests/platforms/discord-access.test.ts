/**
 * Who sees what in Discord: by roles, by what a channel grants and denies, in threads, and where only the
 * REST API knows.
 */
import { PermissionFlagsBits } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPerson, labelsOf, readable } from '../../loopback/discord/people.js'
import type { Channel, Person, Posted } from '../../loopback/discord/server.js'
import { ChatRefusal } from '../../src/bot/ports/chat.js'
import { until } from '../helpers/until.js'
import {
  ADA,
  ANN,
  AWAY,
  answerTo,
  BEN,
  type DiscordBot,
  HOME,
  SECOND,
  STUDY,
  startDiscordBot,
} from './discord-bot.js'

let here: DiscordBot
beforeEach(async () => {
  here = await startDiscordBot()
})
afterEach(() => here.stop())

const OWNER: Person = { id: '300000000000000011', username: 'owen' }
const ADMIN: Person = { id: '300000000000000012', username: 'max', roles: ['400000000000000001'] }
const READER: Person = { id: '300000000000000013', username: 'rae', roles: ['400000000000000002'] }
const NEW = '200000000000000077'
const ELSEWHERE = '200000000000000099'

const access = (user: string, channel = SECOND) =>
  here.discord.chat.access({ workspace: HOME, channel }, user)
const isPrivate = (channel: string) => here.discord.chat.isPrivate({ workspace: HOME, channel })
const asked = (call: RegExp) => here.server.calls.filter((one) => call.test(one)).length
const stored = (channel: string) => here.bot.store.teamIn({ platform: 'discord', workspace: HOME, channel })

function joins(guild: string, ...people: readonly Person[]): void {
  const server = here.server.place(guild)
  Object.assign(server ?? {}, { people: [...(server?.people ?? []), ...people] })
}

/**
 * Only Ann, the readers and the bot see the second channel, and the roles and the owner are there. The bot
 * has heard of it.
 */
async function hidden(): Promise<void> {
  const guild = here.server.place(HOME)
  if (!guild) throw new Error('no server')
  guild.owner = OWNER.id
  guild.roles['400000000000000001'] = PermissionFlagsBits.Administrator
  guild.roles['400000000000000002'] = 0n
  joins(HOME, OWNER, ADMIN, READER)
  here.server.hide(SECOND, [ANN.id, '400000000000000002'])
  here.server.changed(HOME)
  await answerTo(here.ann, () => here.ann.types('/help'))
}

/** One that the gateway has not told of, as if another process had its shard. */
function unheard(id: string, more: Partial<Channel> = {}, guild = HOME): void {
  here.server.place(guild)?.channels.push({ id, name: 'unheard', denied: 0n, only: undefined, ...more })
}

describe('a channel', () => {
  it('is seen by roles and members that it grants, by the owner and by administrators', async () => {
    await hidden()
    const seen = await Promise.all([ANN, BEN, ADA, OWNER, ADMIN, READER].map(({ id }) => access(id)))
    expect(seen).toEqual(['yes', 'no', 'no', 'yes', 'yes', 'yes'])
    expect([await isPrivate(SECOND), await isPrivate(STUDY)]).toEqual([true, false])
  })

  it('is seen by nobody who has left the server, and by nobody in another server', async () => {
    expect(await access('300000000000000004')).toBe('no')
    expect(await access('399999999999999999')).toBe('no')
    joins(AWAY, ANN)
    expect(await here.discord.chat.access({ workspace: AWAY, channel: SECOND }, ANN.id)).toBe('no')
    expect(await here.discord.chat.isPrivate({ workspace: AWAY, channel: SECOND })).toBe(true)
  })

  it('that is not known here is asked for, with its server and whoever asks, once', async () => {
    unheard(NEW, { only: [ANN.id] })
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => access(i % 2 ? ANN.id : BEN.id, NEW)))
    expect(new Set(all)).toEqual(new Set(['yes', 'no']))
    expect(await isPrivate(NEW)).toBe(true)
    expect([asked(/^GET .channels.\d+$/), asked(/members/)]).toEqual([1, 2])
  })

  it('tells nothing while Discord does not say, so it counts as private', async () => {
    unheard(NEW)
    here.server.state.chaos = () => ({ status: 500 })
    expect([await access(ANN.id, NEW), await isPrivate(NEW)]).toEqual(['unknown', true])
  })

  it('that Cohort itself cannot see counts as private', async () => {
    unheard(NEW, { denied: PermissionFlagsBits.ViewChannel })
    expect([await access(ANN.id, NEW), await isPrivate(NEW)]).toEqual(['unknown', true])
  })
})

describe('a thread', () => {
  it('is seen by who sees its channel, and a private one by who was added', async () => {
    await hidden()
    unheard(NEW, { thread: { parent: SECOND, added: undefined } })
    expect([await access(ANN.id, NEW), await access(BEN.id, NEW), await isPrivate(NEW)]).toEqual([
      'yes',
      'no',
      true,
    ])
    unheard(ELSEWHERE, { thread: { parent: STUDY, added: [BEN.id] } })
    const seen = await Promise.all([ANN, BEN, ADMIN].map(({ id }) => access(id, ELSEWHERE)))
    expect([...seen, await isPrivate(ELSEWHERE)]).toEqual(['no', 'yes', 'yes', true])
  })

  it('of a public channel is public', async () => {
    unheard(NEW, { thread: { parent: STUDY, added: undefined } })
    expect([await access(BEN.id, NEW), await isPrivate(NEW)]).toEqual(['yes', false])
  })
})

describe('a question of a channel that not everybody sees', () => {
  /**
   * Both have answered in the study channel, so that their direct messages are known to be of this server.
   */
  async function privateRound(): Promise<{ team: number; question: Posted }> {
    await hidden()
    await here.team()
    const { id } = await here.team({ channel: SECOND, name: 'Owls' })
    await here.bot.at('2026-11-02T08:00:00Z').tick()
    for (const person of [here.ann, here.ben])
      await answerTo(person, () => answers(person, here.inChannel()[0] as Posted))
    return { team: id, question: here.inChannel(SECOND)[0] as Posted }
  }
  const alone = (person: Person) =>
    createPerson(here.server, person, undefined, here.server.privateChannel(person.id))
  const answers = (person: ReturnType<typeof alone>, question: Posted) =>
    labelsOf(question).includes('A') ? person.presses(question, 'A') : person.picks(question, ['A', 'B'])
  const pressed = async (person: ReturnType<typeof alone>, question: Posted, channel: string) =>
    readable(await answerTo(person, () => answers(person, { ...question, channel })))
  /** In a direct message the answer stands in place of what was pressed. */
  async function pressesAlone(person: Person, question: Posted): Promise<void> {
    const edits = () => here.server.calls.filter((call) => call.startsWith('PATCH /webhooks')).length
    const before = edits()
    await answers(alone(person), { ...question, channel: here.server.privateChannel(person.id) })
    await until(() => edits() > before || undefined)
  }

  it('is answered there, and not by a made-up press from elsewhere', async () => {
    const { team, question } = await privateRound()
    expect(await pressed(here.ben, question, STUDY)).toContain('no longer works')
    expect(await here.bot.store.memberCount(team)).toBe(0)
    expect(await pressed(here.ann, question, SECOND)).toMatch(/Right|Not this time/)
    await pressesAlone(BEN, question)
    expect(await here.bot.store.memberCount(team)).toBe(1)
  })

  it('is answered in the direct messages of who sees the channel', async () => {
    const { team, question } = await privateRound()
    await pressesAlone(ANN, question)
    expect(await here.bot.store.memberCount(team)).toBe(1)
  })
})

describe('the channel of a setup', () => {
  async function saved(channel: string): Promise<string> {
    const before = here.ada.modals().length
    here.ada.types('/team setup')
    const first = await until(() => here.ada.modals()[before])
    const between = await answerTo(here.ada, () => here.ada.submits(first, { channel: [channel] }))
    here.ada.presses(between, 'Save')
    return until(() => /is set up|no such channel|nothing was saved/.exec(readable(between))?.[0])
  }

  it('is on this server, also where only Discord knows of it, and one that the admin sees', {
    tags: ['slow'],
  }, async () => {
    await hidden()
    unheard(NEW)
    unheard(ELSEWHERE, {}, AWAY)
    for (const channel of ['200000000000000009', ELSEWHERE, '299999999999999999', SECOND]) {
      expect([channel, await saved(channel)]).toEqual([channel, 'no such channel'])
      expect(await stored(channel)).toBeUndefined()
    }
    expect(await saved(NEW)).toBe('is set up')
    expect(here.inChannel(NEW)).toHaveLength(1)
  })

  it('is not taken on trust while Discord cannot be asked: that is told, and nothing is saved', async () => {
    unheard(NEW)
    here.server.state.chaos = (call) => (call.startsWith('GET /channels') ? { status: 500 } : undefined)
    expect(await saved(NEW)).toBe('nothing was saved')
    expect(await stored(NEW)).toBeUndefined()
  })
})

it('nothing is posted in a channel of another server that an earlier version has taken', async () => {
  unheard(ELSEWHERE, {}, AWAY)
  await here.team({ channel: ELSEWHERE })
  await here.bot.at('2026-11-02T08:00:00Z').tick()
  expect(here.inChannel(ELSEWHERE)).toEqual([])
  const post = here.discord.chat.post({ workspace: HOME, channel: ELSEWHERE }, { blocks: [] }, 'k')
  await expect(post).rejects.toThrow(ChatRefusal)
  expect(readable(here.ada.told()[0] as Posted)).toContain('on another server')
})
