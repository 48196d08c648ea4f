/** Questions written by members that can be asked: every process reads them as they change. */
import type { Pool } from 'pg'
import type { AskedChanges, AuthoringStore, OwnScope } from '../bot/ports/authoring.js'
import type { Question, TeamOrigin } from '../core/model.js'
import { ME, rows, userKey } from './sql.js'
import { CHECKERS, WRITERS } from './team-question-rows.js'

interface ChangeRow extends Record<string, unknown> {
  readonly n: number
  /** Null in the single row that is returned if nothing has changed. */
  readonly id: number | null
  readonly team: number
  readonly stamp: number
  readonly body: Question | null
  readonly number: number | null
  readonly writers: string[]
  readonly checkers: string[]
}

/** Uses the index on the stamp; usually finds nothing. */
const SINCE = `select c.n, x.* from (select count(*)::int as n from team_question where state = 'approved') c left join (
  select tq.id, tq.team_id as team, tq.stamp::float8 as stamp, b.body, b.number, ${WRITERS} as writers, ${CHECKERS} as checkers
  from team_question tq join team_question_version v on v.question_id = tq.id and v.version = tq.version
    left join question_version b on tq.state = 'approved' and b.question = tq.question and b.version = v.asked_as
  where tq.stamp > $1::bigint) x on true order by x.stamp`

type Verbs = Pick<AuthoringStore, 'askedSince' | 'ownScope' | 'topicsOfWritten'>

export function askedQuestionVerbs(pool: Pool): Verbs {
  return {
    async askedSince(stamp): Promise<AskedChanges> {
      const found = await rows<ChangeRow>(pool, 'asked-since', SINCE, [stamp])
      const changes = found.flatMap(({ id, team, body, number, writers, checkers }) => {
        if (id === null) return []
        const question =
          body && number !== null ? named({ ...body, number }, { writers, checkers }) : undefined
        return [{ id, team, question }]
      })
      const last = found.at(-1)
      return { changes, stamp: last?.id == null ? stamp : last.stamp, count: last?.n ?? 0 }
    },
    async ownScope(who): Promise<OwnScope> {
      const [row] = await rows<{ teams: number[]; known: string[] }>(pool, 'own-scope', SCOPE, userKey(who))
      return row ?? { teams: [], known: [] }
    },
    async topicsOfWritten(questions) {
      if (questions.length === 0) return new Map()
      const found = await rows<{ id: string; pack: string; topics: string[] }>(
        pool,
        'topics-of-written',
        TOPICS,
        [questions],
      )
      return new Map(found.map(({ id, ...one }) => [id, one]))
    },
  }
}

const TOPICS = `select tq.question as id, tq.pack, array(select jsonb_array_elements_text(v.content->'topics')) as topics
  from team_question tq join team_question_version v on v.question_id = tq.id and v.version = tq.version
  where tq.question = any($1::text[])`

const SCOPE = `
with own as (select m.id, m.person_id from ${ME}),
mine as (select id from own union select o.id from own join member o on o.person_id = own.person_id)
select array(select distinct ms.team_id from mine join membership ms on ms.member_id = mine.id and ms.rests is distinct from 'left') as teams,
  array(select distinct tq.question from mine join question_knower k on k.member_id = mine.id join team_question tq on tq.id = k.question_id
    where tq.question is not null) as known`

/** Adds the current names, which the stored version does not have. */
export function named(question: Question, names: Pick<TeamOrigin, 'writers' | 'checkers'>): Question {
  const { origin } = question
  return origin.kind === 'team' ? { ...question, origin: { ...origin, ...names } } : question
}

/** Reads the current names for a version of a team's question, whether or not it is asked now. */
export async function namesOf(pool: Pool, question: string, version: string) {
  const [row] = await rows<Pick<TeamOrigin, 'writers' | 'checkers'> & Record<string, unknown>>(
    pool,
    'asked-names',
    NAMES,
    [question, version],
  )
  return row ?? { writers: [], checkers: [] }
}

const NAMES = `select ${WRITERS} as writers, ${CHECKERS} as checkers
from team_question tq join team_question_version v on v.question_id = tq.id and v.asked_as = $2::text
where tq.question = $1::text order by v.version desc limit 1`
