import { setImmediate as turn } from 'node:timers/promises'
import type { Pool } from 'pg'
import { type AttemptRecord, DIRECT, LATEST_ATTEMPTS, type StreakNow, type Totals, type UserKey } from '../bot/ports/store.js'
import type { Member } from '../core/model.js'
import type { PrismaClient } from '../generated/prisma/client.js'
import { SPENT_HASH } from './spent.js'
import { againAndAgain, HERE, ms, rows } from './sql.js'

const ME = 'member m join workspace w on w.id = m.workspace_id where w.platform = $1 and w.external = $2 and m.user_id = $3'

/** By the index on (member_id, at, id); as one JSON value, which is read in a third of the time that so many rows take. */
const ATTEMPTS = `select coalesce(json_agg(json_build_object('team', r.team_id, 'date', r.date, 'question', a.question, 'item', a.item,
    'answer', a.answer, 'right', a.correct, 'points', a.points, 'at', ${ms('a.at')}) order by a.at, a.id), '[]') as found
  from (select * from attempt where member_id = (select m.id from ${ME}) order by at desc, id desc limit $4::int) a
    left join round r on r.id = a.round_id`

/** One row of `standing` for each team that was joined, and the answers to its rounds that are open. */
const OWN_TOTALS = `
with mine as (select me.id, ms.team_id from (select m.id from ${ME}) me join membership ms on ms.member_id = me.id),
parts as (
  select s.points, s.answered, s.correct from mine join standing s on s.team_id = mine.team_id and s.period = 'all' and s.member_id = mine.id
  union all
  select a.points, 1, a.correct::int from mine join round o on o.team_id = mine.team_id and o.state in ('due', 'posted')
    join round_item i on i.round_id = o.id and not i.settled
    join attempt a on a.round_id = i.round_id and a.slot = i.slot and a.member_id = mine.id)
select coalesce(sum(points), 0)::int as points, coalesce(sum(answered), 0)::int as answered, coalesce(sum(correct), 0)::int as right from parts`

const START = { at: '-infinity', id: '0' }
/** Answers that are deleted in one statement. */
const FORGOTTEN_AT_ONCE = 250

type StoredAttempt = AttemptRecord & { readonly team: number | null; readonly date: string | null }

export function memberVerbs(pool: Pool, prisma: PrismaClient) {
  async function forgetMost(who: UserKey): Promise<void> {
    let [from, last]: { at: string; id: string }[] = [START, START]
    for (;;) {
      const values = [...keyOf(who), FORGOTTEN_AT_ONCE, from?.at, from?.id]
      const [next] = await againAndAgain(() => rows<{ at: string; id: string }>(pool, 'forget-some', FORGET_SOME, values))
      if (!next) return
      from = last
      last = next
      await turn()
    }
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
      const [row] = await rows<{ found: StoredAttempt[] }>(pool, 'attempts', ATTEMPTS, [...keyOf(who), LATEST_ATTEMPTS])
      return (row?.found ?? []).map((one) => ({ ...one, team: one.team ?? undefined, date: one.date ?? undefined }))
    },
    async ownTotals(who: UserKey): Promise<Totals> {
      const [row] = await rows<Totals & Record<string, unknown>>(pool, 'own-totals', OWN_TOTALS, keyOf(who))
      return row ?? { points: 0, answered: 0, right: 0 }
    },
    async hide(who: UserKey, hidden: boolean): Promise<boolean> {
      const workspace = { platform: who.platform, external: who.workspace }
      return (await prisma.member.updateMany({ where: { user: who.user, workspace }, data: { hidden } })).count > 0
    },
    async forgetMember(who: UserKey): Promise<boolean> {
      await forgetMost(who)
      const [row] = await againAndAgain(() => rows<{ stored: boolean }>(pool, 'forget', FORGET, keyOf(who)))
      return row?.stored ?? false
    },
  }
}

/**
 * The oldest answers go beforehand, a part at a time, since all at once would stall the others; $4 are left to go with the member, among
 * them those of open rounds. A part begins after $5 and $6, which is where the part before began: an entry of the index whose row is gone is
 * struck out when it is met once more, and else the last statement would meet all of them.
 */
const FORGET_SOME = `
with me as (select m.id from ${ME}),
held as (select ms.member_id from membership ms where ms.member_id in (select id from me) order by ms.team_id for update),
cut as (select at, id from attempt where member_id = (select id from me) order by at desc, id desc offset $4::int limit 1),
old as (
  select a.id, a.at from attempt a where a.member_id = (select id from me) and (select count(*) from held) >= 0
    and (a.at, a.id) > ($5::timestamptz, $6::bigint) and (a.at, a.id) <= (select at, id from cut)
  order by a.at, a.id limit ${FORGOTTEN_AT_ONCE}),
gone as (delete from attempt a using old where a.id = old.id returning old.at, old.id)
select at::text, id::text from gone order by gone.at desc, gone.id desc limit 1`

/**
 * Memberships are locked first and in order, as an answer and a regrade do, so that neither waits for the other in a ring. All else goes with
 * the member; of an answer to a round that is open a hash stays until its close, so that it is not given twice.
 */
const FORGET = `
with me as (
  select m.id, m.workspace_id from member m join workspace w on w.id = m.workspace_id
  where w.platform = $1 and w.external in ($2, '${DIRECT}') and m.user_id = $3),
held as (select ms.member_id from membership ms where ms.member_id in (select id from me) order by ms.team_id for update),
spent as (
  insert into spent_answer (round_id, slot, hash)
  select i.round_id, i.slot, ${SPENT_HASH('r.hash_key', '$1::text', '$2::text', '$3::text')}
  from me join attempt a on a.member_id = me.id join round_item i on i.round_id = a.round_id and i.slot = a.slot and not i.settled
    join round r on r.id = i.round_id where r.hash_key is not null and (select count(*) from held) >= 0
  on conflict do nothing returning round_id),
gone as (delete from member where id in (select id from me) and (select count(*) from spent) >= 0 returning id),
place as (select id from workspace where platform = $1 and external = $2),
unnamed as (update team set admin = '' where admin = $3 and workspace_id in (select id from place) returning id),
installed as (update install set installer = '' where installer = $3 and workspace_id in (select id from place) returning workspace_id),
places as (select id from workspace where platform = $1 and external in ($2, '${DIRECT}')),
unsent as (delete from form_draft where user_id = $3 and workspace_id in (select id from places) returning id)
select exists (select from gone) or exists (select from unnamed) or exists (select from installed) or exists (select from unsent) as stored`

function keyOf(who: UserKey): string[] {
  return [who.platform, who.workspace, who.user]
}
