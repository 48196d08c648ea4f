/** What is stored about one member. */
import type { Confidence } from '../../core/confidence.js'
import type { Answer, Member, Streak } from '../../core/model.js'
import type { BrokenStreak } from './habits.js'
import type { UserKey } from './keys.js'
import type { Rests } from './membership.js'

export interface MemberStore {
  member(who: UserKey): Promise<Member | undefined>
  streak(who: UserKey, team: number, today: string): Promise<StreakNow | undefined>
  /** The workspace of a platform where this user answered last; undefined when none knows them. */
  lastWorkspace(platform: string, user: string): Promise<string | undefined>
  /** The latest answers of a user, `LATEST_ATTEMPTS` at most, oldest first, practice too. */
  attempts(who: UserKey): Promise<AttemptRecord[]>
  /** All that a user got for questions of the day, in all their teams. */
  ownTotals(who: UserKey): Promise<Totals>
  /** Returns false when the user is no member, so that nothing was kept. */
  hide(who: UserKey, hidden: boolean): Promise<boolean>
  /** Whether the questions of their teams come as a direct message, too; false when the user is no member. */
  askDirectly(who: UserKey, directly: boolean): Promise<boolean>
  /** Their yes, or no, to being mentioned on podiums; false when the user is no member. */
  allowMention(who: UserKey, mentioned: boolean): Promise<boolean>
  /**
   * Their yes, or no, to standing by name in the reports of their teams; with a no they are taken out of
   * those that there are. False when the user is no member.
   */
  share(who: UserKey, shares: boolean): Promise<boolean>
  /** The platform shows this name now; nothing for who is no member. */
  rename(who: UserKey, name: string): Promise<void>
  /** All that is stored about a user, as plain data; undefined when nothing is. */
  exportMember(who: UserKey): Promise<MemberExport | undefined>
  /**
   * Deletes all that is stored about a user there and in `DIRECT`, as the one who set a team up too; false
   * when nothing was. A long history goes in parts.
   */
  forgetMember(who: UserKey): Promise<boolean>
}

/**
 * `missed`: rounds (not skipped, and closed) after the last one answered and up to `today`, without those of
 * an away time. `repairedAt`: when a broken one was repaired last.
 */
export interface StreakNow extends Streak {
  readonly missed: number
  readonly rests: Rests | undefined
  readonly broken: BrokenStreak | undefined
  readonly repairedAt: number | undefined
}

export interface MemberExport {
  readonly head: Readonly<Record<string, unknown>>
  /** What may be long, a page at a time; pages of one name follow each other. */
  readonly pages: AsyncIterable<Page>
}

export interface Page {
  readonly name: string
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/** What is read of a member's history: the same work after 1,000 answers and after 100,000. */
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
  /** Never where they had seen the key beforehand, which is then `known`. */
  readonly right: boolean
  readonly known: boolean
  readonly points: number
  readonly at: number
  readonly confidence?: Confidence | undefined
}
