import type { Question } from './model.js'
import { authoredId } from './question-id.js'

/** Whether the author named no concept, so that the question is its own concept. */
export const isOwnConcept = (question: Pick<Question, 'id' | 'pack' | 'concept'>) =>
  question.concept === authoredId(question)

/** Names the tested idea for people. An id may give the answer away, so it is never shown. */
export function conceptInWords(question: Question): string {
  if (!isOwnConcept(question)) return question.concept
  switch (question.kind) {
    case 'case':
      return question.scenario
    case 'template':
      return question.family.replaceAll('-', ' ')
    case 'choice':
    case 'response':
    case 'ordering':
    case 'matching':
      return question.stem
  }
}
