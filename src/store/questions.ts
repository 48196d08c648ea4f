import type { Pool } from 'pg'
import type { NewReport, Report } from '../bot/store.js'
import type { Question } from '../core/model.js'
import { again, at, json, MEMBER, ms, rows } from './sql.js'

export function questionVerbs(pool: Pool) {
  return {
    async saveQuestions(questions: readonly Question[]): Promise<void> {
      const sql = `insert into question_version (question, version, body)
        select * from unnest($1::text[], $2::text[], $3::jsonb[]) on conflict (question, version) do nothing`
      await rows(pool, 'save-questions', sql, [questions.map((q) => q.id), questions.map((q) => q.version), questions.map(json)])
    },
    async question(id: string, version: string): Promise<Question | undefined> {
      const sql = 'select body from question_version where question = $1 and version = $2'
      // Only `saveQuestions` writes here, so the body is a question.
      return (await rows<{ body: Question }>(pool, 'question', sql, [id, version]))[0]?.body
    },
    async questionVersions(id: string): Promise<Question[]> {
      const sql = 'select body from question_version where question = $1 order by version'
      return (await rows<{ body: Question }>(pool, 'question-versions', sql, [id])).map((row) => row.body)
    },
  }
}

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
