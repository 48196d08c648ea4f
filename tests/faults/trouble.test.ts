/**
 * A database that goes away, has no connection left or never answers, and a process that is told to stop
 * while it posts.
 */

import pg from 'pg'
import { afterEach, expect, it } from 'vitest'
import type { Database } from '../../src/store/open.js'
import { givenDatabase } from '../helpers/database.js'
import { createProxy, type Door } from '../helpers/proxy.js'
import { comes, createWorld, pause, QUESTION, shiftTo, type World } from './world.js'

/** How long the database is away; thirty seconds in the long form. */
const GONE_MS = Number(process.env.FAULT_GONE_MS ?? 3000)
const DUE = '2027-03-01T08:00:00Z'
const PATIENCE_MS = 60_000
const HOUR_MS = 3_600_000

let world: World
let proxy: Door | undefined
afterEach(async () => {
  world.stop()
  await proxy?.stop()
  proxy = undefined
})

const url = () => {
  const database = givenDatabase()
  if (!('url' in database)) throw new Error('this test needs a Postgres')
  return database.url
}

/**
 * Programs are started an hour early, so that the moment does not hang on how long a start takes: this makes
 * it come.
 */
const comesDue = ({ pool }: Database) =>
  pool.query("update team set next_post_at = next_post_at - interval '1 hour'")

async function health(address: string): Promise<string> {
  const response = await fetch(`${address}/healthz`)
  const { failed = [] } = (await response.json()) as { failed?: string[] }
  return `${response.status} ${failed.join()}`
}

it('a database that is gone for a while: it is told, nothing is lost, nothing comes twice, and all goes on by itself', async () => {
  world = await createWorld(8)
  proxy = await createProxy(url())
  const database = await world.setUp(Date.parse(DUE))
  const { pool } = database
  const program = await world.start(shiftTo(DUE) - HOUR_MS, { DATABASE_URL: proxy.url })
  expect(await health(program.address)).toBe('200 ')
  await proxy.shut()
  await comesDue(database)
  await pause(GONE_MS)
  expect(await health(program.address)).toBe('503 database')
  expect(program.code).toBeUndefined()
  expect(world.messages()).toEqual(Array(8).fill(0))
  await proxy.open()
  expect(await comes(() => world.messages().every((n) => n === 1), PATIENCE_MS)).toBe(true)
  expect(await health(program.address)).toBe('200 ')

  // Somebody answers while it is gone: they are told, and their next try counts.
  const [id = ''] = world.inDiscord
  await proxy.shut()
  expect(await world.press(id)).toBe(true)
  expect(
    await comes(
      () => world.discordServer.posts.some((p) => p.to && JSON.stringify(p.components).includes('reference')),
      10_000,
    ),
  ).toBe(true)
  expect(world.answered(id)).toBe(0)
  await proxy.open()
  expect(await world.answerIn(id)).toBe(true)
  expect((await pool.query('select count(*)::int as n from attempt')).rows).toEqual([{ n: 1 }])

  // The server ends every connection, as when it is restarted: nobody notices.
  await pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  for (const channel of world.channels.slice(0, 4)) expect(await world.answerIn(channel)).toBe(true)
  expect(world.messages()).toEqual(Array(8).fill(1))
  expect(program.code).toBeUndefined()
}, 240_000)

it('a database that never answers is given up after seconds, and everything goes on when it does', async () => {
  world = await createWorld(4)
  proxy = await createProxy(url())
  const database = await world.setUp(Date.parse(DUE))
  const program = await world.start(shiftTo(DUE) - HOUR_MS, { DATABASE_URL: proxy.url })
  proxy.freeze()
  await comesDue(database)
  expect(await comes(async () => (await health(program.address)) === '503 database', PATIENCE_MS)).toBe(true)
  expect(world.messages()).toEqual(Array(4).fill(0))
  // Statements that were frozen are given up by themselves: the connections are let be, only new ones work.
  await proxy.open()
  expect(await comes(() => world.messages().every((n) => n === 1), PATIENCE_MS)).toBe(true)
  expect(await health(program.address)).toBe('200 ')
}, 120_000)

it('a database with fewer connections than the bot would take serves everybody', async () => {
  world = await createWorld(4)
  await world.setUp(Date.parse(DUE))
  const role = `cohort_few_${Math.random().toString(36).slice(2, 8)}`
  const admin = new pg.Client({ connectionString: url() })
  await admin.connect()
  await admin.query(`create role ${role} login connection limit 4; grant all on schema public to ${role}`)
  await admin.query(
    `grant all on all tables in schema public to ${role}; grant all on all sequences in schema public to ${role}`,
  )
  try {
    const few = Object.assign(new URL(url()), { username: role }).href
    const program = await world.start(shiftTo(DUE) + 2000, { DATABASE_URL: few })
    expect(program.code).toBeUndefined()
    expect(await comes(() => world.messages().every((n) => n === 1), PATIENCE_MS)).toBe(true)
    const pressed = await Promise.all(
      world.channels.flatMap((id) => Array.from({ length: 10 }, () => world.press(id))),
    )
    expect(pressed).toEqual(Array(40).fill(true))
    const answered = () => world.channels.map(world.answered)
    expect(await comes(() => answered().every((n) => n === 10), PATIENCE_MS), answered().join()).toBe(true)
    const told = [...world.slackServer.posts, ...world.discordServer.posts].filter((p) => p.to)
    expect(JSON.stringify(told)).not.toContain('reference')
    await program.kill()
  } finally {
    await admin.query(`drop owned by ${role}; drop role ${role}`)
    await admin.end()
  }
}, 120_000)

it('a process that is told to stop while it posts finishes what it holds within ten seconds, and takes nothing new', async () => {
  const teams = 120
  world = await createWorld(teams)
  const { pool } = await world.setUp(Date.parse(DUE))
  world.slackServer.state.chaos = (method) => (method === 'chat.postMessage' ? { late: 400 } : undefined)
  world.discordServer.state.chaos = (call) => (call.endsWith('/messages') ? { late: 400 } : undefined)
  const program = await world.start(shiftTo(DUE) + 2000)
  const posted = () => world.messages().filter((n) => n > 0).length
  expect(await comes(() => posted() >= 10, PATIENCE_MS, 10)).toBe(true)
  const began = performance.now()
  expect(await program.kill('SIGTERM')).toBe(0)
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(posted()).toBeLessThan(teams)
  const { rows } = await pool.query(
    `select r.state, d.lease_until is null as free, count(*)::int as n
     from round r join delivery d on d.round_id = r.id and d.kind = 'round' group by 1, 2 order by 1`,
  )
  expect(rows).toEqual([
    { state: 'due', free: true, n: teams - posted() },
    { state: 'posted', free: true, n: posted() },
  ])
  const again = await world.start(shiftTo(DUE) + 10_000)
  expect(await comes(() => posted() === teams, PATIENCE_MS)).toBe(true)
  expect(await again.kill('SIGTERM')).toBe(0)
  expect(world.counts(QUESTION)).toEqual(Array(teams).fill(1))
}, 120_000)
