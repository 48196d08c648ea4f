/** How the platforms name workspaces, channels and people. */

/**
 * The workspace of those who write to the bot directly and whom no workspace knows: one for all of a
 * platform, so that it names nobody.
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
