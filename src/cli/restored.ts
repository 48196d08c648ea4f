import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'
import { skipNumbers } from '../store/restored.js'

/** `restored`: must run once, between a restore and the start. */
export async function afterRestore(config: Config, io: Io): Promise<void> {
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log))
  await skipNumbers(database.pool)
  await database.close()
  io.out(
    'Buttons of rounds that were posted since the backup will say that they no longer work. Start the bot now.',
  )
}
