import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Question } from '../../src/core/model.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { askCase, choiceItem, plainQuestion } from '../core/questions.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  give,
  makeDue,
  makeRound,
  makeTeam,
  PLACE,
  recordFailure,
  recordPosted,
  teamById,
} from '../helpers/rounds.js'

let database: Database
let store: Store
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
  await store.openWorkspaces(PLACE.platform, [PLACE.workspace, 'w2'])
})

describe('questions', () => {
  it('come back as they were saved, in every version that was ever saved', async () => {
    const first = plainQuestion({ id: 'q1' })
    const changed = {
      ...askCase([choiceItem('right', 'wrong "quoted" \\ {}', 'Zoë 李 💥')], { id: 'q1' }),
      version: 'ba9876543210',
    }
    const [one, two] = await store.saveQuestions([first, plainQuestion({ id: 'q2' })])
    const [three] = await store.saveQuestions([changed])
    const numbers = [one, two, three].map((q) => q?.number)
    expect(numbers).toEqual([1, 2, 3])
    expect(await store.question('q1', first.version)).toEqual({ ...first, number: 1 })
    expect(await store.question('q1', changed.version)).toEqual({ ...changed, number: 3 })
    expect(await store.questionNumbered(3)).toEqual({ ...changed, number: 3 })
    expect(await store.question('q1', 'no-such-one')).toBeUndefined()
    expect(await store.questionNumbered(4)).toBeUndefined()
  })

  it('are saved once, however often the bot starts, and the first saved stays', async () => {
    const question = plainQuestion({ id: 'q1' })
    for (let i = 0; i < 3; i++) {
      const saved = await store.saveQuestions([question, { ...question, domain: i }])
      expect(saved.map((q) => q.number)).toEqual([1, 1])
    }
    expect(await store.saveQuestions([])).toEqual([])
    expect(await store.saveQuestions([plainQuestion({ id: 'q2' })])).toMatchObject([
      { number: expect.any(Number) },
    ])
    await database.pool.query("delete from question_version where question = 'q2'")
    expect((await database.pool.query('select count(*)::int as n from question_version')).rows).toEqual([
      { n: 1 },
    ])
    expect(await store.question('q1', question.version)).toEqual(question)
  })
})

describe('questions of several packs', () => {
  const of = (pack: string, id: string, more: object = {}) =>
    ({ ...plainQuestion({ id }), pack, ...more }) as Question
  const ids = async (...questions: Question[]) => (await store.saveQuestions(questions)).map((q) => q.id)

  it('of one id are told apart: the first to come keeps it, whatever comes before it later', async () => {
    expect(await ids(of('b', 'q1'), of('b', 'q2'))).toEqual(['q1', 'q2'])
    expect(await ids(of('a', 'q1'), of('b', 'q1'), of('a', 'q3'))).toEqual(['a/q1', 'q1', 'q3'])
    expect(await ids(of('b', 'q3'), of('a', 'q3'))).toEqual(['b/q3', 'q3'])
    // Also in a later version, and when they come back as they were returned.
    expect(await ids(of('a', 'q1', { version: 'ba9876543210' }))).toEqual(['a/q1'])
    expect(await ids(...(await store.saveQuestions([of('a', 'q1'), of('b', 'q1')])))).toEqual(['a/q1', 'q1'])
    expect(await store.questionId({ pack: 'a', id: 'q1' })).toBe('a/q1')
    expect(await store.questionId({ pack: 'b', id: 'q1' })).toBe('q1')
    expect(await store.questionId({ pack: 'c', id: 'q1' })).toBeUndefined()
  })

  it('that read alike are two, each with its number', async () => {
    const [one, two] = await store.saveQuestions([of('a', 'q1'), of('b', 'q1')])
    expect([one, two]).toMatchObject([
      { id: 'q1', pack: 'a' },
      { id: 'b/q1', pack: 'b' },
    ])
    expect([one?.number, two?.number].sort()).toEqual([1, 2])
    expect(await store.questionNumbered(two?.number ?? 0)).toEqual(two)
    expect(await store.question('b/q1', two?.version ?? '')).toEqual(two)
    expect((await store.questionVersions('q1')).map((q) => q.pack)).toEqual(['a'])
  })
})

describe('a report', () => {
  const report = {
    ...PLACE,
    question: 'q',
    version: 'v',
    reason: 'It is out of date',
    detail: 'Since 2025.',
    now: 1_767_600_000_123,
  }

  it('is listed as it was sent, the first one first', async () => {
    await store.saveReport({ ...report, user: 'ann', name: 'Ann' })
    await store.saveReport({ ...report, user: 'ann', name: 'Ann', reason: 'Something else', detail: '' })
    const { channel: _, ...sent } = report
    expect(await store.reports()).toEqual([
      { ...sent, id: expect.any(Number), user: 'ann', name: 'Ann' },
      { ...sent, id: expect.any(Number), user: 'ann', name: 'Ann', reason: 'Something else', detail: '' },
    ])
  })

  it('counts once for the same person, question and reason, with the latest words', async () => {
    const say = (user: string, more: { version?: string; detail?: string } = {}) =>
      store.saveReport({ ...report, user, name: user, ...more })
    expect(await say('ann')).toBe('new')
    expect(await say('ann')).toBe('again')
    expect(await say('ann', { detail: 'Since 2026.' })).toBe('reworded')
    expect(await say('ann', { detail: '' })).toBe('again')
    expect(await say('ben')).toBe('new')
    expect(await say('ann', { version: 'v2' }), 'the question was revised').toBe('new')
    expect((await store.reports()).map((r) => [r.user, r.version, r.detail])).toEqual([
      ['ann', 'v', 'Since 2026.'],
      ['ben', 'v', 'Since 2025.'],
      ['ann', 'v2', 'Since 2025.'],
    ])
  })

  it('counts once when it is sent twice at the same moment', async () => {
    const twice = await Promise.all(
      [1, 2].map(() => store.saveReport({ ...report, user: 'ann', name: 'Ann' })),
    )
    expect(twice.toSorted()).toEqual(['again', 'new'])
    expect(await store.reports()).toHaveLength(1)
  })

  it('keeps the name of a member who is known, and takes the shown one for a new one', async () => {
    await give(store, 'ann', await makeRound(store, await makeTeam(store), '2026-01-05'), 'A', 0, 'Ann')
    await store.saveReport({ ...report, user: 'ann', name: 'Annabel' })
    await store.saveReport({ ...report, user: 'ben', name: 'Ben' })
    await store.saveReport({ ...report, user: 'ben', name: 'Ben', workspace: 'w2' })
    expect((await store.reports()).map((r) => [r.workspace, r.name])).toEqual([
      ['w1', 'Ann'],
      ['w1', 'Ben'],
      ['w2', 'Ben'],
    ])
    expect(await store.teamsJoined({ ...PLACE, user: 'ben' })).toEqual([])
  })
})

describe('text that no database takes', () => {
  const hostile = 'a\u0000b\ud800c'
  const fit = 'a\ufffdb\ufffdc'

  it('is stored with a mark in its place, wherever it comes from', async () => {
    const team = await makeTeam(store, { name: hostile, topics: [hostile] })
    expect(await teamById(store, team)).toMatchObject({ name: fit, topics: [fit] })
    const round = await makeDue(store, team, '2026-01-05')
    expect(await recordFailure(store, round.id, round.at, hostile)).toBe(true)
    await recordPosted(store, round.id, hostile)
    expect(await store.round(round.id)).toMatchObject({ message: fit })
    await give(store, 'ann', round, hostile, 0, hostile)
    expect((await store.answersOf({ ...PLACE, user: 'ann' }, round.id)).get(0)).toMatchObject({ answer: fit })
    expect(await store.member({ ...PLACE, user: 'ann' })).toMatchObject({ name: fit })
    await store.saveReport({
      ...PLACE,
      user: 'ben',
      name: hostile,
      question: 'q',
      version: 'v',
      reason: hostile,
      detail: hostile,
      now: 0,
    })
    expect(await store.reports()).toMatchObject([{ name: fit, reason: fit, detail: fit }])
  })

  it('is stored so in questions and messages too', async () => {
    await store.saveQuestions([{ ...plainQuestion({ id: 'q1' }), misconception: hostile }])
    expect(await store.question('q1', '0123456789ab')).toMatchObject({ misconception: fit })
    const log = createMessageLog(database)
    const { id } = await log.add({
      workspace: 'local',
      channel: 'study',
      author: 'ann',
      body: { text: [hostile] },
      at: 0,
    })
    expect((await log.get(id))?.body).toEqual({ text: [fit] })
  })

  it('is data: quotes and semicolons do nothing', async () => {
    const name = `'); drop table member; -- "{}\\`
    const round = await makeRound(store, await makeTeam(store, { name, topics: [name] }), '2026-01-05')
    await give(store, name, round, name, 0, name)
    expect(await store.member({ ...PLACE, user: name })).toMatchObject({ user: name, name })
    expect((await store.round(round.id))?.team).toMatchObject({ name, topics: [name] })
  })
})
