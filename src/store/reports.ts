import type { NewReport, Report, SavedReport } from '../bot/ports/store.js'
import { type Client, here } from './client.js'
import { retryOnConflict } from './sql.js'

export function reportVerbs(prisma: Client) {
  return {
    /** A known member keeps the name that they have. */
    saveReport: (report: NewReport): Promise<SavedReport | undefined> =>
      retryOnConflict(async () => {
        const workspace = await prisma.workspace.findFirst({ where: here(report), select: { id: true } })
        if (!workspace) return undefined
        const key = { workspaceId: workspace.id, user: report.user }
        await prisma.member.createMany({ data: { ...key, name: report.name }, skipDuplicates: true })
        const member = await prisma.member.findUniqueOrThrow({
          where: { workspaceId_user: key },
          select: { id: true },
        })
        const { question, version, reason, detail } = report
        const one = { memberId: member.id, question, version, reason }
        const data = { ...one, detail, at: new Date(report.now) }
        if ((await prisma.report.createMany({ data, skipDuplicates: true })).count > 0) return 'new'
        if (detail === '') return 'again'
        const { count } = await prisma.report.updateMany({
          where: { ...one, detail: { not: detail } },
          data: { detail },
        })
        return count > 0 ? 'reworded' : 'again'
      }),
    async reports(): Promise<Report[]> {
      const found = await prisma.report.findMany({
        include: { member: { include: { workspace: true } } },
        orderBy: { id: 'asc' },
      })
      return found.map(
        ({ id, question, version, reason, detail, at, member: { user, name, workspace } }) => ({
          ...{ id, platform: workspace.platform, workspace: workspace.external, user, name },
          ...{ question, version, reason, detail, now: at.getTime() },
        }),
      )
    },
  }
}
