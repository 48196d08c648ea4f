// @module-tag slow
/** What several do at the same moment to the accounts of one person, in several processes. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hashCode, isCode } from '../../src/bot/member/link-code.js'
import type { Store } from '../../src/bot/ports/store.js'
import { type Database, openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, givenDatabase, testDatabase } from '../helpers/database.js'
import { makeTeam, PLACE } from '../helpers/rounds.js'
import { until } from '../helpers/until.js'

const NOW = Date.parse('2026-11-02T09:00:00Z')
const TIMES = { now: NOW, expiresAt: NOW + 600_000 }
const CODE = 'ABCDEFGH'
const isIt = (code: Parameters<typeof isCode>[1]) => isCode(CODE, code)
const who = (user: string) => ({ ...PLACE, user, name: user })
const [ANN, BEN, CEM] = [who('ann'), who('ben'), who('cem')]
const about = () => ({ pack: 'p', concept: 'c' })

let store: Store
let stores: readonly Store[]
const opened: Database[] = []

beforeEach(async () => {
  store = createStore(await emptyDatabase())
  await makeTeam(store)
  const given = givenDatabase()
  if (!('url' in given)) throw new Error('needs a Postgres')
  opened.push(...(await Promise.all([1, 2].map(() => openDatabase({ url: given.url, dataDir: '' })))))
  stores = opened.map(createStore)
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()))
})

type Who = typeof ANN

const idOf = async (one: Who) => (await store.member(one))?.id ?? 0

/** All but the last yes. */
async function agreed(first: Who, other: Who): Promise<void> {
  await store.openLinking(first, hashCode(CODE), TIMES)
  expect(await store.typeCode(other, isIt, TIMES)).toMatchObject({ outcome: 'found' })
  expect(await store.agree(other, await idOf(first), NOW)).toBe(true)
}

async function linked(first: Who, other: Who): Promise<void> {
  await agreed(first, other)
  expect(await store.link(first, await idOf(other), NOW)).toBeDefined()
}

const practise = (by: Who, seed: number) =>
  store.practise({
    ...by,
    ...{ question: `q${seed}`, version: 'v', seed, item: 0, answer: 'A', right: true, now: NOW + seed },
  })

/** Nobody is left without members, and each member's memory is that of its person's answers, once each. */
async function isSound(): Promise<void> {
  const { pool } = await testDatabase()
  const { rows } = await pool.query(
    'select p.id from person p where not exists (select from member m where m.person_id = p.id)',
  )
  expect(rows).toEqual([])
  for (const one of [ANN, BEN, CEM]) {
    const names = (await store.accounts(one)).map(({ name }) => name)
    const told = (await store.learner(one, about))?.concepts ?? []
    const answers = await pool.query(
      'select count(*)::int as n from attempt a join member m on m.id = a.member_id where m.user_id = any($1)',
      [names],
    )
    const times = told.flatMap(({ seen }) => Object.values(seen)).reduce((sum, { times }) => sum + times, 0)
    expect(times, one.user).toBe(answers.rows[0].n)
  }
}

it('of two who type a code at once one has it', { tags: ['slow'] }, async () => {
  for (let i = 0; i < 8; i++) {
    await store.openLinking(ANN, hashCode(CODE), TIMES)
    const typed = await Promise.all([BEN, CEM].map((one, k) => stores[k]?.typeCode(one, isIt, TIMES)))
    expect(typed.map((one) => one?.outcome).sort()).toEqual(['found', 'wrong'])
    await store.refuseLinking(ANN, await idOf(ANN))
    await (await testDatabase()).pool.query('update linking set tries = 0')
  }
})

it('ten wrong codes at once, of two processes, are counted as five and five', async () => {
  const typed = await Promise.all(
    Array.from({ length: 10 }, (_, i) => stores[i % 2]?.typeCode(BEN, () => false, TIMES)),
  )
  const outcomes = typed.map((one) => one?.outcome).sort()
  expect(outcomes).toEqual([...Array(5).fill('locked'), ...Array(5).fill('wrong')])
})

it('of two confirmations at once one links, and nothing is told or counted twice', {
  tags: ['slow'],
}, async () => {
  for (let i = 0; i < 8; i++) {
    await practise(ANN, 2 * i)
    await practise(BEN, 2 * i + 1)
    await agreed(ANN, BEN)
    const other = await idOf(BEN)
    const done = await Promise.all(stores.map((one) => one.link(ANN, other, NOW + i)))
    expect(done.filter((one) => one !== undefined)).toHaveLength(1)
    const { pool } = await testDatabase()
    const { rows } = await pool.query("select count(*)::int as n from delivery where kind = 'linked'")
    expect(rows[0].n).toBe(i + 1)
    await isSound()
    expect(await store.unlink(i % 2 ? ANN : BEN)).toBe(true)
  }
})

it('each with the code of the other, confirmed at once: one person', { tags: ['slow'] }, async () => {
  for (let i = 0; i < 8; i++) {
    await agreed(ANN, BEN)
    await agreed(BEN, ANN)
    const [ann, ben] = [await idOf(ANN), await idOf(BEN)]
    await Promise.all([stores[0]?.link(ANN, ben, NOW), stores[1]?.link(BEN, ann, NOW)])
    expect(await store.accounts(ANN)).toHaveLength(2)
    await isSound()
    await store.unlink(BEN)
  }
})

it('an unlink in the midst of a link of a third leaves every answer with its own', {
  tags: ['slow'],
}, async () => {
  for (const one of [ANN, BEN, CEM])
    for (let i = 0; i < 3; i++) await practise(one, 100 * (await idOf(one)) + i)
  for (let i = 0; i < 12; i++) {
    await linked(ANN, BEN)
    await agreed(CEM, BEN)
    const ben = await idOf(BEN)
    await Promise.all([
      stores[0]?.unlink(i % 2 ? ANN : BEN),
      stores[1]?.link(CEM, ben, NOW + i),
      store.learner(ANN, about),
      store.learner(BEN, about),
    ])
    await isSound()
    for (const one of [ANN, BEN, CEM]) await store.unlink(one)
    expect(
      (await Promise.all([ANN, BEN, CEM].map((one) => store.accounts(one)))).map((all) => all.length),
    ).toEqual([1, 1, 1])
  }
})

it('a day of the exam that is set in the midst of a link is not lost', async () => {
  await agreed(ANN, BEN)
  const ben = await idOf(BEN)
  await store.saveGoal(BEN, 20)
  const { pool } = await testDatabase()
  const waiting = async (many: number) => {
    const { rows } = await pool.query(
      "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return rows[0].n === many || undefined
  }
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('select from person for update')
  const link = stores[0]?.link(ANN, ben, NOW)
  await until(() => waiting(1))
  const save = stores[1]?.saveExam(BEN, { on: '2027-01-10', pack: 'p' })
  await until(() => waiting(2))
  await holder.query('commit')
  holder.release()
  expect(await link).toMatchObject({ goal: 20 })
  expect(await save).toBe(true)
  for (const one of [ANN, BEN]) expect((await store.learner(one, about))?.exam?.on).toBe('2027-01-10')
})

it('one who is forgotten in the midst of a link leaves the other whole', { tags: ['slow'] }, async () => {
  for (let i = 0; i < 8; i++) {
    await practise(ANN, i)
    await practise(BEN, 50 + i)
    await agreed(ANN, BEN)
    const ben = await idOf(BEN)
    await Promise.all([stores[0]?.link(ANN, ben, NOW), stores[1]?.forgetMember(BEN)])
    expect(await store.member(BEN)).toBeUndefined()
    expect((await store.accounts(ANN)).map(({ name }) => name)).toEqual(['ann'])
    await isSound()
  }
})
