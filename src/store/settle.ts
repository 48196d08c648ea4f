/**
 * Ends a round: no further answer counts, and the points of the recorded ones are added to the boards, once.
 */
import type { Pool, PoolClient } from 'pg'
import { QUIET_ROUNDS } from '../bot/ports/membership.js'
import { ANY_ANSWER } from '../core/grade.js'
import { creditAuthors } from './author-points.js'
import { AWAY, retryOnConflict, rows, transaction } from './sql.js'

/** Safe to repeat: settled items stay unchanged. */
export async function settle(pool: Pool, round: number): Promise<void> {
  const open = await rows(
    pool,
    'is-open',
    'select from round_item where round_id = $1::int and not settled limit 1',
    [round],
  )
  if (open.length === 0) return
  await retryOnConflict(() => transaction(pool, (db) => settleIn(db, round)))
  // A statement of its own: if a crash prevents it here, the next round does it.
  await retryOnConflict(() => rows(pool, 'settle-quiet', QUIET, [round, QUIET_ROUNDS - 1]))
  await retryOnConflict(() => transaction(pool, (db) => creditAuthors(db, round)))
}

/**
 * Puts members to rest who answered none of the team's last rounds, including this one. Skipped rounds and
 * days of an away time do not count.
 */
const QUIET = `
with team as (select team_id from round where id = $1::int),
edge as (
  select r.date from round r join team on team.team_id = r.team_id
  where r.state = 'closed' or (r.id = $1::int and r.state = 'posted') order by r.date desc offset $2::int limit 1),
quiet as (
  select ms.team_id, ms.member_id from team join membership ms on ms.team_id = team.team_id join edge on ms.last < edge.date
  where ms.rests is null and (not exists (select from away a where a.member_id = ms.member_id and a.until_on > ms.last)
    or (select count(*) from round r where r.team_id = ms.team_id and r.date > ms.last
      and (r.state = 'closed' or (r.id = $1::int and r.state = 'posted')) and not ${AWAY('ms.member_id', 'r.date')}) > $2::int)
  order by ms.member_id for update of ms)
update membership ms set rests = 'quiet' from quiet where ms.team_id = quiet.team_id and ms.member_id = quiet.member_id`

async function settleIn(db: PoolClient, round: number): Promise<void> {
  const open = await rows(db, 'settle-items', ITEMS, [round])
  if (open.length === 0) return
  await rows(db, 'settle-members', MEMBERS, [round])
  await rows(db, 'settle', SETTLE, [round])
  await rows(db, 'settle-spent', 'delete from spent_answer where round_id = $1', [round])
}

/**
 * An answer that is being recorded finishes first; a later one waits, and then finds the item settled
 * (`answers.ts`).
 */
const ITEMS = 'select slot from round_item where round_id = $1::int and not settled order by slot for update'

/** Members are locked before standings and in one order, as in regrades and deletions of members. */
const MEMBERS = `select from membership ms where (ms.team_id, ms.member_id) in (
    select r.team_id, a.member_id from round r join attempt a on a.round_id = r.id where r.id = $1::int)
  order by ms.team_id, ms.member_id for update`

/** A statement of its own, so that it sees the changes that the first one waited for. */
const SETTLE = `
with done as (
  update round_item i set settled = true,
    answered = (select count(*)::int from attempt a where a.round_id = i.round_id and a.slot = i.slot and not a.known),
    correct = (select count(*)::int from attempt a where a.round_id = i.round_id and a.slot = i.slot and not a.known and i.key in (a.answer, '${ANY_ANSWER}'))
  where i.round_id = $1::int and not i.settled returning i.round_id, i.slot),
keyless as (update round set hash_key = null where id = $1::int returning id),
sums as (
  select a.member_id, sum(a.points)::int as points, count(*)::int as answered, (count(*) filter (where a.correct and not a.known))::int as correct
  from done join attempt a on a.round_id = done.round_id and a.slot = done.slot group by a.member_id)
insert into standing as s (team_id, period, member_id, points, answered, correct, rests)
select r.team_id, period, sums.member_id, sums.points, sums.answered, sums.correct,
  coalesce((select ms.rests is not null from membership ms where ms.team_id = r.team_id and ms.member_id = sums.member_id), true)
from sums cross join round r cross join lateral unnest(array['all', r.season, r.week]) as period
where r.id = $1::int order by period, sums.member_id
on conflict (team_id, period, member_id) do update
  set points = s.points + excluded.points, answered = s.answered + excluded.answered, correct = s.correct + excluded.correct`

/**
 * Points of a member in open rounds of a team that will count for a period; the arguments are SQL
 * expressions.
 */
export const OPEN_POINTS = (team: string, period: string, member: string) => `coalesce((
    select sum(oa.points)::int from round o join round_item oi on oi.round_id = o.id and not oi.settled
      join attempt oa on oa.round_id = oi.round_id and oa.slot = oi.slot and oa.member_id = ${member}
    where o.team_id = ${team} and o.state in ('due', 'posted') and ${period} in ('all', o.season, o.week)), 0)`
