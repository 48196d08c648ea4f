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

  /** Sets the stored number of each question; 0 if it is not stored. */
  async function numbered(questions: readonly Question[]): Promise<Question[]> {
    const found = await prisma.questionVersion.findMany({
      where: { question: { in: [...new Set(questions.map(({ id }) => id))] } },
      select: { question: true, version: true, number: true },
    })
    const numbers = new Map(found.map(({ question, version, number }) => [nameOf(question, version), number]))
    return questions.map((question) => ({
      ...question,
      number: numbers.get(nameOf(question.id, question.version)) ?? 0,
    }))
  }

  async function idsOf(questions: readonly Authored[]): Promise<(string | undefined)[]> {
    const [packs, ids] = [questions.map(({ pack }) => pack), questions.map(authoredId)]
    const found = await prisma.questionId.findMany({
      where: { pack: { in: [...new Set(packs)] }, authored: { in: [...new Set(ids)] } },
    })
    const known = new Map(found.map(({ pack, authored, id }) => [nameOf(pack, authored), id]))
    return ids.map((id, i) => known.get(nameOf(packs[i] ?? '', id)))
  }

  /**
   * Sets an id for each question that no other pack's question has: the first pack to ask for an id keeps it,
   * and the database decides which that is.
   */
  async function withIds(questions: readonly Question[]): Promise<Question[]> {
    const before = await idsOf(questions)
    const missing = questions
      .filter((_, i) => before[i] === undefined)
      .map(({ pack, id }) => ({ pack, authored: authoredId({ pack, id }) }))
    if (missing.length === 0)
      return questions.map((question, i) => ({ ...question, id: before[i] ?? question.id }))
    for (const idOf of [bareId, ({ pack, authored }: Place) => packedId({ pack, id: authored })]) {
      // If two packs ask for an id at once, the first gets it.
      const data = missing.map((place) => ({ ...place, id: idOf(place) })).sort(by(({ id }) => id))
      await retryOnConflict(() => rows(pool, 'save-question-ids', NAME, [json(data)]))
    }
    const ids = await idsOf(questions)
    return questions.map((question, i) => ({ ...question, id: ids[i] ?? question.id }))
  }

  return {
    async saveQuestions(questions: readonly Question[]): Promise<Question[]> {
      const named = await withIds(questions)
      const known = await numbered(named)
      const data = known
        .filter((question) => question.number === 0)
        .map(({ number, ...body }) => ({ question: body.id, version: body.version, body }))
        .sort(by(({ question, version }) => nameOf(question, version)))
      if (data.length === 0) return known
      await retryOnConflict(() => rows(pool, 'save-questions', SAVE, [json(data)]))
      return numbered(named)
    },
    questionId: async (question: Authored): Promise<string | undefined> => (await idsOf([question]))[0],
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

const NAME = `insert into question_id (id, pack, authored)
  select id, pack, authored from json_to_recordset($1::json) q(id text, pack text, authored text) on conflict do nothing`
/**
 * A single raw statement: through the client, a pack of 1,500 questions takes six times as long at a first
 * start.
 */
const SAVE = `insert into question_version (question, version, body)
  select question, version, body from json_to_recordset($1::json) q(question text, version text, body jsonb) on conflict do nothing`

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
