/** Reports of a team's weeks: made once when a week is over, and stored as sent. */
import type { Pool } from 'pg'
import type {
  NewTeamReport,
  ReportOrder,
  SharedProgress,
  TeamReport,
  TeamReportStore,
  Unreported,
} from '../bot/ports/team-reports.js'
import { ANY_ANSWER } from '../core/grade.js'
import { type Cell, MIN_PEOPLE } from '../core/group-figures.js'
import { type Client, dateOf } from './client.js'
import { JOINED } from './memberships.js'
import { at, json, rows } from './sql.js'
import { toTeam } from './teams.js'

export function teamReportVerbs(pool: Pool, prisma: Client): TeamReportStore {
  const isShared = (teamId: number) => ({ memberships: { some: { teamId, ...JOINED } }, shares: true })
  return {
    async teamReports(teamId, from): Promise<TeamReport[]> {
      const found = await prisma.teamReport.findMany({
        where: { teamId, week: { gte: from } },
        orderBy: { week: 'asc' },
      })
      // Only `saveTeamReport` writes cells.
      return found.map(({ week, members, people, cells }) => {
        return { week, members, people, cells: cells as unknown as Cell[] }
      })
    },
    async unreported(team, from, week): Promise<Unreported[]> {
      const found = await rows<UnreportedRow>(pool, 'unreported', UNREPORTED, [team, from, week])
      return found.map((row) => ({ ...row, keyVersion: row.keyVersion ?? undefined }))
    },
    async sharing(teamId): Promise<number[]> {
      const found = await prisma.member.findMany({ where: isShared(teamId), select: { id: true } })
      return found.map(({ id }) => id)
    },
    async firstAsked(teamId) {
      const found = await prisma.round.findMany({
        where: { teamId, state: { not: 'skipped' } },
        orderBy: { date: 'desc' },
        select: { date: true, items: { select: { question: true } } },
      })
      return new Map(
        found.flatMap(({ date, items }) => items.map(({ question }) => [question, dateOf(date)] as const)),
      )
    },
    async saveTeamReport({ team, week, at: now, cells, items, named }: NewTeamReport): Promise<void> {
      const places = [items.map(({ round }) => round), items.map(({ slot }) => slot)]
      await rows(pool, 'save-report', SAVE, [team, week, at(now), json(cells), ...places, named])
    },
    async sharedProgress(teamId, week): Promise<SharedProgress[]> {
      const found = await prisma.progress.findMany({
        where: { teamId, week, member: isShared(teamId) },
        include: { member: { select: { name: true } } },
        orderBy: { member: { name: 'asc' } },
      })
      return found.map(({ member: { name }, answered, correct: right }) => ({ name, answered, right }))
    },
    async reportOrder(teamId): Promise<ReportOrder | undefined> {
      const found = await prisma.reportOrder.findUnique({ where: { teamId } })
      return found ? { user: found.user, channel: found.channel ?? undefined } : undefined
    },
    async orderReport(teamId, { user, channel }, nextAt) {
      const data = { user, channel: channel ?? null, nextAt: new Date(nextAt) }
      await prisma.reportOrder.upsert({ where: { teamId }, create: { teamId, ...data }, update: data })
    },
    async cancelReport(teamId) {
      await prisma.reportOrder.deleteMany({ where: { teamId } })
    },
    async reportsDue(platform, now, limit) {
      const here = { platform, removedAt: null, pausedAt: null }
      const found = await prisma.reportOrder.findMany({
        where: { nextAt: { lte: new Date(now) }, team: { workspace: here } },
        orderBy: { nextAt: 'asc' },
        include: { team: { include: { workspace: true } } },
        take: limit,
      })
      return found.map(({ nextAt, team: { workspace: of, ...team } }) => ({
        team: toTeam(team, { platform: of.platform, workspace: of.external }),
        nextAt: nextAt.getTime(),
      }))
    },
    async moveReport(teamId, to, from) {
      const where = { teamId, ...(from !== undefined && { nextAt: new Date(from) }) }
      await prisma.reportOrder.updateMany({ where, data: { nextAt: new Date(to) } })
    },
    async reportTrouble(teamId) {
      const last = await prisma.delivery.findFirst({
        where: { teamId, kind: 'report' },
        orderBy: { dueAt: 'desc' },
        select: { state: true, reason: true },
      })
      return last?.reason ?? undefined
    },
  }
}

type UnreportedRow = Unreported & { readonly keyVersion: string | null }

/** `a`: the answers to the item `i`, except those of members who knew the key beforehand. */
const OF_ITEM = 'attempt a where a.round_id = i.round_id and a.slot = i.slot and not a.known'

/**
 * The people who answered are returned only for items with few answers, and the chosen answers only for the
 * others.
 */
const UNREPORTED = `
select i.round_id as round, i.slot, i.question, i.version, i.seed::float8 as seed, i.item, i.key_version as "keyVersion", r.date::text as date,
  i.answered, i.correct as right,
  case when i.answered < ${MIN_PEOPLE} then array(select a.member_id from ${OF_ITEM}) else '{}'::int[] end as people,
  (select count(*)::int from ${OF_ITEM} and a.member_id in (
    select m.id from membership ms join member m on m.id = ms.member_id
    where ms.team_id = r.team_id and m.shares and ms.rests is distinct from 'left')) as sharing,
  case when i.answered >= ${MIN_PEOPLE} then (
    select coalesce(json_agg(json_build_object('answer', g.answer, 'count', g.n)), '[]')
    from (select a.answer, count(*)::int as n from ${OF_ITEM} group by a.answer) g) else '[]' end as answers
from round r join round_item i on i.round_id = r.id and i.settled and i.report_week is null and i.answered > 0 and i.key <> '${ANY_ANSWER}'
where r.team_id = $1::int and r.week between $2::text and $3::text order by r.date, i.slot`

/** One statement, so that a week has its whole report or none. */
const SAVE = `
with made as (
  insert into team_report (team_id, week, at, cells, members, people)
  select t.id, $2::text, $3::timestamptz, $4::jsonb, (select count(*) from membership ms where ms.team_id = t.id and ms.rests is distinct from 'left'),
    (select count(distinct a.member_id) / ${MIN_PEOPLE} * ${MIN_PEOPLE} from round r join attempt a on a.round_id = r.id where r.team_id = t.id and r.week = $2::text)
  from team t where t.id = $1::int on conflict do nothing returning team_id),
items as (
  update round_item i set report_week = $2::text from made, unnest($5::int[], $6::int[]) k(round_id, slot)
  where i.round_id = k.round_id and i.slot = k.slot returning i.round_id, i.slot)
insert into shared_progress (team_id, week, member_id, answered, correct)
select made.team_id, $2::text, a.member_id, count(*), count(*) filter (where a.correct)
from made join items on true join attempt a on a.round_id = items.round_id and a.slot = items.slot and not a.known
  join member m on m.id = a.member_id and m.shares
where a.member_id = any($7::int[]) group by made.team_id, a.member_id`
