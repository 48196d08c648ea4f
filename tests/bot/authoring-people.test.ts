/** Questions that members write, where people come and go, and are not who they seem. */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import type { Bot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { approves, askedOf, FORM, teamOf, writes } from '../helpers/written.js'

const FOUR = ['ana', 'bo', 'cy', 'di']
const keyOf = (user: string) => ({ platform: 'test', workspace: 'w1', user })
const leadKey = (user: string) => ({ ...keyOf(user), name: user, isLead: true })

const sweeps = async ({ store }: Bot) => void (await store.deleteLeft(0, 1000))

async function toldTo(bot: Bot, user: string): Promise<string> {
  await bot.tick()
  const card = bot.chat.told.filter((one) => one.user === user).at(-1)?.card
  return card ? plainCard(card) : ''
}

describe('an admin who is in no team', () => {
  it('is told of the decision on what they wrote', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ada')
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Reject')
    await bo.fills({ reason: 'Too easy.' })
    expect(bo.sees).toContain('Ada is told')
    expect(await toldTo(bot, 'ada')).toContain('Why: Too easy.')
  })

  it('keeps what they wrote and approved when members without a team are deleted', async () => {
    const { bot, team } = await teamOf(FOUR)
    await writes(bot, 'ada')
    await writes(bot, 'ana', { ...FORM, stem: 'What is laid on a wound that the saw has left?' })
    const zoe = bot.person('zoe', { isAdmin: async () => true })
    await zoe.says('/study review')
    await zoe.presses('Approve')
    await sweeps(bot)
    expect(await bot.store.teamQuestion(leadKey('ada'), 1)).toMatchObject({ isOwn: true, approvals: 1 })
    await approves(bot, 'bo')
    expect(askedOf(bot, team)).toHaveLength(1)
  })
})

it('whoever left the team takes back what they wrote', async () => {
  const { bot, team } = await teamOf(['ana', 'bo'])
  const ana = await writes(bot, 'ana')
  await bot.store.leaveTeam(keyOf('ana'), team.id)
  await ana.says('/study questions')
  await ana.picks(['1'])
  await ana.presses('Take it back')
  expect(ana.sees).toContain('It was taken back.')
})

it('whoever is gone from the workspace is not waited for', async () => {
  const { bot, team } = await teamOf(FOUR)
  await writes(bot, 'ana')
  const { prisma } = await testDatabase()
  const gone = await prisma.member.findMany({ where: { user: { in: ['cy', 'di'] } } })
  await bot.store.markGone(gone.map(({ id }) => id))
  await approves(bot, 'bo')
  expect(askedOf(bot, team)).toHaveLength(1)
})

it('whoever opens a change has seen the key', async () => {
  const { bot } = await teamOf(FOUR)
  await writes(bot, 'ana')
  const bo = bot.person('bo')
  await bo.request({ kind: 'press', id: 'authoring.open-change~1~1' })
  await approves(bot, 'cy', 'di')
  expect((await bot.store.ownScope(keyOf('bo'))).known).toHaveLength(1)
})

it('two accounts of one person are one reviewer', async () => {
  const { bot, team } = await teamOf([...FOUR, 'alt'])
  await writes(bot, 'ana')
  await approves(bot, 'alt')
  const { prisma } = await testDatabase()
  const own = await prisma.member.findMany({ where: { user: { in: ['ana', 'alt'] } } })
  const person = await prisma.person.create({ data: {} })
  await prisma.member.updateMany({
    where: { id: { in: own.map((o) => o.id) } },
    data: { personId: person.id },
  })
  await approves(bot, 'bo')
  expect(askedOf(bot, team)).toEqual([])
})

it('somebody who is in no team is told how to join, in place of that nothing waits', async () => {
  const { bot } = await teamOf(['ana', 'bo'])
  await writes(bot, 'ana')
  await bot.tick()
  const zed = bot.person('zed')
  await zed.presses('Review', bot.last())
  expect(zed.sees).toContain('Answer one of its questions first')
})

describe('an id that somebody made up', () => {
  const press = async (bot: Bot, user: string, id: string) =>
    JSON.stringify(await bot.person(user).request({ kind: 'press', id }))

  it('shows no words of a question that others may not see', async () => {
    const { bot } = await teamOf(FOUR)
    await writes(bot, 'ana')
    expect(await press(bot, 'bo', 'authoring.open-reject~1~1')).toContain(FORM.stem)
    expect(await press(bot, 'ana', 'authoring.withdraw~1~1')).toContain('was taken back')
    for (const act of ['open-reject~1~1', 'retire~1~1~no', 'open-change~1~1', 'approve~1~1'])
      expect(await press(bot, 'bo', `authoring.${act}`)).not.toContain(FORM.stem)
  })
})

describe('whoever is forgotten', () => {
  it('leaves nothing that only they wrote and nobody was asked or shows others', async () => {
    const { bot, team } = await teamOf(FOUR)
    const stems = [
      'When is it cut?',
      'What is laid on a wound that the saw has left?',
      'Who picks the last pears?',
    ]
    for (const stem of stems) await writes(bot, 'ana', { ...FORM, stem })
    const ana = bot.person('ana')
    await ana.request({ kind: 'press', id: 'authoring.withdraw~1~1' })
    const bo = bot.person('bo')
    await bo.says('/study review')
    await bo.presses('Reject')
    await bo.fills({ reason: 'Too easy.' })
    expect((await ana.says('/study forget-me')) && ana.sees).toContain('stay there without your name')
    await ana.presses('Delete it all')
    expect(ana.sees).toContain('stay there without your name')
    const { prisma } = await testDatabase()
    const left = await prisma.teamQuestionVersion.findMany({ where: { question: { teamId: team.id } } })
    expect(left.map(({ content }) => JSON.stringify(content).includes(stems[2] ?? ''))).toEqual([true])
    expect(bot.errors).toEqual([])
  })
})

it('what a linked account wrote in another workspace is listed there, where it can be shown', async () => {
  const { bot } = await teamOf(['ana'])
  await bot.team({ workspace: 'w2', channel: 'away', nextPostAt: Date.parse('2100-01-01T08:00Z') })
  const ida = bot.person('ida', { workspace: 'w2', channel: 'away', isAdmin: async () => true })
  await ida.says('/study write')
  await ida.fills(FORM)
  const { prisma } = await testDatabase()
  const person = await prisma.person.create({ data: {} })
  await prisma.member.updateMany({ where: { user: { in: ['ana', 'ida'] } }, data: { personId: person.id } })
  const ana = bot.person('ana')
  await ana.says('/study questions')
  expect(ana.sees).toContain('You have not written a question yet.')
  await ida.says('/study questions')
  expect(ida.sees).toContain(FORM.stem)
})

it('a question of several lines stands in one in the list', async () => {
  const { bot } = await teamOf(['ana'])
  const ana = await writes(bot, 'ana', { ...FORM, stem: 'What is this?\n\n# a\n> b' })
  await ana.says('/study questions')
  expect(ana.sees).toContain('What is this? # a > b')
})

it('a team of one is told that it has too few members, and one question is spoken of as one', async () => {
  const { bot } = await teamOf(['ana'])
  const ana = await writes(bot, 'ana')
  expect(ana.sees).toContain('once one other of your team has approved it. Your team has too few members')
  await bot.tick()
  expect(plainCard(bot.last())).toContain('It is asked once others have looked it over')
})
