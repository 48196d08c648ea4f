/** How sure somebody is: asked after the pick, kept with the answer, told back once it says something. */

import { beforeEach, expect, it } from 'vitest'
import { learnerOf } from '../../src/bot/member/plan.js'
import { remember } from '../../src/core/memory.js'
import { afterFirstAnswer } from '../helpers/answerable.js'
import { type Bot, labelsOf, type Person, selectsOf } from '../helpers/bot.js'
import { testDatabase } from '../helpers/database.js'
import { PLACE } from '../helpers/rounds.js'

const ann = { ...PLACE, user: 'ann' }
let bot: Bot
let person: Person

beforeEach(async () => {
  ;({ bot, person } = await afterFirstAnswer())
})

const stored = async () =>
  (
    await (
      await testDatabase()
    ).pool.query(
      'select question, answer, correct, confidence from attempt where round_id is null order by id',
    )
  ).rows

/** Practises until a question of one choice is asked. */
async function choice(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await person.says('/quiz')
    if (labelsOf(person.card).includes('A')) return
  }
  throw new Error('no choice was asked')
}

it('is off until somebody switches it on in Your study, and off again', { tags: ['slow'] }, async () => {
  await choice()
  await person.presses('A')
  expect(['Right', 'Not this time']).toContain(person.card.title)
  await person.says('/study status')
  expect(person.sees).toContain('How sure you are: not asked')
  await person.presses('Ask how sure I am')
  expect(person.sees).toContain('Guess, Think or Sure')
  await choice()
  await person.presses('A')
  expect(person.card.title).toBe('How sure are you?')
  await person.says('/study status')
  await person.presses('Do not ask how sure I am')
  await choice()
  await person.presses('A')
  expect(['Right', 'Not this time']).toContain(person.card.title)
})

it('is asked before anything is told or recorded, and kept with the answer', async () => {
  await bot.store.rateAnswers(ann, true)
  await choice()
  await person.presses('B')
  expect(labelsOf(person.card)).toEqual(['Guess', 'Think', 'Sure'])
  expect(person.card.outcome).toBeUndefined()
  expect(await stored()).toEqual([])
  const asked = person.card
  await person.presses('Sure')
  expect(['Right', 'Not this time']).toContain(person.card.title)
  expect(await stored()).toMatchObject([{ answer: 'B', confidence: 'sure' }])
  await person.presses('Guess', asked)
  expect(await stored(), 'the first word counts').toMatchObject([{ confidence: 'sure' }])
})

it('is asked of what is picked from a menu, too', async () => {
  await bot.store.rateAnswers(ann, true)
  for (let i = 0; i < 20 && selectsOf(await person.says('/quiz apple')).length === 0; i++);
  await person.picks(['A', 'B'])
  expect(person.sees).toContain('You picked A, B.')
  await person.presses('Think')
  expect(await stored()).toMatchObject([{ answer: 'AB', confidence: 'think' }])
})

it('makes a right guess hard to the memory, also when it is made again from the answers', async () => {
  const at = bot.deps.clock()
  const practise = (question: string, confidence?: 'guess' | 'sure') =>
    bot.store.practise({
      ...{ ...ann, name: 'Ann', question, version: 'v', seed: 1, item: 0, answer: 'A', right: true, now: at },
      confidence,
    })
  await practise('pear-order', 'guess')
  await practise('pear-match', 'sure')
  const memoryOf = async (concept: string) =>
    (await learnerOf(ann, bot.deps))?.concepts.find((one) => one.concept === concept)?.memory
  const hard = remember(undefined, at, 'hard')
  expect(await memoryOf('ripening')).toEqual(hard)
  expect(await memoryOf('names')).toEqual(remember(undefined, at, 'good'))
  await (await testDatabase()).pool.query('update person set stale = true')
  expect(await memoryOf('ripening')).toEqual(hard)
})

it('puts what they were sure of and missed before the rest of what they missed', async () => {
  const miss = (question: string, confidence: 'sure' | 'guess', minute: number) =>
    bot.store.practise({
      ...{ ...ann, name: 'Ann', question, version: 'v', seed: 1, item: 0, answer: 'A', right: false },
      ...{ confidence, now: bot.deps.clock() + minute * 60_000 },
    })
  await miss('pear-order', 'sure', 1)
  await miss('pear-match', 'guess', 2)
  await person.says('/study status')
  const list = person.card.blocks.find((block) => block.kind === 'list')
  const stems = list?.kind === 'list' ? list.items.map((item) => item.join('')) : []
  const stemOf = (id: string) => {
    const found = bot.bank.questions.find((one) => one.id === id)
    return found && 'stem' in found ? found.stem.slice(0, 40) : ''
  }
  expect(stems[0]).toContain(stemOf('pear-order'))
  expect(stems[1]).toContain(stemOf('pear-match'))
})

it('is told back on /stats from thirty answers of a level on', async () => {
  const practise = (seed: number) =>
    bot.store.practise({
      ...{ ...ann, name: 'Ann', question: 'pear-order', version: 'v', seed, item: 0, answer: 'A' },
      ...{ right: seed <= 21, confidence: 'sure', now: bot.deps.clock() + seed },
    })
  for (let seed = 1; seed < 30; seed++) await practise(seed)
  await person.says('/stats')
  expect(person.sees).not.toContain('When you said sure')
  await practise(30)
  await person.says('/stats')
  expect(person.sees).toContain('When you said sure, you were right 70 % of the time.')
  expect(person.sees).not.toContain('guessed')
})
