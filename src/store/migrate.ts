/** Applies migrations in Prisma's folder format, under the lock and in the table of Prisma's own engine. */

import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { UserError } from '../core/errors.js'
import { HOUR_MS } from '../core/time.js'

/** The advisory lock of Prisma's engine, so that each waits for the other. */
const LOCK = 72707369

/**
 * Returns the names of the applied migrations. Each runs in a transaction of its own; an edited one is
 * refused.
 */
export async function migrate(pool: Pool, dir: string): Promise<string[]> {
  const db = await pool.connect()
  try {
    // Another process may be migrating, and a migration of large tables takes long.
    await db.query('SET statement_timeout = 0')
    await db.query(patient('SELECT pg_advisory_lock($1)', [LOCK]))
    return await applyMissing(db, dir)
  } finally {
    const isWell = await db
      .query('SELECT pg_advisory_unlock($1)', [LOCK])
      .then(() => db.query('RESET statement_timeout'))
      .then(
        () => true,
        () => false,
      )
    db.release(!isWell)
  }
}

async function applyMissing(db: PoolClient, dir: string): Promise<string[]> {
  await db.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
    logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`)
  const { rows } = await db.query(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  )
  const known = new Map(rows.map((row) => [String(row.migration_name), row]))
  if (known.size > 0 && !known.has(ENDS_0_2)) await refuseBeside0_2(db)
  const applied: string[] = []
  for (const name of await migrationNames(dir)) {
    const sql = await readFile(path.join(dir, name, 'migration.sql'), 'utf8')
    const checksum = createHash('sha256').update(sql).digest('hex')
    const before = known.get(name)
    if (before?.finished_at && before.checksum === checksum) continue
    if (before)
      throw new UserError(
        `migration ${name} ${before.finished_at ? 'was edited after it was applied' : 'failed half-way'}; restore the file or the database`,
      )
    await apply(db, name, sql, checksum)
    applied.push(name)
  }
  return applied
}

/** Once this migration is applied, a process of version 0.2 would count points twice. */
const ENDS_0_2 = '20261128185410_settled_rounds'

/**
 * Throws a `UserError` while a process of version 0.2 is running. Its connections have no name, and it looks
 * for due rounds every ten seconds. Programs that only look into the tables, such as psql, name their
 * connections.
 */
async function refuseBeside0_2(db: PoolClient): Promise<void> {
  const { rows } = await db.query<{ n: number }>(`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and application_name = ''
      and query ~ '\\m(round|team|workspace)\\M' and greatest(query_start, state_change) > clock_timestamp() - interval '1 minute'`)
  const connections = rows[0]?.n ?? 0
  if (connections === 0) return
  throw new UserError(
    `a Cohort of version 0.2 is at work on this database (${connections} connection(s) within the last minute); stop every process of it, then start this version again: nothing was changed`,
  )
}

/** Makes a statement that may take long. */
function patient(text: string, values?: readonly unknown[]) {
  const query = { text, query_timeout: HOUR_MS }
  return values ? { ...query, values: [...values] } : query
}

async function migrationNames(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function apply(db: PoolClient, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await db.query('BEGIN')
    await db.query(patient(sql))
    await db.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, clock_timestamp(), 1)',
      [randomUUID(), checksum, name],
    )
    await db.query('COMMIT')
  } catch (error) {
    await db.query('ROLLBACK')
    throw new Error(`migration ${name}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
