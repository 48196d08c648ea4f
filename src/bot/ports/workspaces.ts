/**
 * Workspaces that the bot is in. Only `openWorkspaces` creates one; all other methods treat a removed one as
 * absent.
 */
import type { WorkspaceKey } from './keys.js'

export interface WorkspaceStore {
  /**
   * Records that the bot is in these workspaces: each exists from now on, and a mark on it is removed.
   * Returns those that had been removed.
   */
  openWorkspaces(platform: string, ids: readonly string[]): Promise<string[]>
  /** The workspaces of a platform that were not removed, by the platform's own ids. */
  workspaces(platform: string): Promise<string[]>
  /**
   * Marks a workspace that the bot has left; it is deleted after seven days. False when it was already
   * marked, or has been installed again since `leftAt` (a removal may be reported late).
   */
  removeWorkspace(workspace: WorkspaceKey, now: number, leftAt?: number): Promise<boolean>
  /** Records that the platform does not know the workspace, once a day; returns on how many days in a row. */
  missWorkspace(workspace: WorkspaceKey, now: number): Promise<number | undefined>
  /** Removes the mark; false if there was none. */
  keepWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /** The marked workspaces of all platforms. */
  removedWorkspaces(): Promise<WorkspaceKey[]>
  /**
   * Deletes workspaces of the platforms that were marked seven days ago or more, only some per day if
   * limited; undefined when another process is doing it.
   */
  purgeDue(now: number, platforms: readonly string[], isLimited: boolean): Promise<Purged | undefined>
  /** Deletes a marked workspace and everything that belongs to it at once; false if it is not marked. */
  purgeWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /**
   * Records that the platform refuses the token of a workspace, or of all of them: after three days without
   * an acceptance nothing is posted there. Returns those for which that is new.
   */
  refuseToken(platform: string, workspace: string | undefined, now: number): Promise<Refusal[]>
  /** Records that the platform accepts the token again. Returns the workspaces whose token it had refused. */
  acceptToken(platform: string, workspace?: string): Promise<string[]>
  /** The workspaces of a platform whose token is refused. */
  refusedWorkspaces(platform: string): Promise<string[]>
  storedWorkspaces(): Promise<StoredWorkspace[]>
  workspaceCounts(): Promise<WorkspaceCounts[]>
  /** The application of a platform that the stored data belongs to. */
  application(platform: string): Promise<Application>
  /** Replaces the application; false when the stored one is no longer `before`. */
  saveApplication(platform: string, application: Application, before: Application): Promise<boolean>
}

/** The platform's id of the application, and its OAuth client. */
export interface Application {
  readonly id?: string | undefined
  readonly client?: string | undefined
}

/** `paused`: the token was refused for three days, so nothing is posted any more. */
export interface Refusal {
  readonly workspace: string
  readonly paused: boolean
}

/** `held`: the workspaces that must wait for another day. */
export interface Purged {
  readonly gone: readonly WorkspaceKey[]
  readonly held: readonly WorkspaceKey[]
}

export interface StoredWorkspace extends WorkspaceKey {
  readonly teams: number
  readonly members: number
  readonly removedAt: number | undefined
  readonly refusedAt: number | undefined
  readonly pausedAt: number | undefined
}

/**
 * The numbers of workspaces of a platform: those that are there, and those removed and not deleted yet; among
 * the former, those whose token is refused and those that are paused.
 */
export interface WorkspaceCounts {
  readonly platform: string
  readonly here: number
  readonly removed: number
  readonly refused: number
  readonly paused: number
}
