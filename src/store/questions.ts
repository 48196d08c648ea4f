import type { NewReport, Report } from '../bot/store.js'
import type { Question } from '../core/model.js'
import type { Prisma, PrismaClient } from '../generated/prisma/client.js'

export function questionVerbs(prisma: PrismaClient) {
  return {
    async saveQuestions(questions: readonly Question[]): Promise<void> {
      const data = questions.map((q) => ({
        question: q.id,
        version: q.version,
        body: JSON.parse(JSON.stringify(q)) as Prisma.InputJsonObject,
      }))
      await prisma.questionVersion.createMany({ data, skipDuplicates: true })
    },
    async question(id: string, version: string): Promise<Question | undefined> {
      const row = await prisma.questionVersion.findUnique({ where: { question_version: { question: id, version } } })
      // Only `saveQuestions` writes here, so the body is a question.
      return row ? (row.body as unknown as Question) : undefined
    },
  }
}

export function reportVerbs(prisma: PrismaClient) {
  return {
    async saveReport(report: NewReport): Promise<number> {
      const { platform, workspace: external, user, name, question, version, reason, detail, now } = report
      const workspace = await prisma.workspace.upsert({
        where: { platform_external: { platform, external } },
        create: { platform, external },
        update: {},
      })
      const member = await prisma.member.upsert({
        where: { workspaceId_user: { workspaceId: workspace.id, user } },
        create: { workspaceId: workspace.id, user, name },
        update: {},
      })
      const row = await prisma.report.create({ data: { memberId: member.id, question, version, reason, detail, at: new Date(now) } })
      return row.id
    },
    async reports(): Promise<Report[]> {
      const found = await prisma.report.findMany({ include: { member: { include: { workspace: true } } }, orderBy: { id: 'asc' } })
      return found.map(({ id, question, version, reason, detail, at, member }) => ({
        ...{ id, question, version, reason, detail },
        now: at.getTime(),
        platform: member.workspace.platform,
        workspace: member.workspace.external,
        user: member.user,
        name: member.name,
      }))
    },
  }
}
