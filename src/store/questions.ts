import type { Pool } from 'pg'
import type { NewReport, Report } from '../bot/ports/store.js'
import type { Question } from '../core/model.js'
import { authoredId, packedId } from '../core/question-id.js'
import { again, at, json, MEMBER, ms, rows } from './sql.js'

export function questionVerbs(pool: Pool) {
  return {
    async saveQuestions(questions: readonly Question[]): Promise<Question[]> {
      const named = await withIds(pool, questions)
      const known = await numbered(pool, named)
      const missing = known.filter((question) => question.number === 0)
      if (missing.length === 0) return known
      const bodies = missing.map(({ number, ...body }) => json(body))
      await rows(pool, 'save-questions', SAVE, [...keysOf(missing), bodies])
      return numbered(pool, named)
    },
    questionId: async (question: Authored): Promise<string | undefined> => (await idsOf(pool, [question]))[0],
    async question(id: string, version: string): Promise<Question | undefined> {
      return (await rows<Row>(pool, 'question', `${ROWS} where question = $1 and version = $2`, [id, version])).map(toQuestion)[0]
    },
    async questionNumbered(number: number): Promise<Question | undefined> {
      return (await rows<Row>(pool, 'question-numbered', `${ROWS} where number = $1::int`, [number])).map(toQuestion)[0]
    },
    async questionVersions(id: string): Promise<Question[]> {
      return (await rows<Row>(pool, 'question-versions', `${ROWS} where question = $1 order by version`, [id])).map(toQuestion)
    },
  }
}

const keysOf = (questions: readonly Question[]) => [questions.map((q) => q.id), questions.map((q) => q.version)]

type Authored = Pick<Question, 'pack' | 'id'>

/** Each with an id that no other pack's question has: the first to ask for one keeps it, and the database decides who that is. */
async function withIds(pool: Pool, questions: readonly Question[]): Promise<Question[]> {
  const before = await idsOf(pool, questions)
  const missing = questions.filter((_, i) => before[i] === undefined)
  const places = [missing.map((q) => q.pack), missing.map(authoredId)]
  for (const ids of missing.length > 0 ? [missing.map(authoredId), missing.map((q) => packedId({ ...q, id: authoredId(q) }))] : [])
    await again(() => rows(pool, 'name-questions', NAME, [...places, ids]))
  const ids = missing.length > 0 ? await idsOf(pool, questions) : before
  return questions.map((question, i) => ({ ...question, id: ids[i] ?? question.id }))
}

async function idsOf(pool: Pool, questions: readonly Authored[]): Promise<(string | undefined)[]> {
  const found = await rows<{ n: number; id: string }>(pool, 'question-ids', IDS, [questions.map((q) => q.pack), questions.map(authoredId)])
  const byPlace = new Map(found.map((row) => [row.n, row.id]))
  return questions.map((_, i) => byPlace.get(i + 1))
}

const IDS = `select q.n::int as n, k.id from unnest($1::text[], $2::text[]) with ordinality q(pack, authored, n)
  join question_id k on k.pack = q.pack and k.authored = q.authored`
/** By id, as other processes do, so that none waits for another that waits for it; of two packs at once the first gets the id. */
const NAME = `insert into question_id (pack, authored, id)
  select q.pack, q.authored, q.id from unnest($1::text[], $2::text[], $3::text[]) with ordinality q(pack, authored, id, n) order by q.id, q.n
  on conflict do nothing`

/** With number 0 what is not stored. */
async function numbered(pool: Pool, questions: readonly Question[]): Promise<Question[]> {
  const found = await rows<{ n: number; number: number }>(pool, 'question-numbers', NUMBERS, keysOf(questions))
  const byPlace = new Map(found.map((row) => [row.n, row.number]))
  return questions.map((question, i) => ({ ...question, number: byPlace.get(i + 1) ?? 0 }))
}

const ROWS = 'select body, number from question_version'
/** What another process has stored meanwhile is left out first: a conflict would use up a number all the same. */
const SAVE = `insert into question_version (question, version, body)
  select q.question, q.version, q.body from unnest($1::text[], $2::text[], $3::jsonb[]) with ordinality q(question, version, body, n)
  where not exists (select from question_version v where v.question = q.question and v.version = q.version)
  order by q.n
  on conflict (question, version) do nothing`
const NUMBERS = `select q.n::int as n, v.number from unnest($1::text[], $2::text[]) with ordinality q(question, version, n)
  join question_version v on v.question = q.question and v.version = q.version`

/** Only `saveQuestions` writes here, so the body is a question. */
interface Row extends Record<string, unknown> {
  body: Omit<Question, 'number'>
  number: number
}

const toQuestion = ({ body, number }: Row): Question => ({ ...body, number }) as Question

export function reportVerbs(pool: Pool) {
  return {
    async saveReport(r: NewReport): Promise<number | undefined> {
      const values = [r.platform, r.workspace, r.user, r.name, r.question, r.version, r.reason, r.detail, at(r.now)]
      const [row] = await again(() => rows<{ id: number }>(pool, 'save-report', REPORT, values))
      return row?.id
    },
    async reports(): Promise<Report[]> {
      const sql = `select r.id, w.platform, w.external as workspace, m.user_id as user, m.name, r.question, r.version, r.reason, r.detail, ${ms('r.at')} as now
        from report r join member m on m.id = r.member_id join workspace w on w.id = m.workspace_id order by r.id`
      return rows<Report & Record<string, unknown>>(pool, 'reports', sql, [])
    },
  }
}

/** A known member keeps the name that they have. */
const REPORT = `
with ${MEMBER}
insert into report (member_id, question, version, reason, detail, at)
select id, $5::text, $6::text, $7::text, $8::text, $9::timestamptz from me returning id`
