/** Opens the configured database and applies its migrations. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Log } from '../bot/deps.js'
import type { Config } from '../config.js'
import { migrate } from '../store/migrate.js'
import { type Database, type Opening, openDatabase } from '../store/open.js'

/** The build makes this file. */
const EMPTY = fileURLToPath(new URL('../../dist/migrated-database.tar.gz', import.meta.url))
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/**
 * Returns a dump of an empty database, from which a new one starts in a fraction of the time; undefined
 * without a build.
 */
export function emptyDatabase(): Blob | undefined {
  return existsSync(EMPTY) ? new Blob([readFileSync(EMPTY)], { type: 'application/x-gzip' }) : undefined
}

/** Returns the names of the migrations that this call applied. */
export async function openMigrated(
  config: Config,
  log: Log,
  more: Pick<Opening, 'onEnd' | 'isPatient'> = {},
): Promise<{ database: Database; applied: string[] }> {
  const database = await openDatabase({
    url: config.DATABASE_URL,
    dataDir: config.COHORT_DATA_DIR,
    empty: emptyDatabase(),
    onIdleError: (error) => log.warn({ error }, 'database connection lost'),
    ...more,
  })
  try {
    return { database, applied: await migrate(database.pool, MIGRATIONS) }
  } catch (error) {
    await database.close()
    throw error
  }
}
