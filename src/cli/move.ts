/** `move`: copies the embedded database to a PostgreSQL server, for a team that has outgrown it. */
import { existsSync } from 'node:fs'
import type { Config } from '../config.js'
import { UserError } from '../core/errors.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'
import { copyAll } from '../store/move.js'
import { pgFolder } from '../store/private-folder.js'

/**
 * `to`: the address of an empty PostgreSQL. Throws a `UserError` if it is not empty, or if Cohort runs on the
 * embedded database.
 */
export async function moveTo(to: string, config: Config, io: Io): Promise<void> {
  if (config.DATABASE_URL)
    throw new UserError(
      'DATABASE_URL is set, so the embedded database is not in use: unset it, and say where to move with --to',
    )
  if (!/^postgres(ql)?:\/\//.test(to) || !URL.canParse(to))
    throw new UserError('--to should be a Postgres address such as postgresql://user@host:5432/name')
  if (!existsSync(pgFolder(config.COHORT_DATA_DIR)))
    throw new UserError(
      `there is no embedded database in ${config.COHORT_DATA_DIR}: set COHORT_DATA_DIR to where it is`,
    )
  const log = createLog(config.LOG_LEVEL, io.log)
  const source = await openMigrated(config, log)
  try {
    const target = await openMigrated({ ...config, DATABASE_URL: to }, log)
    try {
      await copyAll(source.database.pool, target.database.pool, ({ table, rows }) =>
        io.out(`${table}: ${rows}`),
      )
    } finally {
      await target.database.close()
    }
  } finally {
    await source.database.close()
  }
  io.out(
    `Everything is there. Set DATABASE_URL to that address, then start Cohort; ${config.COHORT_DATA_DIR} is as it was, and no longer needed.`,
  )
}
