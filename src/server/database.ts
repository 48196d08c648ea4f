/** Opens the configured database and applies its migrations. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Log } from '../bot/deps.js'
import type { Config } from '../config.js'
import { migrate } from '../store/migrate.js'
import { type Database, type Opening, openDatabase } from '../store/open.js'

/** The build makes these folders: an empty database, and one with the questions of the shipped content. */
const built = (name: string) => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))
const EMPTY = built('empty-database')
const filled = (key: string) => built(`filled-database-${key.slice(0, 16)}`)
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/**
 * Returns the folder of a new database, which is copied in a fraction of the time that one takes to make: with
 * the questions of the content with this key if there is one, otherwise an empty one; undefined without a
 * build.
 */
export function newDatabase(key = ''): string | undefined {
  return [filled(key), EMPTY].find(existsSync)
}

/**
 * Returns the names of the migrations that this call applied. `content`: the key of the content that is about
 * to be served; if there is none, no migration is applied.
 */
export async function openMigrated(
  config: Config,
  log: Log,
  { content, ...more }: Pick<Opening, 'onEnd' | 'isPatient'> & { readonly content?: Promise<string> } = {},
): Promise<{ database: Database; applied: string[] }> {
  // It may fail long before it is awaited.
  content?.catch(() => {})
  const database = await openDatabase({
    url: config.DATABASE_URL,
    dataDir: config.COHORT_DATA_DIR,
    fresh: async () => newDatabase(await content),
    onIdleError: (error) => log.warn({ error }, 'database connection lost'),
    ...more,
  })
  try {
    await content
    return { database, applied: await migrate(database.pool, MIGRATIONS) }
  } catch (error) {
    await database.close().catch(() => {})
    throw error
  }
}
