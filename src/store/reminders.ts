/** Reminders: which members want them, and which are due. The outbox holds the messages to send. */
import type { Pool } from 'pg'
import type { DueReminder, ReminderPlan, Reminders, RemindersOff } from '../bot/ports/habits.js'
import type { UserKey } from '../bot/ports/keys.js'
import type { ReminderState } from '../core/reminders.js'
import { type Client, keyOf } from './client.js'
import { at, json, ms, rows, SPOKEN_TO } from './sql.js'

type Somebody = Pick<UserKey, 'platform' | 'user'>

export function reminderVerbs(pool: Pool, prisma: Client) {
  const of = (who: UserKey) => ({ member: { user: who.user, workspace: keyOf(who) } })
  return {
    async remind(who: UserKey, now: number): Promise<boolean> {
      const member = await prisma.member.findFirst({ where: of(who).member, select: { id: true } })
      if (!member) return false
      const on = { at: new Date(now), nextAt: new Date(now), off: null, isUntold: false }
      await prisma.reminder.upsert({
        where: { memberId: member.id },
        create: { memberId: member.id, ...on },
        update: on,
      })
      return true
    },
    async stopReminding(who: UserKey): Promise<void> {
      await prisma.reminder.deleteMany({ where: of(who) })
    },
    async stopRemindingMember(memberId: number, { platform, user }: Somebody): Promise<boolean> {
      const where = { memberId, member: { user, workspace: { platform } } }
      return (await prisma.reminder.deleteMany({ where })).count > 0
    },
    async remindersUntold(memberId: number, off: RemindersOff): Promise<void> {
      const still = off === 'refused' ? { nextAt: { not: null } } : { off }
      const data = { nextAt: null, off, isUntold: true }
      await prisma.reminder.updateMany({ where: { memberId, ...still }, data })
    },
    async reminders(who: UserKey): Promise<Reminders | undefined> {
      const found = await prisma.reminder.findFirst({ where: of(who), select: { off: true } })
      return found ? { off: offOf(found.off) } : undefined
    },
    async takeReminderWord(who: UserKey): Promise<RemindersOff | undefined> {
      const taken = await prisma.reminder.updateManyAndReturn({
        where: { ...of(who), isUntold: true },
        data: { isUntold: false },
        select: { off: true },
      })
      return offOf(taken[0]?.off ?? null)
    },
    async planReminders(
      now: number,
      limit: number,
      platforms: readonly string[],
      plan: (due: DueReminder) => ReminderPlan,
    ): Promise<number> {
      const due = await rows<StateRow>(pool, 'reminders-due', DUE, [at(now), platforms, limit])
      const plans = due.map((row) => ({ row, ...plan({ member: row.member, state: toState(row) }) }))
      if (plans.length === 0) return 0
      const values = [
        plans.map(({ row }) => row.member),
        plans.map(({ row }) => row.version),
        plans.map(({ next }) => at(next)),
        plans.map(({ due }) => (due === undefined ? null : KINDS[due.kind])),
        plans.map(({ due }) => due?.date ?? null),
        plans.map(({ due }) => (due === undefined ? null : at(due.at))),
        plans.map(({ due }) => json(due?.kind === 'remind' ? { wording: due.wording } : {})),
      ]
      return (await rows(pool, 'reminders-planned', PLANNED, values)).length
    },
    async remindersOf(
      member: number,
      now: number,
      who?: Somebody,
    ): Promise<(Reminders & { readonly state: ReminderState }) | undefined> {
      const values = [at(now), member, who?.platform ?? null, who?.user ?? null]
      const [row] = await rows<StateRow>(pool, 'reminders-of', ONE, values)
      return row && { off: offOf(row.off), state: toState(row) }
    },
    async remindLater(
      member: number,
      { platform, user }: Somebody,
      later: { readonly at: number; readonly date: string; readonly wording: number },
    ): Promise<boolean> {
      const data = json({ wording: later.wording, isLater: true })
      const values = [member, platform, user, later.date, at(later.at), data]
      return (await rows(pool, 'remind-later', LATER, values)).length > 0
    },
  }
}

const KINDS = { remind: 'reminder', stop: 'reminders-over' } as const

function offOf(stored: string | null): RemindersOff | undefined {
  return (['refused', 'unanswered'] as const).find((one) => one === stored)
}

interface StateRow extends Record<string, unknown> {
  readonly member: number
  readonly version: string
  readonly off: string | null
  readonly active: number
  readonly zone: string
  readonly teams: readonly {
    readonly zone: string
    readonly days: readonly number[]
    readonly isOn: boolean
  }[]
  readonly away: ReminderState['away']
  readonly sent: ReminderState['sent']
}

/**
 * If the member's zone is unknown, the zone of the oldest team is used. The days are those on which any of
 * the teams has a question.
 */
function toState({ active, zone, teams, away, sent }: StateRow): ReminderState {
  const days = teams.filter(({ isOn }) => isOn).flatMap((team) => team.days)
  return { active, zone: zone || (teams[0]?.zone ?? 'UTC'), days: [...new Set(days)], away, sent }
}

/**
 * $1 now. The reminder must be called `r`, its member `m`. A reminder that was dropped after its first try
 * may have got through. Choosing a wording needs the reminders of two weeks; deciding when to stop needs all
 * since the last answer.
 */
const STATE = `
select r.member_id as member, r.xmin::text as version, r.off, m.zone, ${ms('k.active')} as active,
  (select coalesce(json_agg(json_build_object('zone', t.zone, 'days', t.days, 'isOn', not t.paused) order by t.id), '[]')
   from membership ms join team t on t.id = ms.team_id where ms.member_id = m.id and ms.rests is distinct from 'left' and ms.rests is distinct from 'gone') as teams,
  (select coalesce(json_agg(json_build_object('from', a.from_on, 'until', a.until_on)), '[]')
   from away a where a.member_id = m.id and a.until_on >= ($1::timestamptz)::date - 2) as away,
  (select coalesce(json_agg(json_build_object('at', ${ms('d.due_at')}, 'wording', (d.data->>'wording')::int, 'isLater', d.data ? 'isLater')), '[]')
   from delivery d where d.member_id = m.id and d.kind = 'reminder' and (d.state <> 'dropped' or d.tries > 1)
     and d.due_at > least($1::timestamptz - interval '15 days', k.active)) as sent
from reminder r join member m on m.id = r.member_id join workspace w on w.id = m.workspace_id
  cross join lateral (select greatest(r.at, (
    select max(l.at) from member o cross join lateral (select max(a.at) as at from attempt a where a.member_id = o.id) l
    where o.id = m.id or o.person_id = m.person_id)) as active) k`

const DUE = `${STATE} where r.next_at <= $1::timestamptz and w.platform = any($2::text[]) and ${SPOKEN_TO} order by r.next_at limit $3::int`
const ONE = `${STATE} where r.member_id = $2::int and ($3::text is null or (w.platform = $3::text and m.user_id = $4::text))`

/**
 * Takes a row per member: id, version, next look, and the reminder that is due, if any: its kind, local date,
 * time and data. Writes only rows that nobody planned or changed meanwhile. The message that there will be no
 * more also switches reminders off.
 */
const PLANNED = `
with plan as (
  select * from unnest($1::int[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::timestamptz[], $7::jsonb[])
    as p(member, version, next, kind, date, due_at, data)),
mine as (
  update reminder r set next_at = case when p.kind = 'reminders-over' then null else p.next end,
    off = case when p.kind = 'reminders-over' then 'unanswered' end
  from plan p where r.member_id = p.member and r.xmin::text = p.version returning r.member_id),
due as (
  insert into delivery (key, kind, platform, member_id, due_at, data)
  select p.kind || '-' || p.member || '-' || p.date, p.kind, w.platform, p.member, p.due_at, p.data
  from plan p join mine on mine.member_id = p.member join member m on m.id = p.member join workspace w on w.id = m.workspace_id
  where p.kind is not null on conflict do nothing)
select member_id from mine`

/** Works once per date. */
const LATER = `
insert into delivery (key, kind, platform, member_id, due_at, data)
select 'later-' || m.id || '-' || $4::text, 'reminder', w.platform, m.id, $5::timestamptz, $6::jsonb
from reminder r join member m on m.id = r.member_id join workspace w on w.id = m.workspace_id
where r.member_id = $1::int and w.platform = $2::text and m.user_id = $3::text and r.next_at is not null
on conflict do nothing returning key`
