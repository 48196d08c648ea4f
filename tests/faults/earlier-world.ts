/** An earlier version, built, and a world with a PostgreSQL database as that version left it, with teams. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../../src/store/migrate.js'
import { givenDatabase } from '../helpers/database.js'
import { buildEarlier } from '../helpers/earlier.js'
import { createWorld } from './world.js'

export type EarlierWorld = Awaited<ReturnType<typeof createEarlierWorld>>

/** The first question of all teams is due then; every day, open for twelve hours. */
export async function createEarlierWorld(version: string, teams: number, dueAt: Date) {
  const given = givenDatabase()
  if (!('url' in given)) throw new Error('this needs a PostgreSQL')
  const root = buildEarlier(version)
  const world = await createWorld(teams)
  const name = `cohort_earlier_${randomBytes(4).toString('hex')}`
  const server = new pg.Client({ connectionString: given.url })
  await server.connect()
  await server.query(`create database ${name}`)
  const url = Object.assign(new URL(given.url), { pathname: `/${name}` }).href
  const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'tests' })
  // The database is dropped while the pool lets its connections go.
  pool.on('error', () => {})
  await migrate(pool, `${root}/prisma/migrations`)
  const minute = dueAt.getUTCHours() * 60 + dueAt.getUTCMinutes()
  for (const [platform, workspace, admin, channels] of world.places) {
    await pool.query('insert into workspace (platform, external) values ($1, $2)', [platform, workspace])
    // Columns that every version has.
    await pool.query(
      `insert into team (workspace_id, channel, name, pack, zone, minute, days, open_hours, count, topics, admin, next_post_at)
       select w.id, c, 'Team ' || c, 'orchard', 'UTC', $3, '{1,2,3,4,5,6,7}', 12, 1, '{apple}', $4, $5
       from workspace w, unnest($2::text[]) c where w.platform = $1`,
      [platform, channels, minute, admin, dueAt],
    )
  }
  return {
    ...{ world, pool, url, root },
    async stop() {
      world.stop()
      await pool.end()
      await server.query(`drop database ${name} with (force)`)
      await server.end()
    },
  }
}
