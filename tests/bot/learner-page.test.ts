/** The learner's page: what a person is to do today, what they can expect, and when their exam is. */

import { beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../src/core/time.js'

import { type Bot, conceptCount, labelsOf, type Person, startBot } from '../helpers/bot.js'
import { answersMany } from '../helpers/learned.js'

let bot: Bot
let ann: Person
const ANN = { platform: 'test', workspace: 'w1', user: 'ann', name: 'Ann' }

beforeEach(async () => {
  bot = await startBot({ content: 'content' })
  await bot.team({ zone: 'America/New_York' })
  ann = bot.person('ann')
})

describe('/study status', () => {
  it('begins with the plan of the day, which its button starts', async () => {
    await ann.says('/study exam 2027-02-15')
    await ann.says('/study status')
    expect(ann.sees).toContain(`Today: 105 days, 0 of ${conceptCount(bot)} concepts met, 10 for today.`)
    expect(ann.sees).toContain('Your exam: 2027-02-15')
    await ann.presses('Start')
    expect(ann.sees).toContain('Practice: question 1 of 3')
    expect(ann.sees).toContain(`105 days, 0 of ${conceptCount(bot)} concepts met`)
  })

  it('stands without a date, and says what readiness still needs', async () => {
    await ann.says('/study status')
    expect(ann.sees).toContain(`Today: 0 of ${conceptCount(bot)} concepts met, 10 for today.`)
    expect(ann.sees).toContain('Your exam: no date yet')
    expect(ann.sees).toContain(
      'Not enough answers yet to say anything honest. Needed: 40 more first answers; 5 more in domain 1 ',
    )
  })

  it('shows the range to expect as a picture, as its text and as a table', async () => {
    await answersMany(bot, ANN, 60)
    await ann.says('/study status')
    const [, range = ''] = /Expect (\d+-\d+ %) right on a new exam/.exec(ann.sees) ?? []
    const image = ann.card.blocks.find((block) => block.kind === 'image')
    expect(image).toMatchObject({ picture: { kind: 'ranges' } })
    expect(image?.kind === 'image' && image.alt).toContain(`The whole exam: ${range}`)
    expect(ann.card.blocks.find((block) => block.kind === 'table')).toMatchObject({
      header: [['Domain'], ['Right']],
    })
    await ann.says('/stats')
    expect(ann.sees).toContain(`Expect ${range}`)
  })

  it('counts the day down by the calendar of the team, and knows when it is over', async () => {
    await ann.says('/study exam 2026-11-03')
    for (const [time, words] of [
      ['2026-11-03T03:00:00Z', '1 day,'],
      ['2026-11-03T22:00:00Z', 'Exam day,'],
    ] as const) {
      bot.at(time)
      await ann.says('/study status')
      expect(ann.sees).toContain(`Today: ${words}`)
    }
    bot.at('2026-11-04T12:00:00Z')
    await ann.says('/study status')
    expect(ann.sees).toContain(`Today: 0 of ${conceptCount(bot)} concepts met`)
    expect(ann.sees).toContain('Your exam: 2026-11-03, which is over')
  })

  it('offers more once the goal of the day is reached', async () => {
    await answersMany(bot, ANN, 60, 0)
    await ann.says('/study status')
    expect(ann.sees).toContain('today’s goal is reached')
    expect(labelsOf(ann.card)).toContain('Practise more')
    expect(labelsOf(ann.card)).not.toContain('Start')
  })
})

describe('the day of the exam', () => {
  it('is set in a form, which reads it as /study exam does', async () => {
    await ann.says('/study status')
    await ann.presses('Set the exam date')
    expect(ann.form.fields).toMatchObject([{ kind: 'text', name: 'date' }])
    await ann.fills({ date: 'in 6 weeks' })
    expect(ann.sees).toContain('Your exam: 2026-12-14')
    await ann.says('/study status')
    await ann.presses('Change the exam date')
    expect(ann.form.fields).toMatchObject([{ value: '2026-12-14' }])
    await ann.fills({ date: 'clear' })
    expect(ann.sees).toContain('No exam date yet')
  })

  it('is asked for again, in its field, when it cannot be read', async () => {
    await ann.says('/study status')
    await ann.presses('Set the exam date')
    await ann.fills({ date: 'soonish' })
    expect(ann.sees).toContain('is no date that I can read')
    await ann.presses('Fix it')
    expect(ann.form.fields).toMatchObject([{ value: 'soonish' }])
    await ann.fills({ date: '15 Feb' })
    expect(ann.sees).toContain('Your exam: 2027-02-15')
  })
})

it('is read from the database in one go: no row of what is remembered twice', async () => {
  await answersMany(bot, ANN, 60, DAY_MS)
  const { learner } = bot.store
  let read = 0
  bot.deps.store.learner = (...given) => {
    read++
    return learner(...given)
  }
  await ann.says('/study status')
  expect(read).toBe(1)
})
