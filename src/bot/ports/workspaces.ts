/**
 * Workspaces that the bot is in. Only `openWorkspaces` makes one; every verb treats a removed one as absent.
 */
import type { WorkspaceKey } from './keys.js'

export interface WorkspaceStore {
  /**
   * The bot is in these: each exists from now on, and a mark on it is removed. Returns those that had been
   * removed.
   */
  openWorkspaces(platform: string, ids: readonly string[]): Promise<string[]>
  /** Those of a platform that were not removed, by the platform's own ids. */
  workspaces(platform: string): Promise<string[]>
  /**
   * Marks one that the bot has left; it is deleted after seven days. False when it was already marked, or has
   * been installed again since `leftAt` (a removal may be reported late).
   */
  removeWorkspace(workspace: WorkspaceKey, now: number, leftAt?: number): Promise<boolean>
  /** The platform does not know it; returns on how many days in a row, once a day. */
  missWorkspace(workspace: WorkspaceKey, now: number): Promise<number | undefined>
  /** Removes the mark; false if there was none. */
  keepWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /** Those that are marked, on every platform. */
  removedWorkspaces(): Promise<WorkspaceKey[]>
  /**
   * Deletes workspaces of the platforms that were marked seven days ago or more, only some per day if
   * limited; undefined when another process is doing it.
   */
  purgeDue(now: number, platforms: readonly string[], isLimited: boolean): Promise<Purged | undefined>
  /** Deletes a marked workspace and everything that belongs to it at once; false if it is not marked. */
  purgeWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /**
   * The platform refuses the token of a workspace, or of all of them: after three days without an acceptance
   * nothing is posted there. Returns those for which that is new.
   */
  refuseToken(platform: string, workspace: string | undefined, now: number): Promise<Refusal[]>
  /** The platform accepts the token again. Returns those whose token it had refused. */
  acceptToken(platform: string, workspace?: string): Promise<string[]>
  /** Those of a platform whose token is refused. */
  refusedWorkspaces(platform: string): Promise<string[]>
  storedWorkspaces(): Promise<StoredWorkspace[]>
  workspaceCounts(): Promise<WorkspaceCounts[]>
  /** The application of a platform that the stored data belongs to. */
  application(platform: string): Promise<Application>
  /** False when it is no longer what it was `before`. */
  saveApplication(platform: string, application: Application, before: Application): Promise<boolean>
}

/** What is known about it: the platform's id of the application, and its OAuth client. */
export interface Application {
  readonly id?: string | undefined
  readonly client?: string | undefined
}

/** `paused`: for three days now, so nothing is posted any more. */
export interface Refusal {
  readonly workspace: string
  readonly paused: boolean
}

/** `held`: those that must wait for another day. */
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
 * For a platform: the workspaces that are there, those removed and not deleted yet; among the former those
 * whose token is refused, and those that are paused.
 */
export interface WorkspaceCounts {
  readonly platform: string
  readonly here: number
  readonly removed: number
  readonly refused: number
  readonly paused: number
}
