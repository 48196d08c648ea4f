/** Teams, their setup and their next slot. */
import type { Schedule, Team } from '../../core/model.js'
import type { PlaceKey, UserKey, WorkspaceKey } from './keys.js'

export interface TeamStore {
  teamIn(place: PlaceKey): Promise<Team | undefined>
  /** Teams of any workspace that have a channel with this id, or a round open in it, oldest first. */
  teamsInChannel(platform: string, channel: string): Promise<Team[]>
  /** All teams of a workspace, oldest first, or up to `limit` of them; counts nothing, unlike `teams`. */
  teamsOf(workspace: WorkspaceKey, limit?: number): Promise<Team[]>
  /** The teams that this user has joined and not left, oldest first. */
  teamsJoined(who: UserKey): Promise<Team[]>
  team(workspace: WorkspaceKey, id: number): Promise<Team | undefined>
  /** All teams of a workspace, oldest first, each with the number of its members and rounds. */
  teams(workspace: WorkspaceKey): Promise<ListedTeam[]>
  /**
   * Creates a team, or changes the one with the id; the change may move it to another channel. `over`: the
   * team that gives up the channel, and is paused until it is moved.
   */
  saveTeam(setup: TeamSetup, over?: number): Promise<Saved>
  /** Changes only the channel. A team that was paused because its channel was gone resumes. */
  moveTeam(move: TeamMove): Promise<Saved>
  /** Deletes a team with its rounds, their answers, and its boards; false if there is none. */
  removeTeam(workspace: WorkspaceKey, id: number): Promise<boolean>
  /** Pauses a team because its channel is gone; false if it is already paused, or not there. */
  channelGone(team: number, now: number): Promise<boolean>
  /** Up to `limit` teams that are not paused and come after the team with that id, by id. */
  teamsAfter(id: number, limit: number): Promise<Team[]>
  /** Moves the next slot of a team, unless it was moved since. */
  moveSlot(team: number, from: number, to: number): Promise<void>
  /** Sets the exam from the team's next round on; false when the team no longer exists. */
  chooseExam(team: number, exam: string): Promise<boolean>
  pauseTeam(team: number, paused: boolean, nextPostAt: number | undefined): Promise<void>
}

/**
 * `taken`: another team has the channel. `gone`: the team no longer exists. Undefined when the workspace is
 * not there, or was removed.
 */
export type Saved = Team | 'taken' | 'gone' | undefined

export interface ListedTeam {
  readonly team: Team
  readonly members: number
  readonly rounds: number
}

export interface TeamMove extends PlaceKey {
  readonly id: number
  /** The user who moved it, to be notified when a post fails. */
  readonly admin: string
  /** Used for a team that has no next slot. */
  readonly nextPostAt: number
  readonly over?: number | undefined
}

export interface TeamSetup extends PlaceKey, Schedule {
  /** The id of the team to change; undefined for a new one. */
  readonly id?: number | undefined
  readonly name: string
  readonly pack: string
  /** The same as in `Team`. */
  readonly exam?: string | undefined
  readonly count: number
  readonly topics: readonly string[]
  /** The same as in `Team`; if left out, they stay as they are. */
  readonly mention?: string
  readonly thread?: boolean
  /** The user who saves it, to be notified when a post fails; empty after they are forgotten. */
  readonly admin: string
  readonly nextPostAt: number
  /** When the current months end in its zone: `{ season: '2026-11', endsAt }`. */
  readonly seasonEnds: readonly { readonly season: string; readonly endsAt: number }[]
}
