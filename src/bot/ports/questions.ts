/** What can be asked, wherever it comes from: today the packs. */
import type { Question, Team } from '../../core/model.js'

export interface Questions {
  /**
   * What a team may be asked about any of the topics of its pack; about all of it for no topic. The same
   * array while nothing changes.
   */
  about(team: Pick<Team, 'pack'>, topics: readonly string[]): readonly Question[]
  /** The version that is asked now. */
  question(id: string): Question | undefined
  /** Undefined for a version that is no longer asked. */
  numbered(number: number): Question | undefined
}
