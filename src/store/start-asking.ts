/** Turns a team's question into one that is asked: under its id, in the words of the approved version. */
import type { PoolClient } from 'pg'
import type { TeamQuestion } from '../bot/ports/authoring.js'
import type { Question } from '../core/model.js'
import { packedId } from '../core/question-id.js'
import { json, rows } from './sql.js'

/** The id is made of the team and the draft; another pack may have the same id (`questions.ts`). */
export async function startAsking(
  db: PoolClient,
  view: TeamQuestion,
  asked: (id: string, question: TeamQuestion) => Question,
): Promise<void> {
  const { id, team, pack } = view
  const name = await idOf(db, { team, pack, id: `team-${team}-${id}` })
  const { number, ...body } = asked(name, view)
  await rows(db, 'question-asked', ASKED, [id, view.version, name, body.version, json(body), team])
}

const KNOWN_ID = 'select id from question_id where pack = $1::text and authored = $2::text'
const NEW_ID = `insert into question_id (id, pack, authored, team_id) values ($1::text, $2::text, $3::text, $4::int) on conflict do nothing`

async function idOf(
  db: PoolClient,
  { team, pack, id }: { readonly team: number; readonly pack: string; readonly id: string },
): Promise<string> {
  const known = () => rows<{ id: string }>(db, 'team-question-id', KNOWN_ID, [pack, id])
  for (const wanted of [id, packedId({ pack, id })]) {
    const [found] = await known()
    if (found) return found.id
    await rows(db, 'team-question-new-id', NEW_ID, [wanted, pack, id, team])
  }
  const [found] = await known()
  if (!found) throw new Error(`no id for the question ${id}`)
  return found.id
}

const ASKED = `
with body as (
  insert into question_version (question, version, body, team_id) values ($3::text, $4::text, $5::jsonb, $6::int) on conflict do nothing),
of_version as (update team_question_version set asked_as = $4::text where question_id = $1::int and version = $2::int)
update team_question set question = $3::text where id = $1::int`
