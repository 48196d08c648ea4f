/** Who is told what: a group with the question, winners who said yes, a thread under the reveal, names. */
import { describe, expect, it } from 'vitest'
import type { TeamSetup } from '../../src/bot/ports/teams.js'
import { type Card, plainCard } from '../../src/bot/ui/card.js'
import { mentionsOf } from '../../src/bot/ui/mentions.js'
import { type Bot, labelsOf, startBot } from '../helpers/bot.js'

const DUE = '2026-11-02T08:00:00Z'
const CLOSED = '2026-11-02T20:00:00Z'
const NONE = { groups: [], members: [] }

async function started(setup: Partial<TeamSetup> = {}): Promise<Bot> {
  const bot = await startBot()
  await bot.team({ topics: ['apple'], ...setup })
  return bot
}

async function savedWith(bot: Bot, values: Record<string, string>): Promise<Card> {
  const ada = bot.person('ada')
  await ada.says('/team setup')
  const shown = { name: 'Orchard', channel: 'study', time: '08:00', zone: 'UTC', days: ['1', '2', '3'] }
  return ada.fills({ ...shown, count: '1', open: '12', pack: bot.bank.pack.id, ...values })
}

const teamOf = (bot: Bot) => bot.store.teamIn({ platform: 'test', workspace: 'w1', channel: 'study' })

describe('a group that is mentioned with the question', () => {
  it('is nobody unless the setup says so', async () => {
    const bot = await started()
    await bot.at(DUE).tick()
    expect(mentionsOf(bot.last())).toEqual(NONE)
  })

  it('is in the question as it is posted, and in nothing that follows', async () => {
    const bot = await started({ mention: 'g1' })
    await bot.at(DUE).tick()
    expect(mentionsOf(bot.last())).toEqual({ groups: ['g1'], members: [] })
    await bot.at(CLOSED).tick()
    expect(bot.channel().map(mentionsOf)).toEqual([NONE, NONE])
  })

  it('is set, refused when it is none, kept by a form without the field, and taken back', async () => {
    const bot = await started()
    await savedWith(bot, { mention: 'g12' })
    expect(await teamOf(bot)).toMatchObject({ mention: 'g12', thread: false })
    expect(plainCard(await savedWith(bot, { mention: '@everyone' }))).toContain(
      'That cannot be mentioned. A group is called g and a number.',
    )
    await savedWith(bot, { thread: 'yes' })
    expect(await teamOf(bot)).toMatchObject({ mention: 'g12', thread: true })
    await savedWith(bot, { mention: '', thread: 'no' })
    expect(await teamOf(bot)).toMatchObject({ mention: '', thread: false })
  })
})

describe('a thread under the reveal', () => {
  it('is opened when the setup says so, on the reveal, once', async () => {
    const bot = await started({ thread: true })
    await bot.at(DUE).tick()
    await bot.at(CLOSED).tick()
    await bot.at('2026-11-02T20:01:00Z').tick()
    const reveal = bot.chat.posted.at(-1)
    expect(bot.chat.threads.map(({ message, card }) => [message, card.title])).toEqual([
      [reveal?.id, 'Discussion, Monday 2 November'],
    ])
  })

  it('is not opened otherwise', async () => {
    const bot = await started()
    await bot.at(DUE).tick()
    await bot.at(CLOSED).tick()
    await bot.at('2026-11-02T20:01:00Z').tick()
    expect(bot.chat.threads).toEqual([])
  })

  it('that is refused holds nothing up, is no word to anybody, and stands in the status', async () => {
    const bot = await started({ thread: true })
    bot.chat.fail('thread', 'refused')
    await bot.at(DUE).tick()
    await bot.at(CLOSED).tick()
    await bot.at('2026-11-02T20:01:00Z').tick()
    expect(bot.channel().at(-1)?.title).toBe('The answer of the day, Monday 2 November')
    expect([bot.chat.told, bot.chat.threads]).toEqual([[], []])
    expect(plainCard(await bot.person('ada').says('/team status'))).toContain(
      'The thread under the answer of Monday 2 November was not posted. Cohort is not in this channel.',
    )
  })

  it('is tried again when the platform was away', async () => {
    const bot = await started({ thread: true })
    bot.chat.fail('thread', 'down')
    await bot.at(DUE).tick()
    await bot.at(CLOSED).tick()
    await bot.at('2026-11-02T20:05:00Z').tick()
    expect(bot.chat.threads).toHaveLength(1)
  })
})

describe('the winners of a season', () => {
  async function podium(prepare: (bot: Bot) => Promise<void>): Promise<Card> {
    const bot = await startBot({ now: '2026-11-30T07:00:00Z' })
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-30T08:00:00Z').tick()
    const [label = ''] = labelsOf(bot.last()).includes('A') ? ['A'] : []
    for (const user of ['ann', 'ben', 'cid'])
      await (label
        ? bot.person(user).presses(label, bot.last())
        : bot.person(user).picks(['A', 'B'], bot.last()))
    await prepare(bot)
    await bot.at('2026-11-30T20:00:00Z').tick()
    await bot.at('2026-12-01T00:00:00Z').tick()
    return bot.last()
  }

  it('are mentioned when they said yes, and their name is not hidden', async () => {
    const card = await podium(async (bot) => {
      for (const user of ['ann', 'ben']) {
        const person = bot.person(user)
        await person.says('/stats')
        expect((await person.presses('Mention me on podiums')).title).toBe('You are mentioned on podiums')
      }
      const ben = bot.person('ben')
      await ben.says('/stats')
      await ben.presses('Hide my name on boards')
    })
    expect(card.title).toContain('season 2026-11 is over')
    expect(mentionsOf(card)).toEqual({ groups: [], members: ['ann'] })
    expect(plainCard(card)).toMatch(/Ann: .*Hidden member: .*Cid: /s)
  })

  it('are not once they took it back', async () => {
    const card = await podium(async (bot) => {
      const ann = bot.person('ann')
      for (const label of ['Mention me on podiums', 'Do not mention me on podiums']) {
        await ann.says('/stats')
        await ann.presses(label)
      }
    })
    expect(mentionsOf(card)).toEqual(NONE)
  })
})

describe('a name on a board', () => {
  it.each(['/leaderboard', '/help', '/quiz'])('is what the platform shows at the next %s', async (line) => {
    const bot = await started()
    await bot.at(DUE).tick()
    const ann = bot.person('ann')
    await (labelsOf(bot.last()).includes('A')
      ? ann.presses('A', bot.last())
      : ann.picks(['A', 'B'], bot.last()))
    await bot.at(CLOSED).tick()
    await bot.person('ann', { name: 'Anna-Lena' }).says(line)
    const board = plainCard(await bot.person('ben').says('/leaderboard'))
    expect(board).toContain('Anna-Lena:')
    expect(board).not.toContain('Ann:')
  })

  it('is not that of a stranger, who is not made a member by it', async () => {
    const bot = await started()
    await bot.person('zoe').says('/help')
    expect(await bot.store.member({ platform: 'test', workspace: 'w1', user: 'zoe' })).toBeUndefined()
  })
})
