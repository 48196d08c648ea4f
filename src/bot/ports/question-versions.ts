/** Questions as they were posted: every version can be instantiated again. */
import type { Question } from '../../core/model.js'

export interface QuestionVersionStore {
  /**
   * Returns the same questions, each with its number and the id that no question of another pack has. The id
   * of an earlier one stays.
   */
  saveQuestions(questions: readonly Question[]): Promise<Question[]>
  /** The id that `saveQuestions` has given a question of this pack and of this id in its file. */
  questionId(question: Pick<Question, 'pack' | 'id'>): Promise<string | undefined>
  question(id: string, version: string): Promise<Question | undefined>
  /** The version that has this number. */
  questionNumbered(number: number): Promise<Question | undefined>
  questionVersions(id: string): Promise<Question[]>
}
