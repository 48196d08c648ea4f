import { expect, it } from 'vitest'
import { openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { emptyDatabase, givenDatabase } from '../helpers/database.js'
import { PLACE } from '../helpers/rounds.js'

const DAY = 86_400_000

it('is done by one process at a time', async () => {
  const store = createStore(await emptyDatabase())
  const practice = {
    ...PLACE,
    user: 'ann',
    name: 'Ann',
    question: 'q0',
    version: 'v1',
    seed: 1,
    item: 0,
    answer: 'A',
    right: true,
  }
  await store.openWorkspaces(PLACE.platform, [PLACE.workspace])
  await store.practise({ ...practice, now: 0 })
  const given = givenDatabase()
  const other = await openDatabase({ url: 'url' in given ? given.url : '', dataDir: '' })
  const held = await other.pool.connect()
  await held.query('begin')
  await held.query('select pg_advisory_xact_lock(72707405::bigint)')
  expect([await store.deleteOld(DAY, 10), await store.deleteLeft(0, 10)]).toEqual([undefined, undefined])
  await held.query('commit')
  held.release()
  expect(await store.deleteOld(DAY, 10)).toMatchObject({ attempts: 1, reports: 0, messages: 0 })
  await other.close()
})

it('does not take somebody who answers at that moment', async () => {
  const database = await emptyDatabase()
  const store = createStore(database)
  const practice = {
    ...PLACE,
    user: 'ann',
    name: 'Ann',
    question: 'q0',
    version: 'v1',
    item: 0,
    answer: 'A',
    right: true,
  }
  await store.openWorkspaces(PLACE.platform, [PLACE.workspace])
  await store.practise({ ...practice, seed: 1, now: 0 })
  await store.deleteOld(DAY, 10)
  const answering = await database.pool.connect()
  await answering.query('begin')
  await answering.query(`insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
    select id, 'q0', 'v1', 2, 0, 'A', true, 0, now() from member`)
  expect(await store.deleteLeft(0, 10)).toMatchObject({ members: 0 })
  await answering.query('commit')
  answering.release()
  expect(await store.deleteLeft(0, 10)).toMatchObject({ members: 0 })
  expect(await store.attempts({ ...PLACE, user: 'ann' })).toHaveLength(1)
})
