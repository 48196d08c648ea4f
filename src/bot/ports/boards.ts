/** Boards of a week, a season and all time. */
import type { Ranked, Team } from '../../core/model.js'
import type { WorkspaceKey } from './keys.js'
import type { Rests } from './membership.js'

export interface BoardStore {
  board(query: BoardQuery): Promise<Board>
  /** The teams of a workspace by mean points over all members who do not rest, best first, equals by name. */
  teamBoard(workspace: WorkspaceKey, period: Period): Promise<TeamStanding[]>
}

/** `all`, a season `2026-11`, or a week `2026-W47`. */
export type Period = string

export interface BoardQuery {
  readonly team: number
  readonly period: Period
  /** Whose own row is wanted; also off the page. */
  readonly user: string | undefined
  readonly limit: number
  readonly offset: number
  /** For teams of very many, ranks may then be some seconds old; without it they are of this moment. */
  readonly now?: number
  /** Those who rest too, as at the end of a season; who left the team stands there hidden. */
  readonly everybody?: true
}

export interface Board {
  /**
   * Ordered by points, then by name; `member.name` is given even when hidden: who draws it must respect
   * `hidden`.
   */
  readonly rows: readonly Ranked[]
  /** Members with a standing in the period, without those who rest. */
  readonly total: number
  readonly mine: Ranked | undefined
  /** Points of the nearest standing above mine. */
  readonly ahead: number | undefined
  /** My points in rounds that are open; boards and ranks count them from the close on. */
  readonly open: number
  /** Why I am not on it, though I may have points. */
  readonly rests?: Rests | undefined
}

export interface TeamStanding {
  readonly team: Team
  /** Those who do not rest, as in what follows. */
  readonly members: number
  /** Members who answered in the period. */
  readonly answered: number
  readonly points: number
  /** `points / members`. */
  readonly mean: number
}
