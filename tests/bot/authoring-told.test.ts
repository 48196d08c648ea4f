/** What the author of a question is told, in private, when somebody else has changed it. */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import type { Bot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { approves, FORM, teamOf, writes } from '../helpers/written.js'

const FOUR = ['ana', 'bo', 'cy', 'di']
const keyOf = (user: string) => ({ platform: 'test', workspace: 'w1', user })
const OTHER = { ...FORM, stem: 'When is old bark scraped off a tree?' }

async function changes(bot: Bot, user: string, stem = OTHER.stem) {
  const person = bot.person(user)
  await person.says('/study review')
  await person.presses('Change')
  await person.fills({ ...FORM, stem })
  return person
}

async function toldTo(bot: Bot, user: string): Promise<string[]> {
  await bot.tick()
  return bot.chat.told.filter((one) => one.user === user).map(({ card }) => plainCard(card))
}

describe('the author of a question that somebody else has changed', () => {
  it('is told once, with the new words and by whom, and nobody else is', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    await changes(bot, 'bo')
    await bot.tick()
    const [told, ...more] = await toldTo(bot, 'ana')
    expect(told).toContain('Your question was changed')
    expect(told).toContain(OTHER.stem)
    expect(told).toContain('Written by Ana and Bo')
    expect(more).toEqual([])
    expect(bot.chat.told.map(({ user }) => user)).toEqual(['ana'])
  })

  it('is told of each version, and opens it from the message', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf([...FOUR, 'ed'])
    await writes(bot, 'ana')
    await changes(bot, 'bo')
    await bot.tick()
    await changes(bot, 'cy', 'When does the bark come off?')
    expect(await toldTo(bot, 'ana')).toHaveLength(2)
    const card = bot.chat.told.at(-1)?.card
    const ana = bot.person('ana')
    await ana.presses('See or change it', card)
    expect(ana.form.fields.find(({ name }) => name === 'stem')).toMatchObject({
      value: 'When does the bark come off?',
    })
  })

  it('hears nothing of a version that is no longer the latest', async () => {
    const { bot } = await teamOf([...FOUR, 'ed'])
    await writes(bot, 'ana')
    await changes(bot, 'bo')
    await changes(bot, 'cy', 'When does the bark come off?')
    const told = await toldTo(bot, 'ana')
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('When does the bark come off?')
  })

  it('is told where what is asked was changed by another of its writers', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    const ada = await changes(bot, 'ada')
    await bot.tick()
    await approves(bot, 'bo', 'cy')
    await bot.tick()
    await ada.says('/team questions')
    await ada.picks(['1'])
    await ada.presses('Change')
    await ada.fills(FORM)
    const told = await toldTo(bot, 'ana')
    expect(told.map((one) => one.split('\n')[0])).toEqual([
      'Your question was changed',
      'Your question is approved',
      'Your question was changed',
    ])
    expect(told.at(-1)).toContain('the change waits for review: 0 of 2 approvals')
  })

  it('is not told of a change of their own, also with a linked account', { tags: ['slow'] }, async () => {
    const { bot } = await teamOf(FOUR)
    const ana = await writes(bot, 'ana')
    await ana.says('/study questions')
    await ana.picks(['1'])
    await ana.presses('Change')
    await ana.fills(OTHER)
    const { prisma } = await testDatabase()
    const person = await prisma.person.create({ data: {} })
    await prisma.member.updateMany({ where: { user: { in: ['ana', 'di'] } }, data: { personId: person.id } })
    const di = bot.person('di')
    await di.says('/study questions')
    await di.picks(['1'])
    await di.presses('Change')
    await di.fills(FORM)
    expect(di.card.title).toBe('Changed, and back in review')
    expect(await toldTo(bot, 'ana')).toEqual([])
    expect(await toldTo(bot, 'di')).toEqual([])
  })

  it('is not told a name that its owner hides', async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    await changes(bot, 'bo')
    await bot.store.hide(keyOf('bo'), true)
    const [told] = await toldTo(bot, 'ana')
    expect(told).not.toContain('Bo')
  })

  it('and was forgotten is told nothing', async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    await bot.store.forgetMember(keyOf('ana'))
    await changes(bot, 'bo')
    expect(await toldTo(bot, 'ana')).toEqual([])
    expect(bot.errors).toEqual([])
  })
})
