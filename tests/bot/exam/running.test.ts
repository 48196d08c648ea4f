/** A mock exam from its start to its report, as a person takes it. */
import { beforeEach, describe, expect, it } from 'vitest'
import { type Bot, labelsOf, type Person, selectsOf, startBot } from '../../helpers/bot.js'

let bot: Bot
let ann: Person

beforeEach(async () => {
  bot = await startBot({ content: 'content' })
  ann = bot.person('ann')
})

const SHORT = 'Short: 40 minutes'

it('tells the range to expect once a full one was answered, by its first answers', async () => {
  const who = { platform: 'test', workspace: 'w1', user: 'ann' }
  await ann.says('/exam full')
  await ann.presses('Full: 130 minutes')
  const { id = 0, items = [] } = (await bot.store.exam(who)) ?? {}
  const now = bot.deps.clock()
  for (const [place, { key }] of items.entries())
    await bot.store.pressExam(who, id, { place, answer: place % 4 === 0 ? '-' : key, shows: place, now })
  await ann.presses('Overview')
  await ann.presses('Hand in')
  await ann.presses('Hand in now')
  expect(ann.sees).toContain('48 of 65 right (74 %)')
  expect(ann.sees).toMatch(/Expect \d\d-\d\d % right on a new exam of this kind/)
  expect(ann.sees).toMatch(/1 Data Preparation .* \| \d+ of 18/)
})

describe('/exam', () => {
  it('offers the full one and the short one, each with extra time by choice', async () => {
    await ann.says('/exam')
    expect(ann.sees).toContain('65 questions in 130 minutes')
    expect(ann.sees).toContain('20 questions in 40 minutes')
    expect(labelsOf(ann.card)).toEqual([
      'Full: 130 minutes',
      'Full, extra time: 195 minutes',
      SHORT,
      'Short, extra time: 60 minutes',
    ])
  })

  it('goes back and forth, flags, and tells nothing of an answer', async () => {
    await ann.says('/exam short')
    await ann.presses(SHORT)
    expect(ann.sees).toContain('question 1 of 20')
    expect(ann.sees).toContain('40 minutes left')
    expect(labelsOf(ann.card)).not.toContain('Back')
    await ann.presses('Flag')
    expect(ann.sees).toContain('flagged')
    await ann.presses('Next')
    expect(ann.sees).toContain('question 2 of 20')
    await ann.presses('Overview')
    expect(ann.sees).toContain('Flagged: 1 (1)')
    expect(ann.sees).toContain('Blank: 20 (1-20)')
    expect(selectsOf(ann.card)[0]?.options[0]).toEqual({
      value: '0',
      label: '1: blank, flagged',
      cell: '1 ⚑',
    })
    await ann.picks(['19'])
    expect(ann.sees).toContain('question 20 of 20')
    expect(labelsOf(ann.card)).not.toContain('Next')
    await ann.presses('Overview')
    await ann.presses('Hand in')
    expect(ann.sees).toContain('20 of 20 are blank, 1 is flagged.')
    await ann.presses('Hand in now')
    expect(ann.sees).toContain('0 of 20 right (0 %)')
    expect(bot.errors).toEqual([])
    await ann.presses('Go through the misses')
    await ann.presses('The report')
    await ann.presses('Put the misses into my plan')
    await ann.says('/quiz')
  })
})
