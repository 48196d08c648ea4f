/** A streak that broke comes back by answering two of the missed questions. */
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/bot/app.js'
import { answers, isAnswerable, openQuestion, ticks } from '../helpers/answerable.js'
import { type Bot, type Person, selectsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { PLACE } from '../helpers/rounds.js'

const ann = { ...PLACE, user: 'ann' }
const at = (day: number, time = '09:00') => `2026-11-${String(day).padStart(2, '0')}T${time}Z`

/** Ann answered on the 2nd, 3rd and 4th, and missed the 5th; the round of a day closes at 20:00. */
async function broken(): Promise<{ bot: Bot; person: Person }> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'] })
  const person = bot.person('ann')
  for (const day of [2, 3, 4]) {
    await ticks(bot, at(day))
    await answers(person, openQuestion(bot))
  }
  await ticks(bot, at(5))
  await ticks(bot, at(5, '20:00'))
  return { bot, person }
}

const streak = async (bot: Bot, day: number) => {
  const found = await bot.store.streak(ann, 1, at(day).slice(0, 10))
  return found && { days: found.days, missed: found.missed, isBroken: found.broken !== undefined }
}

describe('a broken streak', () => {
  it('comes back with two answers, before the next question is answered', { tags: ['slow'] }, async () => {
    const { bot, person } = await broken()
    expect(await streak(bot, 5)).toEqual({ days: 3, missed: 1, isBroken: true })
    await person.says('/study status')
    expect(person.sees).toContain('Your streak of 3 days broke.')
    await person.presses('Repair my streak of 3 days')
    expect(person.sees).toContain('one of the questions that you missed')
    await answers(person, person.card)
    expect(person.sees).not.toContain('Your streak is back')
    await person.presses('Next question')
    expect(person.card.title).toBe('Practice: question 2 of 2')
    await answers(person, person.card)
    expect(person.sees).toContain('Your streak is back: 3 days.')
    expect(await streak(bot, 5)).toEqual({ days: 3, missed: 0, isBroken: false })
    await ticks(bot, at(6))
    await answers(person, openQuestion(bot))
    expect(person.sees).toContain('Streak: 4 days')
  })

  it('comes back when a new one has begun, which is added to it', { tags: ['slow'] }, async () => {
    const { bot, person } = await broken()
    await ticks(bot, at(6))
    await answers(person, openQuestion(bot))
    expect(person.sees).toContain('Streak: 1 day.')
    expect(person.sees).toContain('Your streak of 3 days broke')
    await person.presses('Repair my streak of 3 days')
    await answers(person, person.card)
    await person.presses('Next question')
    await answers(person, person.card)
    expect(person.sees).toContain('Your streak is back: 4 days.')
    expect(await streak(bot, 6)).toEqual({ days: 4, missed: 0, isBroken: false })
    expect((await bot.store.streak(ann, 1, '2026-11-06'))?.best).toBe(4)
  })

  it('does not come back with one answer, nor with answers to other questions', async () => {
    const { bot, person } = await broken()
    await answers(person, await person.says('/study repair'))
    for (const question of ['pear-order', 'pear-match']) {
      const given = { question, version: 'v', seed: 1, item: 0, answer: 'A', right: true }
      await bot.store.practise({ ...ann, name: 'Ann', ...given, now: bot.deps.clock() })
    }
    await person.says('/study repair')
    expect(person.card.title).toBe('Practice: question 2 of 2')
    await person.says('/study status')
    expect(person.sees).toContain('Your streak of 3 days broke.')
    expect(await streak(bot, 5)).toMatchObject({ isBroken: true })
  })

  it('cannot be repaired after 48 hours', async () => {
    const { bot, person } = await broken()
    await bot.at(at(7, '19:59'))
    expect(isAnswerable(await person.says('/study repair'))).toBe(true)
    await bot.at(at(7, '20:00'))
    await person.says('/study repair')
    expect(person.sees).toContain('more than 48 hours ago')
    await person.says('/study status')
    expect(person.sees).not.toContain('Your streak of 3 days broke.')
  })

  it('can be repaired once in 30 days', { tags: ['slow'] }, async () => {
    const { bot, person } = await broken()
    await answers(person, await person.says('/study repair'))
    await person.presses('Next question')
    await answers(person, person.card)
    expect(person.sees).toContain('Your streak is back')
    await ticks(bot, at(6))
    await ticks(bot, at(6, '20:00'))
    await person.says('/study repair')
    expect(person.sees).toContain('once in 30 days')
    await person.says('/study status')
    expect(person.sees).not.toContain('broke.')
  })

  it('is repaired by the next look where the bot fell before it could', { tags: ['slow'] }, async () => {
    const { bot, person } = await broken()
    await answers(person, await person.says('/study repair'))
    await person.presses('Next question')
    const app = createApp({
      ...bot.deps,
      store: { ...bot.store, repairStreak: () => Promise.reject(new Error('the process fell')) },
    })
    const id = person.card.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons : []))[0]?.id ?? ''
    const menu = selectsOf(person.card)[0]
    const caller = { ...ann, name: 'Ann', isAdmin: async () => false }
    await app.run(
      menu ? { kind: 'select', caller, id: menu.id, values: ['A', 'B'] } : { kind: 'press', caller, id },
    )
    expect(bot.errors).toMatchObject([{ message: 'streak not repaired' }])
    expect(await streak(bot, 5)).toMatchObject({ isBroken: true })
    await person.says('/study repair')
    expect(person.sees).toContain('Your streak is back: 3 days.')
    await person.says('/study repair')
    expect(person.sees).toContain('Your streak stands at 3 days.')
  })

  it('is repaired once, whoever asks twice at a time', async () => {
    const { bot } = await broken()
    const found = await bot.store.streak(ann, 1, '2026-11-05')
    const state = found?.broken
    if (!state) throw new Error('it is not broken')
    const now = bot.deps.clock()
    const both = await Promise.all([1, 2].map(() => bot.store.repairStreak(ann, 1, state, now)))
    expect(both.filter(Boolean)).toHaveLength(1)
  })

  it('of a single day is not worth it, and one that stands is as it is', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['apple'] })
    const person = bot.person('ann')
    await person.says('/study repair')
    expect(person.sees).toContain('There is no streak to repair')
    await ticks(bot, at(2))
    await answers(person, openQuestion(bot))
    await person.says('/study repair')
    expect(person.sees).toContain('Your streak stands at 1 day.')
    for (const day of [3, 4]) {
      await ticks(bot, at(day))
      await ticks(bot, at(day, '20:00'))
    }
    await person.says('/study repair')
    expect(person.sees).toContain('There is no streak to repair')
  })

  it('is not broken by what a freeze covers', async () => {
    const { bot, person } = await broken()
    await (await testDatabase()).pool.query('update membership set freezes = 1')
    await person.says('/study repair')
    expect(person.sees).toContain('Your streak stands at 3 days.')
    await ticks(bot, at(6))
    await ticks(bot, at(6, '20:00'))
    await bot.at(at(8, '19:00'))
    expect(isAnswerable(await person.says('/study repair')), '48 hours from the day that broke it').toBe(true)
  })
})
