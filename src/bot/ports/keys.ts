/** How the platforms name workspaces, channels and people. */

/**
 * The workspace of people who write to the bot directly and are in no known workspace: one per platform, so
 * it identifies nobody.
 */
export const DIRECT = '@direct'

export interface WorkspaceKey {
  readonly platform: string
  readonly workspace: string
}

export interface PlaceKey extends WorkspaceKey {
  readonly channel: string
}

export interface UserKey extends WorkspaceKey {
  readonly user: string
}
