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
    expect(words(bot)).toEqual([['ada', 'A corrected key could not be told']])
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
