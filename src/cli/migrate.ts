import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'

export async function migrateNow(config: Config, io: Io): Promise<void> {
  const { database, applied } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log))
  await database.close()
  io.out(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`)
}
