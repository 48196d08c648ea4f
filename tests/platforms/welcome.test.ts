// @module-tag slow
/** What is said where the bot was added: once, where it may write, and tried again. */
import { describe, expect, it } from 'vitest'
import * as discord from '../../loopback/discord/people.js'
import { guild } from '../../loopback/discord/server.js'
import { happens, labelsOf, readable } from '../../loopback/slack/people.js'
import { HOME, SECRET } from '../../loopback/slack/server.js'
import { createInstalls } from '../../src/store/installs.js'
import { createTokenCipher } from '../../src/store/token-cipher.js'
import { countOf, testDatabase } from '../helpers/database.js'
import { until } from '../helpers/until.js'
import { ANN as DISCORD_ANN, type DiscordBot, startDiscordBot } from './discord-bot.js'
import { ADA, ANN, answerTo, STUDY, startSlackBot } from './slack-bot.js'

const BUTTONS = ['Set up', 'Try a question', 'Look something up']
const BOT = 'U0BOT00001'
const SECOND = 'C0SECOND01'

describe('on Slack', () => {
  it('a channel that the bot is invited to gets one welcome, whose buttons work', async () => {
    const here = await startSlackBot()
    for (let i = 0; i < 2; i++)
      await happens(here.deliver, 'member_joined_channel', { user: BOT, channel: STUDY })
    const welcome = await until(() => here.inChannel()[0])
    expect(labelsOf(welcome.blocks)).toEqual(BUTTONS)
    const tried = await answerTo(here.ann, () => here.ann.presses(welcome, 'Try a question'))
    expect([readable(tried.blocks), tried.to]).toEqual([
      expect.stringContaining('Practice: question 1'),
      ANN.id,
    ])
    await here.ann.presses(welcome, 'Look something up')
    const form = await until(() => here.ann.modals()[0])
    const found = await answerTo(here.ann, () => here.ann.submits(form, { query: 'apple' }))
    expect(readable(found.blocks)).toContain('Apple')
    await here.ada.presses(welcome, 'Set up')
    expect(readable((await until(() => here.ada.modals()[0])).view)).toContain('Team name')
    const refused = await answerTo(here.ann, () => here.ann.presses(welcome, 'Set up'))
    expect(readable(refused.blocks)).toContain('admins')
    expect(here.inChannel()).toHaveLength(1)
  })

  it('a channel with a team gets none, nor one that somebody else joins', async () => {
    const here = await startSlackBot()
    await here.team()
    await happens(here.deliver, 'member_joined_channel', { user: BOT, channel: STUDY })
    await happens(here.deliver, 'member_joined_channel', { user: ANN.id, channel: SECOND })
    await answerTo(here.ben, () => here.ben.types('/cohort'))
    await here.bot.tick()
    expect([...here.inChannel(), ...here.inChannel(SECOND)]).toEqual([])
  })

  it('it is tried again when Slack fails, and comes once', async () => {
    const here = await startSlackBot()
    here.server.faults.push({ method: 'chat.postMessage', status: 503, times: 3 } as never)
    await happens(here.deliver, 'member_joined_channel', { user: BOT, channel: STUDY })
    await answerTo(here.ben, () => here.ben.types('/cohort'))
    for (const minutes of ['02', '05', '10', '20']) await here.bot.at(`2026-11-02T07:${minutes}:00Z`).tick()
    expect(here.inChannel()).toHaveLength(1)
  })

  it('it comes once where its answer was lost and the search for it fails at first', async () => {
    const here = await startSlackBot()
    here.server.faults.push({ method: 'chat.postMessage', close: true, done: true })
    for (let i = 0; i < 30; i++) here.server.faults.push({ method: 'conversations.history', status: 500 })
    await happens(here.deliver, 'member_joined_channel', { user: BOT, channel: STUDY })
    await answerTo(here.ben, () => here.ben.types('/cohort'))
    for (const minutes of ['02', '05', '10']) await here.bot.at(`2026-11-02T07:${minutes}:00Z`).tick()
    here.server.faults.length = 0
    for (const minutes of ['20', '40', '50']) await here.bot.at(`2026-11-02T07:${minutes}:00Z`).tick()
    expect(here.inChannel()).toHaveLength(1)
    expect(await countOf('select count(*) n from greeting where next_try_at is not null')).toBe(0)
  })

  it('whoever installs it by OAuth gets it as a direct message, once', async () => {
    const first = await startSlackBot()
    const installs = createInstalls(
      (await testDatabase()).prisma,
      'slack',
      createTokenCipher('a key of sixteen or more'),
    )
    const oauth = { clientId: '1.2', clientSecret: 'c', stateSecret: 's' }
    const here = await startSlackBot({
      ...{ server: first.server, bot: first.bot, installs, adopts: true },
      mode: { kind: 'oauth', signingSecret: SECRET, oauth },
    })
    await installs.save(
      { workspace: HOME, token: first.server.token(), installer: ADA.id, scopes: ['chat:write'] },
      Date.now(),
    )
    for (let i = 0; i < 2; i++) await here.bot.app.greet({ platform: 'slack', workspace: HOME, channel: '' })
    expect(here.ada.told().map((post) => labelsOf(post.blocks))).toEqual([BUTTONS])
  })

  it('whoever installs it by OAuth gets it after a restart, when the process ended in between', async () => {
    const first = await startSlackBot()
    const installs = createInstalls(
      (await testDatabase()).prisma,
      'slack',
      createTokenCipher('a key of sixteen or more'),
    )
    const { id: clientId, secret: clientSecret } = first.server.client
    const oauth = { clientId, clientSecret, stateSecret: 's'.repeat(16) }
    const mode = { kind: 'oauth', signingSecret: SECRET, oauth } as const
    const here = await startSlackBot({ server: first.server, bot: first.bot, installs, adopts: true, mode })
    const { app } = here.bot
    Object.assign(here.bot, {
      app: { ...app, greet: () => Promise.reject(new Error('the process has ended')) },
    })
    const page = await fetch(`${here.address()}/slack/install`)
    const state = /state=([^&"]+)/.exec(await page.text())?.[1] ?? ''
    const query = new URLSearchParams({
      code: first.server.allow(HOME, ADA.id),
      state: decodeURIComponent(state),
    })
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const back = await fetch(`${here.address()}/slack/oauth_redirect?${query}`, { headers: { cookie } })
    expect([back.status, here.ada.told().length]).toEqual([200, 0])
    for (let i = 0; i < 2; i++) await app.tick()
    expect(here.ada.told().map((post) => labelsOf(post.blocks))).toEqual([BUTTONS])
  })
})

describe('on Discord', () => {
  const NEW = '100000000000000077'
  const channels = ['200000000000000077', '200000000000000078', '200000000000000079']
  const [first = '', second = '', third = ''] = channels
  const SEND = 1n << 11n

  async function added(change: (one: ReturnType<typeof guild>) => void) {
    const here = await startDiscordBot()
    const one = guild(NEW, 'New', [{ ...DISCORD_ANN }], channels)
    change(one)
    here.server.joined(one)
    const posts = () => channels.map((channel) => here.inChannel(channel).length)
    return { here, posts, one }
  }

  it('a server that adds the bot gets one welcome in its system channel', async () => {
    const { here, posts } = await added((one) => {
      one.system = second
    })
    const welcome = await until(() => here.inChannel(second)[0])
    expect(discord.labelsOf(welcome)).toEqual(BUTTONS)
    await here.bot.tick()
    expect(posts()).toEqual([0, 1, 0])
  })

  it('else in the first text channel where it may write', async () => {
    const { here, posts } = await added((one) => {
      one.system = first
      for (const channel of one.channels.slice(0, 2)) Object.assign(channel, { denied: SEND })
    })
    await until(() => here.inChannel(third)[0])
    expect(posts()).toEqual([0, 0, 1])
  })

  it('where it may write nowhere, it comes once it may', async () => {
    const { here, posts, one } = await added((all) => {
      for (const channel of all.channels) Object.assign(channel, { denied: SEND })
    })
    await until(() =>
      here.discord.chat.capabilities.frontDoor?.(NEW).then(
        () => undefined,
        () => true,
      ),
    )
    // The first try has come to its end, so that the next one is due by the clock.
    await until(
      async () => (await countOf('select count(*) as n from greeting where tries > 0')) || undefined,
    )
    for (const channel of one.channels) here.server.hide(channel.id, undefined)
    Object.assign(one.channels[0] ?? {}, { denied: 0n })
    here.server.hide(first, undefined)
    await until(() =>
      here.discord.chat.capabilities.frontDoor?.(NEW).then(
        (place) => place,
        () => undefined,
      ),
    )
    await here.bot.at('2026-11-02T07:30:00Z').tick()
    expect(posts()).toEqual([1, 0, 0])
  })

  /** A server that adds the bot a moment from now, while nobody hears of it. */
  function addedUnheard(here: DiscordBot, id = NEW): void {
    const one = guild(id, 'New', [{ ...DISCORD_ANN }], channels)
    here.server.guilds.push(Object.assign(one, { joinedAt: new Date(Date.now() + 60_000).toISOString() }))
  }

  it('a server that added the bot while it was down gets one, at the next start, and no other does', async () => {
    const before = await startDiscordBot()
    await before.discord.stop()
    addedUnheard(before)
    // It was there, and nobody had noted it, before there were welcomes.
    before.server.guilds.push(
      guild('100000000000000078', 'Old', [{ ...DISCORD_ANN }], ['200000000000000088']),
    )
    const again = () => startDiscordBot({ server: before.server, bot: before.bot })
    const here = await again()
    await here.bot.tick()
    const welcome = await until(() => here.inChannel(first)[0])
    expect(discord.labelsOf(welcome)).toEqual(BUTTONS)
    await here.bot.at('2026-11-03T08:00:00Z').tick()
    await here.discord.stop()
    const [one, other] = [await again(), await again()]
    for (const bot of [one, other]) await bot.discord.beat()
    await one.bot.tick()
    expect(before.server.posts.map(({ channel }) => channel)).toEqual([first])
    await one.discord.stop()
    await other.discord.stop()
  })

  it('so does one that added it while the connection was lost, also when the database failed', {
    tags: ['slow'],
  }, async () => {
    const { server, bot, discord: client } = await startDiscordBot()
    const { addGreetings } = bot.store
    let fails = 1
    Object.assign(bot.store, {
      addGreetings: (...given: Parameters<typeof addGreetings>) =>
        fails-- > 0 ? Promise.reject(new Error('the database is away')) : addGreetings(...given),
    })
    server.gateway.state.refuseResume = true
    addedUnheard({ server } as DiscordBot)
    server.gateway.drop()
    await until(() => (fails < 1 ? true : undefined))
    await client.beat()
    await until(() => server.posts[0])
    await bot.tick()
    expect(server.posts.map(({ channel }) => channel)).toEqual([first])
    await client.stop()
  })

  it('the servers of a start get none', async () => {
    const here = await startDiscordBot()
    await here.bot.tick()
    expect(here.server.posts).toEqual([])
  })
})

describe('a channel without a team', () => {
  it('names the team next door to those who may see its channel, and to nobody else', async () => {
    const here = await startSlackBot()
    await here.team({ channel: 'C0PRIVATE1', name: 'Owls' })
    const said = async (person: typeof here.ann) =>
      readable((await answerTo(person, () => person.types('/leaderboard', SECOND))).blocks)
    expect(await said(here.ann)).toContain('Owls studies in <#C0PRIVATE1>.')
    expect(await said(here.ben)).toContain('No team studies in this channel yet')
    expect(await said(here.ben)).not.toContain('Owls')
  })
})
