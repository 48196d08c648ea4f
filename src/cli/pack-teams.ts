import { existsSync } from 'node:fs'
import type { PackTeam } from '../bot/ports/editions.js'
import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'
import { pgFolder } from '../store/private-folder.js'
import { createStore } from '../store/store.js'

/** Returns the teams that use the pack; none before the first start. */
export async function teamsUsing(pack: string, config: Config, io: Io): Promise<PackTeam[]> {
  if (!config.DATABASE_URL && !existsSync(pgFolder(config.COHORT_DATA_DIR))) return []
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log), { isPatient: true })
  try {
    return await createStore(database).teamsOfPack(pack)
  } finally {
    await database.close()
  }
}
