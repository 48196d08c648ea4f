// @module-tag slow
import { readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/bot/ports/store.js'
import type { Database } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { createMessageLog } from '../../src/store/web-messages.js'
import { emptyDatabase } from '../helpers/database.js'
import {
  everything,
  mentions as mentionsIn,
  OF_MEMBERS,
  OF_PEOPLE,
  OF_USERS,
  OF_WORKSPACES,
  rowCounts,
} from '../helpers/everything.js'
import { exported } from '../helpers/exported.js'
import { claimToPost, give, makeDue, makeRound, makeTeam, PLACE } from '../helpers/rounds.js'

let database: Database
let store: Store
const ann = { ...PLACE, user: 'ann' }
const ben = { ...PLACE, user: 'ben' }

beforeEach(async () => {
  database = await emptyDatabase()
  store = createStore(database)
})

const mentions = (word: string) => mentionsIn(database, word)

const LOCAL = { platform: PLACE.platform, workspace: PLACE.workspace }
const OTHER = { platform: PLACE.platform, workspace: 'w2' }

describe('deleting', () => {
  it('has every table to delete from', async () => {
    await everything(database, store, LOCAL)
    const empty = Object.entries(await rowCounts(database)).filter(([, rows]) => rows === 0)
    expect(empty, 'fill them in tests/helpers/everything.ts').toEqual([])
  })

  it('a member takes all that hangs on them, and nothing of anybody else', async () => {
    await everything(database, store, LOCAL)
    const before = await rowCounts(database)
    const ofTeams = new Map<string, number>()
    for (const { table } of OF_MEMBERS.filter((one) => one.ofTeams)) {
      const { rows } = await database.pool.query(`select count(*) as n from ${table} where member_id is null`)
      ofTeams.set(table, Number(rows[0].n))
    }
    expect(await store.forgetMember(ann)).toBe(true)
    await createMessageLog(database).forget(PLACE.workspace, { id: 'ann', name: 'ann' }, (body) => body)
    const after = await rowCounts(database)
    const going = OF_MEMBERS.filter(({ stays }) => !stays)
    const halved = [...going.map(({ table }) => table), ...OF_USERS, ...OF_PEOPLE, 'web_message']
    for (const [table, rows] of Object.entries(before))
      expect(after[table], table).toBe(halved.includes(table) ? (rows + (ofTeams.get(table) ?? 0)) / 2 : rows)
    expect(await mentions('ann')).toEqual([])
    expect(await store.exportMember(ann)).toBeUndefined()
    expect((await store.attempts(ben)).length).toBe(2)
    expect(await store.forgetMember(ann)).toBe(false)
  })

  it('a member by hand, as operations.md says, leaves as little of them', async () => {
    await everything(database, store, LOCAL)
    const page = readFileSync('docs/operations.md', 'utf8')
    const [, sql = ''] = /select id as place [^\n]*\n(.*?)commit;/s.exec(page) ?? []
    const [place] = (
      await database.pool.query('select id from workspace where external = $1', [LOCAL.workspace])
    ).rows
    await database.pool.query(sql.replaceAll(":'user'", "'ann'").replaceAll(':place', String(place.id)))
    await createMessageLog(database).forget(PLACE.workspace, { id: 'ann', name: 'ann' }, (body) => body)
    expect(await mentions('ann')).toEqual([])
    expect((await store.attempts(ben)).length).toBe(2)
  })

  it('leaves no trace of a member who set the team up', async () => {
    const team = await makeTeam(store, { admin: 'user-ann' })
    const round = await makeRound(store, team, '2026-01-05')
    const user = { ...PLACE, user: 'user-ann' }
    await give(store, user.user, round, 'A', 0, 'name-ann')
    expect(await mentions('user-ann')).toEqual(['member.user_id', 'team.admin', 'team_admin.user_id'])
    expect(await store.forgetMember(user)).toBe(true)
    expect(await mentions('-ann')).toEqual([])
    expect(await store.answererCount(round.id)).toBe(0)
  })

  it('finds one who set a team up and never answered, in their own workspace alone', async () => {
    await makeTeam(store, { admin: 'ann' })
    const other = await makeTeam(store, { workspace: 'w2', admin: 'ann' })
    expect(await exported(store, ann)).toMatchObject({ admin: [{ name: 'Team', channel: 'study' }] })
    expect(await store.forgetMember(ann)).toBe(true)
    expect(await store.forgetMember(ann)).toBe(false)
    await makeDue(store, other, '2026-01-05')
    expect(await claimToPost(store, Date.parse('2026-01-05T08:00Z'), 1, 1, ['test'])).toMatchObject([
      { admins: ['ann'] },
    ])
  })

  it('of one whose answer was regraded leaves nothing of them in what was written down', async () => {
    const round = await makeRound(store, await makeTeam(store), '2026-01-05')
    await give(store, 'user-ann', round, 'A', 0, 'name-ann')
    const order = { question: 'q0', to: 'v2', current: 'v2', why: 'w', now: round.at, apply: true }
    expect(await store.regrade(order, () => ['B'])).toMatchObject({ attempts: 1, teams: 1 })
    await store.forgetMember({ ...PLACE, user: 'user-ann' })
    expect(await mentions('-ann')).toEqual([])
    expect(await store.regrade({ ...order, to: 'v3', current: 'v3' }, () => ['C'])).toMatchObject({
      attempts: 0,
      members: 0,
    })
  })

  it('leaves the member free to begin again', async () => {
    const team = await makeTeam(store)
    await give(store, 'ann', await makeRound(store, team, '2026-01-05'), 'A')
    await store.forgetMember(ann)
    const again = await give(store, 'ann', await makeRound(store, team, '2026-01-06'), 'A')
    expect(again).toMatchObject({ outcome: 'recorded', seasonPoints: 10, streak: { days: 1, answered: 1 } })
  })

  it('a workspace takes all of its own, and leaves another as it was', async () => {
    const countsOfWorkspaces = async () => {
      const all = await rowCounts(database)
      return OF_WORKSPACES.map((table) => [table, all[table]])
    }
    await everything(database, store, LOCAL)
    const one = await countsOfWorkspaces()
    await everything(database, store, OTHER)
    for (const place of [OTHER, LOCAL]) await store.removeWorkspace(place, 0)
    await store.purgeWorkspace(OTHER)
    expect(await countsOfWorkspaces()).toEqual(one)
    await store.purgeWorkspace(LOCAL)
    expect(await countsOfWorkspaces()).toEqual(OF_WORKSPACES.map((table) => [table, 0]))
  })

  it('in the web chat takes what a member wrote and what was told to them alone', async () => {
    const log = createMessageLog(database)
    const message = { workspace: 'local', channel: 'study', body: { kind: 'said', text: 'x' }, at: 0 }
    await log.add({ ...message, author: 'ann' })
    await log.add({ ...message, author: 'cohort', user: 'ann' })
    await log.add({ ...message, author: 'cohort' })
    await log.forget('local', { id: 'ann', name: 'Ann' }, (body) => body)
    expect((await log.list('local', 'study', 'ann', 10)).map((m) => m.author)).toEqual(['cohort'])
  })
})

describe('an export', () => {
  it('holds everything stored about the member, and nothing of others', async () => {
    await everything(database, store, LOCAL)
    // What stands in an open round is left out: `tests/bot/open-questions.test.ts`.
    await database.pool.query(`update round set state = 'closed'`)
    const data = await exported(store, ann)
    expect(data).toMatchObject({ member: { user: 'ann' }, admin: [{ name: 'Team' }], installedCohort: true })
    for (const { table, exported } of OF_MEMBERS) {
      const column = table === 'member' ? 'id' : 'member_id'
      const { rows } = await database.pool.query(
        `select * from "${table}" where "${column}" = (select id from member where user_id = 'ann')`,
      )
      expect(rows.length, table).toBeGreaterThan(0)
      expect([data?.[exported]].flat(), `${table} in the export`).toHaveLength(rows.length)
    }
    expect(data?.learning).toMatchObject({
      examOn: '2026-03-01',
      goal: 10,
      memory: [{ pack: 'p', concept: 'c' }],
    })
    // What is right is told once it is handed in.
    expect(data?.exams).toMatchObject([
      { pack: 'p', items: [{ question: 'q0', answer: null, correct: null }] },
    ])
    expect(data?.unsentForms).toMatchObject([{ form: 'setup', shown: { name: 'ann' } }])
    expect(data?.messages).toMatchObject([{ author: 'ann' }, { author: 'cohort', user: 'ann' }])
    expect(JSON.stringify(data)).not.toContain('ben')
  })

  it('knows every table that carries a member', async () => {
    const { rows } =
      await database.pool.query(`select distinct c.table_name as name from information_schema.columns c
      where table_schema = 'public' and column_name = 'member_id'`)
    const known = OF_MEMBERS.map(({ table }) => table)
    const strange = rows.map((row) => row.name).filter((name) => !known.includes(name))
    expect(strange, 'say in tests/helpers/everything.ts that they are of members, and export them').toEqual(
      [],
    )
  })
})

describe('messages of the web chat', () => {
  it('are added once a key, and seen by those they are for', async () => {
    const log = createMessageLog(database)
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
    const log = createMessageLog(database)
    const message = { workspace: 'local', channel: 'study', author: 'ann', at: 1_767_600_000_123 }
    const ids: number[] = []
    for (const text of ['one', 'two', 'three'])
      ids.push((await log.add({ ...message, body: { text, list: [1, null] } })).id)
    expect((await log.list('local', 'study', 'ann', 2)).map((m) => m.body)).toEqual([
      { text: 'two', list: [1, null] },
      { text: 'three', list: [1, null] },
    ])
    expect(await log.get(ids[0] ?? 0)).toEqual({
      ...message,
      id: ids[0],
      body: { text: 'one', list: [1, null] },
    })
    await log.update(ids[0] ?? 0, { text: 'changed' })
    expect((await log.get(ids[0] ?? 0))?.body).toEqual({ text: 'changed' })
    expect(await log.get(99)).toBeUndefined()
  })

  it('takes out of stored messages what an earlier version kept of exports', async () => {
    const log = createMessageLog(database)
    const file = { kind: 'file', name: 'cohort-export.json', mime: 'application/json' }
    const text = { kind: 'text', text: ['content'] }
    const message = { workspace: 'local', channel: 'study', author: 'cohort', user: 'ann', at: 0 }
    const card = { title: 'Your data', blocks: [text, { ...file, content: '{"member":{}}' }] }
    const { id } = await log.add({ ...message, body: { kind: 'card', card } })
    const said = await log.add({ ...message, body: { kind: 'said', text: 'hello' } })
    const [, update = ''] = readFileSync(
      'prisma/migrations/20261128190133_bounded_histories/migration.sql',
      'utf8',
    ).split(/(?=^UPDATE)/m)
    await database.pool.query(update)
    expect((await log.get(id))?.body).toEqual({ kind: 'card', card: { ...card, blocks: [text, file] } })
    expect((await log.get(said.id))?.body).toEqual({ kind: 'said', text: 'hello' })
  })
})
