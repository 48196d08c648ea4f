/** All questions that can be asked: those of the packs, and those that members of teams wrote. */
import type { Question, Team } from '../../core/model.js'

export interface Questions {
  /**
   * The questions that may be asked about any of the topics of a pack; about the whole pack if no topic is
   * given. Returns the same array while nothing changes.
   */
  about(of: Askable, topics: readonly string[]): readonly Question[]
  /** The current version. */
  question(id: string): Question | undefined
  /** The version with this number; undefined if it is no longer asked. */
  numbered(number: number): Question | undefined
  /** Whether any team with this pack has questions of its own. */
  hasOwn(pack: string): boolean
  /**
   * Reads what teams have approved, changed and retired since, in any process. Afterwards every question that
   * any process asked before is known here.
   */
  catchUp(): Promise<void>
}

/**
 * The questions of a pack for one of its exams, the first if none is named, with the questions of a team, by
 * its `id`, or of several; without either, only the questions of the pack.
 */
export interface Askable extends Pick<Team, 'pack' | 'exam'> {
  readonly id?: number
  readonly teams?: readonly number[]
}
