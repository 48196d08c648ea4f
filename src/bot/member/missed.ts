/** The questions that a member got wrong lately, and has not got right since. */
import { surestFirst } from '../../core/confidence.js'
import type { Question } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { AttemptRecord } from '../ports/members.js'

type Answered = Pick<AttemptRecord, 'question' | 'right' | 'known' | 'confidence'>

/**
 * The missed questions: those that the member was sure of first, each group latest first; without questions
 * whose key they had seen.
 */
export function missedQuestions(
  attempts: readonly Answered[],
  { questions }: Pick<Deps, 'questions'>,
): Question[] {
  const latest = new Map<string, Answered>()
  for (const attempt of attempts) {
    if (attempt.known) continue
    latest.delete(attempt.question)
    latest.set(attempt.question, attempt)
  }
  const wrong = [...latest.values()].filter(({ right }) => !right).reverse()
  return surestFirst(wrong).flatMap(({ question }) => questions.question(question) ?? [])
}
