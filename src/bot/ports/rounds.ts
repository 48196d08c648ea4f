/** Rounds: planned, open, settled. */
import type { Answer, Round, Team } from '../../core/model.js'
import type { Edition } from './editions.js'
import type { WorkspaceKey } from './keys.js'

export interface RoundStore {
  /**
   * Reads up to `limit` teams whose slot has come, asks `plan` what to do for each, and writes rounds and
   * next slots in one statement, without the teams that another process changed or planned meanwhile. A
   * (team, date) that has its round already keeps it, unless it was skipped and nobody answered. When a new
   * round is due, it ends the open ones. Returns how many teams were written: call again until 0. `plan` may
   * be called for the same team again. `editions`: the content of this process; teams of packs whose current
   * content is another are left to other processes.
   */
  planRounds(
    now: number,
    limit: number,
    plan: (due: DueTeam) => RoundPlan,
    editions?: readonly Edition[],
  ): Promise<number>
  /**
   * Adds today's round out of turn; `already` when the date has its round. `plan` is called again when the
   * team was changed meanwhile.
   */
  planNow(team: number, plan: (due: DueTeam) => RoundPlan): Promise<'planned' | 'already' | 'no-team'>
  /**
   * Ends a round: no further answer counts, its points are added to the boards, and for each slot the numbers
   * of answers and right answers are stored. May be repeated.
   */
  settleRound(round: number): Promise<void>
  /** Ends the open round of a team early; returns its id. */
  endRoundNow(team: number, now: number): Promise<number | undefined>
  round(id: number): Promise<Round | undefined>
  /**
   * The latest dates on which a team has had its round, even if its zone has changed since; ISO, that of the
   * newest round first.
   */
  usedDates(team: number): Promise<string[]>
  /** The team's round that was due last and is not skipped. */
  latestRound(team: number): Promise<Round | undefined>
  /** Rounds that can be answered, the one that was due last first. */
  openRounds(team: number): Promise<Round[]>
  /** Open rounds of a workspace whose team is in another channel by now. */
  roundsElsewhere(workspace: WorkspaceKey): Promise<Round[]>
  /** How many members have answered any item of the round. */
  answererCount(round: number): Promise<number>
  /** The chosen answers per slot, in the order of slots. */
  results(round: number): Promise<SlotResult[]>
}

/** The questions that a team was asked before; keys are question ids. */
export type History = ReadonlyMap<
  string,
  { readonly uses: number; readonly answered: number; readonly right: number }
>

export interface DueTeam {
  readonly team: Team
  /** The dates from `usedDates`. */
  readonly used: readonly string[]
  readonly history: History
}

export interface RoundPlan {
  readonly nextPostAt: number
  readonly round?: {
    readonly date: string
    readonly dueAt: number
    readonly closesAt: number
    /** The local month, `2026-11`, and when it ends in the team's zone. */
    readonly season: string
    readonly seasonEndsAt: number
    /** The ISO week, `2026-W47`. */
    readonly week: string
    readonly questions: readonly PlannedQuestion[]
  }
}

export interface PlannedQuestion {
  readonly question: string
  readonly version: string
  readonly seed: number
  /** One entry per item: the key, and the points for a right answer. */
  readonly items: readonly { readonly key: Answer; readonly maxPoints: number }[]
}

export interface SlotResult {
  readonly slot: number
  readonly answered: number
  readonly right: number
  readonly answers: readonly { readonly answer: Answer; readonly count: number }[]
}
