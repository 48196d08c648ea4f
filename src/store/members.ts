import type { Pool } from 'pg'
import type { AttemptRecord, StreakNow, UserKey } from '../bot/store.js'
import type { Member } from '../core/model.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import { ms, rows } from './sql.js'

const ME = 'member m join workspace w on w.id = m.workspace_id where w.platform = $1 and w.external = $2 and m.user_id = $3'

export function memberVerbs(pool: Pool, prisma: PrismaClient) {
  const find = async (who: UserKey) => {
    const workspace = { platform: who.platform, external: who.workspace }
    return prisma.member.findFirst({ where: { user: who.user, workspace } })
  }
  return {
    async member(who: UserKey): Promise<Member | undefined> {
      return (
        await rows<Member & Record<string, unknown>>(
          pool,
          'member',
          `select m.id, m.user_id as user, m.name, m.hidden from ${ME}`,
          keyOf(who),
        )
      )[0]
    },
    async streak(who: UserKey, team: number, today: string): Promise<StreakNow | undefined> {
      const sql = `select ms.days, ms.best, ms.freezes, ms.answered, ms.last::text as last,
          (select count(*)::int from round r where r.team_id = $4 and r.date > ms.last and r.date <= $5::date and r.state = 'closed') as missed
        from membership ms join member m on m.id = ms.member_id join workspace w on w.id = m.workspace_id
        where w.platform = $1 and w.external = $2 and m.user_id = $3 and ms.team_id = $4`
      return (await rows<StreakNow & Record<string, unknown>>(pool, 'streak', sql, [...keyOf(who), team, today]))[0]
    },
    async attempts(who: UserKey): Promise<AttemptRecord[]> {
      const sql = `select r.team_id as team, r.date::text as date, a.question, a.item, a.answer, a.correct as right, a.points, ${ms('a.at')} as at
        from attempt a left join round r on r.id = a.round_id where a.member_id = (select m.id from ${ME}) order by a.at, a.id`
      const found = await rows<AttemptRecord & { team: number | null; date: string | null }>(pool, 'attempts', sql, keyOf(who))
      return found.map((row) => ({ ...row, team: row.team ?? undefined, date: row.date ?? undefined }))
    },
    async hide(who: UserKey, hidden: boolean): Promise<void> {
      await prisma.member.updateMany({
        where: { user: who.user, workspace: { platform: who.platform, external: who.workspace } },
        data: { hidden },
      })
    },
    async exportMember(who: UserKey): Promise<Record<string, unknown> | undefined> {
      const member = await find(who)
      if (!member) return undefined
      const memberId = member.id
      const [memberships, attempts, standings, reports] = await Promise.all([
        prisma.membership.findMany({ where: { memberId } }),
        prisma.attempt.findMany({ where: { memberId }, orderBy: { at: 'asc' } }),
        prisma.standing.findMany({ where: { memberId } }),
        prisma.report.findMany({ where: { memberId } }),
      ])
      // JSON has no big integers; every id here is far below 2^53.
      return JSON.parse(
        JSON.stringify({ member, memberships, attempts, standings, reports }, (_key, value) =>
          typeof value === 'bigint' ? Number(value) : value,
        ),
      )
    },
    async forgetMember(who: UserKey): Promise<boolean> {
      const member = await find(who)
      if (!member) return false
      await prisma.member.delete({ where: { id: member.id } })
      return true
    },
  }
}

function keyOf(who: UserKey): string[] {
  return [who.platform, who.workspace, who.user]
}
