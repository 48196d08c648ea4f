import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import { type Swept, sweep } from '../../src/server/sweep.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, makeDue, makeRound, makeTeam, PLACE, recordClosed } from '../helpers/rounds.js'

const DAY = 86_400_000
const REST = { exams: 0, deliveries: 0, away: 0, members: 0, forms: 0 }
const FIRST = '2026-01-05'
const START = Date.parse(`${FIRST}T08:00Z`)

let database: Database
let store: Store
let deleted: Swept[]
beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
  deleted = []
})

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const daysLater = (days: number, stop = new AbortController().signal) =>
  sweep({
    store,
    keepDays: 400,
    clock: () => START + days * DAY,
    log,
    deleted: (rows) => deleted.push(rows),
    stop,
  })
const count = async (table: string) =>
  (await database.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n

const ann = { ...PLACE, user: 'ann', name: 'Ann' }
const practise = (user: string, seed: number, now: number) =>
  store.practise({
    ...PLACE,
    user,
    name: user,
    question: 'q0',
    version: 'v1',
    seed,
    item: 0,
    answer: 'A',
    right: true,
    now,
  })
const board = async (team: number, period: string) =>
  (await store.board({ team, period, user: undefined, limit: 10, offset: 0 })).rows.map((r) => [
    r.member.name,
    r.points,
    r.answered,
    r.right,
  ])

/** A round of so long ago with two answers, closed. */
async function oldRound() {
  const team = await makeTeam(store)
  const round = await makeRound(store, team, FIRST)
  await give(store, 'ann', round, 'A', 0, 'Ann')
  await give(store, 'ben', round, 'B', 0, 'Ben')
  await recordClosed(store, round.id, 'reveal')
  return { team, round }
}

describe('what is older than is kept', () => {
  it('goes on its day and not before: appeals, and reports of a team with who shared theirs', async () => {
    const { team, round } = await oldRound()
    const about = { round: round.id, slot: 0, question: 'q0', version: 'v1', reason: 'r', now: START }
    await store.saveAppeal({ ...ann, ...about })
    await store.share(ann, true)
    const named = [(await store.member(ann))?.id ?? 0]
    const items = [{ round: round.id, slot: 0 }]
    await store.saveTeamReport({ team, week: '2026-W02', at: START, cells: [], items, named })
    const counts = () => Promise.all(['appeal', 'team_report', 'shared_progress'].map(count))
    await daysLater(400)
    expect(await counts()).toEqual([1, 1, 1])
    expect(await daysLater(400.01)).toMatchObject({ reports: 2 })
    expect(await counts()).toEqual([0, 0, 0])
  })

  it('goes on its day and not before: answers, practice, reports, messages', async () => {
    await oldRound()
    await practise('ann', 1, START)
    await store.saveReport({ ...ann, question: 'q0', version: 'v1', reason: 'r', detail: 'd', now: START })
    await createMessageLog(database).add({
      workspace: 'local',
      channel: 'study',
      author: 'ann',
      body: {},
      at: START,
    })
    expect(await daysLater(400)).toEqual({ attempts: 0, reports: 0, messages: 0, ...REST })
    expect(await daysLater(400.01)).toEqual({ attempts: 1, reports: 1, messages: 1, ...REST })
    // The round was answered an hour later.
    expect(await daysLater(400.1)).toEqual({ attempts: 2, reports: 0, messages: 0, ...REST })
    expect([
      await count('attempt'),
      await count('report'),
      await count('web_message'),
      await count('member'),
    ]).toEqual([0, 0, 0, 2])
    expect(await daysLater(401)).toEqual({ attempts: 0, reports: 0, messages: 0, ...REST })
  })

  it('goes on its day: reminders that were sent, and away times that are over', async () => {
    await oldRound()
    const remind = (key: string, dueAt: number) =>
      store.enqueue({ key, kind: 'reminder', member: 1, wording: 0, dueAt })
    await remind('sent', START)
    await store.recordSent('sent', 'm')
    await remind('due', START)
    await remind('later', START + DAY)
    await store.recordSent('later', 'm')
    for (const from of ['2026-01-01', '2026-01-06']) await store.setAway(ann, { from, until: from }, START)
    expect(await daysLater(400)).toMatchObject({ deliveries: 0, away: 1 })
    expect(await daysLater(400.01)).toMatchObject({ deliveries: 1, away: 0 })
    expect(await count("delivery where kind = 'reminder'")).toBe(2)
    expect(await daysLater(402)).toMatchObject({ deliveries: 1, away: 1 })
    expect(await count("delivery where state = 'due'")).toBeGreaterThan(0)
  })

  it('leaves points, boards, counts and streaks as they were', async () => {
    const { team, round } = await oldRound()
    const periods = ['all', '2026-01', '2026-W02']
    const all = async () => ({
      boards: await Promise.all(periods.map((period) => board(team, period))),
      streak: await store.streak(ann, team, FIRST),
      history: [...(await store.teamHistory(team))],
    })
    const before = await all()
    expect(before.boards[0]).toEqual([
      ['Ann', 10, 1, 1],
      ['Ben', 3, 1, 0],
    ])
    expect(before.history).toEqual([['q0', { uses: 1, answered: 2, right: 1 }]])
    expect((await daysLater(500)).attempts).toBe(2)
    expect(await all()).toEqual(before)
    // Nobody answers a second time because the first answer is gone.
    expect(await give(store, 'ann', round, 'A')).toMatchObject({ outcome: 'closed' })
  })

  it('is graded as it was when a key is corrected afterwards; later answers follow the new one', async () => {
    const { team } = await oldRound()
    const later = await makeRound(store, team, '2027-03-01')
    await give(store, 'ann', later, 'A', 0, 'Ann')
    await give(store, 'ben', later, 'B', 0, 'Ben')
    await recordClosed(store, later.id, 'reveal')
    expect((await daysLater(420)).attempts).toBe(2)
    await store.regrade(
      { question: 'q0', to: 'v2', current: 'v2', why: 'w', now: later.at, apply: true },
      () => ['B'],
    )
    expect(await board(team, '2026-01')).toEqual([
      ['Ann', 10, 1, 1],
      ['Ben', 3, 1, 0],
    ])
    expect(await board(team, '2027-03')).toEqual([
      ['Ben', 10, 1, 1],
      ['Ann', 3, 1, 0],
    ])
    expect([...(await store.teamHistory(team))]).toEqual([['q0', { uses: 2, answered: 4, right: 2 }]])
  })

  it('stays while its round is not closed, since the counts are made from it', async () => {
    const team = await makeTeam(store)
    const round = await makeRound(store, team, FIRST)
    await give(store, 'ann', round, 'A')
    expect((await daysLater(500)).attempts).toBe(0)
    await recordClosed(store, round.id, 'reveal')
    expect([...(await store.teamHistory(team))]).toEqual([['q0', { uses: 1, answered: 1, right: 1 }]])
    expect((await daysLater(500)).attempts).toBe(1)
    await makeDue(store, team, '2026-01-06')
  })
})

describe('members', () => {
  it('go with what is left of them once they are in no team', async () => {
    await oldRound()
    await practise('chloe', 1, START)
    await practise('dev', 1, START + 450 * DAY)
    await store.saveReport({
      ...ann,
      user: 'eli',
      name: 'Eli',
      question: 'q0',
      version: 'v1',
      reason: 'r',
      detail: 'd',
      now: START + 450 * DAY,
    })
    await database.pool.query(
      "delete from membership where member_id = (select id from member where user_id = 'ben')",
    )
    expect((await daysLater(399)).members).toBe(0)
    expect((await daysLater(500)).members).toBe(2)
    const { rows } = await database.pool.query('select user_id from member order by 1')
    expect(rows.map((row) => row.user_id)).toEqual(['ann', 'dev', 'eli'])
    expect(await store.exportMember({ ...PLACE, user: 'ben' })).toBeUndefined()
  })
})

it('a mock exam goes with its items, and keeps its member until then', async () => {
  await makeTeam(store)
  const item = { question: 'q0', version: 'v1', seed: 1, item: 0, key: 'A', domain: 1 }
  const facts = { pack: 'p', exam: 'e', length: 'full', minutes: 20, startedAt: START } as const
  await store.startExam(ann, { ...facts, items: [item] })
  expect(await daysLater(400)).toMatchObject({ exams: 0, members: 0 })
  expect(await daysLater(400.01)).toMatchObject({ exams: 1, members: 1 })
  expect([await count('mock_exam'), await count('mock_item')]).toEqual([0, 0])
})

describe('a sweep', () => {
  it('takes many rows in small pieces, and counts each', async () => {
    await store.openWorkspaces(PLACE.platform, [PLACE.workspace])
    await practise('ann', 0, START)
    await database.pool.query(`insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
      select member_id, question, version, g, item, answer, correct, points, at from attempt, generate_series(1, 2500) g`)
    expect((await daysLater(500)).attempts).toBe(2501)
    expect(deleted.map((rows) => rows.attempts).filter((n) => n > 0)).toEqual([500, 500, 500, 500, 500, 1])
    expect(deleted.map((rows) => rows.members).filter((n) => n > 0)).toEqual([1])
  })

  it('that is told to stop begins nothing more', async () => {
    await oldRound()
    expect(await daysLater(500, AbortSignal.abort())).toEqual({
      attempts: 0,
      reports: 0,
      messages: 0,
      ...REST,
    })
    expect(await count('attempt')).toBe(2)
  })
})
