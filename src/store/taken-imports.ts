/**
 * Turns the questions of a file into a team's questions, all at once: the transaction that deletes the
 * waiting file adds them.
 */
import type { PoolClient } from 'pg'
import { IMPORT_FORM, MOST_OF_TEAM, type TakenImport } from '../bot/ports/imports.js'
import type { UserKey } from '../bot/ports/keys.js'
import type { WrittenQuestion } from '../content/written.js'
import { packedId } from '../core/question-id.js'
import { at, json, rows, userKey } from './sql.js'
import { questionsOf } from './team-question-lists.js'
import { holdTeam } from './team-question-rows.js'

/** A statement of its own: what it waits for is seen by the next one. */
const ASKED = `select count(*)::int as asked from team_question where team_id = $1::int and state = 'approved'`
const GONE = `delete from form_draft d using workspace w where w.id = d.workspace_id and w.platform = $1::text
  and w.external = $2::text and d.user_id = $3::text and d.id = $4::text and d.form = '${IMPORT_FORM}'
  and d.expires_at > $5::timestamptz returning d.id`

export async function take(
  db: PoolClient,
  who: UserKey,
  id: string,
  { team, pack, questions, asked, now }: TakenImport,
): Promise<{ readonly questions: number; readonly isFull: boolean } | undefined> {
  if (!(await holdTeam(db, who, team))) return undefined
  const taken = questions(await questionsOf(db, team))
  const [held] = await rows<{ asked: number }>(db, 'import-asked', ASKED, [team])
  if ((held?.asked ?? 0) + taken.length > MOST_OF_TEAM) return { questions: taken.length, isFull: true }
  if ((await rows(db, 'import-gone', GONE, [...userKey(who), id, at(now)])).length === 0) return undefined
  const numbers = await rows<{ id: number }>(db, 'import-numbers', NUMBERS, [taken.length])
  const named = await withNames(db, team, pack, pairs(numbers, taken))
  const made = named.map(({ number, name, content }) => {
    const { number: _none, ...body } = asked(name, content)
    return { id: number, question: name, version: body.version, content, body }
  })
  await rows(db, 'import-take', TAKE, [team, pack, at(now), json(made)])
  return { questions: taken.length, isFull: false }
}

/** Numbers come from the sequence, so nobody else gets them. */
const NUMBERS = `select nextval(pg_get_serial_sequence('team_question', 'id'))::int as id from generate_series(1, $1::int)`

interface Numbered {
  readonly number: number
  readonly content: WrittenQuestion
}

const pairs = (numbers: readonly { readonly id: number }[], all: readonly WrittenQuestion[]): Numbered[] =>
  numbers.flatMap(({ id: number }, i) => {
    const content = all[i]
    return content ? [{ number, content }] : []
  })

/** If a pack already has a question of that name, the name of the pack is put before it. */
const NAMES = `insert into question_id (id, pack, authored, team_id)
  select x.id, $1::text, x.authored, $2::int from jsonb_to_recordset($3::jsonb) as x(id text, authored text)
  on conflict do nothing returning id`

async function withNames(
  db: PoolClient,
  team: number,
  pack: string,
  all: readonly Numbered[],
): Promise<(Numbered & { readonly name: string })[]> {
  const named = all.map((one) => ({ ...one, name: `team-${team}-${one.number}` }))
  const add = async (list: readonly { readonly name: string }[], idOf: (name: string) => string) => {
    const wanted = list.map(({ name }) => ({ id: idOf(name), authored: name }))
    const found = await rows<{ id: string }>(db, 'import-names', NAMES, [pack, team, json(wanted)])
    return new Set(found.map(({ id }) => id))
  }
  const free = await add(named, (name) => name)
  const other = named.filter(({ name }) => !free.has(name))
  if (other.length > 0) await add(other, (id) => packedId({ pack, id }))
  return named.map((one) => (free.has(one.name) ? one : { ...one, name: packedId({ pack, id: one.name }) }))
}

/** Nobody of the team wrote these questions, so no name is shown with them. */
const TAKE = `
with made as (select * from jsonb_to_recordset($4::jsonb) as x(id int, question text, version text, content jsonb, body jsonb)),
of_team as (
  insert into team_question (id, team_id, pack, state, version, question, at)
  select id, $1::int, $2::text, 'approved', 1, question, $3::timestamptz from made returning id),
body as (
  insert into question_version (question, version, body, team_id) select question, version, body, $1::int from made)
insert into team_question_version (question_id, version, content, asked_as, at)
select m.id, 1, m.content, m.version, $3::timestamptz from made m join of_team using (id)`
