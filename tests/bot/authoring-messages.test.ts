/** *Make a question of this*: at once for one's own message, for another's once its author has agreed. */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { questionOfMessage } from '../../src/bot/ui/message.js'
import type { Bot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { mentions } from '../helpers/everything.js'
import { teamOf } from '../helpers/written.js'

describe('*Make a question of this*', () => {
  const pointsAt = async (bot: Bot, user: string, author: string, text = 'Why is bark scraped?') => {
    const caller = {
      platform: 'test',
      workspace: 'w1',
      channel: 'study',
      user,
      name: user,
      isAdmin: async () => false,
    }
    return bot.app.run(questionOfMessage(caller, { message: '17', author, text }))
  }
  const form = { kind: 'form', form: { title: 'Write a question' } }

  it('opens the form with the words of a message of one’s own', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const reply = await pointsAt(bot, 'ana', 'ana')
    expect(reply).toMatchObject(form)
    expect(reply.kind === 'form' && reply.form.fields[1]).toMatchObject({
      name: 'stem',
      value: 'Why is bark scraped?',
    })
  })

  it('shows by an ellipsis that a message was longer than a question may be', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const reply = await pointsAt(bot, 'ana', 'ana', 'Why is bark scraped? '.repeat(60))
    expect(reply.kind === 'form' && reply.form.fields[1]).toMatchObject({
      value: expect.stringMatching(/^Why is bark .{800,880} bark scraped\? Why is bark…$/),
    })
  })

  it('asks whoever else wrote it, and stores nothing of it before they say yes', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const asked = await pointsAt(bot, 'ana', 'bo')
    expect(asked).toMatchObject({ card: { title: 'Its author is asked' } })
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject({
      card: { title: 'Its author has not answered yet' },
    })
    expect(bot.chat.told.filter(({ user }) => user === 'bo')).toHaveLength(1)
    expect(await mentions(await testDatabase(), 'bark')).toEqual([])
    const { card } = bot.chat.told.at(-1) ?? {}
    expect(card && plainCard(card)).toContain('Why is bark scraped?')
    await bot.person('cy').presses('Yes', card)
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject({
      card: { title: 'Its author has not answered yet' },
    })
    await bot.person('bo').presses('Yes', card)
    expect(bot.chat.told.at(-1)).toMatchObject({
      user: 'ana',
      card: { title: 'You may make a question of it' },
    })
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject(form)
    expect(await pointsAt(bot, 'ana', 'bo', 'Other words?')).toMatchObject({
      card: { title: 'Its author is asked' },
    })
    bot.at('2026-11-05T09:00:00Z')
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject({ card: { title: 'Its author is asked' } })
  })

  it('opens the form for a day from the yes on', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    bot.at('2026-11-05T09:00:00Z')
    await pointsAt(bot, 'ana', 'bo')
    bot.at('2026-11-06T08:00:00Z')
    await bot.person('bo').presses('Yes', bot.chat.told.at(-1)?.card)
    const told = bot.chat.told.at(-1)?.card
    expect(told && plainCard(told)).toContain('Choose Make a question of this on that message')
    bot.at('2026-11-07T07:00:00Z')
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject(form)
  })

  it('takes a no, and lets nobody ask who may not write', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await pointsAt(bot, 'ana', 'bo')
    await bot.person('bo').presses('No', bot.chat.told.at(-1)?.card)
    expect(JSON.stringify(await pointsAt(bot, 'ana', 'bo'))).toContain('has said no')
    const bo = bot.person('bo')
    await bo.presses('Yes', bot.chat.told.at(-1)?.card)
    expect(bo.sees).toContain('This is over: it was answered')
    const told = bot.chat.told.length
    expect(JSON.stringify(await pointsAt(bot, 'zed', 'bo'))).toContain('for members of the team')
    expect(JSON.stringify(await pointsAt(bot, 'ana', ''))).toContain('somebody of your team wrote')
    expect(bot.chat.told).toHaveLength(told)
  })

  it('asks about five messages of one person a day that nobody says yes to, and tells nobody of more', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await pointsAt(bot, 'ana', 'bo')
    await bot.person('bo').presses('Yes', bot.chat.told.at(-1)?.card)
    for (const n of [1, 2, 3, 4, 5]) await pointsAt(bot, 'ana', 'bo', `Message ${n}`)
    await bot.person('bo').presses('No', bot.chat.told.at(-1)?.card)
    const told = bot.chat.told.length
    expect(JSON.stringify(await pointsAt(bot, 'ana', 'bo', 'Message 6'))).toContain('another one tomorrow')
    expect(bot.chat.told).toHaveLength(told)
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject(form)
    expect(JSON.stringify(await pointsAt(bot, 'bo', 'ana'))).toContain('Its author is asked')
  })

  it('stays asked where it is not known whether its author was reached, who may answer', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    bot.chat.fail('tell', 'lost')
    expect(JSON.stringify(await pointsAt(bot, 'ana', 'bo'))).toContain('did not say whether')
    await pointsAt(bot, 'ana', 'bo')
    expect(bot.chat.told).toHaveLength(1)
    const bo = bot.person('bo')
    await bo.presses('Yes', bot.chat.told[0]?.card)
    expect(bo.sees).not.toContain('This is over')
  })

  it('says so when its author cannot be asked', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    bot.chat.fail('tell', 'refused')
    expect(JSON.stringify(await pointsAt(bot, 'ana', 'bo'))).toContain('could not be asked')
    expect(await pointsAt(bot, 'ana', 'bo')).toMatchObject({ card: { title: 'Its author is asked' } })
  })
})
