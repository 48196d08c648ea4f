/** Teams of before there were two exams go on with the one that there was, until an admin says otherwise. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { migrate } from '../../src/store/migrate.js'
import { openDatabase } from '../../src/store/open.js'
import { givenDatabase } from '../helpers/database.js'
import { onServer } from '../helpers/server.js'

const ALL = 'prisma/migrations'

it('a team of the shipped pack stays with MLA-C01, and no other pack gets an exam', async () => {
  const before = mkdtempSync(path.join(tmpdir(), 'cohort-migrations-'))
  for (const name of readdirSync(ALL).filter((one) => one < '20261129181919')) {
    cpSync(path.join(ALL, name), path.join(before, name), { recursive: true })
  }
  cpSync(path.join(ALL, 'migration_lock.toml'), path.join(before, 'migration_lock.toml'))
  const given = givenDatabase()
  if (!('url' in given)) throw new Error('this needs a PostgreSQL')
  const name = `cohort_exams_${process.pid}`
  await onServer(given.url, `create database ${name}`)
  const url = Object.assign(new URL(given.url), { pathname: `/${name}` }).href
  const { pool, close } = await openDatabase({ url, dataDir: '' })
  try {
    await migrate(pool, before)
    await pool.query("insert into workspace (platform, external) values ('slack', 'T1')")
    await pool.query(
      `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin)
       select w.id, p, p, p, 'UTC', 480, '{1}', 12, 1, '{}', 'ada' from workspace w, unnest('{mla-c01,orchard}'::text[]) p`,
    )
    await migrate(pool, ALL)
    const { rows } = await pool.query('select pack, exam from team order by pack')
    expect(rows).toEqual([
      { pack: 'mla-c01', exam: 'c01' },
      { pack: 'orchard', exam: '' },
    ])
  } finally {
    await close()
    await onServer(given.url, `drop database ${name} with (force)`)
    rmSync(before, { recursive: true })
  }
})
