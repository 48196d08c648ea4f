import type { Pool } from 'pg'
import type { Question } from '../core/model.js'
import { compare } from '../core/order.js'
import { authoredId, packedId } from '../core/question-id.js'
import { named, namesOf } from './asked-questions.js'
import type { Client } from './client.js'
import { json, retryOnConflict, rows } from './sql.js'

type Authored = Pick<Question, 'pack' | 'id'>

export function questionVerbs(pool: Pool, prisma: Client) {
  /** Adds the current names to a question that a team wrote. */
  async function withNames(question: Question | undefined): Promise<Question | undefined> {
    if (question?.origin?.kind !== 'team') return question
    return named(question, await namesOf(pool, question.id, question.version))
  }

  /** Returns what is stored of each question, in the same order. */
  async function stored(questions: readonly Question[]): Promise<(Stored | undefined)[]> {
    const columns = [
      questions.map(({ pack }) => pack),
      questions.map(authoredId),
      questions.map(({ version }) => version),
    ]
    const found = await rows<Stored & { readonly place: number }>(pool, 'stored-questions', STORED, columns)
    const at = new Map(found.map((one) => [one.place, one]))
    return questions.map((_, i) => at.get(i + 1))
  }

  /**
   * Names questions by ids that no other pack's question has: the first pack to ask for an id keeps it, and
   * the database decides which that is.
   */
  async function nameAnew(questions: readonly Question[]): Promise<void> {
    const places = questions.map(({ pack, id }) => ({ pack, authored: authoredId({ pack, id }) }))
    for (const idOf of [bareId, ({ pack, authored }: Place) => packedId({ pack, id: authored })]) {
      // If two packs ask for an id at once, the first gets it.
      const data = places.map((place) => ({ ...place, id: idOf(place) })).sort(by(({ id }) => id))
      await retryOnConflict(() => rows(pool, 'save-question-ids', NAME, [json(data)]))
    }
  }

  async function saveVersions(questions: readonly Question[]): Promise<void> {
    const data = questions
      .map(({ number, ...body }) => ({ question: body.id, version: body.version, body }))
      .sort(by(({ question, version }) => nameOf(question, version)))
    // The memory of an embedded database never shrinks again after a large statement.
    for (let from = 0; from < data.length; from += AT_ONCE) {
      const some = json(data.slice(from, from + AT_ONCE))
      await retryOnConflict(() => rows(pool, 'save-questions', SAVE, [some]))
    }
  }

  return {
    async saveQuestions(questions: readonly Question[]): Promise<Question[]> {
      const before = await stored(questions)
      const nameless = questions.filter((_, i) => before[i] === undefined)
      if (nameless.length > 0) await nameAnew(nameless)
      const known = withStored(questions, nameless.length > 0 ? await stored(questions) : before)
      const lacking = known.filter(({ number }) => number === 0)
      if (lacking.length === 0) return known
      await saveVersions(lacking)
      return withStored(questions, await stored(questions))
    },
    async questionId(question: Authored): Promise<string | undefined> {
      const authored = { pack: question.pack, authored: authoredId(question) }
      const found = await prisma.questionId.findUnique({ where: { pack_authored: authored } })
      return found?.id
    },
    async question(question: string, version: string): Promise<Question | undefined> {
      const where = { question_version: { question, version } }
      return withNames(toQuestion(await prisma.questionVersion.findUnique({ where })))
    },
    async questionNumbered(number: number): Promise<Question | undefined> {
      return withNames(toQuestion(await prisma.questionVersion.findUnique({ where: { number } })))
    },
    async questionVersions(question: string): Promise<Question[]> {
      const found = await prisma.questionVersion.findMany({
        where: { question },
        orderBy: { version: 'asc' },
      })
      return found.flatMap((row) => toQuestion(row) ?? [])
    },
  }
}

interface Stored {
  readonly id: string
  /** Null while this version is not stored. */
  readonly number: number | null
}

const withStored = (questions: readonly Question[], found: readonly (Stored | undefined)[]): Question[] =>
  questions.map((question, i) => ({
    ...question,
    id: found[i]?.id ?? question.id,
    number: found[i]?.number ?? 0,
  }))

/** A single raw statement: the client takes half a second for a pack of 1,700 questions, at every start. */
const STORED = `
select w.place::int as place, q.id, v.number
from unnest($1::text[], $2::text[], $3::text[]) with ordinality w(pack, authored, version, place)
  join question_id q on q.pack = w.pack and q.authored = w.authored
  left join question_version v on v.question = q.id and v.version = w.version`

const NAME = `insert into question_id (id, pack, authored)
  select id, pack, authored from json_to_recordset($1::json) q(id text, pack text, authored text) on conflict do nothing`
/**
 * A single raw statement: through the client, a pack of 1,500 questions takes six times as long at a first
 * start.
 */
const SAVE = `insert into question_version (question, version, body)
  select question, version, body from json_to_recordset($1::json) q(question text, version text, body jsonb) on conflict do nothing`

const AT_ONCE = 200

interface Place {
  readonly pack: string
  readonly authored: string
}

/** All processes write in this order, so that no two wait for each other. */
const by =
  <T>(key: (one: T) => string) =>
  (a: T, b: T) =>
    compare(key(a), key(b))

const bareId = ({ authored }: Place) => authored

const nameOf = (first: string, second: string) => JSON.stringify([first, second])

/** Only `saveQuestions` writes bodies, so each is a question. */
const toQuestion = (row: { readonly body: unknown; readonly number: number } | null): Question | undefined =>
  row ? { ...(row.body as Question), number: row.number } : undefined
