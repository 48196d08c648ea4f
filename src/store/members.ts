import type { Pool } from 'pg'
import type { AttemptRecord, StreakNow, UserKey } from '../bot/store.js'
import type { Member } from '../core/model.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import { againAndAgain, HERE, ms, rows } from './sql.js'
import { messagesOf } from './web-messages.js'

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
    async lastWorkspace(platform: string, user: string): Promise<string | undefined> {
      const sql = `select w.external as workspace from member m join workspace w on w.id = m.workspace_id
        where w.platform = $1 and m.user_id = $2 and ${HERE}
        order by (select max(ms.last) from membership ms where ms.member_id = m.id) desc nulls last, m.id desc limit 1`
      return (await rows<{ workspace: string }>(pool, 'last-workspace', sql, [platform, user]))[0]?.workspace
    },
    async attempts(who: UserKey): Promise<AttemptRecord[]> {
      const sql = `select r.team_id as team, r.date::text as date, a.question, a.item, a.answer, a.correct as right, a.points, ${ms('a.at')} as at
        from attempt a left join round r on r.id = a.round_id where a.member_id = (select m.id from ${ME}) order by a.at, a.id`
      const found = await rows<AttemptRecord & { team: number | null; date: string | null }>(pool, 'attempts', sql, keyOf(who))
      return found.map((row) => ({ ...row, team: row.team ?? undefined, date: row.date ?? undefined }))
    },
    async hide(who: UserKey, hidden: boolean): Promise<boolean> {
      const workspace = { platform: who.platform, external: who.workspace }
      return (await prisma.member.updateMany({ where: { user: who.user, workspace }, data: { hidden } })).count > 0
    },
    async exportMember(who: UserKey): Promise<Record<string, unknown> | undefined> {
      const member = await find(who)
      const admin = { admin: who.user, workspace: { platform: who.platform, external: who.workspace } }
      const teams = await prisma.team.findMany({ where: admin, select: { channel: true, name: true }, orderBy: { id: 'asc' } })
      const installed = await prisma.install.count({ where: { installer: who.user, workspace: admin.workspace } })
      const messages = await messagesOf(pool, who.workspace, who.user)
      if (!member && teams.length === 0 && installed === 0 && messages.length === 0) return undefined
      const memberId = member?.id ?? 0
      const [memberships, attempts, standings, reports] = await Promise.all([
        prisma.membership.findMany({ where: { memberId } }),
        prisma.attempt.findMany({ where: { memberId }, orderBy: { at: 'asc' } }),
        prisma.standing.findMany({ where: { memberId } }),
        prisma.report.findMany({ where: { memberId } }),
      ])
      // JSON has no big integers; every id here is far below 2^53.
      return JSON.parse(
        JSON.stringify(
          { member, memberships, attempts, standings, reports, messages, admin: teams, installedCohort: installed > 0 },
          (_key, value) => (typeof value === 'bigint' ? Number(value) : value),
        ),
      )
    },
    async forgetMember(who: UserKey): Promise<boolean> {
      const [row] = await againAndAgain(() => rows<{ stored: boolean }>(pool, 'forget', FORGET, keyOf(who)))
      return row?.stored ?? false
    },
  }
}

/** Memberships are locked first and in order, as an answer and a regrade do, so that neither waits for the other in a ring. All else goes with the member. */
const FORGET = `
with me as (select m.id, m.workspace_id from ${ME}),
held as (select ms.member_id from membership ms where ms.member_id in (select id from me) order by ms.team_id for update),
gone as (delete from member where id in (select id from me) and (select count(*) from held) >= 0 returning id),
place as (select id from workspace where platform = $1 and external = $2),
unnamed as (update team set admin = '' where admin = $3 and workspace_id in (select id from place) returning id),
installed as (update install set installer = '' where installer = $3 and workspace_id in (select id from place) returning workspace_id)
select exists (select from gone) or exists (select from unnamed) or exists (select from installed) as stored`

function keyOf(who: UserKey): string[] {
  return [who.platform, who.workspace, who.user]
}
