/** What is asked of the database for the reports that a team's admins get. Weeks are ISO weeks, `2026-W47`. */
import type { AskedItem, Cell } from '../../core/group-figures.js'
import type { Answer, RoundQuestion, Team } from '../../core/model.js'

/** An item of a round that is over and stands in no report. */
export interface Unreported
  extends RoundQuestion,
    Pick<AskedItem, 'answered' | 'right' | 'people' | 'sharing'> {
  readonly round: number
  readonly item: number
  /** ISO date of its round. */
  readonly date: string
  /** What was chosen, where enough people answered. */
  readonly answers: readonly { readonly answer: Answer; readonly count: number }[]
}

export interface NewTeamReport {
  readonly team: number
  readonly week: string
  readonly at: number
  readonly cells: readonly Cell[]
  /** The items whose answers stand in the cells. */
  readonly items: readonly Pick<Unreported, 'round' | 'slot'>[]
  /** The members who are named with what they answered of these items. */
  readonly named: readonly number[]
}

/** As it was made when the week was over; it is not made again. */
export interface TeamReport {
  readonly week: string
  readonly members: number
  /** How many took part, in steps of five. */
  readonly people: number
  readonly cells: readonly Cell[]
}

/** Of one who said yes to it. */
export interface SharedProgress {
  readonly name: string
  readonly answered: number
  readonly right: number
}

/** Who wants the report every week: by direct message, or in a channel. */
export interface ReportOrder {
  readonly user: string
  readonly channel: string | undefined
}

export interface TeamReportStore {
  /** Of weeks from `from` on, oldest first. */
  teamReports(team: number, from: string): Promise<TeamReport[]>
  /** Of rounds of weeks from `from` to `week`, in the order in which they were asked; withdrawn ones left out. */
  unreported(team: number, from: string, week: string): Promise<Unreported[]>
  /** Members of the team who share their progress. */
  sharing(team: number): Promise<number[]>
  /** When each question was asked first; ISO dates by question. */
  firstAsked(team: number): Promise<ReadonlyMap<string, string>>
  /** Nothing happens when the week has its report. */
  saveTeamReport(report: NewTeamReport): Promise<void>
  /** By name. */
  sharedProgress(team: number, week: string): Promise<SharedProgress[]>
  reportOrder(team: number): Promise<ReportOrder | undefined>
  /** Takes the place of an earlier one. `nextAt`: when the next report is due. */
  orderReport(team: number, order: ReportOrder, nextAt: number): Promise<void>
  cancelReport(team: number): Promise<void>
  /** Up to `limit` teams of a platform whose report is due, and when it was. */
  reportsDue(
    platform: string,
    now: number,
    limit: number,
  ): Promise<{ readonly team: Team; readonly nextAt: number }[]>
  /** Nothing happens when it was moved since, or cancelled; `from` left out: wherever it is. */
  moveReport(team: number, to: number, from?: number): Promise<void>
  /** Why the latest report that was due could not be sent; undefined when it was. */
  reportTrouble(team: number): Promise<string | undefined>
}
