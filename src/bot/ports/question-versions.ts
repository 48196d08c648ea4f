/** Stores questions as they were posted, so that an instance can be made from every version again. */
import type { Question } from '../../core/model.js'

export interface QuestionVersionStore {
  /**
   * Returns the same questions, each with its number and an id that no question of another pack has. An id
   * that was given before stays.
   */
  saveQuestions(questions: readonly Question[]): Promise<Question[]>
  /** The id that `saveQuestions` has given to the question with this pack and this id in its file. */
  questionId(question: Pick<Question, 'pack' | 'id'>): Promise<string | undefined>
  question(id: string, version: string): Promise<Question | undefined>
  /** The version with this number. */
  questionNumbered(number: number): Promise<Question | undefined>
  questionVersions(id: string): Promise<Question[]>
}
