/** Members say after the reveal that a key is wrong; the admins of the team decide. */
import type { SavedReport, UserKey } from './store.js'

export interface NewAppeal extends UserKey {
  /** The name that the platform shows, kept with a member who is new. */
  readonly name: string
  readonly round: number
  readonly slot: number
  readonly question: string
  readonly version: string
  readonly reason: string
  readonly now: number
}

export interface Appeal extends NewAppeal {
  readonly id: number
  /** Undefined while it waits. */
  readonly decision: Decision | undefined
}

/** The key stays, or everybody gets the point. */
export type Decision = 'kept' | 'given'

/** What members of a team say of one version of a question. */
export interface WaitingAppeal {
  readonly question: string
  readonly version: string
  /** Where it was asked. */
  readonly round: number
  readonly slot: number
  /** One a member. */
  readonly reasons: readonly string[]
}

export interface AppealStore {
  /**
   * One a member and version: another reason takes the place of the earlier, until it is decided. Undefined
   * when the workspace is not there.
   */
  saveAppeal(appeal: NewAppeal): Promise<SavedReport | undefined>
  /** Of a team, the oldest first; without those of a question whose key was corrected since. */
  waitingAppeals(team: number): Promise<WaitingAppeal[]>
  /** Of all members of the team. */
  decideAppeals(
    team: number,
    question: Pick<WaitingAppeal, 'question' | 'version'>,
    decision: Decision,
  ): Promise<void>
  /** All of them, oldest first. */
  appeals(): Promise<Appeal[]>
  /** What members of a team have reported since, without who did, and without doubles. */
  problemsOf(team: number, since: number): Promise<{ readonly question: string; readonly reason: string }[]>
}
