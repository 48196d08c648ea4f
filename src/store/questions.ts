import type { Question } from '../core/model.js'
import { type Client, jsonValue } from './client.js'

export function questionVerbs(prisma: Client) {
  /** With number 0 what is not stored. */
  async function numbered(questions: readonly Question[]): Promise<Question[]> {
    const found = await prisma.questionVersion.findMany({
      where: { question: { in: [...new Set(questions.map(({ id }) => id))] } },
      select: { question: true, version: true, number: true },
    })
    const numbers = new Map(found.map(({ question, version, number }) => [nameOf(question, version), number]))
    return questions.map((question) => ({ ...question, number: numbers.get(nameOf(question.id, question.version)) ?? 0 }))
  }

  return {
    async saveQuestions(questions: readonly Question[]): Promise<Question[]> {
      const known = await numbered(questions)
      const data = known
        .filter((question) => question.number === 0)
        .map(({ number, ...body }) => ({ question: body.id, version: body.version, body: jsonValue(body) }))
      if (data.length === 0) return known
      await prisma.questionVersion.createMany({ data, skipDuplicates: true })
      return numbered(questions)
    },
    async question(question: string, version: string): Promise<Question | undefined> {
      return toQuestion(await prisma.questionVersion.findUnique({ where: { question_version: { question, version } } }))
    },
    async questionNumbered(number: number): Promise<Question | undefined> {
      return toQuestion(await prisma.questionVersion.findUnique({ where: { number } }))
    },
    async questionVersions(question: string): Promise<Question[]> {
      const found = await prisma.questionVersion.findMany({ where: { question }, orderBy: { version: 'asc' } })
      return found.flatMap((row) => toQuestion(row) ?? [])
    },
  }
}

const nameOf = (id: string, version: string) => JSON.stringify([id, version])

/** Only `saveQuestions` writes bodies, so each is a question. */
const toQuestion = (row: { readonly body: unknown; readonly number: number } | null): Question | undefined =>
  row ? { ...(row.body as Question), number: row.number } : undefined
