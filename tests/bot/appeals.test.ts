/** *This key is wrong*: said under a reveal with a reason, decided by the admins of the team in one press. */
import { describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import type { Team } from '../../src/core/model.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'
import { askedOn, PEOPLE } from '../helpers/team-weeks.js'
import { approves, askedOf, teamOf, writes } from '../helpers/written.js'

const STORE = 'apple-store'
const APPEAL = 'This key is wrong'
const far = { nextPostAt: Date.parse('2100-01-01T08:00Z') }

async function revealed(question = STORE): Promise<{ bot: Bot; team: Team }> {
  const bot = await startBot()
  const team = await bot.team(far)
  await askedOn(bot, team, '2026-11-03', { question, right: ['ann'], wrong: PEOPLE.slice(1) })
  return { bot, team }
}

const appeals = async (bot: Bot, user: string, reason: string) => {
  const person = bot.person(user)
  await person.presses(APPEAL, bot.last())
  await person.fills({ reason })
  return person
}

describe('an appeal', () => {
  it('is under the reveal and not under the open question, and asks why', async () => {
    const { bot } = await revealed()
    expect(labelsOf(bot.last())).toContain(APPEAL)
    expect(labelsOf(bot.channel()[0] ?? { blocks: [] })).not.toContain(APPEAL)
    const ben = bot.person('ben')
    await ben.presses(APPEAL, bot.last())
    expect(ben.form.fields.map(({ name }) => name)).toEqual(['reason'])
    await ben.fills({ reason: '  ' })
    expect(ben.sees).toContain('Say in a few words what is right instead.')
    await ben.fills({ reason: 'A stove dries them.' })
    expect(ben.card.title).toBe('Your appeal is with the admins')
  })

  it('counts once a member, with their last words', async () => {
    const { bot } = await revealed()
    await appeals(bot, 'ben', 'A stove.')
    expect((await appeals(bot, 'ben', 'A stove.')).sees).toContain('it counts once')
    expect((await appeals(bot, 'ben', 'A warm stove.')).sees).toContain('has your new words now')
    expect((await bot.store.appeals()).map(({ user, reason }) => [user, reason])).toEqual([
      ['ben', 'A warm stove.'],
    ])
  })

  it('asks which question of several is meant', async () => {
    const bot = await startBot()
    await bot.team({ topics: ['plum', 'pear'], count: 5, openHours: 12 })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await bot.at('2026-11-02T20:30:00Z').tick()
    const ben = bot.person('ben')
    await ben.presses(APPEAL, bot.last())
    expect(ben.form.fields.map(({ name }) => name)).toEqual(['question', 'reason'])
    await ben.fills({ question: '9', reason: 'No.' })
    expect(ben.sees).toContain('Pick the question from the list.')
    await ben.fills({ question: '2', reason: 'No.' })
    const team = await bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' })
    const round = await bot.store.latestRound(team?.id ?? 0)
    expect((await bot.store.appeals())[0]?.question).toBe(round?.questions[1]?.question)
  })

  it('is not for a round that is open, nor for whoever may not see it', async () => {
    const bot = await startBot()
    await bot.team()
    await bot.at('2026-11-02T08:00:00Z').tick()
    for (const [user, channel] of [
      ['ben', 'study'],
      ['zed', 'back'],
    ] as const) {
      const reply = await bot.person(user, { channel }).request({ kind: 'press', id: 'appeal.open~1' })
      expect(JSON.stringify(reply)).toContain('no longer works here')
    }
  })
})

describe('the admins', () => {
  it('see reasons and no names in /team report, and give everybody the point in one press', async () => {
    const { bot, team } = await revealed()
    await appeals(bot, 'ben', 'A stove dries them.')
    await appeals(bot, 'cid', 'The book says so.')
    const ada = bot.at('2026-11-09T09:00:00Z').person('ada')
    await ada.says('/team report')
    expect(ada.sees).toMatch(
      /This key is wrong\n\nWhere does an apple keep longest\? 2 members say so:\n\n• A stove dries them\.\n• The book says so\./,
    )
    expect(ada.sees).not.toMatch(/Ben|Cid/)
    await ada.presses('Give everybody the point')
    expect(ada.sees).toContain('5 members have 35 more points in all.')
    await bot.tick()
    expect(bot.last().title).toBe('A question was withdrawn')
    expect(plainCard(bot.last())).toContain('an admin agreed: every answer counts as right.')
    const board = await bot.store.board({
      ...{ team: team.id, period: 'all', user: undefined, limit: 9, offset: 0 },
    })
    expect(board.rows.map(({ points }) => points)).toEqual(PEOPLE.map(() => 10))
    await ada.says('/team report')
    expect(ada.sees).not.toContain(APPEAL)
    expect((await bot.store.appeals()).map(({ decision }) => decision)).toEqual(['given', 'given'])
  })

  it('do it once, however often they press, and tell the channel once', { tags: ['slow'] }, async () => {
    const { bot } = await revealed()
    await appeals(bot, 'ben', 'A stove.')
    const ada = bot.person('ada')
    await ada.says('/team report')
    const card = ada.card
    await ada.presses('Give everybody the point', card)
    await ada.presses('Give everybody the point', card)
    expect(ada.card.title).toBe('Done already')
    await bot.tick()
    expect(bot.channel().filter(({ title }) => title === 'A question was withdrawn')).toHaveLength(1)
  })

  it('leave other teams, practice and the pack as they are', async () => {
    const { bot } = await revealed()
    const other = await bot.team({ ...far, channel: 'other', name: 'Other' })
    await askedOn(bot, other, '2026-11-04', { question: STORE, wrong: PEOPLE })
    await bot.store.practise({
      ...{ platform: 'test', workspace: 'w1', user: 'ann', name: 'Ann', question: STORE, seed: 1, item: 0 },
      ...{ version: bot.bank.question(STORE)?.version ?? '', answer: 'Z', right: false, now: 0 },
    })
    const reveal = bot.channel().at(-1)
    const ben = bot.person('ben')
    await ben.presses(APPEAL, reveal)
    await ben.fills({ reason: 'A stove.' })
    const ada = bot.person('ada')
    await ada.says('/team report')
    await ada.presses('Give everybody the point')
    await bot.tick()
    expect(bot.last('other').title).not.toBe('A question was withdrawn')
    const points = await bot.store.board({
      ...{ team: other.id, period: 'all', user: undefined, limit: 9, offset: 0 },
    })
    expect(points.rows.map((row) => row.points)).toEqual(PEOPLE.map(() => 3))
    const own = await bot.store.attempts({ platform: 'test', workspace: 'w1', user: 'ann' })
    expect(own.filter(({ team }) => team === undefined).map(({ right }) => right)).toEqual([false])
  })

  it('may keep the key; the appeal is off their list and stays with the authors', async () => {
    const { bot } = await revealed()
    await appeals(bot, 'ben', 'A stove.')
    const ada = bot.person('ada')
    await ada.says('/team report')
    await ada.presses('The key is right')
    await ada.says('/team report')
    expect(ada.sees).not.toContain(APPEAL)
    expect(await bot.store.appeals()).toMatchObject([{ user: 'ben', decision: 'kept' }])
    expect((await appeals(bot, 'ben', 'Still a stove.')).sees).toContain('it counts once')
  })

  it('are the ones who decide, and of their own team', async () => {
    const { bot } = await revealed()
    await appeals(bot, 'ben', 'A stove.')
    for (const act of ['give', 'keep']) {
      const id = `appeal.${act}~1~0`
      const ben = await bot.person('ben').request({ kind: 'press', id })
      expect(JSON.stringify(ben)).toContain('is for admins')
      const zoe = bot.person('zoe', { workspace: 'w2', isAdmin: async () => true })
      expect(JSON.stringify(await zoe.request({ kind: 'press', id }))).toContain(
        'That team is gone, or its channel',
      )
    }
    expect(await bot.store.appeals()).toMatchObject([{ decision: undefined }])
  })

  it('need not decide once the key was corrected', async () => {
    const { bot } = await revealed()
    await appeals(bot, 'ben', 'A stove.')
    const order = { question: STORE, to: 'v2', current: 'v2', why: 'w', now: 0, apply: true }
    await bot.store.regrade(order, () => ['Z'])
    const ada = bot.person('ada')
    await ada.says('/team report')
    expect(ada.sees).not.toContain(APPEAL)
  })
})

describe('an appeal about a question of the team', () => {
  const asked = async () => {
    const { bot, team } = await teamOf(['ana', 'bo', 'cy', 'di', 'ada'])
    await writes(bot, 'ana')
    await approves(bot, 'bo', 'cy')
    const [question = ''] = askedOf(bot, team)
    await askedOn(bot, team, '2026-11-04', { question, wrong: ['di'] })
    await appeals(bot, 'di', 'It is done in spring.')
    const ada = bot.person('ada')
    await ada.says('/team report')
    return ada
  }

  it('says who can change its key, and leads to the questions of the team', { tags: ['slow'] }, async () => {
    const ada = await asked()
    expect(ada.sees).not.toContain('of the pack')
    expect(ada.sees).toContain('stays until whoever wrote it changes it')
    await ada.presses('Give everybody the point')
    expect(ada.sees).toContain('stays until whoever wrote it changes it')
    await ada.presses('Questions of this team')
    expect(ada.card.title).toBe('Questions of this team')
  })

  it('that is turned down is nothing for whoever runs Cohort', { tags: ['slow'] }, async () => {
    const ada = await asked()
    await ada.presses('The key is right')
    expect(ada.sees).not.toContain('Whoever runs Cohort')
  })
})
