/** Points for the writers of questions that others have answered. */
import type { PoolClient } from 'pg'
import { AUTHOR_ANSWERS, AUTHOR_BONUS, AUTHOR_WEEKLY } from '../core/scoring.js'
import { rows } from './sql.js'
import { IDENT } from './team-question-rows.js'

/**
 * Credits the writers for the answers of the settled round's team so far: once per question, the oldest
 * first. Questions over the limit of the week are credited in a later one. The authors are locked, since
 * rounds of two teams may end at once.
 */
export async function creditAuthors(db: PoolClient, round: number): Promise<void> {
  const authors = await rows(db, 'credit-hold', AUTHORS, [round])
  if (authors.length > 0) await rows(db, 'credit', CREDIT, [round])
}

const UNCREDITED = `round r join team_question tq on tq.team_id = r.team_id and tq.credited_in is null
    and tq.member_id is not null and tq.question is not null`
const AUTHORS = `select from member m where m.id in (select tq.member_id from ${UNCREDITED} where r.id = $1::int) order by m.id for no key update`

/**
 * Counts the people who answered a question; each counts once, in however many rounds and with whichever
 * account they answered.
 */
const ANSWERERS = `(select count(distinct ${IDENT('m')}) from round p
    join round_item i on i.round_id = p.id and i.item = 0 and i.settled and i.answered > 0 and i.question = tq.question
    join attempt a on a.round_id = i.round_id and a.slot = i.slot and not a.known join member m on m.id = a.member_id
    where p.team_id = r.team_id)`

const CREDIT = `
with due as (
  select tq.id, tq.member_id, r.season, r.week, row_number() over (partition by tq.member_id order by tq.id) as nth
  from ${UNCREDITED} where r.id = $1::int and ${ANSWERERS} >= ${AUTHOR_ANSWERS}),
credited as (
  update team_question tq set credited_in = due.week from due
  where tq.id = due.id and tq.credited_in is null and due.nth <= ${AUTHOR_WEEKLY} - (
    select count(*) from team_question o where o.member_id = due.member_id and o.credited_in = due.week)
  returning tq.team_id, tq.member_id, due.season, due.week),
sums as (select team_id, member_id, season, week, ${AUTHOR_BONUS} * count(*)::int as points from credited group by 1, 2, 3, 4)
insert into standing as s (team_id, period, member_id, points, answered, correct, rests)
select sums.team_id, period, sums.member_id, sums.points, 0, 0,
  coalesce((select ms.rests is not null from membership ms where ms.team_id = sums.team_id and ms.member_id = sums.member_id), true)
from sums cross join lateral unnest(array['all', sums.season, sums.week]) as period order by period, sums.member_id
on conflict (team_id, period, member_id) do update set points = s.points + excluded.points`
