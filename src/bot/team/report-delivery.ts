/** The weekly report: once per team and week, on Monday at 9:00 in the team's zone. */

import type { Team } from '../../core/model.js'
import { isoWeek, localDate, nextReport } from '../../core/schedule.js'
import { DAY_MS, HOUR_MS } from '../../core/time.js'
import { teamReportCard } from '../cards/team-report.js'
import type { Kind } from '../delivery/deliver.js'
import type { Deps } from '../deps.js'
import { ChatBusy } from '../ports/chat.js'
import type { Delivery } from '../ports/deliveries.js'
import { teamReport } from './team-report.js'

/** The most reports in one tick: they take some seconds. */
const BATCH = 50
const WEEK_MS = 7 * DAY_MS
/** A report later than this says that it is late. */
const LATE_MS = DAY_MS
/** How long to wait for a round that is about to close. */
const AGAIN_MS = 20_000

type Report = Extract<Delivery, { kind: 'report' }>

/**
 * Turns reports that are due on a platform into deliveries, some at a time, since each is computed and drawn;
 * of several missed Mondays only the latest counts. Returns how many there were.
 */
export async function planReports(platform: string, deps: Deps): Promise<number> {
  const due = await deps.store.reportsDue(platform, deps.clock(), BATCH)
  for (const { team, nextAt } of due)
    await planReport(team, nextAt, deps).catch((error) =>
      deps.log.error({ team: team.id, error }, 'team report not planned'),
    )
  return due.length
}

/** Plans one report. The process may end at any line: the key by team and week prevents a second delivery. */
async function planReport(team: Team, nextAt: number, { store, clock }: Deps): Promise<void> {
  let dueAt = nextAt
  let next = nextReport(team.zone, dueAt)
  while (next <= clock()) {
    dueAt = next
    next = nextReport(team.zone, dueAt)
  }
  const key = `report-${team.id}-${isoWeek(localDate(dueAt, team.zone))}`
  if (!team.paused) await store.enqueue({ key, kind: 'report', team: team.id, dueAt })
  await store.moveReport(team.id, next, nextAt)
}

export const REPORT_KIND: Kind<Report> = {
  to: ({ team: { workspace }, order }) =>
    order?.channel === undefined
      ? { workspace, user: order?.user ?? '' }
      : { workspace, channel: order.channel },
  async draw({ team, order, dueAt }, deps) {
    const now = deps.clock()
    if (!order) return 'it is not wanted any more'
    if (now - dueAt >= WEEK_MS) return 'the next one is due'
    if (order.channel === undefined) {
      const person = { workspace: team.workspace, user: order.user }
      if ((await deps.chats.get(team.platform)?.isThere(person)) === 'no') return 'they are no longer there'
    }
    const closing = (await deps.store.openRounds(team.id)).some(({ closesAt }) => closesAt <= now)
    if (closing && now - dueAt < HOUR_MS) throw new ChatBusy(AGAIN_MS)
    const { view, file } = await teamReport(team, deps)
    return teamReportCard(view, file, { late: now - dueAt > LATE_MS })
  },
  said: { dropped: 'team report not sent', failed: 'team report not sent' },
}
