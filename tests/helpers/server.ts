/** The Postgres that the tests are given: `TEST_DATABASE_URL` says where it is. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/store/migrate.js'

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * A folder for embedded databases, which are removed after the tests, or an address a worker of databases of
     * the tests' own on a Postgres.
     */
    database: { folder: string } | { urls: readonly string[] }
    /** A migrated and empty database of which others are made, where there is a server. */
    template: { server: string; template: string } | undefined
  }
}

/** Provides the template; gives what drops it and all that was made of it. */
export async function provideTemplate(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) {
    project.provide('template', undefined)
    return async () => {}
  }
  const template = await createMigrated(server)
  project.provide('template', { server, template })
  return async () => {
    const made = await onServer(
      server,
      `select datname as name from pg_database where datname like '${template}%'`,
    )
    // All at once: each waits for a checkpoint, which serves the others as well.
    await Promise.all(made.map(({ name }) => onServer(server, `drop database ${name} with (force)`)))
  }
}

/** Returns the name of a new database. */
async function createMigrated(server: string): Promise<string> {
  const name = `cohort_test_${randomBytes(4).toString('hex')}`
  await createDatabase(server, name)
  const pool = new pg.Pool({
    connectionString: Object.assign(new URL(server), { pathname: `/${name}` }).href,
    max: 1,
  })
  await migrate(pool, 'prisma/migrations')
  await pool.end()
  return name
}

/**
 * What is committed is lost if the machine fails, which no test is about: it waits for no disk, which takes
 * most of the time of a short test.
 */
export async function createDatabase(server: string, name: string, template?: string): Promise<void> {
  await onServer(server, `create database ${name}${template ? ` template ${template}` : ''}`)
  await onServer(server, `alter database ${name} set synchronous_commit = off`)
}

export async function onServer(url: string, sql: string): Promise<{ readonly name: string }[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
