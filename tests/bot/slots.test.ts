/** When the next question comes, and what becomes of the one before: whatever an admin changes in between. */
import { describe, expect, it } from 'vitest'
import type { FormValues } from '../../src/bot/ports/chat.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { type Bot, startBot } from '../helpers/bot.js'

const setup = (more: Record<string, string | readonly string[]> = {}): FormValues => ({
  ...{
    name: 'Orchard',
    channel: 'study',
    time: '08:00',
    zone: 'UTC',
    count: '1',
    open: '24',
    pack: 'orchard',
    topics: [],
  },
  days: ['1', '2', '3', '4', '5', '6', '7'],
  ...more,
})
const save = async (bot: Bot, more?: Record<string, string | readonly string[]>) => {
  const ada = bot.person('ada')
  await ada.says('/team setup')
  return plainCard(await ada.fills(setup(more)))
}
const titles = (bot: Bot) => bot.channel().map((card) => card.title)
const status = async (bot: Bot, who = 'ann') => plainCard(await bot.person(who).says('/study status'))
const QUESTION = 'Question of the day'
const revealOf = (day: string) => `The answer of the day, ${day}`

/** A team whose question of Monday 2 November is out. */
async function asked(more: object = {}): Promise<Bot> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'], openHours: 24, ...more })
  await bot.at('2026-11-02T08:00:00Z').tick()
  return bot
}

describe('a day that has had its question', () => {
  it('is promised no other when the time is moved to later that day', async () => {
    const bot = await asked()
    bot.at('2026-11-02T17:13:00Z')
    const card = await save(bot, { time: '17:15' })
    expect(card).toContain('Today has had its question')
    expect(card).toMatch(/Tue.*17:15|3 Nov.*17:15/)
    expect(card).not.toContain('Post a question now')
    await bot.at('2026-11-02T17:16:00Z').tick()
    expect(titles(bot)).toEqual([QUESTION])
    await bot.at('2026-11-03T17:15:00Z').tick()
    expect(titles(bot).filter((title) => title === QUESTION)).toHaveLength(2)
  })

  it.each(['/team resume', 'post-now'])('is promised no other after %s', async (way) => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], minute: 17 * 60 })
    bot.at('2026-11-02T09:00:00Z')
    const ada = bot.person('ada')
    await ada.says('/team post-now')
    if (way === '/team resume') {
      await ada.says('/team pause')
      expect(plainCard(await ada.says('/team resume'))).toMatch(/3 Nov|Tue/)
    }
    expect(await status(bot)).toMatch(/Next question: [^\n]*(3 Nov|Tue)/)
    await bot.at('2026-11-02T17:00:00Z').tick()
    expect(titles(bot).filter((title) => title === QUESTION)).toHaveLength(1)
  })

  it('is so in the zone that the team moves to, too', async () => {
    const bot = await asked({ zone: 'Pacific/Auckland', minute: 21 * 60 })
    // It was asked on 2 November at 21:00 in Auckland; in Honolulu that is the evening of the first.
    expect(await save(bot, { zone: 'Pacific/Honolulu', time: '20:00' })).toContain(
      'Next question: Tue 3 Nov, 20:00.',
    )
    await bot.at('2026-11-03T06:00:00Z').tick()
    expect(titles(bot).filter((title) => title === QUESTION)).toHaveLength(1)
    await bot.at('2026-11-04T06:00:00Z').tick()
    expect(titles(bot).filter((title) => title === QUESTION)).toHaveLength(2)
  })
})

describe('a new question', () => {
  it('closes the one before, which was to stay open for a week', async () => {
    const bot = await asked({ openHours: 168, days: [1] })
    const first = bot.last()
    await save(bot, { open: '24' })
    await bot.at('2026-11-03T08:00:00Z').tick()
    expect(titles(bot)).toEqual([QUESTION, revealOf('Monday 2 November'), QUESTION])
    expect(plainCard(first === bot.last() ? { blocks: [] } : (bot.channel()[0] ?? { blocks: [] }))).toContain(
      'Closed.',
    )
    expect((await status(bot)).match(/is open until/g)).toHaveLength(1)
    await bot.person('ann').presses('A', first)
    expect(
      (await bot.store.openRounds((await bot.store.teamsAfter(0, 1))[0]?.id ?? 0)).map((round) => round.date),
    ).toEqual(['2026-11-03'])
  })

  it('closes the one before when an admin posts it out of turn, the answer first', async () => {
    const bot = await asked({ openHours: 168, days: [1] })
    bot.at('2026-11-04T12:00:00Z')
    await bot.person('ada').says('/team post-now')
    expect(titles(bot)).toEqual([QUESTION, revealOf('Monday 2 November'), QUESTION])
    await bot.at('2026-11-09T08:00:00Z').tick()
    expect(titles(bot).slice(3)).toEqual([revealOf('Wednesday 4 November'), QUESTION])
  })
})

describe('a team that moves west', () => {
  it('has its podium after the last round of the month in its new zone', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], zone: 'Asia/Tokyo', minute: 8 * 60, openHours: 2 })
    await bot.at('2026-11-29T23:00:00Z').tick()
    await bot.at('2026-11-30T01:00:00Z').tick()
    await save(bot, { zone: 'America/Los_Angeles', time: '18:00', open: '2' })
    // In Tokyo the month is over, in Los Angeles it is not.
    await bot.at('2026-11-30T15:00:00Z').tick()
    expect(titles(bot).filter((title) => title?.includes('2026-11'))).toEqual([])
    await bot.at('2026-12-01T08:00:00Z').tick()
    await bot.at('2026-12-01T08:10:00Z').tick()
    expect(titles(bot).at(-1)).toContain('2026-11')
  })

  it('sees in its status the round that is open', async () => {
    const bot = await asked({ zone: 'Pacific/Auckland', minute: 21 * 60, openHours: 24 })
    await save(bot, { zone: 'Pacific/Honolulu', time: '23:00' })
    expect(await status(bot)).toContain('is open until')
  })
})

describe('a team that is paused', () => {
  it('gets nothing until it is resumed, no answer and no podium, and then what was due', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'], openHours: 6 })
    await bot.at('2026-11-30T08:00:00Z').tick()
    const ada = bot.person('ada')
    await ada.says('/team pause')
    await bot.at('2026-12-02T00:00:00Z').tick()
    expect(titles(bot)).toEqual([QUESTION])
    for (const line of ['/team post-now']) expect(plainCard(await ada.says(line))).toContain('is paused')
    expect(await status(bot, 'ada')).not.toContain('Close the round now')
    expect(await bot.store.backlog(Date.parse('2026-12-02T00:00:00Z'))).toEqual([])
    await ada.says('/team resume')
    await bot.tick()
    expect(titles(bot).slice(1)).toEqual([revealOf('Monday 30 November'), expect.stringContaining('2026-11')])
  })
})
