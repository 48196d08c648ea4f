/** Mock exams. Every press is one statement; so is handing in, which turns the answers into attempts. */

import type { Pool } from 'pg'
import type { ExamItem, ExamPress, ExamStore, MockExam, NewExam } from '../bot/ports/exams.js'
import type { UserKey } from '../bot/ports/keys.js'
import { WARNINGS } from '../core/exam.js'
import { DAY_MS } from '../core/time.js'
import { personFor } from './learners.js'
import { at, json, ME, ms, retryIdempotent, rows, userKey } from './sql.js'

export function examVerbs(pool: Pool): ExamStore {
  const found = async (name: string, sql: string, values: readonly unknown[]) =>
    (await retryIdempotent(() => rows<{ id: number }>(pool, name, sql, values))).map(({ id }) => id)
  return {
    async startExam(who, exam) {
      const person = await personFor(pool, who)
      if (person === undefined) return undefined
      const values = [...userKey(who), person, ...valuesOf(exam)]
      const [id] = await found('exam-start', START, values)
      return id === undefined ? 'running' : { id }
    },
    async exam(who: UserKey, id?: number) {
      const [row] = await rows<ExamRow>(pool, 'exam', EXAM, [...userKey(who), id ?? null])
      return row && toExam(row)
    },
    async pressExam(
      who: UserKey,
      id: number,
      { place, answer, isFlagged, confidence, shows, now }: ExamPress,
    ) {
      const values = [
        ...userKey(who),
        id,
        at(now),
        place,
        answer ?? null,
        isFlagged ?? null,
        shows,
        confidence ?? null,
      ]
      return (await found('exam-press', PRESS, values)).length > 0
    },
    async handInExam(who: UserKey, id: number, now: number) {
      return (await found('exam-hand-in', HAND_IN, [at(now), ...userKey(who), id])).length > 0
    },
    handInOver: (now: number) => found('exam-over', HAND_IN_OVER, [at(now)]),
    examQuestions: (who: UserKey) =>
      rows<{ question: string; at: number }>(pool, 'exam-questions', QUESTIONS, userKey(who)),
    async planMisses(who: UserKey, id: number, now: number) {
      return (await found('exam-plan', PLAN, [...userKey(who), id, at(now)])).length > 0
    },
    async examWorkspace(platform: string, user: string, id?: number) {
      const values = [platform, user, id ?? null]
      const [row] = await rows<{ workspace: string }>(pool, 'exam-workspace', WORKSPACE, values)
      return row?.workspace
    },
  }
}

const valuesOf = ({ pack, exam, length, minutes, startedAt, items }: NewExam) => [
  ...[pack, exam, length, minutes, at(startedAt)],
  json(items.map((item, place) => ({ ...item, place }))),
]

/**
 * $4 person, who may have been linked with another since, $5 pack, $6 exam, $7 length, $8 minutes, $9 start,
 * $10 items. If two start at once, the one that gets the row of the person's running exam wins.
 */
const START = `
with me as (select m.id, m.person_id, w.platform from ${ME}),
begun as (
  insert into mock_exam (person_id, member_id, pack, exam, length, minutes, started_at, ends_at, shown_at)
  select coalesce(me.person_id, $4::int), me.id, $5::text, $6::text, $7::text, $8::int, $9::timestamptz, $9::timestamptz + $8::int * interval '1 minute', $9::timestamptz from me
  on conflict (person_id) where handed_in_at is null do nothing returning id, member_id, ends_at),
posed as (
  insert into mock_item (exam_id, place, question, version, seed, item, key, domain)
  select begun.id, i.place, i.question, i.version, i.seed, i.item, i.key, i.domain
  from begun, json_to_recordset($10::json) i(place int, question text, version text, seed bigint, item int, key text, domain int)),
due as (
  insert into delivery (key, kind, platform, member_id, data, due_at)
  select d.kind || '-' || begun.id || '-' || d.minutes, d.kind, me.platform, begun.member_id,
    jsonb_build_object('exam', begun.id, 'minutes', d.minutes), begun.ends_at - d.minutes * interval '1 minute'
  from begun, me, (values ${WARNINGS.map((minutes) => `('exam-warning', ${minutes})`).join(', ')}, ('exam-over', 0)) d(kind, minutes)
  where d.minutes < $8::int on conflict do nothing)
select id from begun`

/** Deliveries planned for the exam with this id. */
const DUE = (id: string) =>
  `d.key in (${[...WARNINGS.map((minutes) => `'exam-warning-' || ${id} || '-${minutes}'`), `'exam-over-' || ${id} || '-0'`].join(', ')}) and d.state = 'due'`

interface ExamRow extends Record<string, unknown>, Omit<MockExam, 'handedInAt' | 'items'> {
  readonly handedInAt: number | null
  readonly items: readonly (Omit<ExamItem, 'answer' | 'domain' | 'confidence'> & {
    readonly answer: string | null
    readonly domain: number | null
    readonly confidence: ExamItem['confidence'] | null
  })[]
}

function toExam({ handedInAt, items, ...exam }: ExamRow): MockExam {
  return {
    ...exam,
    handedInAt: handedInAt ?? undefined,
    items: items.map(({ answer, domain, confidence, ...item }) => ({
      ...item,
      answer: answer ?? undefined,
      domain: domain ?? undefined,
      confidence: confidence ?? undefined,
    })),
  }
}

const EXAM = `
select e.id, e.pack, e.exam, e.length, e.minutes, ${ms('e.started_at')} as "startedAt", ${ms('e.ends_at')} as "endsAt",
  ${ms('e.handed_in_at')} as "handedInAt", e.place, e.planned_at is not null as "isPlanned",
  coalesce((select m.rates from ${ME}), false) as rates,
  (select coalesce(json_agg(json_build_object('question', i.question, 'version', i.version, 'seed', i.seed, 'item', i.item, 'key', i.key,
     'domain', i.domain, 'answer', i.answer, 'isFlagged', i.flagged, 'confidence', i.confidence, 'spentMs', i.spent_ms) order by i.place), '[]')
   from mock_item i where i.exam_id = e.id) as items
from mock_exam e where e.person_id = (select m.person_id from ${ME}) and ($4::int is null or e.id = $4::int)
order by e.handed_in_at is not null, e.started_at desc, e.id desc limit 1`

/**
 * $4 exam, $5 now, $6 place, $7 answer, $8 flag, $9 the item shown next, $10 confidence. The time since the
 * last press is added to the item that was shown. Notices about the time go to the account that pressed last.
 */
const PRESS = `
with me as (select m.id, m.person_id, w.platform from ${ME}),
mine as (
  select e.id, e.place, e.shown_at, e.member_id <> me.id as is_other, me.id as me, me.platform from mock_exam e, me
  where e.id = $4::int and e.person_id = me.person_id and e.handed_in_at is null and e.ends_at > $5::timestamptz
    and exists (select from mock_item i where i.exam_id = e.id and i.place = $9::int) for update of e),
kept as (
  update mock_item i set
    spent_ms = i.spent_ms + case when i.place = mine.place then ${elapsed('$5::timestamptz', 'mine.shown_at')} else 0 end,
    answer = case when i.place = $6::int then coalesce($7::text, i.answer) else i.answer end,
    confidence = case when i.place <> $6::int then i.confidence when $7::text is distinct from i.answer and $7::text is not null then null
      else coalesce($10::text, i.confidence) end,
    flagged = case when i.place = $6::int then coalesce($8::bool, i.flagged) else i.flagged end
  from mine where i.exam_id = mine.id and i.place in (mine.place, $6::int)),
told as (
  update delivery d set member_id = mine.me, platform = mine.platform from mine where mine.is_other and ${DUE('mine.id')})
update mock_exam e set member_id = mine.me, place = $9::int, shown_at = $5::timestamptz from mine where e.id = mine.id returning e.id`

function elapsed(until: string, since: string): string {
  return `greatest(0, least(${DAY_MS}, extract(epoch from ${until} - ${since}) * 1000))::int`
}

/**
 * $1 now. The items are locked before they are read, so that an answer at the same moment is included. A
 * blank item does not become an attempt.
 */
const handedIn = (which: string, more = '') => `
over as (
  update mock_exam e set handed_in_at = least($1::timestamptz, e.ends_at) where e.handed_in_at is null and ${which}
  returning e.id, e.member_id, e.place, e.shown_at, e.handed_in_at),
held as (
  select i.*, over.member_id, over.place as shown, over.shown_at, over.handed_in_at from over join mock_item i on i.exam_id = over.id
  order by i.exam_id, i.place for update of i),
spent as (
  update mock_item i set spent_ms = i.spent_ms + ${elapsed('held.handed_in_at', 'held.shown_at')}
  from held where i.exam_id = held.exam_id and i.place = held.place and held.place = held.shown),
given as (
  insert into attempt (member_id, question, version, seed, item, answer, correct, points, confidence, at)
  select member_id, question, version, seed, item, answer, answer = key, 0, confidence, $1::timestamptz from held where answer is not null
  on conflict (member_id, question, seed, item) where round_id is null do nothing)${more}
select id from over`

/** Deletes the exam's notices: the person already has the report. */
const HAND_IN = `
with mine as (
  select m.person_id from member m join workspace w on w.id = m.workspace_id where w.platform = $2 and w.external = $3 and m.user_id = $4),
${handedIn(
  'e.id = $5::int and e.person_id = (select person_id from mine)',
  `,
told as (delete from delivery d using over where ${DUE('over.id')})`,
)}`

const HAND_IN_OVER = `with ${handedIn('e.ends_at <= $1::timestamptz')}`

const QUESTIONS = `
select i.question, ${ms('max(e.started_at)')} as at from mock_exam e join mock_item i on i.exam_id = e.id
where e.person_id = (select m.person_id from ${ME}) group by i.question`

const PLAN = `update mock_exam e set planned_at = $5::timestamptz
where e.id = $4::int and e.handed_in_at is not null and e.person_id = (select m.person_id from ${ME}) returning e.id`

const WORKSPACE = `
select w.external as workspace from mock_exam e join member m on m.person_id = e.person_id join workspace w on w.id = m.workspace_id
where w.platform = $1::text and m.user_id = $2::text and case when $3::int is null then e.handed_in_at is null else e.id = $3::int end
order by m.id <> e.member_id limit 1`
