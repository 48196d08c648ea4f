/** Reminders to those who asked for them: when they come, when they do not, and when they stop. */
import { describe, expect, it } from 'vitest'
import { REMINDERS } from '../../src/bot/cards/reminder.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { answers, openQuestion, ticks } from '../helpers/answerable.js'
import { type Bot, labelsOf, type Person, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

const TITLES = REMINDERS.map(([title]) => title)

/** Ann has answered on Monday at nine, and wants reminders. */
async function reminded(): Promise<{ bot: Bot; ann: Person }> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'], openHours: 20 })
  await bot.at('2026-11-02T08:00Z').tick()
  const ann = bot.person('ann')
  await bot.at('2026-11-02T09:00Z')
  await answers(ann, openQuestion(bot))
  await ann.says('/study remind on')
  return { bot, ann }
}

const titles = (bot: Bot) => bot.chat.told.map(({ card }) => card.title)

describe('a reminder', () => {
  it('comes directly, 23.5 hours after the last answer, and not before', async () => {
    const { bot, ann } = await reminded()
    expect(ann.sees).toContain('Reminders are on')
    await ticks(bot, '2026-11-02T10:00Z', '2026-11-03T08:29Z')
    expect(bot.chat.told).toEqual([])
    await ticks(bot, '2026-11-03T08:30Z', '2026-11-03T09:30Z', '2026-11-03T19:00Z')
    expect(bot.chat.told).toMatchObject([{ workspace: 'w1', user: 'ann' }])
    expect(TITLES).toContain(titles(bot)[0])
    expect(labelsOf(bot.chat.told[0]?.card ?? { blocks: [] })).toEqual([
      'Practise',
      'Your study',
      'Later today',
      'Off',
    ])
  })

  it('comes between eight and twenty of the zone that the platform knows of the member', async () => {
    const { bot } = await reminded()
    const kei = bot.person('kei', { zone: 'Asia/Tokyo' })
    await answers(kei, openQuestion(bot))
    await kei.says('/study remind on')
    const forKei = () => bot.chat.told.filter(({ user }) => user === 'kei').length
    // 23.5 hours later it is 17:30 in Tokyo.
    await ticks(bot, '2026-11-03T08:29Z')
    expect(forKei()).toBe(0)
    await ticks(bot, '2026-11-03T08:31Z')
    expect(forKei()).toBe(1)
    await bot.at('2026-11-03T13:00Z')
    await answers(kei, await kei.says('/quiz apple'))
    // It would be 21:30 there.
    await ticks(bot, '2026-11-04T12:31Z', '2026-11-04T22:59Z')
    expect(forKei()).toBe(1)
    await ticks(bot, '2026-11-04T23:01Z')
    expect(forKei()).toBe(2)
  })

  it('does not come to whoever did not ask, or has answered meanwhile, or switched it off', async () => {
    const { bot, ann } = await reminded()
    await answers(bot.person('ben'), openQuestion(bot))
    await ticks(bot, '2026-11-03T08:10Z')
    await answers(ann, openQuestion(bot))
    await ticks(bot, '2026-11-03T08:31Z', '2026-11-03T19:00Z')
    expect(bot.chat.told).toEqual([])
    await ann.says('/study remind off')
    expect(ann.sees).toContain('Reminders are off')
    await ticks(bot, '2026-11-04T09:00Z', '2026-11-05T09:00Z')
    expect(bot.chat.told).toEqual([])
  })

  it('does not come when the answer is given between its planning and its sending', async () => {
    const { bot, ann } = await reminded()
    bot.chat.fail('tell', 'busy')
    await ticks(bot, '2026-11-03T08:30Z')
    await answers(ann, await ann.says('/quiz apple'))
    await ticks(bot, '2026-11-03T08:31Z')
    expect(bot.chat.told).toEqual([])
    const { rows } = await (await testDatabase()).pool.query(
      "select reason from delivery where kind = 'reminder'",
    )
    expect(rows).toEqual([{ reason: 'they have answered, or it is no time for it' }])
  })

  it('does not come in an away time, nor on days without a question', async () => {
    const { bot, ann } = await reminded()
    await ann.says('/study away until 4 November')
    await ticks(bot, '2026-11-03T09:00Z', '2026-11-04T09:00Z')
    expect(bot.chat.told).toEqual([])
    await ticks(bot, '2026-11-05T08:00Z')
    expect(bot.chat.told).toHaveLength(1)
    await bot.store.pauseTeam(1, true, undefined)
    await ticks(bot, '2026-11-06T09:00Z', '2026-11-07T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('comes at once when somebody is back early', async () => {
    const { bot, ann } = await reminded()
    await ann.says('/study away until 20 November')
    await ticks(bot, '2026-11-03T09:00Z')
    await ann.says('/study away off')
    await ticks(bot, '2026-11-03T09:10Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('stops after five that nobody answered, says so once, and goes on when it is asked to', {
    tags: ['slow'],
  }, async () => {
    const { bot, ann } = await reminded()
    for (let day = 3; day <= 28; day++) await ticks(bot, `2026-11-${String(day).padStart(2, '0')}T09:00Z`)
    expect(titles(bot).filter((title) => TITLES.includes(title ?? ''))).toHaveLength(5)
    expect(titles(bot).slice(5)).toEqual(['No more reminders'])
    expect(bot.errors).toEqual([])
    await ann.presses('Remind me again', bot.chat.told.at(-1)?.card)
    await ticks(bot, '2026-11-29T09:00Z')
    expect(bot.chat.told).toHaveLength(7)
  })

  it('comes again later today where somebody says so, once and in other words', async () => {
    const { bot, ann } = await reminded()
    await ticks(bot, '2026-11-03T09:00Z')
    const [first] = bot.chat.told
    await ann.presses('Later today', first?.card)
    expect(ann.sees).toContain('Later, then')
    await ann.presses('Later today', first?.card)
    expect(ann.sees).toContain('once more today already')
    await ticks(bot, '2026-11-03T11:59Z', '2026-11-03T12:00Z', '2026-11-03T15:00Z')
    expect(bot.chat.told).toHaveLength(2)
    expect(titles(bot)[0]).not.toBe(titles(bot)[1])
    await bot.at('2026-11-03T18:00Z')
    await ann.presses('Later today', first?.card)
    expect(ann.sees).toContain('too late')
  })

  it('is off with one press on it, and not by somebody else', async () => {
    const { bot, ann } = await reminded()
    await ticks(bot, '2026-11-03T09:00Z')
    const ben = bot.person('ben')
    await ben.presses('Off', bot.chat.told[0]?.card)
    expect(ben.sees).toContain('Reminders are off already')
    await ann.presses('Off', bot.chat.told[0]?.card)
    expect(ann.sees).toContain('nothing about them is kept')
    await ticks(bot, '2026-11-04T09:00Z', '2026-11-05T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('is switched off by a platform that refuses it, and the next command says so once', async () => {
    const { bot, ann } = await reminded()
    bot.chat.fail('tell', 'refused')
    await ticks(bot, '2026-11-03T09:00Z', '2026-11-04T09:00Z')
    expect(bot.chat.told).toEqual([])
    await ann.says('/help')
    expect(ann.sees).toContain('does not let Cohort write to you directly')
    await ann.says('/help')
    expect(ann.sees).not.toContain('directly. Reminders are off')
    await ann.says('/study status')
    expect(ann.sees).toContain('Reminders: off: the chat refused them')
    await ann.presses('Remind me')
    await ticks(bot, '2026-11-05T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })

  it('needs a team, whose days it follows', async () => {
    const bot = await startBot()
    const ann = bot.person('ann')
    await ann.says('/study remind on')
    expect(ann.sees).toContain('answer a question in its channel first')
    await ann.says('/study remind')
    expect(ann.sees).toContain('Reminders are off')
  })

  it('stands in the export, and goes with the member', async () => {
    const { bot, ann } = await reminded()
    await ticks(bot, '2026-11-03T09:00Z')
    const data = await bot.store.exportMember({ platform: 'test', workspace: 'w1', user: 'ann' })
    const pages = []
    for await (const page of data?.pages ?? []) pages.push(page)
    expect(pages.find(({ name }) => name === 'reminders')?.rows).toHaveLength(1)
    expect(pages.find(({ name }) => name === 'deliveries')?.rows).toMatchObject([
      { kind: 'reminder', state: 'sent' },
    ])
    await ann.says('/study forget-me')
    await ann.presses('Delete it all')
    const { pool } = await testDatabase()
    expect((await pool.query('select from reminder')).rows).toEqual([])
    await ticks(bot, '2026-11-05T09:00Z')
    expect(bot.chat.told).toHaveLength(1)
  })
})

it('every wording can be read without the others', () => {
  for (const [title, words] of REMINDERS)
    expect(plainCard({ title, blocks: [{ kind: 'text', text: [words] }] })).toContain('.')
})
