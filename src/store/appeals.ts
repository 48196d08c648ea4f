/** Appeals: claims of members, after the reveal, that a key is wrong, and the decisions of admins. */
import type { Appeal, NewAppeal, ReportStore, WaitingAppeal } from '../bot/ports/reports.js'
import { type Client, time } from './client.js'
import { JOINED } from './memberships.js'
import { memberOf } from './reports.js'
import { retryOnConflict } from './sql.js'

export function appealVerbs(prisma: Client): Omit<ReportStore, 'saveReport' | 'reports'> {
  return {
    saveAppeal: (appeal: NewAppeal) =>
      retryOnConflict(async () => {
        const memberId = await memberOf(prisma, appeal)
        if (memberId === undefined) return undefined
        const { round: roundId, slot, question, version, reason } = appeal
        const data = { memberId, roundId, slot, question, version, reason, at: new Date(appeal.now) }
        if ((await prisma.appeal.createMany({ data, skipDuplicates: true })).count > 0) return 'new'
        const { count } = await prisma.appeal.updateMany({
          where: { memberId, question, version, decision: null, reason: { not: reason } },
          data: { reason },
        })
        return count > 0 ? 'reworded' : 'again'
      }),
    async waitingAppeals(teamId): Promise<WaitingAppeal[]> {
      const found = await prisma.appeal.findMany({
        where: { decision: null, roundItem: { keyVersion: null, round: { teamId } } },
        orderBy: { id: 'asc' },
      })
      const byQuestion = new Map<string, WaitingAppeal>()
      for (const { question, version, roundId: round, slot, reason } of found) {
        const key = JSON.stringify([question, version])
        const reasons = [...(byQuestion.get(key)?.reasons ?? []), reason]
        byQuestion.set(key, { question, version, round, slot, reasons })
      }
      return [...byQuestion.values()]
    },
    async decideAppeals(teamId, { question, version }, decision) {
      await prisma.appeal.updateMany({
        where: { question, version, decision: null, roundItem: { round: { teamId } } },
        data: { decision },
      })
    },
    async appeals(): Promise<Appeal[]> {
      const found = await prisma.appeal.findMany({
        include: { member: { include: { workspace: true } } },
        orderBy: { id: 'asc' },
      })
      return found.map(({ member: { user, name, workspace }, roundId: round, decision, at, ...row }) => ({
        ...{ id: row.id, platform: workspace.platform, workspace: workspace.external, user, name, round },
        ...{ slot: row.slot, question: row.question, version: row.version, reason: row.reason },
        now: time(at) ?? 0,
        decision: decision === 'kept' || decision === 'given' ? decision : undefined,
      }))
    },
    async problemsOf(teamId, since) {
      const found = await prisma.report.findMany({
        where: { at: { gte: new Date(since) }, member: { memberships: { some: { teamId, ...JOINED } } } },
        select: { question: true, reason: true },
        distinct: ['question', 'reason'],
        orderBy: [{ question: 'asc' }, { reason: 'asc' }],
      })
      return found
    },
  }
}
