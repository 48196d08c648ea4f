/** The database's verbs for the reports to a team's admins. Weeks are ISO weeks, `2026-W47`. */
import type { AskedItem, Cell } from '../../core/group-figures.js'
import type { Answer, RoundQuestion, Team } from '../../core/model.js'

/** An item of a round that is over and in no report yet. */
export interface Unreported
  extends RoundQuestion,
    Pick<AskedItem, 'answered' | 'right' | 'people' | 'sharing'> {
  readonly round: number
  readonly item: number
  /** ISO date of its round. */
  readonly date: string
  /** The chosen answers, if enough people answered. */
  readonly answers: readonly { readonly answer: Answer; readonly count: number }[]
}

export interface NewTeamReport {
  readonly team: number
  readonly week: string
  readonly at: number
  readonly cells: readonly Cell[]
  /** The items whose answers are in the cells. */
  readonly items: readonly Pick<Unreported, 'round' | 'slot'>[]
  /** The members who are named with their answers to these items. */
  readonly named: readonly number[]
}

/** The report of a week, made once when the week was over. */
export interface TeamReport {
  readonly week: string
  readonly members: number
  /** The number of participants, in steps of five. */
  readonly people: number
  readonly cells: readonly Cell[]
}

/** The progress of a member who agreed to share it. */
export interface SharedProgress {
  readonly name: string
  readonly answered: number
  readonly right: number
}

/** The recipient of the weekly report: a person by direct message, or a channel. */
export interface ReportOrder {
  readonly user: string
  readonly channel: string | undefined
}

export interface TeamReportStore {
  /** Reports of weeks from `from` on, oldest first. */
  teamReports(team: number, from: string): Promise<TeamReport[]>
  /**
   * Items of rounds of weeks from `from` to `week`, in the order in which they were asked; without withdrawn
   * ones.
   */
  unreported(team: number, from: string, week: string): Promise<Unreported[]>
  /** Members of the team who share their progress. */
  sharing(team: number): Promise<number[]>
  /** The ISO date on which each question was first asked, by question. */
  firstAsked(team: number): Promise<ReadonlyMap<string, string>>
  /** Stores a report; does nothing if the week already has one. */
  saveTeamReport(report: NewTeamReport): Promise<void>
  /** The progress of members who share it, in the order of their names. */
  sharedProgress(team: number, week: string): Promise<SharedProgress[]>
  reportOrder(team: number): Promise<ReportOrder | undefined>
  /** Stores an order, which replaces an earlier one. `nextAt`: when the next report is due. */
  orderReport(team: number, order: ReportOrder, nextAt: number): Promise<void>
  cancelReport(team: number): Promise<void>
  /** Up to `limit` teams of a platform whose report is due, and when it was. */
  reportsDue(
    platform: string,
    now: number,
    limit: number,
  ): Promise<{ readonly team: Team; readonly nextAt: number }[]>
  /**
   * Moves the next report. Does nothing if it was moved or cancelled since; without `from`, moves it in any
   * case.
   */
  moveReport(team: number, to: number, from?: number): Promise<void>
  /** Why the latest due report could not be sent; undefined if it was sent. */
  reportTrouble(team: number): Promise<string | undefined>
}
