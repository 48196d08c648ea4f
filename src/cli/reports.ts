import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'
import { createStore } from '../store/store.js'

/** `reports`: what members said is wrong with questions, oldest first. */
export async function listReports(json: boolean, config: Config, io: Io): Promise<void> {
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log))
  const reports = await createStore(database).reports()
  await database.close()
  const list = reports.map(({ now, ...report }) => ({ ...report, at: new Date(now).toISOString() }))
  if (json) io.out(JSON.stringify(list))
  else if (list.length === 0) io.out('No reports.')
  else
    for (const r of list)
      io.out(`${r.id}\t${r.at}\t${r.question}@${r.version}\t${r.reason}\t${JSON.stringify(r.detail)}`)
}
