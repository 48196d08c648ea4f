/**
 * What the bot says by itself: each once, whatever is refused, lost or killed in between, and one word to
 * whoever set the team up.
 */
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/bot/app.js'
import { ChannelGone } from '../../src/bot/ports/chat.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { leasesAge } from '../helpers/rounds.js'

const words = (bot: Bot) => bot.chat.told.map(({ user, card }) => [user, card.title])
const titles = (bot: Bot) => bot.channel().map((card) => card.title)

/** A team whose question is out on the last day of November. */
async function lastDay(): Promise<Bot> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'], openHours: 6 })
  await bot.at('2026-11-30T08:00:00Z').tick()
  return bot
}

describe('a channel that refuses', () => {
  it('the reveal has the admin told once, in its own words', async () => {
    const bot = await lastDay()
    bot.chat.fail('post', 'refused', 'refused')
    await bot.at('2026-11-30T14:00:00Z').tick()
    await bot.at('2026-11-30T14:01:00Z').tick()
    expect(words(bot)).toEqual([['ada', 'The answer of the day could not be posted']])
    await bot.at('2026-11-30T14:30:00Z').tick()
    expect(titles(bot).at(-1)).toBe('The answer of the day, Monday 30 November')
  })

  it('the podium has the admin told once, and is posted once it is let in', async () => {
    const bot = await lastDay()
    await bot.person('ann').presses('A', bot.last())
    await bot.at('2026-11-30T14:00:00Z').tick()
    bot.chat.fail('post', 'refused', 'refused')
    await bot.at('2026-12-01T00:00:00Z').tick()
    await bot.at('2026-12-01T00:01:00Z').tick()
    expect(words(bot)).toEqual([['ada', 'The podium could not be posted']])
    expect(plainCard(bot.chat.told[0]?.card ?? { blocks: [] })).toContain('Invite it')
    await bot.at('2026-12-01T01:00:00Z').tick()
    expect(titles(bot).filter((title) => title?.includes('2026-11'))).toHaveLength(1)
  })

  it('a notice has the admin told once', async () => {
    const bot = await lastDay()
    await bot.person('ann').presses('A', bot.last())
    await bot.at('2026-11-30T14:00:00Z').tick()
    const [{ question, key }] = (
      await (await testDatabase()).pool.query('select question, key from round_item')
    ).rows
    const other = key === 'A' ? 'B' : 'A'
    const now = bot.deps.clock()
    await bot.store.regrade(
      { question, to: '*', current: undefined, why: 'The notes were wrong.', now, apply: true },
      () => [other],
    )
    bot.chat.fail('post', 'refused', 'refused')
    await bot.at('2026-11-30T14:01:00Z').tick()
    await bot.at('2026-11-30T14:02:00Z').tick()
    expect(words(bot)).toEqual([['ada', 'A corrected key could not be announced']])
  })

  it('has the admin told anew once something went well in between', async () => {
    const bot = await lastDay()
    bot.chat.fail('post', 'refused')
    await bot.at('2026-11-30T14:00:00Z').tick()
    await bot.at('2026-11-30T14:01:00Z').tick()
    bot.chat.fail('post', 'refused')
    await bot.at('2026-12-01T00:00:00Z').tick()
    expect(words(bot).map(([, title]) => title)).toEqual([
      'The answer of the day could not be posted',
      'The podium could not be posted',
    ])
  })
})

describe('a word to whoever set the team up', () => {
  it('is not doubled when the bot falls before it writes down that it was told', async () => {
    const bot = await lastDay()
    const { recordSent } = bot.store
    bot.chat.fail('post', 'refused')
    Object.assign(bot.store, { recordSent: () => new Promise(() => {}) })
    void bot.at('2026-11-30T14:00:00Z').tick()
    await expect.poll(() => bot.chat.told.length).toBe(1)
    await leasesAge(await testDatabase(), 61_000)
    await createApp({ ...bot.deps, store: { ...bot.store, recordSent } }).tick()
    expect(words(bot)).toHaveLength(1)
    expect(
      (await (await testDatabase()).pool.query("select state from delivery where kind = 'refusal'")).rows,
    ).toEqual([{ state: 'sent' }])
  })

  it('comes later when the platform is away, and no more after a day', async () => {
    const bot = await lastDay()
    const { post } = bot.chat
    const away = (hours: number) =>
      bot.deps.clock() < Date.parse('2026-11-30T14:00:00Z') + hours * 3_600_000 ? new Error('503') : undefined
    const until = async (hours: number) => {
      Object.assign(bot.chat, {
        post: async (...[to, ...rest]: Parameters<typeof post>) => {
          const error = 'user' in to ? away(hours) : undefined
          if (error) throw error
          return post(to, ...rest)
        },
      })
    }
    await until(1)
    bot.chat.fail('post', 'refused')
    await bot.at('2026-11-30T14:00:00Z').tick()
    expect(words(bot)).toEqual([])
    await bot.at('2026-11-30T15:10:00Z').tick()
    expect(words(bot)).toHaveLength(1)
    await until(99)
    bot.chat.fail('post', 'refused')
    await bot.at('2026-12-01T00:00:00Z').tick()
    await bot.at('2026-12-02T00:10:00Z').tick()
    await until(0)
    await bot.at('2026-12-02T01:00:00Z').tick()
    expect(words(bot)).toHaveLength(1)
  })

  it('says once that the channel is gone, whatever of it was still to come', async () => {
    const bot = await lastDay()
    const { post } = bot.chat
    Object.assign(bot.chat, {
      post: async (...[to, ...rest]: Parameters<typeof post>) => {
        if ('channel' in to) throw new ChannelGone('The channel is gone.')
        return post(to, ...rest)
      },
    })
    await bot.at('2026-12-01T00:00:00Z').tick()
    await bot.at('2026-12-01T00:10:00Z').tick()
    expect(words(bot)).toEqual([['ada', 'Orchard is paused']])
    // The podium waits for the team to be set up elsewhere.
    expect(
      (await (await testDatabase()).pool.query("select kind from delivery where state = 'due'")).rows,
    ).toEqual([{ kind: 'podium' }])
  })
})

describe('a delivery to one member', () => {
  const NOON = '2026-12-01T12:00:00Z'
  /** Ann is a member who wants reminders, and has one due at noon. */
  async function dueAtNoon(): Promise<Bot> {
    const bot = await lastDay()
    await bot.person('ann').presses('A', bot.last())
    await bot.store.remind(
      { platform: 'test', workspace: 'w1', user: 'ann' },
      Date.parse('2026-11-30T08:00:00Z'),
    )
    await bot.store.enqueue({ key: 'k', kind: 'reminder', member: 1, wording: 0, dueAt: Date.parse(NOON) })
    return bot
  }
  const rowsOf = async () =>
    (
      await (
        await testDatabase()
      ).pool.query(
        "select state, reason, tries, member_id, team_id, platform from delivery where kind = 'reminder'",
      )
    ).rows

  it('comes to them in private when it is due, once', async () => {
    const bot = await dueAtNoon()
    await bot.at('2026-12-01T11:59:59Z').tick()
    expect(bot.chat.told).toEqual([])
    await bot.at(NOON).tick()
    await bot.tick()
    expect(bot.chat.told).toMatchObject([{ workspace: 'w1', user: 'ann', key: 'k' }])
    expect(await rowsOf()).toMatchObject([
      { state: 'sent', member_id: 1, team_id: null, platform: 'test', reason: null },
    ])
  })

  it('is not doubled when the bot falls before it writes down that it was sent', async () => {
    const bot = await dueAtNoon()
    const { recordSent } = bot.store
    Object.assign(bot.store, { recordSent: () => new Promise(() => {}) })
    void bot.at(NOON).tick()
    await expect.poll(() => bot.chat.told.length).toBe(1)
    await leasesAge(await testDatabase(), 61_000)
    await createApp({ ...bot.deps, store: { ...bot.store, recordSent } }).tick()
    expect(bot.chat.told).toHaveLength(1)
    expect(await rowsOf()).toMatchObject([{ state: 'sent' }])
  })

  it.each(['down', 'lost', 'busy'] as const)('is tried again when the platform is %s', async (how) => {
    const bot = await dueAtNoon()
    bot.chat.fail('tell', how)
    await bot.at(NOON).tick()
    expect(await rowsOf()).toMatchObject([{ state: 'due' }])
    await bot.at('2026-12-01T12:01:00Z').tick()
    expect(bot.chat.told).toHaveLength(1)
    expect(await rowsOf()).toMatchObject([{ state: 'sent' }])
  })

  it('ends where the platform refuses it, and nobody else is told', async () => {
    const bot = await dueAtNoon()
    bot.chat.fail('tell', 'refused')
    await bot.at(NOON).tick()
    await bot.at('2026-12-01T12:10:00Z').tick()
    expect(bot.chat.told).toEqual([])
    expect(await rowsOf()).toMatchObject([{ state: 'dropped', reason: expect.stringContaining('Cohort') }])
    expect((await bot.store.backlog(bot.deps.clock())).map(({ kind }) => kind)).not.toContain('reminder')
  })

  it('comes whatever other teams are paused, and not where the bot was removed', {
    tags: ['slow'],
  }, async () => {
    const bot = await dueAtNoon()
    const other = await bot.team({ channel: 'other' })
    await bot.store.pauseTeam(other.id, true, undefined)
    await bot.team({ workspace: 'w2' })
    for (const workspace of ['w1', 'w2']) await bot.store.removeWorkspace({ platform: 'test', workspace }, 0)
    await bot.at(NOON).tick()
    expect(bot.chat.told).toEqual([])
    expect((await bot.store.backlog(bot.deps.clock())).map(({ kind }) => kind)).not.toContain('reminder')
    await bot.store.openWorkspaces('test', ['w1'])
    const late = await bot.store.backlog(bot.deps.clock())
    expect(late.filter(({ kind }) => kind === 'reminder')).toMatchObject([{ count: 1 }])
    await bot.tick()
    expect(bot.chat.told).toHaveLength(1)
  })

  it('goes with them', async () => {
    const bot = await dueAtNoon()
    await bot.store.forgetMember({ platform: 'test', workspace: 'w1', user: 'ann' })
    expect(await rowsOf()).toEqual([])
    await bot.at(NOON).tick()
    expect(bot.chat.told).toEqual([])
  })
})

describe('the question of the next day', () => {
  it('comes after the reveal of the day before, of every team, when both are due at once', async () => {
    const bot = await startBot()
    for (let i = 0; i < 40; i++) await bot.team({ topics: ['apple'], openHours: 24, channel: `c${i}` })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await bot.at('2026-11-03T08:00:00Z').tick()
    for (let i = 0; i < 40; i++)
      expect(bot.channel(`c${i}`).map((card) => card.title)).toEqual([
        'Question of the day',
        'The answer of the day, Monday 2 November',
        'Question of the day',
      ])
  })

  it('comes after it also when the bot was down for both', { tags: ['slow'] }, async () => {
    const bot = await startBot()
    for (let i = 0; i < 40; i++) await bot.team({ topics: ['apple'], openHours: 24, channel: `c${i}` })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await bot.at('2026-11-03T09:30:00Z').tick()
    for (let i = 0; i < 40; i++)
      expect(bot.channel(`c${i}`).map((card) => card.title)).toEqual([
        'Question of the day',
        'The answer of the day, Monday 2 November',
        'Question of the day',
      ])
  })

  it('does not wait for one that could not be posted after such a time', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], openHours: 24 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    bot.chat.fail('post', 'down')
    await bot.at('2026-11-03T09:30:00Z').tick()
    expect(titles(bot)).toEqual(['Question of the day', 'Question of the day'])
    await bot.at('2026-11-03T09:31:00Z').tick()
    expect(titles(bot).at(-1)).toBe('The answer of the day, Monday 2 November')
  })

  it('waits for it a minute at most', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], openHours: 24 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    bot.chat.fail('post', 'down', 'down', 'down')
    await bot.at('2026-11-03T08:00:00Z').tick()
    expect(titles(bot)).toEqual(['Question of the day'])
    await bot.at('2026-11-03T08:01:00Z').tick()
    await bot.at('2026-11-03T08:10:00Z').tick()
    expect(titles(bot).toSorted()).toEqual([
      'Question of the day',
      'Question of the day',
      'The answer of the day, Monday 2 November',
    ])
  })
})
