/** A pack as one of its exams sees it: the content that serves that exam, in the domains of that exam. */
import type { Exam, Pack, Question, Skills } from '../core/model.js'
import { type Bank, createBank } from './bank.js'

interface Serving {
  readonly skills?: Skills | undefined
}

export const saysWhatItServes = ({ skills = {} }: Serving): boolean => Object.keys(skills).length > 0

/** Content that names no exam serves all of them. */
export function serves(one: Serving, { id }: Pick<Exam, 'id'>): boolean {
  return !saysWhatItServes(one) || (one.skills?.[id]?.length ?? 0) > 0
}

/** Returns undefined if the content serves that exam in no domain. */
export function domainIn({ skills }: Serving, { id }: Pick<Exam, 'id'>): number | undefined {
  const [first] = skills?.[id] ?? []
  return first === undefined ? undefined : Number.parseInt(first, 10)
}

/** Returns a question that names exams in the domain of the first exam that it serves. */
export function placed(question: Question, { exams }: Pick<Pack, 'exams'>): Question {
  if (!saysWhatItServes(question)) return question
  const domain = exams.map((exam) => domainIn(question, exam)).find((one) => one !== undefined)
  return domain === undefined ? question : { ...question, domain }
}

/**
 * Returns a question that names no exam, such as one that a team writes, in the domain of most questions
 * about its topics. `about` returns the questions of an exam.
 */
export function placedByTopics(
  question: Question,
  about: (topics: readonly string[]) => readonly Question[],
): Question {
  const counts = new Map<number, number>()
  for (const { domain } of question.topics.length > 0 ? about(question.topics) : [])
    if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1)
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const { domain: _other, ...rest } = question
  return most ? { ...rest, domain: most[0] } : rest
}

/**
 * Returns the same bank with that exam first (or the pack's first exam if there is none of that id), and only
 * the questions that serve it. Returns the bank itself for a pack without exams, and for one whose only exam
 * all questions serve.
 */
export function bankFor(bank: Bank, id?: string): Bank {
  const [first] = bank.pack.exams
  const exam = bank.pack.exams.find((one) => one.id === id) ?? first
  if (!exam || (bank.pack.exams.length === 1 && bank.questions.every((one) => serves(one, exam)))) return bank
  const questions = bank.questions
    .filter((one) => serves(one, exam))
    .map((one) => placed(one, { exams: [exam] }))
  const exams = [exam, ...bank.pack.exams.filter((one) => one !== exam)]
  return createBank({ ...bank, pack: { ...bank.pack, exams }, questions })
}
