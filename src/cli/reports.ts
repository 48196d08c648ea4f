import { APPEAL } from '../bot/cards/appeal.js'
import type { Appeal, Report } from '../bot/ports/reports.js'
import type { Config } from '../config.js'
import type { Io } from '../io.js'
import { createLog } from '../log.js'
import { openMigrated } from '../server/database.js'
import { createStore } from '../store/store.js'

/** `reports`: lists the problems that members reported with questions, appeals among them, oldest first. */
export async function listReports(json: boolean, config: Config, io: Io): Promise<void> {
  const { database } = await openMigrated(config, createLog(config.LOG_LEVEL, io.log))
  const store = createStore(database)
  const [reports, appeals] = await Promise.all([store.reports(), store.appeals()])
  await database.close()
  const list = [...reports, ...appeals.map(asReport)]
    .sort((a, b) => a.now - b.now)
    .map(({ now, ...report }) => ({ ...report, at: new Date(now).toISOString() }))
  if (json) io.out(JSON.stringify(list))
  else if (list.length === 0) io.out('No reports.')
  else for (const report of list) io.out(lineOf(report))
}

/** `decision`: the decision of an admin of the team, if there is one. */
function asReport({ reason, decision, round, slot, ...appeal }: Appeal) {
  return { ...appeal, reason: APPEAL, detail: reason, appeal: true, decision: decision ?? null }
}

type Line = Omit<Report, 'now'> & { readonly at: string; readonly decision?: string | null }

function lineOf({ id, at, question, version, reason, detail, decision }: Line): string {
  const what = decision ? `${reason} (${decision})` : reason
  return `${id}\t${at}\t${question}@${version}\t${what}\t${JSON.stringify(detail)}`
}
