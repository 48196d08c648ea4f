/** Who is in a team. Somebody who left or rests comes back with their next answer. */
import type { Member } from '../../core/model.js'
import type { UserKey } from './keys.js'
import type { History } from './rounds.js'

export interface MembershipStore {
  /** Points stay, and count again with the next answer. False for somebody who is not in the team. */
  leaveTeam(who: UserKey, team: number): Promise<boolean>
  /** The same, on the order of an admin. */
  takeOut(team: number, member: number): Promise<boolean>
  /** Undefined for somebody who is not in the team. */
  teamMember(team: number, member: number): Promise<TeamMember | undefined>
  /** By name, including those who rest. */
  teamMembers(team: number, limit: number, offset: number): Promise<TeamMember[]>
  /**
   * Those of these members about whom the platform was not asked for a day, marked as asked about; without
   * those who answered the round.
   */
  takeAsking(members: readonly number[], now: number, round?: number): Promise<MemberKey[]>
  /** They are no longer in the workspace, so they rest in each of its teams; or only in this one. */
  markGone(members: readonly number[], team?: number): Promise<void>

  /** Answers of a team's rounds, by question. */
  teamHistory(team: number): Promise<History>
  /** Those who have joined and not left; `restingCount`: those of them who rest. */
  memberCount(team: number): Promise<number>
  restingCount(team: number): Promise<number>
}

/**
 * Why a member does not count at present: left the team, is not in the workspace, or has not answered for
 * long.
 */
export type Rests = 'left' | 'gone' | 'quiet'

/** A member rests after this many rounds in a row without an answer. */
export const QUIET_ROUNDS = 10

export type MemberKey = Pick<Member, 'id' | 'user'>

export interface TeamMember extends Member {
  readonly rests: Rests | undefined
  readonly askedAt: number | undefined
}
