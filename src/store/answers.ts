/** The answer path: one named statement, one round trip. */
import type { Pool } from 'pg'
import type { AnswerResult, GivenAnswer, PracticeAnswer, UserKey } from '../bot/store.js'
import { ANY_ANSWER } from '../core/grade.js'
import { STREAK_BONUS, STREAK_STEP, TRIED } from '../core/scoring.js'
import { FREEZE_EVERY, MAX_FREEZES } from '../core/streak.js'
import { againAndAgain, at, MEMBER, rows } from './sql.js'

/**
 * $1 platform, $2 workspace, $3 user, $4 name, $5 round, $6 slot, $7 answer, $8 now. No row back: nothing was recorded.
 * An answer to a round that is out but not yet recorded as posted counts. The membership is locked before the streak is computed,
 * so two answers of one member never both see the day as new; `streak.ts` states the same rule as a function. The item is locked before
 * that, in the way that its foreign key does anyway: while a regrade is at it the answer waits, and then sees the new key.
 */
export const ANSWER = `
with target as (
  select ri.question, ri.version, ri.seed, ri.item, ri.truth, ri.key in ($7::text, '${ANY_ANSWER}') as correct,
    case when ri.key in ($7::text, '${ANY_ANSWER}') then ri.worth else ${TRIED} end as base,
    r.team_id, r.date, r.season, r.week, t.workspace_id
  from round_item ri join round r on r.id = ri.round_id join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id
  where ri.round_id = $5::int and ri.slot = $6::int and w.platform = $1::text and w.external = $2::text
    and r.state in ('due', 'posted') and r.closes_at > $8::timestamptz
  for key share of ri),
known as (select m.id, m.name from target join member m on m.workspace_id = target.workspace_id and m.user_id = $3::text),
renamed as (update member set name = $4::text where id = (select id from known where name <> $4::text)),
joined as (
  insert into member (workspace_id, user_id, name) select workspace_id, $3::text, $4::text from target where not exists (select from known)
  on conflict (workspace_id, user_id) do update set name = excluded.name returning id),
me as (select id from known union all select id from joined),
old as (
  select ms.* from me join target on true join membership ms on ms.team_id = target.team_id and ms.member_id = me.id for update of ms),
gap as (
  select target.*, me.id as member_id, old.days, old.best, old.freezes, old.answered, old.last, coalesce(old.last >= target.date, false) as same_day,
    (select count(*) from round p where p.team_id = target.team_id and p.date > old.last and p.date < target.date and p.state <> 'skipped') as missed
  from target join me on true left join old on true),
day as (
  select gap.*, case when same_day then days when last is not null and missed <= freezes then days + 1 else 1 end as new_days,
    case when same_day then answered else coalesce(answered, 0) + 1 end as new_answered,
    case when same_day then freezes else greatest(0, coalesce(freezes, 0) - missed) end as left_freezes
  from gap),
given as (select day.*, case when not same_day and new_days % ${STREAK_STEP} = 0 then ${STREAK_BONUS} else 0 end as bonus from day),
attempt as (
  insert into attempt (member_id, round_id, slot, question, version, seed, item, answer, correct, points, at)
  select member_id, $5::int, $6::int, question, version, seed, item, $7::text, correct, base + bonus, $8::timestamptz from given
  on conflict (round_id, slot, member_id) do nothing returning points),
moved as (
  insert into membership (team_id, member_id, days, best, freezes, answered, last)
  select team_id, member_id, new_days, greatest(coalesce(best, 0), new_days),
    case when not same_day and new_answered % ${FREEZE_EVERY} = 0 then least(${MAX_FREEZES}, left_freezes + 1) else left_freezes end,
    new_answered, greatest(last, date)
  from given join attempt on true
  on conflict (team_id, member_id) do update set days = excluded.days, best = excluded.best, freezes = excluded.freezes,
    answered = excluded.answered, last = excluded.last
  returning days, best, freezes, answered, last),
scored as (
  insert into standing as s (team_id, period, member_id, points, answered, correct)
  select given.team_id, period, given.member_id, attempt.points, 1, given.correct::int
  from given join attempt on true cross join lateral unnest(array['all', given.season, given.week]) as period
  on conflict (team_id, period, member_id) do update
    set points = s.points + excluded.points, answered = s.answered + 1, correct = s.correct + excluded.correct
  returning period, points)
select given.team_id, given.question, given.version, given.seed::float8 as seed, given.item, given.truth, given.correct, attempt.points, given.bonus,
  moved.days, moved.best, moved.freezes, moved.answered, moved.last::text as last,
  (select points from scored where period = given.season) as season_points,
  (select count(*)::int from round_item where round_id = $5::int) as slots
from given join attempt on true join moved on true`

/** Why nothing was recorded. */
const EARLIER = `
select ri.question, ri.version, ri.seed::float8 as seed, ri.item, ri.truth, r.team_id, a.answer, a.correct, a.points,
  (select count(*)::int from round_item where round_id = $4::int) as slots
from round_item ri join round r on r.id = ri.round_id join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id
  left join member m on m.workspace_id = w.id and m.user_id = $3::text
  left join attempt a on a.round_id = ri.round_id and a.slot = ri.slot and a.member_id = m.id
where w.platform = $1::text and w.external = $2::text and ri.round_id = $4::int and ri.slot = $5::int`

interface Row {
  team_id: number
  question: string
  version: string
  seed: number
  item: number
  truth: string | null
  answer: string | null
  correct: boolean
  points: number
  bonus: number
  days: number
  best: number
  freezes: number
  answered: number
  last: string
  season_points: number
  slots: number
}

export function answerVerbs(pool: Pool) {
  return {
    async answer(given: GivenAnswer): Promise<AnswerResult> {
      const values = [given.platform, given.workspace, given.user, given.name, given.round, given.slot, given.answer, at(given.now)]
      const [row] = await againAndAgain(() => rows<Row>(pool, 'answer', ANSWER, values))
      if (!row) return whyNot(pool, given)
      const { days, best, freezes, answered, last, bonus } = row
      return {
        outcome: 'recorded',
        right: row.correct,
        points: row.points,
        bonus,
        streak: { days, best, freezes, answered, last },
        seasonPoints: row.season_points,
        posted: posted(row),
      }
    },
    async answerOf(who: UserKey, round: number, slot: number) {
      const [row] = await rows<Row>(pool, 'earlier', EARLIER, [who.platform, who.workspace, who.user, round, slot])
      return row && row.answer !== null ? { answer: row.answer, right: row.correct, points: row.points } : undefined
    },
    async practise(p: PracticeAnswer): Promise<'recorded' | 'already'> {
      const values = [p.platform, p.workspace, p.user, p.name, p.question, p.version, p.seed, p.item, p.answer, p.right, at(p.now)]
      return (await againAndAgain(() => rows(pool, 'practise', PRACTISE, values))).length > 0 ? 'recorded' : 'already'
    },
  }
}

const PRACTISE = `
with ${MEMBER},
renamed as (update member set name = $4::text where id = (select id from known where name <> $4::text))
insert into attempt (member_id, question, version, seed, item, answer, correct, points, at)
select id, $5::text, $6::text, $7::bigint, $8::int, $9::text, $10::bool, 0, $11::timestamptz from me
on conflict (member_id, question, seed, item) where round_id is null do nothing returning id`

async function whyNot(pool: Pool, given: GivenAnswer): Promise<AnswerResult> {
  const [row] = await rows<Row>(pool, 'earlier', EARLIER, [given.platform, given.workspace, given.user, given.round, given.slot])
  if (!row) return { outcome: 'unknown' }
  if (row.answer === null) return { outcome: 'closed' }
  return { outcome: 'already', answer: row.answer, right: row.correct, points: row.points, posted: posted(row) }
}

function posted(row: Row) {
  const { question, version, seed, item, slots } = row
  return { team: row.team_id, question, version, seed, truth: row.truth ?? undefined, item, slots }
}
