/** Questions that stop: whoever can do something is told once, the status says it, and post-now helps. */
import { describe, expect, it } from 'vitest'
import { ChatRefusal } from '../../src/bot/ports/chat.js'
import type { TeamSetup } from '../../src/bot/ports/teams.js'
import { plainCard } from '../../src/bot/ui/card.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

const DUE = '2026-11-02T08:00:00Z'
const told = (bot: Bot) => bot.chat.told.map(({ user, card }) => [user, card.title])
const titles = (bot: Bot) => bot.channel().map((card) => card.title)
const seen = (bot: Bot) => plainCard(bot.chat.told.at(-1)?.card ?? { blocks: [] })

async function started(setup: Partial<TeamSetup>): Promise<Bot> {
  const bot = await startBot()
  await bot.team(setup)
  return bot
}

/** Nobody of these takes direct messages. */
function deaf(bot: Bot, users: readonly string[]): void {
  const { post } = bot.chat
  Object.assign(bot.chat, {
    post: async (...[to, ...rest]: Parameters<typeof post>) => {
      if ('user' in to && users.includes(to.user)) throw new ChatRefusal('The member has left.')
      return post(to, ...rest)
    },
  })
}

describe('topics that are no longer in the content', () => {
  it('are told to whoever set the team up, once, however many days it lasts', async () => {
    const bot = await started({ topics: ['cherry'] })
    for (const day of [2, 3, 4]) await bot.at(`2026-11-0${day}T08:00:00Z`).tick()
    expect(told(bot)).toEqual([['ada', 'There is nothing to ask']])
    expect(seen(bot)).toContain('None of its topics (cherry) has questions any more.')
    expect(seen(bot)).toContain('/team setup')
  })

  it('are told again when it happens again after a question that came', async () => {
    const bot = await started({ topics: ['cherry'] })
    await bot.at(DUE).tick()
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-03T08:00:00Z').tick()
    await bot.team({ topics: ['cherry'] })
    await bot.at('2026-11-04T08:00:00Z').tick()
    expect(told(bot)).toHaveLength(2)
  })

  it('are said by the status to every admin, before and after the question did not come', async () => {
    const bot = await started({ topics: ['cherry', 'apple'] })
    const eve = bot.person('eve', { isAdmin: async () => true })
    expect(plainCard(await eve.says('/team status'))).toContain(
      '1 of its 2 topics (cherry) has no questions any more. Pick others with /team setup.',
    )
    await bot.team({ topics: ['cherry'] })
    await bot.at(DUE).tick()
    await eve.says('/team status')
    expect(eve.sees).toContain('None of its topics (cherry) has questions any more.')
    expect(eve.sees).toContain(
      'The question of Monday 2 November was not posted. Its topics have no questions.',
    )
  })

  it('are what post-now says, and today keeps its question', async () => {
    const bot = await started({ topics: ['cherry'] })
    const ada = bot.person('ada')
    await bot.at(DUE).tick()
    await ada.says('/team post-now')
    expect(ada.sees).toContain('There is nothing to ask. None of its topics (cherry)')
    await bot.team({ topics: ['apple'] })
    expect((await ada.says('/team post-now')).title).toBe('Posted')
  })

  it('and a pack that is gone are told likewise, and the setup opens with one that is there', async () => {
    const bot = await started({ pack: 'gone' })
    await bot.at(DUE).tick()
    expect(seen(bot)).toContain('Its exam (gone) is no longer among the content.')
    const ada = bot.person('ada')
    await ada.says('/team setup')
    const pack = ada.form.fields.find((field) => field.name === 'pack')
    expect(pack?.kind === 'select' && pack.options.some(({ value }) => value === pack.value)).toBe(true)
  })
})

describe('a question that could not be posted all day', () => {
  it('is told once, when it is over, though the platform refused nothing', async () => {
    const bot = await started({ topics: ['apple'], openHours: 1 })
    bot.chat.fail('post', ...Array.from({ length: 40 }, () => 'down' as const))
    for (let minute = 0; minute <= 75; minute += 5)
      await bot.at(new Date(Date.parse(DUE) + minute * 60_000).toISOString()).tick()
    expect(told(bot)).toEqual([['ada', 'The daily question was not posted']])
    expect(seen(bot)).toContain('Orchard got no question on Monday 2 November')
  })

  it('that was refused is not told a second time', async () => {
    const bot = await started({ topics: ['apple'], openHours: 1 })
    bot.chat.fail('post', ...Array.from({ length: 40 }, () => 'refused' as const))
    for (let minute = 0; minute <= 75; minute += 5)
      await bot.at(new Date(Date.parse(DUE) + minute * 60_000).toISOString()).tick()
    expect(told(bot)).toEqual([['ada', 'The daily question could not be posted']])
  })

  it('is in the status with its reason while it waits', async () => {
    const bot = await started({ topics: ['apple'] })
    bot.chat.fail('post', 'refused')
    await bot.at(DUE).tick()
    expect(plainCard(await bot.person('ada').says('/team status'))).toContain(
      'The question of Monday 2 November could not be posted yet. Cohort is not in this channel. Invite it with /invite @Cohort. Cohort keeps trying.',
    )
  })
})

describe('a team that cannot be planned', () => {
  it('stops no other team', async () => {
    const bot = await started({ topics: ['apple'] })
    const { id } = await bot.team({ channel: 'other', topics: ['apple'] })
    await (await testDatabase()).prisma.team.update({ where: { id }, data: { zone: 'Mars/Base' } })
    await bot.at(DUE).tick()
    expect(titles(bot)).toEqual(['Question of the day'])
    expect(bot.errors).toMatchObject([{ message: 'round not planned', fields: { team: id } }])
  })
})

describe('whoever set the team up last', () => {
  it('and cannot be told: it is told to others who set it up before, the latest first', async () => {
    const bot = await started({ topics: ['cherry'], admin: 'bob' })
    await bot.team({ topics: ['cherry'], admin: 'cat' })
    await bot.team({ topics: ['cherry'], admin: 'ada' })
    deaf(bot, ['ada', 'cat'])
    await bot.at(DUE).tick()
    expect(told(bot)).toEqual([['bob', 'There is nothing to ask']])
  })

  it('and all before them cannot be told: the channel is', async () => {
    const bot = await started({ topics: ['cherry'] })
    deaf(bot, ['ada'])
    await bot.at(DUE).tick()
    expect(titles(bot)).toEqual(['There is nothing to ask'])
  })

  it('was forgotten: the channel is told, and nobody is when it takes nothing', async () => {
    const bot = await started({ topics: ['apple'] })
    await bot.store.forgetMember({ platform: 'test', workspace: 'w1', user: 'ada' })
    bot.chat.fail('post', 'refused', 'refused')
    await bot.at(DUE).tick()
    await bot.at('2026-11-02T08:05:00Z').tick()
    expect(titles(bot)).toEqual(['Question of the day'])
    expect(told(bot)).toEqual([])
  })
})

it('a question that waited while an admin paused the team is told to nobody', async () => {
  const bot = await started({ topics: ['apple'], openHours: 6 })
  bot.chat.fail('post', 'busy')
  await bot.at(DUE).tick()
  const ada = bot.person('ada')
  await ada.says('/team pause')
  await bot.at('2026-11-03T10:00:00Z').tick()
  await ada.says('/team resume')
  await bot.tick()
  expect(bot.chat.told).toEqual([])
  expect(plainCard(await ada.says('/team status'))).toContain('The team was paused while it was open.')
  await bot.at('2026-11-04T08:00:00Z').tick()
  expect(titles(bot)).toEqual(['Question of the day'])
})

describe('closing a round now', () => {
  it('says why its answer is refused, and that it is tried again', async () => {
    const bot = await started({ topics: ['apple'] })
    await bot.at(DUE).tick()
    const ada = bot.person('ada')
    await ada.says('/team status')
    const status = ada.card
    bot.chat.fail('post', 'refused')
    await ada.presses('Close the round now')
    expect(ada.sees).toContain('could not be posted yet. Cohort is not in this channel.')
    expect((await ada.presses('Close the round now', status)).title).toBe('Closed')
    expect(titles(bot)).toEqual(['Question of the day', 'The answer of the day, Monday 2 November'])
  })
})

describe('post-now', () => {
  it('posts the question that waits because it was refused', async () => {
    const bot = await started({ topics: ['apple'] })
    bot.chat.fail('post', 'refused')
    await bot.at(DUE).tick()
    const ada = bot.person('ada')
    expect((await ada.says('/team post-now')).title).toBe('Posted')
    expect(titles(bot)).toEqual(['Question of the day'])
    await bot.at('2026-11-02T09:00:00Z').tick()
    expect(titles(bot)).toEqual(['Question of the day'])
    await ada.says('/team post-now')
    expect(ada.sees).toContain('Today has had its question')
  })

  it('says why it is refused again', async () => {
    const bot = await started({ topics: ['apple'] })
    bot.chat.fail('post', 'refused', 'refused')
    await bot.at(DUE).tick()
    const ada = bot.person('ada')
    await ada.says('/team post-now')
    expect(ada.sees).toContain('could not be posted yet. Cohort is not in this channel.')
    expect(titles(bot)).toEqual([])
  })

  it('plans another one once the waiting one is too late', async () => {
    const bot = await started({ topics: ['apple'], openHours: 1 })
    bot.chat.fail('post', 'refused')
    await bot.at(DUE).tick()
    const ada = bot.person('ada')
    await bot.at('2026-11-02T10:00:00Z').person('ada')
    await ada.says('/team post-now')
    expect(ada.sees).toContain('/team post-now tries another one')
    expect((await ada.says('/team post-now')).title).toBe('Posted')
  })

  it('on a saved card is about the team that was saved', async () => {
    const bot = await started({ topics: ['apple'] })
    const ada = bot.person('ada')
    await ada.says('/team setup')
    const values = { name: 'Second', channel: 'second', time: '08:00', zone: 'UTC', days: ['1', '2', '3'] }
    await ada.fills({ ...values, count: '1', open: '12', pack: bot.bank.pack.id, topics: ['apple'] })
    expect(ada.card.title).toBe('Second is set up')
    expect((await ada.presses('Post a question now')).title).toBe('Posted')
    expect(titles(bot)).toEqual([])
    expect(bot.channel('second').map((card) => card.title)).toContain('Question of the day')
  })

  it('is offered on the saved card while today’s question waits', async () => {
    const bot = await started({ topics: ['apple'] })
    bot.chat.fail('post', 'refused')
    await bot.at(DUE).tick()
    const ada = bot.person('ada')
    await ada.says('/team setup')
    const values = { name: 'Orchard', channel: 'study', time: '08:00', zone: 'UTC', days: ['1', '2', '3'] }
    await ada.fills({ ...values, count: '1', open: '12', pack: bot.bank.pack.id, topics: ['apple'] })
    expect(labelsOf(ada.card)).toContain('Post a question now')
    expect((await ada.presses('Post a question now')).title).toBe('Posted')
  })

  it('is not for a team of another workspace, or of a channel that the admin may not see', async () => {
    const bot = await started({ topics: ['apple'] })
    const hidden = await bot.team({ channel: 'back', topics: ['apple'] })
    bot.chat.hidden.set('back', ['ann'])
    const ada = bot.person('ada')
    await ada.request({ kind: 'press', id: `team.act~${hidden.id.toString(36)}~post` })
    const other = bot.person('ada', { workspace: 'w2' })
    await other.request({ kind: 'press', id: `team.act~${hidden.id.toString(36)}~post` })
    expect(bot.channel('back')).toEqual([])
    const ann = bot.person('ann')
    await ann.request({ kind: 'press', id: `team.act~${hidden.id.toString(36)}~pause` })
    expect((await bot.store.team({ platform: 'test', workspace: 'w1' }, hidden.id))?.paused).toBe(false)
  })
})

describe('a team of which nobody answers', () => {
  const ASKED = 'Should the questions pause?'
  const day = (n: number) => new Date(Date.parse(DUE) + n * 86_400_000).toISOString()
  async function days(bot: Bot, from: number, to: number): Promise<void> {
    for (let n = from; n < to; n++) await bot.at(day(n)).tick()
  }
  const asked = (bot: Bot) => titles(bot).filter((title) => title === ASKED).length

  it('is asked once after ten scheduled days whether to pause, and an admin pauses it there', {
    tags: ['slow'],
  }, async () => {
    const bot = await started({ topics: ['apple'], openHours: 24 })
    await days(bot, 0, 10)
    expect(asked(bot)).toBe(0)
    await days(bot, 10, 25)
    expect(asked(bot)).toBe(1)
    const card = bot.channel().find(({ title }) => title === ASKED)
    await bot.person('ann').presses('Pause', card)
    expect(bot.chat.posted.length).toBeGreaterThan(0)
    expect((await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' }))?.paused).toBe(
      false,
    )
    expect((await bot.person('ada').presses('Keep them coming', card)).title).toBe('They keep coming')
    expect((await bot.person('ada').presses('Pause', card)).title).toBe('Paused')
    expect((await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' }))?.paused).toBe(
      true,
    )
  })

  it('is asked again only when somebody has answered in between', { tags: ['slow'] }, async () => {
    const bot = await started({ topics: ['apple'], openHours: 24 })
    const question = () => bot.channel().findLast(({ title }) => title === 'Question of the day')
    let next = 12
    await days(bot, 0, next)
    for (; !labelsOf(question() ?? { blocks: [] }).includes('A'); next++) await days(bot, next, next + 1)
    await bot.person('ann').presses('A', question())
    await days(bot, next, next + 10)
    expect(asked(bot)).toBe(1)
    await days(bot, next + 10, next + 20)
    expect(asked(bot)).toBe(2)
  })
})
