/** Whose a mock exam is, what it may ask, and what becomes of its misses. */
import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../src/bot/app.js'
import { openPacks } from '../../../src/bot/packs.js'
import { withQuestions } from '../../../src/content/bank.js'
import { loadContent } from '../../../src/content/load.js'
import { type Bot, buttonsOf, labelsOf, type Person, startBot } from '../../helpers/bot.js'
import { testDatabase } from '../../helpers/database.js'
import { examPack } from '../../helpers/exam-pack.js'
import { smallPack } from '../../helpers/small-pack.js'

const content = examPack()
const START = 'Full: 20 minutes'
const ANN = { platform: 'test', workspace: 'w1', user: 'ann' }
let bot: Bot
let ann: Person

beforeEach(async () => {
  bot = await startBot({ content })
  ann = bot.person('ann')
})

async function begin(person = ann): Promise<void> {
  await person.says('/exam')
  await person.presses(START)
}

async function handIn(person = ann): Promise<void> {
  for (const label of ['Overview', 'Hand in', 'Hand in now']) await person.presses(label)
}

const later = (minutes: number) => bot.at(new Date(bot.deps.clock() + minutes * 60_000).toISOString())

/** On the first item with letters to press, whatever stands before it. */
async function toChoice(person = ann): Promise<void> {
  while (!labelsOf(person.card).includes('A')) await person.presses('Next')
}

describe('one at a time', () => {
  it('goes on with the one that runs, from wherever it is asked for, or hands it in', async () => {
    await begin()
    await ann.presses('Next')
    await ann.says('/exam short')
    expect(ann.sees).toContain('Your mock exam is running')
    expect(ann.sees).toContain('8 of 8 are blank, none is flagged.')
    expect(labelsOf(ann.card)).toEqual(['Go on at question 2', 'Hand in'])
    await ann.presses('Go on at question 2')
    expect(ann.sees).toContain('question 2 of 8')
  })

  it('begins once, however often Start is pressed', async () => {
    const other = bot.person('ann')
    await ann.says('/exam')
    await other.says('/exam')
    await Promise.all([ann.presses(START), other.presses(START)])
    expect([ann.sees, other.sees].map((sees) => sees.split('\n')[0])).toEqual(
      Array(2).fill('Mock exam: question 1 of 8'),
    )
    const { pool } = await testDatabase()
    expect((await pool.query('select id from mock_exam')).rows).toHaveLength(1)
    expect((await pool.query('select place from mock_item')).rows).toHaveLength(8)
  })

  it('of two devices the last press wins, and both show where it stands', async () => {
    await begin()
    await toChoice()
    const [phone, laptop] = [bot.person('ann'), ann]
    await phone.presses('A', laptop.card)
    await laptop.presses('B')
    await phone.presses('Next').catch(() => phone.presses('Back'))
    const items = (await bot.store.exam(ANN))?.items ?? []
    expect(items.flatMap(({ answer }) => answer ?? [])).toEqual(['B'])
  })

  it('opens the form of an item with what was answered', async () => {
    await begin()
    while (!labelsOf(ann.card).includes('Match')) await ann.presses('Next')
    const letters = 'ABCDABC'
    await ann.presses('Match')
    expect(ann.form.fields.map((field) => 'value' in field)).toEqual(Array(7).fill(false))
    await ann.fills(Object.fromEntries([...letters].map((letter, i) => [`p${i}`, letter])))
    expect(ann.sees).toContain('Your answer: 1 A, 2 B, 3 C, 4 D, 5 A, 6 B, 7 C.')
    await ann.presses('Match')
    expect(ann.form.fields.map((field) => 'value' in field && field.value).join('')).toBe(letters)
  })

  it('takes how sure somebody is who wants to be asked, for the answer that stands', async () => {
    await begin()
    await toChoice()
    await ann.presses('A')
    expect(labelsOf(ann.card)).not.toContain('Guess')
    await bot.store.rateAnswers(ANN, true)
    await ann.presses('B')
    expect(ann.sees).toContain('How sure are you? Not said.')
    await ann.presses('Sure')
    expect(ann.sees).toContain('How sure are you? Sure')
    await ann.presses('A')
    expect(ann.sees, 'that was said of B').toContain('How sure are you? Not said.')
    await ann.presses('Guess')
    await ann.presses('Flag')
    expect(ann.sees).toContain('How sure are you? Guess')
    await handIn()
    const { pool } = await testDatabase()
    expect((await pool.query('select answer, confidence from attempt')).rows).toEqual([
      { answer: 'A', confidence: 'guess' },
    ])
  })

  it('is nobody else’s: an id that was made up shows and changes nothing', async () => {
    await begin()
    await toChoice()
    const ben = bot.person('ben')
    await begin(ben)
    for (const button of buttonsOf(ann.card)) {
      const reply = await ben.request({ kind: 'press', id: button.id })
      expect(JSON.stringify(reply), button.label).toMatch(/no longer works/)
    }
    await bot.person('cid').says('/exam')
    const exam = await bot.store.exam(ANN)
    expect(exam?.items.every(({ answer, isFlagged }) => answer === undefined && !isFlagged)).toBe(true)
    expect(exam?.handedInAt).toBeUndefined()
  })

  it('goes on at another member of the same person, who is told of the time then', async () => {
    await begin()
    await bot.store.saveGoal({ ...ANN, workspace: 'w2', name: 'Ann' }, 10)
    const { pool } = await testDatabase()
    await pool.query('update member set person_id = (select min(person_id) from member)')
    const there = bot.person('ann', { workspace: 'w2' })
    await there.says('/exam')
    await there.presses('Go on at question 1')
    await there.presses('Next')
    await later(10.1).tick()
    expect(bot.chat.told.map(({ workspace, card }) => [workspace, card.title])).toEqual([
      ['w2', '10 minutes left in your mock exam'],
    ])
    await handIn(there)
    expect(await bot.store.exam(ANN)).toMatchObject({ handedInAt: bot.deps.clock() })
  })
})

describe('what there is to begin', () => {
  it.each([
    [
      'a pack without an exam',
      smallPack({ topics: { sun: { title: 'Sun', asks: ['What shines?'] } } }),
      /prepares for no exam.*pack\.yaml/,
    ],
    [
      'an exam of unknown length',
      'tests/fixtures/content',
      /does not say how many questions and minutes OK-1 has/,
    ],
  ])('says what is missing of %s', async (_what, folder, why) => {
    const person = (await startBot({ content: folder })).person('ann')
    await person.says('/exam')
    expect(person.sees.replaceAll('\n', ' ')).toMatch(why)
    expect(person.sees).toContain('/quiz')
  })

  it('says how many questions there are where they are too few', async () => {
    const person = (await startBot({ content: examPack({ items: { scored: 50, unscored: 15 } }) })).person(
      'ann',
    )
    await person.says('/exam')
    expect(person.sees).toContain(
      '8 questions of this pack fit OK-1, and a full one has 65, a short one has 20: too few for a mock exam.',
    )
  })

  it('counts nothing that stands in a question of the day', async () => {
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    await ann.says('/exam')
    expect(ann.sees).toContain('7 questions of this pack fit OK-1, and a full one has 8: too few')
  })

  it('asks nothing that stands in a question of the day, and tells no reason of what came into one', async () => {
    const facts = { items: { scored: 7, unscored: 0 } }
    bot = await startBot({ content: examPack(facts) })
    ann = bot.person('ann')
    await bot.team({ topics: ['apple'] })
    await bot.at('2026-11-02T08:00:00Z').tick()
    const [open] = await bot.store.openItems(ANN)
    await begin()
    const asked = (await bot.store.exam(ANN))?.items.map(({ question }) => question) ?? []
    expect([asked.length, asked.includes(open?.question ?? '')]).toEqual([7, false])
    await handIn()
    await bot.at('2026-11-03T08:00:00Z').tick()
    await bot.tick()
    const secret = (await bot.store.openItems(ANN)).map(({ question }) => question)
    const missed = asked.findIndex((question) => secret.includes(question))
    if (missed < 0) throw new Error('nothing of the exam came into the question of the day')
    await ann.presses('Go through the misses')
    for (let i = 0; i < missed; i++) await ann.presses('Next')
    expect(ann.sees).toContain('This is in a question of the day that you have not answered yet.')
    expect(ann.sees).not.toContain('Common misconception')
  })
})

describe('a change of the content in the middle', () => {
  it('leaves the exam as it was composed', async () => {
    await begin()
    const before = ann.sees
    const read = (await loadContent(content)).banks.map((bank) => ({
      ...bank,
      questions: bank.questions.map((one) => ({
        ...one,
        version: 'abcdefabcdef',
        ...('stem' in one && { stem: 'It asks something else now.' }),
        ...('scenario' in one && { scenario: 'Another one.' }),
      })),
    }))
    const saved = await bot.store.saveQuestions(read.flatMap(({ questions }) => questions))
    // Another process, which has read the content as it is now.
    Object.assign(bot, { app: createApp({ ...bot.deps, ...openPacks(withQuestions(read, saved)) }) })
    await ann.says('/exam')
    await ann.presses('Go on at question 1')
    expect(ann.sees).toBe(before)
    await handIn()
    expect((await bot.store.exam(ANN))?.items.every(({ version }) => version !== 'abcdefabcdef')).toBe(true)
  })
})

describe('what was missed', () => {
  it('comes first in the plan once it is put there, until it was answered again', async () => {
    await bot.team()
    await begin()
    await handIn()
    await ann.presses('Put the misses into my plan')
    expect(ann.sees).toContain('8 questions in all')
    await later(60 * 24)
    await ann.says('/quiz')
    expect(ann.sees).toContain('You missed this concept in a mock exam.')
    const learner = await bot.store.learner(ANN, () => undefined)
    expect(learner?.misses).toHaveLength(8)
  })

  it('was never answered where it was left blank: it is no attempt', async () => {
    await begin()
    await handIn()
    expect(await bot.store.attempts(ANN)).toEqual([])
  })
})

describe('somebody who is forgotten', () => {
  it('in the middle leaves nothing of the exam behind', async () => {
    await begin()
    await bot.store.forgetMember(ANN)
    const { pool } = await testDatabase()
    for (const table of ['mock_exam', 'mock_item', 'delivery', 'person'])
      expect((await pool.query(`select 1 from ${table}`)).rows, table).toEqual([])
    await ann.presses('Next')
    expect(ann.sees).toContain('no longer works')
  })
})
