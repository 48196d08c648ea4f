/**
 * Opens a separate database for the benchmarks and drops it afterwards, so that nothing of the user's is
 * touched.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { UserError } from '../src/core/errors.js'
import { MIGRATIONS, newDatabase } from '../src/server/database.js'
import { migrate } from '../src/store/migrate.js'
import { type Database, openDatabase } from '../src/store/open.js'

export interface Scratch {
  readonly database: Database
  /** The address, if it is a Postgres. */
  readonly url: string | undefined
  drop(): Promise<void>
}

export async function openScratch(url: string | undefined): Promise<Scratch> {
  return url ? onServer(url) : embedded()
}

async function onServer(server: string): Promise<Scratch> {
  const name = `cohort_bench_${randomBytes(4).toString('hex')}`
  await once(server, `create database ${name}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  const drop = () => once(server, `drop database ${name} with (force)`)
  try {
    const database = await openDatabase({ url, dataDir: '', isPatient: true })
    await migrate(database.pool, MIGRATIONS)
    return {
      database,
      url,
      async drop() {
        await database.close()
        await drop()
      },
    }
  } catch (error) {
    await drop()
    throw error
  }
}

async function embedded(): Promise<Scratch> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cohort-bench-'))
  const database = await openDatabase({ dataDir: folder, fresh: async () => newDatabase() })
  await migrate(database.pool, MIGRATIONS)
  return {
    database,
    url: undefined,
    async drop() {
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    await client.query(sql)
  } catch (error) {
    throw new UserError(
      `the benchmarks need a database of their own at DATABASE_URL: ${error instanceof Error ? error.message : error}`,
    )
  } finally {
    await client.end()
  }
}
