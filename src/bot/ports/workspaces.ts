/** Workspaces that the bot is in. Nothing but `openWorkspaces` makes one; every verb treats a removed one as absent. */
import type { WorkspaceKey } from './keys.js'

export interface WorkspaceStore {
  /**
   * The bot is in these: each is there from now on, whatever was marked of it. Returns those that had been
   * removed.
   */
  openWorkspaces(platform: string, ids: readonly string[]): Promise<string[]>
  /** Those of a platform that were not removed, by the platform's own ids. */
  workspaces(platform: string): Promise<string[]>
  /**
   * Marks one that the bot has left; it is deleted after seven days. False when it was marked already, or has
   * been installed again since
   * `leftAt` (word of a removal may come late).
   */
  removeWorkspace(workspace: WorkspaceKey, now: number, leftAt?: number): Promise<boolean>
  /** The platform does not know it; returns on how many days in a row, once a day. */
  missWorkspace(workspace: WorkspaceKey, now: number): Promise<number | undefined>
  /** Takes the mark away; false when there was none. */
  keepWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /** Those that are marked, on every platform. */
  removedWorkspaces(): Promise<WorkspaceKey[]>
  /**
   * Deletes those of the platforms that were marked seven days ago or more, some of them a day when limited;
   * undefined when another process is at it.
   */
  purgeDue(now: number, platforms: readonly string[], isLimited: boolean): Promise<Purged | undefined>
  /** Deletes a marked workspace and all that hangs on it at once; false when there is no such. */
  purgeWorkspace(workspace: WorkspaceKey): Promise<boolean>
  /**
   * The platform refuses the token of a workspace, or of all of them: after three days without an acceptance
   * nothing is posted there. Returns those for which that is new.
   */
  refuseToken(platform: string, workspace: string | undefined, now: number): Promise<Refusal[]>
  /** It takes the token again. Returns those that it had refused. */
  acceptToken(platform: string, workspace?: string): Promise<string[]>
  /** Those of a platform whose token is refused. */
  refusedWorkspaces(platform: string): Promise<string[]>
  storedWorkspaces(): Promise<StoredWorkspace[]>
  workspaceCounts(): Promise<WorkspaceCounts[]>
  /** To which application of a platform what is stored belongs. */
  application(platform: string): Promise<Application>
  /** False when it is no longer what it was `before`. */
  saveApplication(platform: string, application: Application, before: Application): Promise<boolean>
}

/** What is known of it: the platform's id of the application, and its OAuth client. */
export interface Application {
  readonly id?: string | undefined
  readonly client?: string | undefined
}

/** `paused`: for three days now, so that nothing is posted any more. */
export interface Refusal {
  readonly workspace: string
  readonly paused: boolean
}

/** `held`: those that have to wait for another day. */
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
 * Of a platform: those that are there, those removed and not deleted yet; of the former those whose token is
 * refused, and the paused.
 */
export interface WorkspaceCounts {
  readonly platform: string
  readonly here: number
  readonly removed: number
  readonly refused: number
  readonly paused: number
}
