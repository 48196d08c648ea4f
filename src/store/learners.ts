/**
 * Stores what people remember, one step at a time: new answers are read, and each moves the memory of its
 * concept. After a kill the next question reads the same answers again.
 */

import type { Pool, PoolClient } from 'pg'
import type { UserKey } from '../bot/ports/keys.js'
import type { ConceptKey, ConceptMemory, ExamPlan, Learner, Seen } from '../bot/ports/learning.js'
import { seenKey } from '../bot/ports/learning.js'
import { type Confidence, gradeOf } from '../core/confidence.js'
import { type Memory, remember } from '../core/memory.js'
import { GOAL } from '../core/plan.js'
import { at, json, ME, MEMBER, ms, retryOnConflict, rows, transaction, userKey } from './sql.js'

/** The number of answers counted in one transaction. */
const AT_ONCE = 2000
/** The number of concepts read in one statement. */
const READ_AT_ONCE = 400
/** An answer may reach the database up to this much later than one that was given after it. */
const LATE_MS = 10 * 60_000

type ConceptOf = (question: string) => ConceptKey | undefined

interface PersonRow extends Record<string, unknown> {
  readonly id: number
  readonly exam_on: string | null
  readonly exam_pack: string | null
  readonly goal: number
  readonly counted_to: number | null
  readonly counted: readonly string[]
  readonly stale: boolean
  readonly misses: Learner['misses']
}

export function learnerVerbs(pool: Pool) {
  return {
    async learner(who: UserKey, conceptOf: ConceptOf): Promise<Learner | undefined> {
      let id = await ownPerson(pool, who)
      for (;;) {
        if (id === undefined) return undefined
        const person = await readPerson(pool, id)
        if (!person) {
          // The person was linked with another account meanwhile, or is gone.
          id = await ownPerson(pool, who)
          continue
        }
        const isNew = person.stale || (await uncounted(pool, person, 1)).length > 0
        if (!isNew) return toLearner(person, await memoryOf(pool, person.id))
        await retryOnConflict(() => transaction(pool, (db) => count(db, person.id, conceptOf)))
      }
    },
    saveExam: (who: Named, exam: ExamPlan | undefined): Promise<boolean> =>
      savePerson(pool, who, 'save-exam', SAVE_EXAM, [exam?.on ?? null, exam?.pack ?? null]),
    saveGoal: (who: Named, goal: number): Promise<boolean> =>
      savePerson(pool, who, 'save-goal', SAVE_GOAL, [goal]),
  }
}

type Named = UserKey & { readonly name: string }

/** Makes a member of a person who never answered. Undefined if the workspace does not exist. */
export async function personFor(pool: Pool, who: Named): Promise<number | undefined> {
  const [member] = await rows<{ id: number }>(pool, 'learner-member', MEMBER_OF, [...userKey(who), who.name])
  return member && ownPerson(pool, who)
}

/** Returns false if the workspace does not exist. */
async function savePerson(
  pool: Pool,
  who: Named,
  name: string,
  sql: string,
  values: readonly unknown[],
): Promise<boolean> {
  for (let id = await personFor(pool, who); id !== undefined; id = await personFor(pool, who))
    if ((await rows(pool, name, sql, [id, ...values])).length > 0) return true
  return false
}

/** Undefined for non-members. */
const ownPerson = async (pool: Pool, who: UserKey): Promise<number | undefined> =>
  (await personOf(pool, who)) ?? retryOnConflict(() => makePerson(pool, who))

const MEMBER_OF = `with ${MEMBER} select id from me`
const SAVE_EXAM = 'update person set exam_on = $2::date, exam_pack = $3::text where id = $1::int returning id'
const SAVE_GOAL = 'update person set goal = $2::int where id = $1::int returning id'

async function personOf(pool: Pool, who: UserKey): Promise<number | undefined> {
  const sql = `select m.person_id as id from ${ME}`
  const [row] = await rows<{ id: number | null }>(pool, 'person-of', sql, userKey(who))
  return row?.id ?? undefined
}

/** Undefined for non-members. */
function makePerson(pool: Pool, who: UserKey): Promise<number | undefined> {
  return transaction(pool, async (db) => {
    const sql = `select m.id, m.person_id as person from ${ME} for update of m`
    const [member] = await rows<{ id: number; person: number | null }>(db, 'person-hold', sql, userKey(who))
    if (!member) return undefined
    if (member.person !== null) return member.person
    return newPerson(db, member.id)
  })
}

/** The member must be locked; `like`: the person whose exam date and goal are copied. */
export async function newPerson(
  db: PoolClient,
  member: number,
  like: Partial<Pick<PersonRow, 'exam_on' | 'exam_pack' | 'goal'>> = {},
): Promise<number> {
  const { exam_on = null, exam_pack = null, goal = GOAL } = like
  const [made] = await rows<{ id: number }>(db, 'person-made', MADE, [member, exam_on, exam_pack, goal])
  if (!made) throw new Error('no person was made')
  return made.id
}

const MADE = `with made as (
  insert into person (counted, exam_on, exam_pack, goal) values ('{}', $2::date, $3::text, $4::int) returning id)
update member set person_id = (select id from made) where id = $1::int returning person_id as id`

async function readPerson(db: Pool | PoolClient, id: number, lock = false): Promise<PersonRow | undefined> {
  const [person] = await rows<PersonRow>(
    db,
    `person${lock ? '-lock' : ''}`,
    PERSON + (lock ? ' for update' : ''),
    [id],
  )
  return person
}

const PERSON = `select id, exam_on::text, exam_pack, goal, ${ms('counted_to')} as counted_to, counted::text[], stale,
  (select coalesce(json_agg(json_build_object('question', i.question, 'at', ${ms('e.planned_at')})), '[]')
   from mock_exam e join mock_item i on i.exam_id = e.id and i.answer is distinct from i.key
   where e.person_id = person.id and e.planned_at is not null) as misses
  from person where id = $1::int`

interface AnswerRow extends Record<string, unknown> {
  readonly id: string
  readonly question: string
  readonly item: number
  readonly correct: boolean
  readonly confidence: Confidence | null
  readonly at: number
}

/**
 * Uses the index of each member's answers by time; of the last minutes, it reads only answers that are not
 * counted yet.
 */
function uncounted(db: Pool | PoolClient, person: PersonRow, limit: number): Promise<AnswerRow[]> {
  const from = person.stale ? null : person.counted_to
  return rows<AnswerRow>(db, 'uncounted', UNCOUNTED, [
    person.id,
    from === null ? '-infinity' : at(from),
    person.stale ? [] : person.counted,
    limit,
  ])
}

const UNCOUNTED = `select a.id::text, a.question, a.item, a.correct, a.confidence, ${ms('a.at')} as at
  from member m cross join lateral (
    select * from attempt a where a.member_id = m.id and not a.known and a.at > $2::timestamptz and a.id <> all($3::bigint[])
    order by a.at, a.id limit $4::int) a
  where m.person_id = $1::int order by a.at, a.id limit $4::int`

/** Counts the next answers, or all from the first one if the memory is stale. */
async function count(db: PoolClient, id: number, conceptOf: ConceptOf): Promise<void> {
  const person = await readPerson(db, id, true)
  if (!person) return
  if (person.stale) await rows(db, 'memory-clear', 'delete from memory where person_id = $1::int', [id])
  const answers = await uncounted(db, person, AT_ONCE)
  const about = answers.flatMap((answer) => {
    const concept = conceptOf(answer.question)
    return concept ? [{ answer, concept }] : []
  })
  const concepts = about.map(({ concept }) => concept)
  const before = new Map(
    (person.stale ? [] : await memoryOfThese(db, id, concepts)).map((one) => [keyOf(one), one]),
  )
  const moved = new Map<string, ConceptMemory>()
  for (const { answer, concept } of about) {
    const key = keyOf(concept)
    moved.set(key, step(moved.get(key) ?? before.get(key), concept, answer))
  }
  await saveMemory(db, id, [...moved.values()])
  const last = answers.at(-1)
  const countedTo = Math.max(person.stale ? 0 : (person.counted_to ?? 0), (last?.at ?? 0) - LATE_MS)
  const recent = [
    ...(person.stale ? [] : person.counted),
    ...answers.filter((one) => one.at > countedTo).map((one) => one.id),
  ]
  await rows(db, 'person-counted', COUNTED, [id, at(countedTo), recent])
}

const COUNTED = `update person set stale = false, counted_to = $2::timestamptz,
  counted = array(select a.id from unnest($3::bigint[]) k(id) join attempt a on a.id = k.id where a.at > $2::timestamptz)
where id = $1::int`

const keyOf = ({ pack, concept }: ConceptKey) => `${pack}/${concept}`

function step(
  known: ConceptMemory | undefined,
  { pack, concept }: ConceptKey,
  answer: AnswerRow,
): ConceptMemory {
  const { correct: right, at: time } = answer
  const confidence = answer.confidence ?? undefined
  const part = seenKey(answer.question, answer.item)
  const seen = known?.seen[part]
  const now: Seen = {
    times: (seen?.times ?? 0) + 1,
    last: time,
    right,
    first: seen?.first ?? { at: time, right },
  }
  return {
    pack,
    concept,
    memory: remember(known?.memory, time, gradeOf({ right, confidence })),
    seen: { ...known?.seen, [part]: now },
  }
}

type MemoryRow = Memory & ConceptKey & { readonly seen: ConceptMemory['seen'] } & Record<string, unknown>

async function memoryOf(db: Pool | PoolClient, person: number): Promise<ConceptMemory[]> {
  const all: ConceptMemory[] = []
  for (;;) {
    const { pack: lastPack = '', concept: lastConcept = '' } = all.at(-1) ?? {}
    const found = await rows<MemoryRow>(db, 'memory', MEMORY, [person, lastPack, lastConcept, READ_AT_ONCE])
    all.push(...found.map(toMemory))
    if (found.length < READ_AT_ONCE) return all
  }
}

async function memoryOfThese(
  db: PoolClient,
  person: number,
  concepts: readonly ConceptKey[],
): Promise<ConceptMemory[]> {
  const keys = [concepts.map(({ pack }) => pack), concepts.map(({ concept }) => concept)]
  return (await rows<MemoryRow>(db, 'memory-these', MEMORY_OF_THESE, [person, ...keys])).map(toMemory)
}

const toMemory = ({
  pack,
  concept,
  seen,
  stability,
  difficulty,
  last,
  reps,
  lapses,
}: MemoryRow): ConceptMemory => ({
  ...{ pack, concept, seen },
  memory: { stability, difficulty, last, reps, lapses },
})

const REMEMBERED = `select pack, concept, stability, difficulty, ${ms('last')} as last, reps, lapses, seen
  from memory where person_id = $1::int`

const MEMORY = `${REMEMBERED} and (pack, concept) > ($2::text, $3::text) order by pack, concept limit $4::int`

const MEMORY_OF_THESE = `${REMEMBERED} and (pack, concept) in (select * from unnest($2::text[], $3::text[]))`

async function saveMemory(db: PoolClient, person: number, all: readonly ConceptMemory[]): Promise<void> {
  if (all.length === 0) return
  const told = all.map(({ pack, concept, memory, seen }) => ({
    pack,
    concept,
    ...memory,
    last: at(memory.last),
    seen,
  }))
  await rows(db, 'memory-save', SAVE_MEMORY, [person, json(told)])
}

const SAVE_MEMORY = `insert into memory (person_id, pack, concept, stability, difficulty, last, reps, lapses, seen)
select $1::int, pack, concept, stability, difficulty, last, reps, lapses, seen
from json_to_recordset($2::json) k(pack text, concept text, stability float8, difficulty float8, last timestamptz, reps int, lapses int, seen jsonb)
on conflict (person_id, pack, concept) do update set stability = excluded.stability, difficulty = excluded.difficulty,
  last = excluded.last, reps = excluded.reps, lapses = excluded.lapses, seen = excluded.seen`

function toLearner(
  { exam_on, exam_pack, goal, misses }: PersonRow,
  concepts: readonly ConceptMemory[],
): Learner {
  return {
    exam: exam_on !== null && exam_pack !== null ? { on: exam_on, pack: exam_pack } : undefined,
    goal,
    concepts,
    misses,
  }
}
