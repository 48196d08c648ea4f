/** A corrected key, and its consequences. */
import type { Answer } from '../../core/model.js'

export interface RegradeStore {
  /**
   * Applies the key of another version to everything that was posted or practised of a question, in one
   * transaction: keys, answers, points, boards, counts. The regrade is recorded, with the notices for the
   * teams. Streaks count days answered, so no key changes them. `keys` returns the new keys of an instance's
   * items, or undefined to leave that instance as it is; if it throws, nothing is done. Undefined if there is
   * nothing to change.
   */
  regrade(
    order: RegradeOrder,
    keys: (posing: Posing) => readonly Answer[] | undefined,
  ): Promise<RegradeResult | undefined>
}

export interface RegradeOrder {
  readonly question: string
  /** The version whose key is used from now on, or `*`. */
  readonly to: string
  /** The version in the content, which has its own key; undefined if the content has none. */
  readonly current: string | undefined
  readonly why: string
  readonly now: number
  /** False: does everything in order to count it, and then rolls back. */
  readonly apply: boolean
  /** Restricts the regrade to what this team was asked of this version; practice stays as it is. */
  readonly only?: { readonly team: number; readonly version: string }
}

export interface Posing {
  readonly version: string
  readonly seed: number
}

export interface RegradeResult {
  /** The versions that changed. */
  readonly versions: readonly string[]
  readonly rounds: number
  /** How many of them can still be answered. */
  readonly open: number
  /** Answers that became right or wrong, and how many of them were practice. */
  readonly attempts: number
  readonly practice: number
  /** Members whose points changed, counted in each of their teams. */
  readonly members: number
  readonly given: number
  readonly taken: number
  /** How many teams are notified. */
  readonly teams: number
}

/** The notice to a team about a regrade. */
export interface Notice {
  readonly question: string
  readonly why: string
  /** The previous keys in the team's latest round with the question, by slot. */
  readonly was: readonly { readonly slot: number; readonly key: Answer }[]
  /** The number of members whose points changed, and the total difference, with its sign. */
  readonly members: number
  readonly points: number
}
