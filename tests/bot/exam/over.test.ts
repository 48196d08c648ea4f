// @module-tag slow
/** The end of a mock exam: told of at 10 and 2 minutes, by the clock of the server, whatever falls. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/bot/app.js'
import { plainCard } from '../../../src/bot/ui/card.js'
import { type Bot, type Person, startBot } from '../../helpers/bot.js'
import { testDatabase } from '../../helpers/database.js'
import { examPack } from '../../helpers/exam-pack.js'
import { leasesAge } from '../../helpers/rounds.js'

const content = examPack()
const ANN = { platform: 'test', workspace: 'w1', user: 'ann' }
let bot: Bot
let ann: Person

beforeEach(async () => {
  bot = await startBot({ content, now: '2026-11-02T07:00:00Z' })
  ann = bot.person('ann')
})

async function begin(label = 'Full: 20 minutes'): Promise<void> {
  await ann.says('/exam')
  await ann.presses(label)
}

const told = () => bot.chat.told.map(({ card }) => card.title)

describe('the time left', () => {
  it('is told at 10 and at 2 minutes, once each, and the report at the end', async () => {
    await begin()
    await bot.at('2026-11-02T07:09:59Z').tick()
    expect(told()).toEqual([])
    await bot.at('2026-11-02T07:10:05Z').tick()
    await bot.tick()
    expect(told()).toEqual(['10 minutes left in your mock exam'])
    await ann.presses('Go on at question 1', bot.chat.told.at(-1)?.card)
    expect(ann.sees).toContain('question 1 of 8')
    await bot.at('2026-11-02T07:18:00Z').tick()
    await bot.at('2026-11-02T07:20:02Z').app.endExams()
    expect(told()).toEqual([
      '10 minutes left in your mock exam',
      '2 minutes left in your mock exam',
      'Mock exam: 0 of 8 right (0 %)',
    ])
    await bot.tick()
    expect(told()).toHaveLength(3)
    expect(bot.errors).toEqual([])
  })

  it('is half as much again by choice', async () => {
    await begin('Full, extra time: 30 minutes')
    expect(ann.sees).toContain('30 minutes left')
    await bot.at('2026-11-02T07:29:59Z').tick()
    expect(told()).not.toContain('Mock exam: 0 of 8 right (0 %)')
    await bot.at('2026-11-02T07:30:00Z').tick()
    expect(told()).toContain('Mock exam: 0 of 8 right (0 %)')
  })

  it('is told nobody who has handed in, and no report comes twice', async () => {
    await begin()
    await ann.presses('Overview')
    await ann.presses('Hand in')
    await ann.presses('Hand in now')
    await bot.at('2026-11-02T07:30:00Z').tick()
    expect(told()).toEqual([])
  })
})

describe('after the end', () => {
  it('a press comes too late: the report stands in place of the question', async () => {
    await begin()
    await answerFirst()
    const late = ann.card
    bot.at('2026-11-02T07:20:00Z')
    await answerFirst(late)
    expect(ann.sees).toContain('Mock exam:')
    expect(ann.sees).toContain('The time was over')
    expect(ann.sees).toContain('7 were left blank')
    await bot.tick()
    expect(told()).toEqual([])
    expect(await bot.store.attempts(ANN)).toHaveLength(1)
  })

  it('/exam shows the report, where nobody has told of it yet', async () => {
    await begin()
    bot.at('2026-11-02T07:20:00Z')
    await ann.says('/exam')
    expect(ann.sees).toContain('Mock exam: 0 of 8 right')
    await ann.says('/exam')
    expect(ann.sees).toContain('Your last one')
  })

  it('one that was killed in the middle, and started after the deadline, has handed in all there was', async () => {
    await begin()
    await answerFirst()
    const [kept] = (await bot.store.exam(ANN))?.items ?? []
    expect(kept?.answer).toBeDefined()
    // The process falls here; the next one starts an hour later.
    bot.at('2026-11-02T08:30:00Z')
    const next = createApp({ ...bot.deps })
    await next.tick()
    const exam = await bot.store.exam(ANN)
    expect(exam?.handedInAt).toBe(Date.parse('2026-11-02T07:20:00Z'))
    expect(exam?.items[0]).toMatchObject({ answer: kept?.answer })
    expect(await bot.store.attempts(ANN)).toHaveLength(1)
    expect(told()).toEqual([expect.stringMatching(/^Mock exam: [01] of 8 right/)])
    await next.tick()
    expect(await bot.store.attempts(ANN)).toHaveLength(1)
    expect(told()).toHaveLength(1)
  })

  it('one that fell while it told of it tells once, and has handed in once', async () => {
    await begin()
    await answerFirst()
    bot.chat.fail('tell', 'lost')
    await bot.at('2026-11-02T07:20:01Z').app.endExams()
    await leasesAge(await testDatabase(), 120_000)
    await bot.at('2026-11-02T07:25:00Z').tick()
    expect(told()).toHaveLength(1)
    expect(await bot.store.attempts(ANN)).toHaveLength(1)
  })

  it('is handed in also while no platform is on', async () => {
    await begin()
    bot.at('2026-11-02T07:20:03Z')
    await createApp({ ...bot.deps, chats: new Map() }).tick()
    expect((await bot.store.exam(ANN))?.handedInAt).toBe(Date.parse('2026-11-02T07:20:00Z'))
    await bot.tick()
    expect(told()).toEqual(['Mock exam: 0 of 8 right (0 %)'])
  })

  it('is handed in also where nobody can be told', async () => {
    await begin()
    bot.chat.fail('tell', 'refused')
    await bot.at('2026-11-02T07:20:00Z').tick()
    expect((await bot.store.exam(ANN))?.handedInAt).toBeDefined()
    await ann.says('/exam')
    expect(ann.sees).toContain('Your last one, Monday 2 November: 0 of 8 right.')
    await ann.presses('Its report')
    expect(ann.sees).toContain('0 of 8 right (0 %)')
  })
})

/** Whatever the first question is, by the first of what it offers. */
async function answerFirst(on = ann.card): Promise<void> {
  const labels = on.blocks.flatMap((b) => (b.kind === 'buttons' ? b.buttons.map(({ label }) => label) : []))
  if (labels.includes('A')) return void (await ann.presses('A', on))
  if (on.blocks.some((b) => b.kind === 'select')) return void (await ann.picks(['A', 'B'], on))
  const opens = labels.find((label) => ['Put in order', 'Match'].includes(label)) ?? ''
  await ann.presses(opens, on)
  // Too late, there is no form any more.
  if (plainCard(ann.card).startsWith('Mock exam: 0')) return
  const places = ann.form.fields.map(({ name }, i) => [name, opens === 'Match' ? 'A' : ('ABCD'[i] ?? 'A')])
  await ann.fills(Object.fromEntries(places))
}
