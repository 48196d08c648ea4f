/** A channel that refuses the bot, is gone, or is no longer the team's: the admin is told once, and it ends. */
import { expect, it } from 'vitest'
import { ChannelGone, ChatRefusal } from '../../src/bot/ports/chat.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { type Bot, startBot } from '../helpers/bot.js'
import { PLACE } from '../helpers/rounds.js'
import { teamOf, writes } from '../helpers/written.js'

const REFUSED = new ChatRefusal('Cohort is not in this channel. Invite it with /invite @Cohort.')
const DUE = '2026-11-02T08:00:00Z'

const words = (bot: Bot) => bot.chat.told.map(({ user, card }) => [user, card.title])
const titles = (bot: Bot, channel?: string) => bot.channel(channel).map(({ title }) => title)

/** From now on, `act` happens instead of a post in this channel. */
function instead(bot: Bot, channel: string, act: (post: () => Promise<string>) => Promise<string>): void {
  const { post } = bot.chat
  Object.assign(bot.chat, {
    post: (...args: Parameters<typeof post>) =>
      'channel' in args[0] && args[0].channel === channel ? act(() => post(...args)) : post(...args),
  })
}

const refuses = (bot: Bot, channel: string, error: Error = REFUSED) =>
  instead(bot, channel, async () => {
    throw error
  })

const moves = (bot: Bot, id: number, nextPostAt: string) =>
  bot.store.moveTeam({ ...PLACE, id, channel: 'other', admin: 'ada', nextPostAt: Date.parse(nextPostAt) })

it('a question whether to pause has the admin told once, and ends after a day', async () => {
  const bot = await startBot({ now: DUE })
  const team = await bot.team()
  refuses(bot, 'study')
  await bot.store.enqueue({ key: 'k', kind: 'idle', team: team.id, dueAt: Date.parse(DUE) })
  for (const minute of ['00', '01', '20']) await bot.at(`2026-11-02T08:${minute}:00Z`).tick()
  expect(words(bot)).toEqual([['ada', 'Nobody answers the questions']])
  expect(bot.errors.map(({ message }) => message)).not.toContain('admin could not be told')
})

it('a notice that questions wait for review has the admin told once', async () => {
  const { bot } = await teamOf(['ana', 'bo'])
  refuses(bot, 'study')
  await writes(bot, 'ana')
  await bot.tick()
  await bot.tick()
  expect(words(bot)).toEqual([['ada', 'Questions wait for review']])
})

it('a weekly report has the admin told once, in its own words, and is no longer tried elsewhere', async () => {
  const bot = await startBot({ now: '2026-11-02T07:00:00Z' })
  const team = await bot.team()
  const due = Date.parse('2026-11-02T09:00:00Z')
  await bot.store.orderReport(team.id, { user: 'ada', channel: 'leads' }, due)
  refuses(bot, 'leads', new ChannelGone('The channel was deleted.'))
  for (const at of ['09:00', '09:05', '12:00']) await bot.at(`2026-11-02T${at}:00Z`).tick()
  expect(words(bot)).toEqual([['ada', 'The weekly report could not be posted']])
  expect(plainCard(bot.chat.told[0]?.card ?? { blocks: [] })).toContain('It is not tried again.')
  expect(plainCard(await bot.person('ada').says('/team report'))).toContain('The channel was deleted.')
})

it('the answer in a channel that the team has left ends when it is refused, and the podium comes', async () => {
  const bot = await startBot({ now: '2026-11-30T07:00:00Z' })
  const team = await bot.team({ topics: ['apple'], openHours: 6 })
  await bot.at('2026-11-30T08:00:00Z').tick()
  await bot.person('ann').presses('A', bot.last())
  refuses(bot, 'study')
  await moves(bot, team.id, '2026-12-01T08:00:00Z')
  for (const at of ['11-30T14:00', '11-30T14:20', '12-01T00:00', '12-01T08:00', '12-01T09:00', '12-02T09:00'])
    await bot.at(`2026-${at}:00Z`).tick()
  expect(words(bot)).toEqual([['ada', 'The answer of the day could not be posted']])
  expect(titles(bot, 'other')[0]).toContain('2026-11')
})

it('an answer that is refused is told once, also when something else is taken in between', async () => {
  const bot = await startBot({ now: '2026-11-02T07:00:00Z' })
  const team = await bot.team({ openHours: 6 })
  await bot.at(DUE).tick()
  bot.chat.fail('post', 'refused')
  await bot.at('2026-11-02T14:00:00Z').tick()
  await bot.store.enqueue({ key: 'k', kind: 'idle', team: team.id, dueAt: bot.deps.clock() })
  await bot.tick()
  bot.chat.fail('post', 'refused')
  await bot.at('2026-11-02T14:20:00Z').tick()
  expect(titles(bot)).toEqual(['Question of the day', 'Should the questions pause?'])
  expect(words(bot)).toHaveLength(1)
  // What has not been told yet is.
  bot.chat.fail('post', 'refused', 'refused', 'refused')
  await bot.at('2026-11-03T08:00:00Z').tick()
  await bot.at('2026-11-03T08:01:00Z').tick()
  expect(words(bot).map(([, title]) => title)).toEqual([
    'The answer of the day could not be posted',
    'The daily question could not be posted',
  ])
})

it('a team that moves while its question is posted has it where it was posted', async () => {
  const bot = await startBot({ now: '2026-11-02T07:00:00Z' })
  const team = await bot.team({ topics: ['apple'], openHours: 6 })
  instead(bot, 'study', async (post) => {
    await moves(bot, team.id, '2026-11-03T08:00:00Z')
    return post()
  })
  await bot.at(DUE).tick()
  expect(plainCard(await bot.person('ann').presses('A', bot.last()))).toMatch(/Right|Not this time/)
  await bot.at('2026-11-02T14:00:00Z').tick()
  expect(titles(bot)).toEqual(['Question of the day', 'The answer of the day, Monday 2 November'])
})

it('a team that moves while its old channel goes has its question in the new one', async () => {
  const bot = await startBot({ now: '2026-11-02T07:00:00Z' })
  const team = await bot.team({ openHours: 6 })
  instead(bot, 'study', async () => {
    await moves(bot, team.id, '2026-11-03T08:00:00Z')
    throw new ChannelGone('The channel was deleted.')
  })
  await bot.at(DUE).tick()
  expect(titles(bot, 'other')).toEqual(['Question of the day'])
  expect(words(bot)).toEqual([])
})
