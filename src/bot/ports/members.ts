/** The database's verbs about one member. */
import type { Confidence } from '../../core/confidence.js'
import type { Answer, Member, Streak } from '../../core/model.js'
import type { BrokenStreak } from './habits.js'
import type { UserKey } from './keys.js'
import type { Rests } from './membership.js'

export interface MemberStore {
  member(who: UserKey): Promise<Member | undefined>
  streak(who: UserKey, team: number, today: string): Promise<StreakNow | undefined>
  /** The workspace of a platform where this user answered last; undefined if the user is a member nowhere. */
  lastWorkspace(platform: string, user: string): Promise<string | undefined>
  /** The latest answers of a user, at most `LATEST_ATTEMPTS`, oldest first, including practice. */
  attempts(who: UserKey): Promise<AttemptRecord[]>
  /** The totals of a user for questions of the day, in all their teams. */
  ownTotals(who: UserKey): Promise<Totals>
  /** Sets whether their name is hidden. Returns false for non-members, about whom nothing is stored. */
  hide(who: UserKey, hidden: boolean): Promise<boolean>
  /** Sets whether the questions of their teams also come as a direct message; false for non-members. */
  askDirectly(who: UserKey, directly: boolean): Promise<boolean>
  /** Sets whether podiums may mention them; false for non-members. */
  allowMention(who: UserKey, mentioned: boolean): Promise<boolean>
  /**
   * Sets whether the reports of their teams may name them; a no also removes them from existing reports.
   * False for non-members.
   */
  share(who: UserKey, shares: boolean): Promise<boolean>
  /** Stores the name that the platform shows now; does nothing for non-members. */
  rename(who: UserKey, name: string): Promise<void>
  /** Everything that is stored about a user, as plain data; undefined if nothing is. */
  exportMember(who: UserKey): Promise<MemberExport | undefined>
  /**
   * Deletes everything that is stored about a user there and in `DIRECT`, including the record that they set
   * a team up; false when nothing was stored. A long history is deleted in parts.
   */
  forgetMember(who: UserKey): Promise<boolean>
}

/**
 * `missed`: rounds (not skipped, and closed) after the last one answered and up to `today`, without those of
 * an away time. `repairedAt`: when a broken streak was last repaired.
 */
export interface StreakNow extends Streak {
  readonly missed: number
  readonly rests: Rests | undefined
  readonly broken: BrokenStreak | undefined
  readonly repairedAt: number | undefined
}

export interface MemberExport {
  readonly head: Readonly<Record<string, unknown>>
  /** Lists that may be long, one page at a time; pages of one list follow each other. */
  readonly pages: AsyncIterable<Page>
}

export interface Page {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/**
 * The most answers of a member's history that are read, so that the work is the same after 1,000 answers and
 * after 100,000.
 */
export const LATEST_ATTEMPTS = 1000

export interface Totals {
  readonly points: number
  readonly answered: number
  readonly right: number
}

export interface AttemptRecord {
  /** Undefined in practice. */
  readonly team: number | undefined
  readonly date: string | undefined
  readonly question: string
  readonly item: number
  readonly answer: Answer
  /** False if the member had seen the key before, which `known` then says. */
  readonly right: boolean
  readonly known: boolean
  readonly points: number
  readonly at: number
  readonly confidence?: Confidence | undefined
}
