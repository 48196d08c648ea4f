import type { Config } from '../config.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'

export async function migrateNow(config: Config): Promise<void> {
  const { database, applied } = await openMigrated(config, createLog(config.LOG_LEVEL))
  await database.close()
  console.log(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
}
