import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

let database: Database
let store: Store
const ann = { ...PLACE, user: 'ann' }
const ben = { ...PLACE, user: 'ben' }

beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

const TABLES = ['workspace', 'team', 'member', 'membership', 'round', 'round_item', 'attempt', 'standing', 'season', 'report']

async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of TABLES) counts[table] = Number((await database.pool.query(`select count(*) as n from ${table}`)).rows[0].n)
  return counts
}

async function everything(place: Partial<typeof PLACE> & { workspace: string }): Promise<void> {
  const team = await makeTeam(store, place)
  const round = await makeRound(store, team, '2026-01-05')
  for (const user of ['ann', 'ben']) {
    await store.answer({ ...PLACE, ...place, user, name: user, round: round.id, slot: 0, answer: 'A', now: round.at })
    const key = { ...PLACE, ...place, user, name: user, question: 'q0', version: 'v1' }
    await store.practise({ ...key, seed: 1, item: 0, answer: 'A', right: true, now: round.at })
    await store.saveReport({ ...key, reason: 'unclear', detail: 'why?', now: round.at })
  }
}

describe('deleting', () => {
  it('a member takes all that hangs on them, and nothing of anybody else', async () => {
    await everything(PLACE)
    const before = await rowCounts()
    expect(await store.forgetMember(ann)).toBe(true)
    const after = await rowCounts()
    for (const table of ['member', 'membership', 'attempt', 'standing', 'report']) expect(after[table]).toBe((before[table] ?? 0) / 2)
    for (const table of ['workspace', 'team', 'round', 'round_item', 'season']) expect(after[table]).toBe(before[table])
    expect(await store.exportMember(ann)).toBeUndefined()
    expect((await store.attempts(ben)).length).toBe(2)
    expect(await store.forgetMember(ann)).toBe(false)
  })

  it('a workspace takes all of its own, and leaves another as it was', async () => {
    await everything(PLACE)
    const one = await rowCounts()
    await everything({ workspace: 'w2' })
    await store.purgeWorkspace({ platform: 'test', workspace: 'w2' })
    expect(await rowCounts()).toEqual(one)
    await store.purgeWorkspace({ platform: 'test', workspace: 'w1' })
    expect(Object.values(await rowCounts()).every((n) => n === 0)).toBe(true)
  })

  it('in the web chat takes what a member wrote and what was told to them alone', async () => {
    const log = createMessageLog(database.pool)
    const message = { workspace: 'local', channel: 'study', body: { kind: 'said', text: 'x' }, at: 0 }
    await log.add({ ...message, author: 'ann' })
    await log.add({ ...message, author: 'cohort', user: 'ann' })
    await log.add({ ...message, author: 'cohort' })
    await log.forget('local', 'ann')
    expect((await log.list('local', 'study', 'ann', 10)).map((m) => m.author)).toEqual(['cohort'])
  })
})

describe('an export', () => {
  it('holds everything stored about the member, and nothing of others', async () => {
    await everything(PLACE)
    const data = await store.exportMember(ann)
    expect(data).toMatchObject({ member: { user: 'ann' } })
    for (const [table, rows] of Object.entries({ memberships: 1, attempts: 2, standings: 3, reports: 1 }))
      expect(data?.[table]).toHaveLength(rows)
    expect(JSON.stringify(data)).not.toContain('ben')
  })
})

describe('a report', () => {
  it('keeps the name of a member who is known, and takes the shown one for a new one', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'ann', round, 'A', 0, 'Ann')
    const report = { question: 'q', version: 'v', reason: 'r', detail: '', now: 0 }
    await store.saveReport({ ...ann, name: 'Ann', ...report })
    await store.saveReport({ ...ben, name: 'Ben', ...report })
    expect((await store.reports()).map((r) => r.name)).toEqual(['Ann', 'Ben'])
  })
})

describe('messages of the web chat', () => {
  it('are added once a key, and seen by those they are for', async () => {
    const log = createMessageLog(database.pool)
    const message = { workspace: 'local', channel: 'study', author: 'cohort', body: {}, at: 0 }
    const first = await log.add({ ...message, key: 'k' })
    expect(await log.add({ ...message, key: 'k' })).toEqual({ id: first.id, fresh: false })
    expect(await log.byKey('local', 'study', 'k')).toBe(first.id)
    await log.add({ ...message, user: 'ann' })
    expect(await log.list('local', 'study', 'ann', 10)).toHaveLength(2)
    expect(await log.list('local', 'study', 'ben', 10)).toHaveLength(1)
  })
})
