/** Who is in a team. The next answer of whoever left or rests brings them back. */
import type { Member } from '../../core/model.js'
import type { UserKey } from './keys.js'
import type { History } from './rounds.js'

export interface MembershipStore {
  /** Points stay, and count again with the next answer. False for whoever is not in the team. */
  leaveTeam(who: UserKey, team: number): Promise<boolean>
  /** The same, on the word of an admin. */
  takeOut(team: number, member: number): Promise<boolean>
  /** Undefined for whoever is not in the team. */
  teamMember(team: number, member: number): Promise<TeamMember | undefined>
  /** By name, those who rest too. */
  teamMembers(team: number, limit: number, offset: number): Promise<TeamMember[]>
  /**
   * Of these members those for whom the platform was not asked for a day, marked as asked for; without those
   * who answered the round.
   */
  takeAsking(members: readonly number[], now: number, round?: number): Promise<MemberKey[]>
  /** These are no longer in the workspace, so they rest in each of its teams; or in just this one. */
  markGone(members: readonly number[], team?: number): Promise<void>

  /** Answers of a team's rounds, by question. */
  teamHistory(team: number): Promise<History>
  /** Those who have joined and not left; `restingCount`: those of them who rest. */
  memberCount(team: number): Promise<number>
  restingCount(team: number): Promise<number>
}

/**
 * Why a member does not count at present: left the team, is not in the workspace, or did not answer for long.
 */
export type Rests = 'left' | 'gone' | 'quiet'

/** So many rounds in a row without an answer, and a member rests. */
export const QUIET_ROUNDS = 10

export type MemberKey = Pick<Member, 'id' | 'user'>

export interface TeamMember extends Member {
  readonly rests: Rests | undefined
  readonly askedAt: number | undefined
}
