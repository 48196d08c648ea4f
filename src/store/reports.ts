import type { UserKey } from '../bot/ports/keys.js'
import type { NewReport, Report, SavedReport } from '../bot/ports/reports.js'
import { type Client, here } from './client.js'
import { retryOnConflict } from './sql.js'

/** Creates the member if new; undefined if the workspace does not exist. A known member keeps their name. */
export async function memberOf(
  prisma: Client,
  who: UserKey & { readonly name: string },
): Promise<number | undefined> {
  const workspace = await prisma.workspace.findFirst({ where: here(who), select: { id: true } })
  if (!workspace) return undefined
  const key = { workspaceId: workspace.id, user: who.user }
  await prisma.member.createMany({ data: { ...key, name: who.name }, skipDuplicates: true })
  const found = await prisma.member.findUniqueOrThrow({
    where: { workspaceId_user: key },
    select: { id: true },
  })
  return found.id
}

export function reportVerbs(prisma: Client) {
  return {
    saveReport: (report: NewReport): Promise<SavedReport | undefined> =>
      retryOnConflict(async () => {
        const memberId = await memberOf(prisma, report)
        if (memberId === undefined) return undefined
        const { question, version, reason, detail } = report
        const one = { memberId, question, version, reason }
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
