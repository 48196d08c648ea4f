/** The members of a team. A person who left or rests comes back with their next answer. */
import type { Member } from '../../core/model.js'
import type { UserKey } from './keys.js'
import type { History } from './rounds.js'

export interface MembershipStore {
  /**
   * Leaves the team. Points stay, and count again with the next answer. False for non-members of the team.
   */
  leaveTeam(who: UserKey, team: number): Promise<boolean>
  /** Takes a member out of the team, at an admin's request. */
  takeOut(team: number, member: number): Promise<boolean>
  /** Undefined for a person who is not in the team. */
  teamMember(team: number, member: number): Promise<TeamMember | undefined>
  /** The members of a team in the order of their names, including those who rest. */
  teamMembers(team: number, limit: number, offset: number): Promise<TeamMember[]>
  /**
   * Returns those of these members about whom the platform was not asked for a day, and marks them as asked
   * about; without members who answered the round.
   */
  takeAsking(members: readonly number[], now: number, round?: number): Promise<MemberKey[]>
  /**
   * Records that they are no longer in the workspace, so that they rest in each of its teams, or only in this
   * one.
   */
  markGone(members: readonly number[], team?: number): Promise<void>

  /** Answers of a team's rounds, by question. */
  teamHistory(team: number): Promise<History>
  /** The number of members who have joined and not left; `restingCount`: how many of them rest. */
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
