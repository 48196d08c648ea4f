/**
 * Criticism of questions by members: problem reports for the authors, and appeals for the admins of the team.
 * An appeal says, after the reveal, that a key is wrong.
 */
import type { UserKey } from './keys.js'

interface Who extends UserKey {
  /** The name that the platform shows, stored with a new member. */
  readonly name: string
}

export interface NewReport extends Who {
  readonly question: string
  readonly version: string
  readonly reason: string
  readonly detail: string
  readonly now: number
}

/** `again`: it is stored already; `reworded`: it was stored, and has the new words now. */
export type SavedReport = 'new' | 'again' | 'reworded'

export interface Report extends NewReport {
  readonly id: number
}

export interface NewAppeal extends Who {
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

/** Appeals of a team's members against one version of a question. */
export interface WaitingAppeal {
  readonly question: string
  readonly version: string
  /** The round in which it was asked. */
  readonly round: number
  readonly slot: number
  /** One per member. */
  readonly reasons: readonly string[]
}

export interface ReportStore {
  /**
   * Stores a report. The same report of the same person counts once: new words replace the earlier ones.
   * Undefined when the workspace does not exist, or was removed.
   */
  saveReport(report: NewReport): Promise<SavedReport | undefined>
  reports(): Promise<Report[]>
  /**
   * Stores one appeal per member and version: a new reason replaces the earlier one, until it is decided.
   * Undefined when the workspace does not exist.
   */
  saveAppeal(appeal: NewAppeal): Promise<SavedReport | undefined>
  /** Appeals of a team that wait, oldest first; without questions whose key was corrected since. */
  waitingAppeals(team: number): Promise<WaitingAppeal[]>
  /** Decides the appeals of all members of the team. */
  decideAppeals(
    team: number,
    question: Pick<WaitingAppeal, 'question' | 'version'>,
    decision: Decision,
  ): Promise<void>
  /** All appeals, oldest first. */
  appeals(): Promise<Appeal[]>
  /** Problems that members of a team have reported since, without names and without duplicates. */
  problemsOf(team: number, since: number): Promise<{ readonly question: string; readonly reason: string }[]>
}
