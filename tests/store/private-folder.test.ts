// @module-tag slow
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { makeEmptyDatabase } from '../../scripts/empty-database.mjs'
import { migrate } from '../../src/store/migrate.js'
import { openDatabase } from '../../src/store/open.js'
import { copyPrivately } from '../../src/store/private-folder.js'
import { fillDataDir } from '../helpers/database.js'
import { IS_LONG } from '../helpers/long.js'

const root = mkdtempSync(path.join(tmpdir(), 'cohort-modes-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const empty = () => makeEmptyDatabase(migrate)
let dataDir: string
let n = 0
beforeEach(() => {
  n += 1
  dataDir = path.join(root, `data-${n}`)
})

const modeOf = (file: string) => lstatSync(file).mode & 0o7777
/** How many folders and files have which rights, the data folder itself among them. */
function modes(): Record<string, number> {
  const counts: Record<string, number> = {}
  const all = ['', ...readdirSync(dataDir, { recursive: true, encoding: 'utf8' })]
  for (const name of all) {
    // Postgres may have deleted it meanwhile.
    if (!existsSync(path.join(dataDir, name))) continue
    const kind = lstatSync(path.join(dataDir, name)).isDirectory() ? 'folder' : 'file'
    const key = `${kind} ${modeOf(path.join(dataDir, name)).toString(8)}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
const kinds = () => Object.keys(modes()).sort()
const PRIVATE = ['file 600', 'folder 700']

/** Tables, indexes, sorts on disk, logs that are recycled: all that makes Postgres write new files. */
async function work(database: Awaited<ReturnType<typeof openDatabase>>) {
  const { pool } = database
  await pool.query(
    'create table pupil as select g as id, repeat(md5(g::text), 2) as words from generate_series(1, 20000) g',
  )
  await pool.query('create index on pupil (words)')
  await pool.query("set work_mem = '64kB'")
  await pool.query('begin')
  await pool.query('declare sorted cursor for select words from pupil order by words desc')
  await pool.query('fetch 10 from sorted')
  const spilled = kinds()
  await pool.query('commit')
  await pool.query('vacuum full pupil')
  await pool.query('select pg_switch_wal()')
  await pool.query('checkpoint')
  return spilled
}

describe.each([
  ['copied from the empty one that the build made', empty] as const,
  ...(IS_LONG ? [['made by initdb', async () => undefined] as const] : []),
])('an embedded database %s', (_how, made) => {
  it('has folders of 0700 and files of 0600, also what is written while it runs', async () => {
    const database = await openDatabase({ dataDir, fresh: made })
    expect(kinds()).toEqual(PRIVATE)
    expect(modes()['file 600']).toBeGreaterThan(500)
    expect(await work(database)).toEqual(PRIVATE)
    expect(kinds()).toEqual(PRIVATE)
    await database.close()
    expect(kinds()).toEqual(PRIVATE)
    const again = await openDatabase({ dataDir })
    expect((await again.pool.query('select count(*)::int as n from pupil')).rows).toEqual([{ n: 20_000 }])
    expect(kinds()).toEqual(PRIVATE)
    await again.close()
  })
})

describe('a data folder of an earlier version', () => {
  it('is closed to others when it is opened, and holds what it held', async () => {
    mkdirSync(dataDir)
    await fillDataDir(dataDir)
    const lite = await PGlite.create(path.join(dataDir, 'pg'))
    await lite.exec('create table kept as select 7 as n')
    await lite.close()
    chmodSync(path.join(dataDir, 'pg/PG_VERSION'), 0o666)
    expect(Object.keys(modes())).toContain('file 666')
    const database = await openDatabase({ dataDir })
    expect(kinds()).toEqual(PRIVATE)
    expect((await database.pool.query('select n from kept')).rows).toEqual([{ n: 7 }])
    await work(database)
    await database.close()
    expect(kinds()).toEqual(PRIVATE)
  })

  it('that was closed half-way is closed at the next start', async () => {
    await fillDataDir(dataDir)
    chmodSync(path.join(dataDir, 'pg/PG_VERSION'), 0o666)
    chmodSync(path.join(dataDir, 'pg'), 0o755)
    // Beside the database lies what was read of the content.
    mkdirSync(path.join(dataDir, 'cache'), { mode: 0o700 })
    chmodSync(dataDir, 0o755)
    await (await openDatabase({ dataDir })).close()
    expect(kinds()).toEqual(PRIVATE)
  })
})

it('a folder that holds files of others keeps its own rights, and the database in it is private', async () => {
  mkdirSync(dataDir)
  chmodSync(dataDir, 0o755)
  writeFileSync(path.join(dataDir, 'of-another.txt'), '')
  chmodSync(path.join(dataDir, 'of-another.txt'), 0o644)
  await (await openDatabase({ dataDir, fresh: empty })).close()
  expect([
    modeOf(dataDir),
    modeOf(path.join(dataDir, 'of-another.txt')),
    modeOf(path.join(dataDir, 'pg')),
  ]).toEqual([0o755, 0o644, 0o700])
})

it('a copy of a build that nobody may write is its owner’s alone, who can write it', () => {
  const built = path.join(root, 'built')
  mkdirSync(path.join(built, 'base'), { recursive: true })
  writeFileSync(path.join(built, 'base/1'), 'rows', { mode: 0o444 })
  chmodSync(path.join(built, 'base'), 0o555)
  chmodSync(built, 0o555)
  copyPrivately(built, dataDir)
  expect(kinds()).toEqual(PRIVATE)
  expect(readFileSync(path.join(dataDir, 'base/1'), 'utf8')).toBe('rows')
})
