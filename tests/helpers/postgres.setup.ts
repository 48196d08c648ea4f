/** A database of the tests' own on a real Postgres, dropped at the end. `TEST_DATABASE_URL` says where the server is. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/store/migrate.js'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the tests with npm test, which finds a Postgres')
  const name = `cohort_test_${randomBytes(4).toString('hex')}`
  await once(server, `create database ${name}`)
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  await migrate(pool, 'prisma/migrations')
  await pool.end()
  project.provide('database', { url })
  return () => once(server, `drop database ${name} with (force)`)
}

async function once(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
