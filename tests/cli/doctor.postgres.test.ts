// @module-tag slow
import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate } from '../../src/store/migrate.js'
import { openDatabase } from '../../src/store/open.js'
import { cohort } from '../helpers/cohort.js'
import { testDatabase } from '../helpers/database.js'
import { onServer } from '../helpers/server.js'

const doctor = async (shiftMs: number, more: Readonly<Record<string, string>> = {}) =>
  (await cohort(['doctor'], more, { now: () => Date.now() + shiftMs })).out

it('tells the version, the migrations and the connections that are left', async () => {
  expect(await doctor(0)).toMatch(
    /ok {6}database: Postgres at DATABASE_URL, version \d\d, up to date, connections for [1-9]\d* process\(es\), up to 10 each/,
  )
})

it('counts the connection on which processes share out the shards of Discord', async () => {
  const discord = { DISCORD_TOKEN: 'x', DISCORD_API_URL: 'http://127.0.0.1:9' }
  expect(await doctor(0, discord)).toMatch(/ok {6}database: .*process\(es\), up to 11 each/)
})

it('finds that the clocks of the database and of the machine differ', async () => {
  expect(await doctor(10 * 60_000)).toMatch(
    /fix {5}database: its clock is (599|600|601) s behind that of this machine/,
  )
})

describe('what would make a start or an answer fail', () => {
  const server = () => process.env.TEST_DATABASE_URL ?? ''
  const name = () => `cohort_doctor_${randomBytes(4).toString('hex')}`
  const at = (database: string, more: Partial<URL> = {}) =>
    Object.assign(new URL(server()), { pathname: `/${database}`, ...more }).href
  const undo: string[] = []
  afterAll(async () => {
    for (const sql of undo.reverse()) await onServer(server(), sql)
  })
  async function make(options = ''): Promise<string> {
    const database = name()
    await onServer(server(), `create database ${database} ${options}`)
    undo.push(`drop database ${database} with (force)`)
    return database
  }
  const told = async (DATABASE_URL: string) => (await cohort(['doctor'], { DATABASE_URL })).out

  it('is that nobody may make tables there, as PostgreSQL 15 and newer begin', async () => {
    const database = await make()
    const role = name()
    await onServer(server(), `create role ${role} login password 'a'`)
    undo.push(`drop role ${role}`)
    await onServer(at(database), 'revoke create on schema public from public')
    const found = await told(at(database, { username: role, password: 'a' }))
    expect(found).toMatch(
      new RegExp(`fix {5}database: the user "${role}" may not do there what Cohort does .*grant create`),
    )
  })

  it('is an encoding that holds no emoji', async () => {
    const database = await make("encoding 'LATIN1' locale 'C' template template0")
    expect(await told(at(database))).toMatch(
      /fix {5}database: the database "\w+" has the encoding LATIN1, .*UTF8/,
    )
  })

  it('is that the tables belong to somebody else', async () => {
    const database = await make()
    const role = name()
    const db = await openDatabase({ url: at(database), dataDir: '' })
    await migrate(db.pool, 'prisma/migrations')
    await db.close()
    await onServer(server(), `create role ${role} login password 'a'`)
    undo.splice(undo.length - 1, 0, `drop role ${role}`)
    await onServer(
      at(database),
      `grant create, usage on schema public to ${role}; grant select on all tables in schema public to ${role}`,
    )
    expect(await told(at(database, { username: role, password: 'a' }))).toMatch(
      /may not do there what Cohort does .*owner of its tables/,
    )
  })

  it('is that it takes no changes', async () => {
    const database = await make()
    await onServer(server(), `alter database ${database} set default_transaction_read_only = on`)
    expect(await told(at(database))).toMatch(/fix {5}database: the database takes no changes/)
  })

  it('is not looked for at the price of a change', async () => {
    const { pool } = await testDatabase()
    const before = await pool.query(
      "select (select count(*) from workspace) as n, to_regclass('cohort_doctor') as made",
    )
    await doctor(0)
    expect(
      (await pool.query("select (select count(*) from workspace) as n, to_regclass('cohort_doctor') as made"))
        .rows,
    ).toEqual(before.rows)
  })
})
