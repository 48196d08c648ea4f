/** Boards of a week, a season and all time. */
import type { Ranked, Team } from '../../core/model.js'
import type { WorkspaceKey } from './keys.js'
import type { Rests } from './membership.js'

export interface BoardStore {
  board(query: BoardQuery): Promise<Board>
  /**
   * The teams of a workspace by mean points over all members who do not rest, best first; equal teams by
   * name.
   */
  teamBoard(workspace: WorkspaceKey, period: Period): Promise<TeamStanding[]>
}

/** `all`, a season `2026-11`, or a week `2026-W47`. */
export type Period = string

export interface BoardQuery {
  readonly team: number
  readonly period: Period
  /** The person whose own row is wanted, even if it is not on the page. */
  readonly user: string | undefined
  readonly limit: number
  readonly offset: number
  /**
   * The current time: for very large teams, ranks may then be some seconds old. Without it they are current.
   */
  readonly now?: number
  /**
   * Includes members who rest, as at the end of a season. Members who left the team appear without a name.
   */
  readonly everybody?: true
}

export interface Board {
  /**
   * Ordered by points, then by name. `member.name` is set even if hidden: code that draws it must respect
   * `hidden`.
   */
  readonly rows: readonly Ranked[]
  /** Members with a standing in the period, without those who rest. */
  readonly total: number
  readonly mine: Ranked | undefined
  /** Points of the nearest standing above mine. */
  readonly ahead: number | undefined
  /** My points in open rounds; boards and ranks count them once the rounds close. */
  readonly open: number
  /** Why I am not on the board, though I may have points. */
  readonly rests?: Rests | undefined
}

export interface TeamStanding {
  readonly team: Team
  /** Members who do not rest; the properties below count only them. */
  readonly members: number
  /** Members who answered in the period. */
  readonly answered: number
  readonly points: number
  /** `points / members`. */
  readonly mean: number
}
