/** A person's plan to the day of their exam, and what they remember. */

import { beforeEach, describe, expect, it } from 'vitest'
import { learnerOf } from '../../src/bot/member/plan.js'
import { DAY_MS } from '../../src/core/time.js'

import { type Bot, conceptCount, type Person, startBot } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'

let bot: Bot
let ann: Person
const ANN = { platform: 'test', workspace: 'w1', user: 'ann', name: 'Ann' }

beforeEach(async () => {
  bot = await startBot({ content: 'content' })
  await bot.team({ zone: 'America/New_York' })
  ann = bot.person('ann')
})

const learner = (user = 'ann') => learnerOf({ ...ANN, user }, bot.deps)

describe('/study exam', () => {
  it.each([
    ['2027-02-15', '2027-02-15'],
    ['15 Feb', '2027-02-15'],
    ['February 15', '2027-02-15'],
    ['in 6 weeks', '2026-12-14'],
    ['today', '2026-11-02'],
  ])('understands %s', async (typed, on) => {
    await ann.says(`/study exam ${typed}`)
    expect(ann.sees).toContain(on)
    expect((await learner())?.exam).toEqual({ on, pack: 'mla-c01' })
  })

  it.each([
    ['soonish', 'is no date that I can read'],
    ['31 April', 'is no date that I can read'],
    ['2026-11-01', 'has passed'],
    ['2126-11-01', 'more than 5 years away'],
  ])('refuses %s, and changes nothing', async (typed, why) => {
    await ann.says('/study exam 2027-02-15')
    await ann.says(`/study exam ${typed}`)
    expect(ann.sees).toContain(why)
    expect((await learner())?.exam?.on).toBe('2027-02-15')
  })

  it('counts days in the zone of the team: it is still the first in New York', async () => {
    bot.at('2026-11-02T03:00:00Z')
    await ann.says('/study exam 2026-11-01')
    expect(ann.sees).toContain('Exam day')
  })

  it('counts days in the zone that the platform knows of the member, also when it does not say it', async () => {
    bot.at('2026-11-01T16:00:00Z')
    const kei = bot.person('kei', { zone: 'Asia/Tokyo' })
    await kei.says('/study exam tomorrow')
    expect((await learner('kei'))?.exam?.on).toBe('2026-11-03')
    await kei.says('/study exam in 2 days')
    const silent = bot.person('kei')
    await silent.says('/study exam')
    expect(silent.sees).toContain(`2 days, 0 of ${conceptCount(bot)}`)
    const odd = bot.person('odd', { zone: 'Mars/Base' })
    await odd.says('/study exam tomorrow')
    expect((await learner('odd'))?.exam?.on).toBe('2026-11-02')
  })

  it.each([
    ['2026-11-02T05:30:00Z', '105 days'],
    ['2026-11-03T04:30:00Z', '105 days'],
    ['2027-02-14T08:00:00Z', '1 day'],
    ['2027-02-15T12:00:00Z', 'Exam day'],
    ['2027-02-16T02:00:00Z', 'Exam day'],
  ])('says at %s by the calendar how far it is: %s', async (now, said) => {
    bot.at('2026-11-02T00:10:00Z')
    await ann.says('/study exam 2027-02-15')
    bot.at(now)
    await ann.says('/study exam')
    expect(ann.sees).toContain(`${said}, 0 of ${conceptCount(bot)}`)
  })

  it('shows the plan without a date, and is cleared by a button', async () => {
    await ann.says('/study exam 2027-02-15')
    await ann.says('/study exam')
    expect(ann.sees).toContain(`105 days, 0 of ${conceptCount(bot)} concepts met, 10 for today`)
    await ann.presses('Clear the date')
    expect(ann.sees).toContain('No exam date yet')
    expect((await learner())?.exam).toBeUndefined()
  })

  it('keeps a goal of its own', async () => {
    await ann.says('/study exam 2027-02-15')
    await ann.picks(['5'])
    expect(ann.sees).toContain('5 for today')
    expect((await learner())?.goal).toBe(5)
  })

  it('asks once how it went when the day has passed', async () => {
    await ann.says('/study exam 2026-11-03')
    bot.at('2026-11-05T12:00:00Z')
    await ann.says('/quiz')
    expect(ann.sees).toContain('How did the exam go?')
    await ann.presses('I passed')
    expect(ann.sees).toContain('Congratulations')
    await ann.says('/quiz')
    expect(ann.sees).toContain('Practice: question 1')
    expect(ann.sees).not.toContain('How did')
  })
})

describe('memory', () => {
  it('is filled by every answer once, of rounds and of practice, and again after a regrade', async () => {
    const [question] = bot.bank.questions
    if (!question) throw new Error('no question')
    const practised = { ...ANN, question: question.id, version: question.version, item: 0 }
    const now = bot.deps.clock()
    await bot.store.practise({ ...practised, seed: 1, answer: 'A', right: false, now })
    expect((await learner())?.concepts).toMatchObject([
      { concept: question.concept, memory: { reps: 1, lapses: 0 } },
    ])
    expect((await learner())?.concepts[0]?.memory.reps).toBe(1)
    await bot.store.practise({ ...practised, seed: 2, answer: 'A', right: false, now: now + DAY_MS })
    const [twice] = (await learner())?.concepts ?? []
    expect(twice).toMatchObject({
      memory: { reps: 2, lapses: 1 },
      seen: { [question.id]: { times: 2, right: false } },
    })
    const order = { question: question.id, to: 'v2', current: 'v2', why: 'w', now: now + DAY_MS, apply: true }
    expect(await bot.store.regrade(order, () => ['A'])).toMatchObject({ practice: 2 })
    const [again] = (await learner())?.concepts ?? []
    expect(again).toMatchObject({ memory: { reps: 2, lapses: 0 }, seen: { [question.id]: { right: true } } })
    expect(again?.memory.stability).toBeGreaterThan(2 * (twice?.memory.stability ?? 0))
  })

  it('counts an answer that comes to the database after a later one', async () => {
    const [first, second] = bot.bank.questions
    const now = bot.deps.clock()
    const practise = (question = first, at = now) =>
      bot.store.practise({
        ...{ ...ANN, question: question?.id ?? '', version: 'v', item: 0, seed: at, answer: 'A' },
        ...{ right: true, now: at },
      })
    await practise(first, now)
    await learner()
    await practise(second, now - 60_000)
    const total = (await learner())?.concepts.flatMap((one) => Object.values(one.seen)).length
    expect(total).toBe(2)
  })

  it('goes with the member, and is nobody else’s', async () => {
    await ann.says('/study exam 2027-02-15')
    expect(await learner('ben')).toBeUndefined()
    await bot.store.forgetMember(ANN)
    const { pool } = await testDatabase()
    expect((await pool.query('select 1 from person')).rows).toEqual([])
  })
})

describe('the plan of the day', () => {
  it('says how it stands, why a question comes, and asks no concept twice on a day', async () => {
    await ann.says('/study exam 2027-02-15')
    const concepts: string[] = []
    for (let i = 0; i < 12; i++) {
      await ann.says('/quiz')
      expect(ann.sees).toMatch(new RegExp(`days, \\d+ of ${conceptCount(bot)} concepts met`))
      expect(ann.sees).toContain('New to you.')
      const plan = (await learner())?.concepts.length
      expect(plan).toBe(i)
      const asked = await askedNow()
      concepts.push(asked.concept)
      await bot.store.practise({
        ...{
          ...ANN,
          question: asked.id,
          version: asked.version,
          item: 0,
          seed: i,
          answer: 'A',
          right: true,
        },
        now: bot.deps.clock(),
      })
    }
    expect(new Set(concepts).size).toBe(12)
  })

  it('brings a sibling of what was missed yesterday first', async () => {
    const [missed] = bot.bank.questions
    if (!missed) throw new Error('no question')
    const now = bot.deps.clock()
    await bot.store.practise({
      ...{
        ...ANN,
        question: missed.id,
        version: missed.version,
        item: 0,
        seed: 1,
        answer: 'A',
        right: false,
        now,
      },
    })
    bot.at('2026-11-03T12:00:00Z')
    await ann.says('/quiz')
    expect(ann.sees).toContain('You missed its sibling yesterday.')
    const asked = await askedNow()
    expect(asked.concept).toBe(missed.concept)
    expect(asked.id).not.toBe(missed.id)
  })
})

/** The question that Ann is asked now, by the number that its buttons name. */
async function askedNow() {
  const number = Number.parseInt(/~#([0-9a-z]+)~/.exec(JSON.stringify(ann.card))?.[1] ?? '', 36)
  const question = bot.deps.questions.numbered(number)
  if (!question) throw new Error(`no question ${number}`)
  return question
}
