/** A question is stored once and decided on once, however often and wherever somebody presses. */
import { describe, expect, it } from 'vitest'
import { feedQueues } from '../../src/bot/authoring/made.js'
import { noLimits } from '../../src/bot/request-limits.js'
import { startBot } from '../helpers/bot.js'
import { askedOn } from '../helpers/team-weeks.js'
import { approves, askedOf, FORM, teamOf, writes } from '../helpers/written.js'

const ADVISED = { ...FORM, options: '* In frost\nIn heat', reasons: '' }

describe('a question that is sent', () => {
  it('is stored once, however often *Send it as it is* is pressed', async () => {
    const { bot, team } = await teamOf(['ana', 'bo'])
    const ana = await writes(bot, 'ana', ADVISED)
    const card = ana.card
    expect(card.title).toBe('Before it goes to review')
    await Promise.all([1, 2, 3, 4].map(() => ana.presses('Send it as it is', card)))
    expect(await bot.store.waitingQuestions(team.id)).toBe(1)
    expect(bot.errors).toEqual([])
  })

  it('is stored once when the same words come in several forms at once', async () => {
    const { bot, team } = await teamOf(['ana', 'bo', 'cy'])
    const people = ['ana', 'bo', 'cy'].map((user) => bot.person(user))
    for (const person of people) await person.says('/study write')
    await Promise.all(
      people.flatMap((person) => [
        person.fills(FORM),
        person.fills({ ...FORM, stem: FORM.stem.toUpperCase() }),
      ]),
    )
    expect(await bot.store.waitingQuestions(team.id)).toBe(1)
    expect(bot.errors).toEqual([])
  })

  it('is not changed into the words of another', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    await writes(bot, 'ana')
    const ana = await writes(bot, 'ana', { ...FORM, stem: 'What is laid on a wound that the saw has left?' })
    await ana.says('/study questions')
    await ana.picks(['2'])
    await ana.presses('Change')
    await ana.fills(FORM)
    expect(ana.sees).toContain('asked already')
  })

  it('keeps the form when it is refused', async () => {
    const { bot } = await teamOf(['ana', 'bo'])
    const ana = await writes(bot, 'ana', ADVISED)
    const card = ana.card
    await writes(bot, 'bo', { ...FORM, stem: ADVISED.stem })
    await ana.presses('Send it as it is', card)
    expect(ana.sees).toContain('asked already')
    await ana.presses('Change it', card)
    expect(ana.form.fields.find(({ name }) => name === 'stem')).toMatchObject({ value: FORM.stem })
  })
})

describe('a draft of notes that was decided on for the whole pack', () => {
  const content = {
    topics: ['apple'],
    item: {
      kind: 'choice',
      stem: 'Where is it kept?',
      choices: ['cellar', 'bowl'].map((text, i) => ({ text, right: i === 0, why: '' })),
    },
    source: 'trees.md',
  } as const
  const start = async () => {
    const drafts = new Map([
      ['orchard', { waiting: [{ id: 'apple-store', content }], rejected: ['unwanted'] }],
    ])
    const bot = await startBot({ drafts, limits: noLimits })
    const team = await bot.team({ nextPostAt: Date.parse('2100-01-01T08:00Z') })
    await askedOn(bot, team, '2026-11-03', { question: 'apple-hard', right: ['ana', 'bo'] })
    const copy = { team: team.id, pack: team.pack, content, now: 0, draft: 'apple-store' }
    return { bot, team, copy }
  }

  it('is brought to no team any more', async () => {
    const { bot, team } = await start()
    await feedQueues(bot.deps)
    expect(await bot.store.waitingQuestions(team.id)).toBe(0)
  })

  it('leaves the queues where it waits', async () => {
    const { bot, team, copy } = await start()
    await bot.store.addMadeQuestion(copy)
    await feedQueues(bot.deps)
    expect(await bot.store.waitingQuestions(team.id)).toBe(0)
    const bo = bot.person('bo')
    await bo.says('/study review')
    expect(bo.card.title).toBe('Nothing waits for you')
  })

  it('is not asked beside the copy of a team', async () => {
    const { bot, team, copy } = await start()
    await bot.store.addMadeQuestion(copy)
    await bot.store.addMadeQuestion({
      ...copy,
      draft: 'another',
      content: { ...content, source: 'other.md' },
    })
    await approves(bot, 'bo', 'bo')
    expect(askedOf(bot, team)).toHaveLength(2)
    await feedQueues(bot.deps)
    expect(askedOf(bot, team)).toEqual([`team-${team.id}-2`])
  })

  it('leaves the queues when it is rejected, and stays asked where a team approved it before', async () => {
    const { bot, team, copy } = await start()
    await bot.store.addMadeQuestion({ ...copy, draft: 'unwanted' })
    await approves(bot, 'bo')
    const other = await bot.team({ channel: 'other', nextPostAt: Date.parse('2100-01-01T08:00Z') })
    await bot.store.addMadeQuestion({ ...copy, team: other.id, draft: 'unwanted' })
    await feedQueues(bot.deps)
    expect(await bot.store.waitingQuestions(other.id)).toBe(0)
    expect(askedOf(bot, team)).toHaveLength(1)
  })
})
