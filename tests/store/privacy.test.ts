import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { emptyDatabase } from '../helpers/database.js'
import { give, makeDue, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

let database: Database
let store: Store
const ann = { ...PLACE, user: 'ann' }
const ben = { ...PLACE, user: 'ben' }

beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

/** How many rows each table has, whatever tables there are; only what is stored about nobody is left out. */
async function rowCounts(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query(`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_name not in ('_prisma_migrations', 'question_version', 'regrade') order by 1`)
  const counts: Record<string, number> = {}
  for (const { name } of rows) counts[name] = Number((await database.pool.query(`select count(*) as n from ${name}`)).rows[0].n)
  return counts
}

/** Every table and column that says something of the words given, as `table.column`. */
async function mentions(word: string): Promise<string[]> {
  const { rows } = await database.pool.query(`select table_name as t, column_name as c from information_schema.columns
    where table_schema = 'public' and table_name <> '_prisma_migrations' order by 1, 2`)
  const found: string[] = []
  for (const { t, c } of rows) {
    const hit = await database.pool.query(`select 1 from "${t}" where "${c}"::text like $1 limit 1`, [`%${word}%`])
    if (hit.rows.length > 0) found.push(`${t}.${c}`)
  }
  return found
}

async function everything(place: { readonly workspace: string }): Promise<void> {
  const team = await makeTeam(store, place)
  const round = await makeRound(store, team, '2026-01-05')
  for (const user of ['ann', 'ben']) {
    await store.answer({ ...PLACE, ...place, user, name: user, round: round.id, slot: 0, answer: 'A', now: round.at })
    const key = { ...PLACE, ...place, user, name: user, question: 'q0', version: 'v1' }
    await store.practise({ ...key, seed: 1, item: 0, answer: 'A', right: true, now: round.at })
    await store.saveReport({ ...key, reason: 'unclear', detail: 'why?', now: round.at })
  }
  await store.regrade({ question: 'q0', to: 'v2', current: 'v2', why: 'w', now: round.at, apply: true }, () => ['B'])
}

describe('deleting', () => {
  it('a member takes all that hangs on them, and nothing of anybody else', async () => {
    await everything(PLACE)
    const before = await rowCounts()
    expect(await store.forgetMember(ann)).toBe(true)
    const after = await rowCounts()
    for (const table of ['member', 'membership', 'attempt', 'standing', 'report']) expect(after[table]).toBe((before[table] ?? 0) / 2)
    for (const table of ['workspace', 'team', 'round', 'round_item', 'season', 'notice']) expect(after[table]).toBe(before[table])
    expect(await store.exportMember(ann)).toBeUndefined()
    expect((await store.attempts(ben)).length).toBe(2)
    expect(await store.forgetMember(ann)).toBe(false)
  })

  it('leaves no trace of a member who set the team up', async () => {
    const team = await makeTeam(store, { admin: 'user-ann' })
    const round = await makeRound(store, team, '2026-01-05')
    const user = { ...PLACE, user: 'user-ann' }
    await give(store, user.user, round, 'A', 0, 'name-ann')
    expect(await mentions('user-ann')).toEqual(['member.user_id', 'team.admin'])
    expect(await store.forgetMember(user)).toBe(true)
    expect(await mentions('-ann')).toEqual([])
    expect(await store.answererCount(round.id)).toBe(0)
  })

  it('finds one who set a team up and never answered, in their own workspace alone', async () => {
    await makeTeam(store, { admin: 'ann' })
    const other = await makeTeam(store, { workspace: 'w2', admin: 'ann' })
    expect(await store.exportMember(ann)).toMatchObject({ admin: [{ name: 'Team', channel: 'study' }] })
    expect(await store.forgetMember(ann)).toBe(true)
    expect(await store.forgetMember(ann)).toBe(false)
    await makeDue(store, other, '2026-01-05')
    expect(await store.claimToPost(Date.parse('2026-01-05T08:00Z'), 1, 1, ['test'])).toMatchObject([{ admin: 'ann' }])
  })

  it('of one whose answer was regraded leaves nothing of them in what was written down', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'user-ann', round, 'A', 0, 'name-ann')
    const order = { question: 'q0', to: 'v2', current: 'v2', why: 'w', now: round.at, apply: true }
    expect(await store.regrade(order, () => ['B'])).toMatchObject({ attempts: 1, teams: 1 })
    await store.forgetMember({ ...PLACE, user: 'user-ann' })
    expect(await mentions('-ann')).toEqual([])
    expect(await store.regrade({ ...order, to: 'v3', current: 'v3' }, () => ['C'])).toMatchObject({ attempts: 0, members: 0 })
  })

  it('leaves the member free to begin again', async () => {
    const team = await makeTeam(store)
    await give(store, 'ann', await makeRound(store, team, '2026-01-05'), 'A')
    await store.forgetMember(ann)
    const again = await give(store, 'ann', await makeRound(store, team, '2026-01-06'), 'A')
    expect(again).toMatchObject({ outcome: 'recorded', seasonPoints: 10, streak: { days: 1, answered: 1 } })
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
    for (const [table, rows] of Object.entries({ memberships: 1, attempts: 2, standings: 3, reports: 1, admin: 0 }))
      expect(data?.[table], table).toHaveLength(rows)
    const { rows } = await database.pool.query(`select distinct c.table_name as name from information_schema.columns c
      where table_schema = 'public' and column_name = 'member_id' order by 1`)
    expect(rows.map((row) => row.name)).toEqual(['attempt', 'membership', 'report', 'standing'])
    expect(JSON.stringify(data)).not.toContain('ben')
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
    expect(await log.byKey('local', 'other', 'k')).toBeUndefined()
    expect(await log.add({ ...message, channel: 'other', key: 'k' })).toMatchObject({ fresh: true })
  })

  it('come back as they were, the last ones first to be kept', async () => {
    const log = createMessageLog(database.pool)
    const message = { workspace: 'local', channel: 'study', author: 'ann', at: 1_767_600_000_123 }
    const ids: number[] = []
    for (const text of ['one', 'two', 'three']) ids.push((await log.add({ ...message, body: { text, list: [1, null] } })).id)
    expect((await log.list('local', 'study', 'ann', 2)).map((m) => m.body)).toEqual([
      { text: 'two', list: [1, null] },
      { text: 'three', list: [1, null] },
    ])
    expect(await log.get(ids[0] ?? 0)).toEqual({ ...message, id: ids[0], body: { text: 'one', list: [1, null] } })
    await log.update(ids[0] ?? 0, { text: 'changed' })
    expect((await log.get(ids[0] ?? 0))?.body).toEqual({ text: 'changed' })
    expect(await log.get(99)).toBeUndefined()
  })
})
