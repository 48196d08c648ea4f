/** The question of the day as a direct message, and what becomes of it when its round closes. */
import { beforeEach, describe, expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { type Bot, labelsOf, type Person, selectsOf, startBot } from '../helpers/bot.js'

let bot: Bot
let ann: Person
const WHO = { platform: 'test', workspace: 'w1' }
const at = (time: string, day = 3) => bot.at(`2026-11-0${day}T${time}:00Z`).tick()
const got = (user = 'ann') => bot.chat.told.filter((one) => one.user === user)
const shown = (user = 'ann') => plainCard(got(user).at(-1)?.card ?? { blocks: [] })
const controls = (user = 'ann') => {
  const card = got(user).at(-1)?.card ?? { blocks: [] }
  return [...labelsOf(card), ...selectsOf(card).map(({ label }) => label)]
}

/** These have joined, and want the questions as direct messages. */
async function join(...users: string[]): Promise<void> {
  await at('08:00', 2)
  for (const user of users) {
    await bot.person(user).presses('A', bot.last())
    await bot.store.askDirectly({ ...WHO, user }, true)
  }
  await at('20:00', 2)
}

beforeEach(async () => {
  bot = await startBot()
  ann = bot.person('ann', { channel: '' })
})

/** One question of one item. */
async function single(...users: string[]): Promise<void> {
  await bot.team({ topics: ['apple'] })
  await join(...users)
  for (let day = 3; day < 10; day++) {
    await at('08:00', day)
    if (controls(users[0]).includes('A')) return
    await at('20:00', day)
  }
  throw new Error('no question with buttons came')
}

/** The time of the round that is open. */
async function closeRound(): Promise<number> {
  const [round] = await bot.store.openRounds(1)
  if (!round) throw new Error('no round is open')
  await bot.at(new Date(round.closesAt).toISOString()).tick()
  return round.closesAt
}

const later = (from: number, seconds: number) => bot.at(new Date(from + seconds * 1000).toISOString())

describe('a direct question', () => {
  it('waits while nobody says who sees the channel, which is no fault', async () => {
    await bot.team({ topics: ['apple'] })
    await join('ann')
    const before = got().length
    bot.chat.isSilent = true
    await at('08:00', 3)
    expect(got()).toHaveLength(before)
    expect(bot.errors).toEqual([])
    bot.chat.isSilent = false
    await at('08:05', 3)
    expect(got()).toHaveLength(before + 1)
  })
})

describe('a direct question whose round closes', () => {
  it('loses its buttons, and tells what was right to who did not answer', { tags: ['slow'] }, async () => {
    await single('ann')
    await closeRound()
    expect(shown()).toMatch(/^The question of .* is closed/)
    expect(shown()).toMatch(/✓ [A-D]:/)
    expect(shown()).toContain('No answer counts any more')
    expect(controls().filter((label) => /^[A-Z]$|^Choose|^Answer|order|Match/.test(label))).toEqual([])
    expect(bot.errors).toEqual([])
  })

  it('tells how it went to who answered, in the channel too', async () => {
    await single('ann')
    await bot.person('ann').presses('A', bot.last())
    await closeRound()
    expect(shown()).toContain('Your first answer counts')
    expect(shown()).toContain('(your pick)')
    expect(controls()).not.toContain('A')
  })

  it('says at a press that comes too late that it is closed, and what was right', async () => {
    await single('ann')
    const open = got().at(-1)?.card
    if (!open) throw new Error('no question came')
    const before = (await bot.store.attempts({ ...WHO, user: 'ann' })).length
    await closeRound()
    const reply = await ann.presses('A', open)
    expect(reply.title).toBe('This round is closed')
    expect(plainCard(reply)).toContain('No answer counts any more')
    expect(plainCard(reply)).toMatch(/✓ [A-D]:/)
    expect(await bot.store.attempts({ ...WHO, user: 'ann' })).toHaveLength(before)
  })

  it('of several lists each with its outcome, and explains each', { tags: ['slow'] }, async () => {
    const team = await bot.team({ topics: ['apple'] })
    await join('ann')
    await bot.team({ id: team.id, count: 3 })
    await at('08:00', 3)
    await ann.presses('Answer 1', got().at(-1)?.card)
    if (labelsOf(ann.card).includes('A')) await ann.presses('A')
    await closeRound()
    expect(shown()).toMatch(/^The questions of Tuesday 3 November for Orchard are closed/)
    expect(shown()).toMatch(/\n1\. (?:Not r|R)ight, \+\d+ points: .*\n2\.1\. Not answered: /)
    expect(controls()).toEqual(['Explain 1', 'Explain 2.1', 'Explain 2.2', 'Explain 3'])
    const why = await ann.presses('Explain 3', got().at(-1)?.card)
    expect(why.title).toBe('Why')
  })

  it('goes one after the other, so that what the channels need goes first', { tags: ['slow'] }, async () => {
    await single('ann', 'ben', 'cid')
    const closed = await closeRound()
    const drawn = () => ['ann', 'ben', 'cid'].filter((user) => /closed/.test(shown(user))).length
    expect(drawn()).toBe(1)
    await later(closed, 3).tick()
    expect(drawn()).toBe(2)
    await later(closed, 6).tick()
    expect(drawn()).toBe(3)
    expect((await bot.store.backlog(closed + 60_000)).filter(({ kind }) => kind === 'direct-close')).toEqual(
      [],
    )
  })

  it('is tried again when the platform is busy or down, and not for ever', async () => {
    await single('ann', 'ben')
    bot.chat.fail('update', 'busy')
    const closed = await closeRound()
    bot.chat.fail('update', 'busy', 'down')
    await later(closed, 5).tick()
    for (const seconds of [60, 120, 180]) await later(closed, seconds).tick()
    expect([shown('ann'), shown('ben')]).toEqual([
      expect.stringContaining('is closed'),
      expect.stringContaining('is closed'),
    ])
  })

  it('tells no key to who left the channel', async () => {
    await single('ann', 'ben')
    bot.chat.hidden.set('study', ['ben'])
    await later(await closeRound(), 5).tick()
    expect([shown('ann'), controls('ann')]).toEqual([expect.stringMatching(/is closed/), []])
    expect(shown('ann')).not.toContain('✓')
    expect(shown('ben')).toContain('✓')
  })

  it('tells no key of what another open round asks', async () => {
    await single('ann')
    const open = got().at(-1)?.card
    await bot.team({ channel: 'other', topics: ['apple'], count: 5, openHours: 168, minute: 12 * 60 })
    const day = (await bot.store.openRounds(1))[0]?.date ?? ''
    await bot.at(`${day}T12:00:00Z`).tick()
    await closeRound()
    expect(shown()).toMatch(/is closed/)
    expect(shown()).not.toContain('✓')
    const late = await ann.presses('A', open)
    expect(plainCard(late)).toContain('This round is closed, so nothing was counted')
    expect(plainCard(late)).not.toContain('✓')
  })

  it('is left alone for whoever was forgotten, and drawn for whoever wants no more of them', {
    tags: ['slow'],
  }, async () => {
    await single('ann', 'ben')
    await bot.store.forgetMember({ ...WHO, user: 'ann' })
    await bot.store.askDirectly({ ...WHO, user: 'ben' }, false)
    const closed = await closeRound()
    await later(closed, 5).tick()
    expect(shown('ann')).not.toContain('closed')
    expect(shown('ben')).toContain('is closed')
    expect(bot.errors).toEqual([])
  })

  it('is drawn closed where the reveal cannot be posted', async () => {
    await single('ann')
    // Its reveal is dropped when the channel is gone, and the message is closed all the same.
    const [round] = await bot.store.openRounds(1)
    await bot.store.dropDelivery(`reveal-${round?.id}`, 'gone', undefined, round?.closesAt)
    await bot.at(new Date(round?.closesAt ?? 0).toISOString()).tick()
    expect(shown()).toContain('is closed')
  })
})
