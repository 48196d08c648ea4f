/**
 * The answer path: all answers that wait at the same moment are recorded by one named statement, in one round
 * trip.
 */
import type { Pool } from 'pg'
import type { AnswerResult, EarlierAnswer, GivenAnswer, PracticeAnswer } from '../bot/ports/answers.js'
import type { UserKey } from '../bot/ports/keys.js'
import { ANY_ANSWER } from '../core/grade.js'
import { STREAK_BONUS, STREAK_STEP, TRIED } from '../core/scoring.js'
import { FREEZE_EVERY, MAX_FREEZES } from '../core/streak.js'
import { createBatcher } from './batcher.js'
import { OPEN_POINTS } from './settle.js'
import { SPENT } from './spent.js'
import { at, HERE, isSilent, MEMBER, retryIdempotent, rows, userKey } from './sql.js'

/** Whether a member, or another account of theirs, wrote or reviewed the question. */
const KNOWS = (question: string, m: string) => `exists (
    select from team_question tq join question_knower k on k.question_id = tq.id join member ko on ko.id = k.member_id
    where tq.question = ${question} and (ko.id = ${m}.id or ko.person_id = ${m}.person_id))`

/**
 * Records answers of different members, given as arrays: $1 platforms, $2 workspaces, $3 users, $4 names, $5
 * rounds, $6 slots, $7 answers, $8 now, $9 channels. Returns one row for each recorded answer; `n` is its
 * position, from 1. An answer counts even if its round is out but not yet recorded as posted. The membership
 * is locked before the streak is computed, so two answers of one member never both see the day as new; the
 * rule is that of `core/streak.ts`. Away times are not scheduled days; a trigger keeps a streak that was
 * found broken, for its repair. The item is locked before that, as its foreign key does anyway: while a
 * regrade or the close holds it, the answer waits, and then sees the new key, or that the item is settled.
 * Memberships are locked in the order in which `regrades.ts` locks them. Points wait for the close
 * (`settle.ts`), since boards show closed rounds only. Members who knew the key beforehand get the points of
 * a try. A member's own points include those of open rounds. The inner `select`s hide the number of answers
 * from the planner, which would otherwise make a new plan for each number.
 */
const recording = (waits: '' | 'skip locked') => `
with sent as (
  select * from unnest((select $1::text[]), (select $2::text[]), (select $3::text[]), (select $4::text[]), (select $5::int[]),
    (select $6::int[]), (select $7::text[]), (select $8::timestamptz[]), (select $9::text[]))
    with ordinality as s(platform, workspace, user_id, name, round_id, slot, answer, at, channel, n)),
target as (
  select sent.*, ri.question, ri.version, ri.seed, ri.item, ri.key_version, ri.key in (sent.answer, '${ANY_ANSWER}') as correct,
    case when ri.key in (sent.answer, '${ANY_ANSWER}') then ri.max_points else ${TRIED} end as base,
    r.team_id, r.date, r.season, r.week, t.workspace_id
  from sent join round_item ri on ri.round_id = sent.round_id and ri.slot = sent.slot
    join round r on r.id = sent.round_id join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id
  where w.platform = sent.platform and w.external = sent.workspace and ${HERE} and r.state in ('due', 'posted') and r.closes_at > sent.at
    and not ri.settled and (sent.channel is null or r.channel = sent.channel)
    and not ${SPENT('sent.platform', 'sent.workspace', 'sent.user_id')}
  for key share of ri ${waits}),
known as (
  select target.n, m.id, m.name, ${KNOWS('target.question', 'm')} as knows
  from target join member m on m.workspace_id = target.workspace_id and m.user_id = target.user_id),
renamed as (
  update member m set name = target.name from known join target using (n) where m.id = known.id and known.name <> target.name),
joined as (
  insert into member (workspace_id, user_id, name)
  select workspace_id, user_id, name from target where not exists (select from known where known.n = target.n)
  on conflict (workspace_id, user_id) do update set name = excluded.name returning id, workspace_id, user_id),
me as (select n, id, knows from known union all select target.n, joined.id, false from joined join target using (workspace_id, user_id)),
old as (
  select me.n, ms.days, ms.best, ms.freezes, ms.answered, ms.last
  from me join target using (n) join membership ms on ms.team_id = target.team_id and ms.member_id = me.id
  order by ms.team_id, ms.member_id for update of ms),
gap as (
  select target.*, me.id as member_id, me.knows, old.days, old.best, old.freezes, old.answered, old.last, coalesce(old.last >= target.date, false) as same_day,
    (select case when count(*) = 0 then 0 else count(*) - away_rounds(me.id, target.team_id, old.last, target.date) end
     from round p where p.team_id = target.team_id and p.date > old.last and p.date < target.date and p.state <> 'skipped') as missed
  from target join me using (n) left join old using (n)),
day as (
  select gap.*, case when same_day then days when last is not null and missed <= freezes then days + 1 else 1 end as new_days,
    case when same_day then answered else coalesce(answered, 0) + 1 end as new_answered,
    case when same_day then freezes else greatest(0, coalesce(freezes, 0) - missed) end as left_freezes
  from gap),
given as (select day.*, case when knows then ${TRIED} else base end as earned, case when not same_day and new_days % ${STREAK_STEP} = 0 then ${STREAK_BONUS} else 0 end as bonus from day),
recorded as (
  insert into attempt (member_id, round_id, slot, question, version, seed, item, answer, correct, points, known, at)
  select member_id, round_id, slot, question, version, seed, item, answer, correct, earned + bonus, knows, at from given
  on conflict (round_id, slot, member_id) do nothing returning member_id, points),
moved as (
  insert into membership (team_id, member_id, days, best, freezes, answered, last)
  select team_id, member_id, new_days, greatest(coalesce(best, 0), new_days),
    case when not same_day and new_answered % ${FREEZE_EVERY} = 0 then least(${MAX_FREEZES}, left_freezes + 1) else left_freezes end,
    new_answered, greatest(last, date)
  from given join recorded using (member_id)
  on conflict (team_id, member_id) do update set days = excluded.days, best = excluded.best, freezes = excluded.freezes,
    answered = excluded.answered, last = excluded.last
  returning member_id, days, best, freezes, answered, last, lost_days, lost_last)
select given.n::int as n, given.team_id, given.question, given.version, given.seed::float8 as seed, given.item, given.key_version as "keyVersion", given.correct, given.knows,
  recorded.points, given.bonus, moved.days, moved.best, moved.freezes, moved.answered, moved.last::text as last,
  case when moved.lost_last = given.last and moved.last > given.last then moved.lost_days else 0 end as lost_days,
  recorded.points + coalesce((select s.points from standing s where s.team_id = given.team_id and s.period = given.season and s.member_id = given.member_id), 0)
    + ${OPEN_POINTS('given.team_id', 'given.season', 'given.member_id')} as season_points,
  (select count(*)::int from round_item where round_id = given.round_id) as slots
from given join recorded using (member_id) join moved using (member_id)`

export const ANSWER = recording('')
/** Leaves out answers that would have to wait for a regrade. */
const ANSWERS = recording('skip locked')

/** Reads why nothing was recorded. */
const EARLIER = `
select ri.question, ri.version, ri.seed::float8 as seed, ri.item, ri.key_version as "keyVersion", r.team_id, a.answer, a.correct, a.points,
  ${SPENT('w.platform', 'w.external', '$3::text')} as spent,
  (select count(*)::int from round_item where round_id = $4::int) as slots
from round_item ri join round r on r.id = ri.round_id join team t on t.id = r.team_id join workspace w on w.id = t.workspace_id
  left join member m on m.workspace_id = w.id and m.user_id = $3::text
  left join attempt a on a.round_id = ri.round_id and a.slot = ri.slot and a.member_id = m.id
where w.platform = $1::text and w.external = $2::text and ${HERE} and ri.round_id = $4::int and ri.slot = $5::int
  and ($6::text is null or r.channel = $6::text)`

const ANSWERS_OF = `
select a.slot, a.answer, a.correct as right, a.points
from attempt a join member m on m.id = a.member_id join workspace w on w.id = m.workspace_id
where w.platform = $1::text and w.external = $2::text and m.user_id = $3::text and ${HERE} and a.round_id = $4::int`

/**
 * Includes the rounds of all teams of the workspace, since a person may be about to join a team, and those of
 * the teams of every linked account.
 */
const OPEN_ITEMS = `
with own as (
  select m.id, m.person_id from member m join workspace w on w.id = m.workspace_id where m.user_id = $3::text and w.platform = $1::text),
mine as (select id from own union select o.id from own join member o on o.person_id = own.person_id),
near as (
  select t.id from team t join workspace w on w.id = t.workspace_id where w.platform = $1::text and w.external = $2::text
  union
  select ms.team_id from mine join membership ms on ms.member_id = mine.id)
select distinct i.question, i.item from near join round r on r.team_id = near.id and r.state in ('due', 'posted')
  join round_item i on i.round_id = r.id and not i.settled
where not exists (
  select from mine join attempt a on a.round_id = i.round_id and a.slot = i.slot and a.member_id = mine.id)`

export const openItems = (pool: Pool, { platform, workspace, user }: UserKey) =>
  rows<{ question: string; item: number }>(pool, 'open-items', OPEN_ITEMS, [platform, workspace, user])

interface AnswerRow {
  n: number
  team_id: number
  question: string
  version: string
  seed: number
  item: number
  keyVersion: string | null
  answer: string | null
  correct: boolean
  points: number
  bonus: number
  knows: boolean
  days: number
  best: number
  freezes: number
  answered: number
  last: string
  lost_days: number
  season_points: number
  slots: number
  spent: boolean
}

/**
 * Limits of answers in one statement and of statements at a time, chosen to take a few hundredths of a
 * second.
 */
const MOST = 50
const STATEMENTS = 2
/** A statement that takes longer is waiting for a lock. */
const SLOW_MS = 200

export function answerVerbs(pool: Pool) {
  const record = createBatcher<GivenAnswer, AnswerRow | undefined>({
    key: ({ platform, workspace, user }) => JSON.stringify([platform, workspace, user]),
    most: MOST,
    acts: STATEMENTS,
    slowMs: SLOW_MS,
    alone: async (answer) => (await retryIdempotent(() => recordAll(pool, 'answer', ANSWER, [answer])))[0],
    together: (answers) => recordAll(pool, 'answers', ANSWERS, answers).catch(unlessSilent),
  })
  return {
    async answer(given: GivenAnswer): Promise<AnswerResult> {
      const row = await record(given)
      if (!row) return whyNot(pool, given)
      const { days, best, freezes, answered, last, bonus } = row
      return {
        outcome: 'recorded',
        right: row.correct,
        points: row.points,
        bonus,
        isKnown: row.knows,
        streak: { days, best, freezes, answered, last },
        lostDays: row.lost_days,
        seasonPoints: row.season_points,
        posted: posted(row),
      }
    },
    async answersOf(who: UserKey, round: number): Promise<ReadonlyMap<number, EarlierAnswer>> {
      const found = await rows<EarlierAnswer & { slot: number }>(pool, 'answers-of', ANSWERS_OF, [
        ...userKey(who),
        round,
      ])
      return new Map(found.map(({ slot, ...earlier }) => [slot, earlier]))
    },
    openItems: (who: UserKey) => openItems(pool, who),
    async practise(p: PracticeAnswer): Promise<'recorded' | 'already' | 'unknown'> {
      const values = [
        p.platform,
        p.workspace,
        p.user,
        p.name,
        p.question,
        p.version,
        p.seed,
        p.item,
        p.answer,
        p.right,
        at(p.now),
        p.confidence ?? null,
      ]
      const [row] = await retryIdempotent(() => rows<{ isNew: boolean }>(pool, 'practise', PRACTISE, values))
      return row ? (row.isNew ? 'recorded' : 'already') : 'unknown'
    },
  }
}

/**
 * After an error of the database each answer is tried alone, so that each fails only for itself. If the
 * database did not answer in time, none is tried again.
 */
function unlessSilent(error: unknown): [] {
  if (isSilent(error)) throw error
  return []
}

/** Returns one element per answer, in order; undefined for an answer that was not recorded. */
async function recordAll(
  pool: Pool,
  name: string,
  sql: string,
  answers: readonly GivenAnswer[],
): Promise<(AnswerRow | undefined)[]> {
  const column = (of: (given: GivenAnswer) => unknown) => answers.map(of)
  const found = await rows<AnswerRow>(pool, name, sql, [
    column((given) => given.platform),
    column((given) => given.workspace),
    column((given) => given.user),
    column((given) => given.name),
    column((given) => given.round),
    column((given) => given.slot),
    column((given) => given.answer),
    column((given) => at(given.now)),
    column((given) => given.channel ?? null),
  ])
  const byPlace = new Map(found.map((row) => [row.n, row]))
  return answers.map((_, i) => byPlace.get(i + 1))
}

const PRACTISE = `
with ${MEMBER},
renamed as (update member set name = $4::text where id = (select id from known where name <> $4::text)),
done as (
  insert into attempt (member_id, question, version, seed, item, answer, correct, points, at, confidence, known)
  select m.id, $5::text, $6::text, $7::bigint, $8::int, $9::text, $10::bool, 0, $11::timestamptz, $12::text,
    coalesce((select ${KNOWS('$5::text', 'o')} from member o where o.id = m.id), false) from me m
  on conflict (member_id, question, seed, item) where round_id is null do nothing returning id)
select exists (select from done) as "isNew" from place`

async function whyNot(
  pool: Pool,
  { platform, workspace, user, round, slot, channel }: GivenAnswer,
): Promise<AnswerResult> {
  const [row] = await rows<AnswerRow>(pool, 'earlier', EARLIER, [
    platform,
    workspace,
    user,
    round,
    slot,
    channel ?? null,
  ])
  if (!row) return { outcome: 'unknown' }
  if (row.answer === null) return { outcome: row.spent ? 'spent' : 'closed' }
  return {
    outcome: 'already',
    answer: row.answer,
    right: row.correct,
    points: row.points,
    posted: posted(row),
  }
}

function posted(row: AnswerRow) {
  const { question, version, seed, item, slots } = row
  return { team: row.team_id, question, version, seed, keyVersion: row.keyVersion ?? undefined, item, slots }
}
