import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.js'
import { migrate } from '../../src/store/migrate.js'
import { openDatabase } from '../../src/store/open.js'

const folder = mkdtempSync(path.join(tmpdir(), 'cohort-open-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a data folder', () => {
  it('belongs to one process, keeps what was written, and is free after the close', async () => {
    const dataDir = path.join(folder, 'data')
    const first = await openDatabase({ dataDir })
    await migrate(first.pool, 'prisma/migrations')
    await first.pool.query("insert into workspace (platform, external) values ('test', 'kept')")
    await expect(openDatabase({ dataDir })).rejects.toThrow(/another Cohort runs on the data folder/)
    await first.close()
    const again = await openDatabase({ dataDir })
    expect(await migrate(again.pool, 'prisma/migrations')).toEqual([])
    expect((await again.pool.query('select external from workspace')).rows).toEqual([{ external: 'kept' }])
    await expectMigrationsRefused(again.pool)
    await again.close()
  })

  it('that was only half made is made anew', async () => {
    const dataDir = path.join(folder, 'half')
    cpSync('prisma', path.join(dataDir, 'pg.making'), { recursive: true })
    const database = await openDatabase({ dataDir })
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await database.close()
  })
})

async function expectMigrationsRefused(pool: Parameters<typeof migrate>[0]): Promise<void> {
  const edited = path.join(folder, 'edited')
  cpSync('prisma/migrations', edited, { recursive: true })
  writeFileSync(path.join(edited, '20261123000000_init/migration.sql'), 'select 1;')
  await expect(migrate(pool, edited)).rejects.toThrow(/was edited after it was applied/)
  const broken = path.join(folder, 'broken')
  cpSync('prisma/migrations', broken, { recursive: true })
  cpSync('prisma/migrations/20261123000000_init', path.join(broken, '20990101000000_bad'), { recursive: true })
  writeFileSync(path.join(broken, '20990101000000_bad/migration.sql'), 'create table half (id int); select nonsense;')
  await expect(migrate(pool, broken)).rejects.toThrow(/20990101000000_bad/)
  expect((await pool.query("select to_regclass('half') as there")).rows).toEqual([{ there: null }])
}

describe('an address', () => {
  it('that does not answer is said in one line, without the password', async () => {
    const error = await openDatabase({ url: 'postgresql://me:hunter2@127.0.0.1:1/x', dataDir: '' }).catch((e) => e)
    expect(error).toBeInstanceOf(UserError)
    expect(error.message).toContain('DATABASE_URL')
    expect(error.message).not.toContain('hunter2')
  })
})
