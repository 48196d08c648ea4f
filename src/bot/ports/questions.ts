/** What can be asked, wherever it comes from: the packs, and what members of teams wrote. */
import type { Question, Team } from '../../core/model.js'

export interface Questions {
  /**
   * What may be asked about any of the topics of a pack; about all of it for no topic. The same array while
   * nothing changes.
   */
  about(of: Askable, topics: readonly string[]): readonly Question[]
  /** The version that is asked now. */
  question(id: string): Question | undefined
  /** Undefined for a version that is no longer asked. */
  numbered(number: number): Question | undefined
  /** Whether any team that has this pack has questions of its own. */
  hasOwn(pack: string): boolean
  /**
   * Reads what teams have approved, changed and retired since, in whatever process. Once it is done, what was
   * asked anywhere before that is known here.
   */
  catchUp(): Promise<void>
}

/**
 * What a pack asks for one of its exams, the first where none is named, with the questions of a team, by its `id`,
 * or of several; without either those of the pack alone.
 */
export interface Askable extends Pick<Team, 'pack' | 'exam'> {
  readonly id?: number
  readonly teams?: readonly number[]
}
