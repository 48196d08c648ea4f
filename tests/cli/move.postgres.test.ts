// @module-tag slow
/** From the embedded database to a PostgreSQL: everything, or nothing. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/store/open.js'
import { createStore } from '../../src/store/store.js'
import { cohort } from '../helpers/cohort.js'
import { fillDataDir } from '../helpers/database.js'
import { everything, rowCounts } from '../helpers/everything.js'
import { makeRound, makeTeam } from '../helpers/rounds.js'
import { onServer } from '../helpers/server.js'

const HERE = { platform: 'slack', workspace: 'T1' }
let [folder, url] = ['', '']

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cohort-move-'))
  return () => rmSync(folder, { recursive: true })
})

describe('into an empty PostgreSQL', () => {
  beforeEach(async () => {
    const name = `cohort_move_${randomBytes(4).toString('hex')}`
    const server = process.env.TEST_DATABASE_URL ?? ''
    await onServer(server, `create database ${name}`)
    url = Object.assign(new URL(server), { pathname: `/${name}` }).href
    await fillDataDir(dataDir())
    return async () => void (await onServer(server, `drop database ${name} with (force)`))
  })

  it('has every row of every table of the schema, and goes on where the sequences stood', async () => {
    const before = await within({}, async (database) => {
      await fill(database)
      return rows(database)
    })
    for (const [name, found] of Object.entries(before)) expect(found.length, name).toBeGreaterThan(0)
    const { code, out, err } = await move()
    expect([code, err]).toEqual([0, ''])
    for (const [name, found] of Object.entries(before)) expect(out).toContain(`${name}: ${found.length}\n`)
    expect(out).toContain('Set DATABASE_URL')
    await within({ url }, async (database) => {
      expect(await rows(database)).toEqual(before)
      const store = createStore(database)
      const { id: round, at: now } = await makeRound(
        store,
        await makeTeam(store, { ...HERE, channel: 'another' }),
        '2026-02-03',
      )
      const given = {
        ...HERE,
        user: 'zoe',
        name: 'Zoe',
        round,
        slot: 0,
        answer: 'A',
        now,
        channel: undefined,
      }
      expect(await store.answer(given)).toMatchObject({ outcome: 'recorded' })
    })
    expect(await within({}, rows)).toEqual(before)
  })

  it('copies many rows in pages, with numbers and texts as they were', async () => {
    const before = await within({}, async (database) => {
      const { pool } = database
      await createStore(database).openWorkspaces('web', ['local'])
      const name = 'Ann \u{1F393} "x" \\ \n'
      await pool.query(
        "insert into member (workspace_id, user_id, name) select id, 'ann', $1 from workspace",
        [name],
      )
      await pool.query(`insert into attempt (id, member_id, question, version, seed, item, answer, correct, points, at)
      select 9007199254740993 + g, m.id, 'q', 'v', 4294967295 - g, 0, 'A', true, 0, timestamptz '2026-01-01' + g * interval '1 ms' from member m, generate_series(1, 2500) g`)
      return rows(database)
    })
    expect((await move()).code).toBe(0)
    expect(await within({ url }, rows)).toEqual(before)
  })

  it('refuses a database that holds something, and changes nothing', async () => {
    await within({}, fill)
    expect((await move()).code).toBe(0)
    const before = await within({ url }, rows)
    const { code, err } = await move()
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/^cohort: the database to move to holds something already .*name an empty one/),
    ])
    expect(await within({ url }, rows)).toEqual(before)
  })

  it('leaves nothing behind when it breaks off', async () => {
    await within({}, fill)
    await within({ url }, async ({ pool }) => pool.query('select 1'))
    expect((await cohort(['migrate'], { DATABASE_URL: url })).code).toBe(0)
    await within({ url }, ({ pool }) =>
      pool.query('alter table web_message add constraint none check (id < 0)'),
    )
    expect((await move()).code).toBe(1)
    await within({ url }, async (database) => {
      for (const [name, count] of Object.entries(await rowCounts(database))) expect(count, name).toBe(0)
    })
  })

  it('refuses a folder on which a Cohort runs', async () => {
    await within({}, async () => {
      const { code, err } = await move()
      expect([code, err]).toEqual([1, expect.stringMatching(/another Cohort runs on the data folder/)])
    })
  })
})

const dataDir = () => path.join(folder, 'data')
const move = (more: object = {}) =>
  cohort(['move', '--to', url], { DATABASE_URL: '', COHORT_DATA_DIR: dataDir(), ...more })

async function within<T>(where: { url?: string }, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ dataDir: dataDir(), ...where })
  return work(database).finally(() => database.close())
}

/** Every row of every table, as text. */
async function rows(database: Database): Promise<Record<string, readonly string[]>> {
  const names = Object.keys(await rowCounts(database))
  const all = names.map(async (name) => {
    const found = await database.pool.query<{ row: string }>(
      `select to_jsonb(t)::text as row from "${name}" t`,
    )
    return [name, found.rows.map(({ row }) => row).sort()] as const
  })
  return Object.fromEntries(await Promise.all(all))
}

async function fill(database: Database): Promise<void> {
  const store = createStore(database)
  await everything(database, store, HERE)
  // Two that name each other's order: the first belongs to the second.
  await store.openWorkspaces('slack', ['E1'])
  await database.pool.query(
    "update workspace set organization_id = (select id from workspace where external = 'E1') where external = 'T1'",
  )
}

it.each([
  ['an address that is none', ['move', '--to', 'mysql://x'], {}, /--to should be a Postgres address/],
  ['no address', ['move'], {}, /required option '--to <address>' not specified/],
  [
    'DATABASE_URL',
    ['move', '--to', 'postgresql://h/x'],
    { DATABASE_URL: 'postgresql://h/y' },
    /DATABASE_URL is set/,
  ],
  [
    'a folder without a database',
    ['move', '--to', 'postgresql://h/x'],
    { COHORT_DATA_DIR: '/nowhere/at-all' },
    /there is no embedded database/,
  ],
])('refuses %s', async (_what, args, more, words) => {
  const { code, err } = await cohort(args, { DATABASE_URL: '', COHORT_DATA_DIR: dataDir(), ...more })
  expect([code === 0, err]).toEqual([false, expect.stringMatching(words)])
})
