/** What a member got wrong lately, and has not got right since. */
import type { Question } from '../../core/model.js'
import type { Deps } from '../deps.js'

/** The latest first. */
export function missedQuestions(
  attempts: readonly { readonly question: string; readonly right: boolean }[],
  { questions }: Pick<Deps, 'questions'>,
): Question[] {
  const latest = new Map<string, boolean>()
  for (const { question, right } of attempts) {
    latest.delete(question)
    latest.set(question, right)
  }
  const wrong = [...latest].filter(([, right]) => !right).reverse()
  return wrong.flatMap(([id]) => questions.question(id) ?? [])
}
