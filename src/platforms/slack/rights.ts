/** Who may set teams up in Slack, and who is there. Only this file decides it. */

/** The properties of a user from `users.info` that are used ("User object" in Slack's documentation). */
export interface SlackUser {
  readonly id?: string
  /** The workspace that the user belongs to; in an organization, one of several. */
  readonly team_id?: string
  readonly name?: string
  readonly real_name?: string
  readonly tz?: string
  readonly deleted?: boolean
  readonly is_bot?: boolean
  readonly is_admin?: boolean
  readonly is_owner?: boolean
  readonly is_primary_owner?: boolean
  /** A guest of several channels, and one of a single channel. */
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  /** Of another workspace, and in no channel that the app sees. */
  readonly is_stranger?: boolean
  readonly enterprise_user?: {
    readonly id?: string
    readonly teams?: readonly string[]
    readonly is_admin?: boolean
    readonly is_owner?: boolean
    readonly is_primary_owner?: boolean
  }
  readonly profile?: { readonly display_name?: string; readonly real_name?: string }
}

/**
 * Owners and admins of the workspace and of its organization, and `others`: whoever installed the app first,
 * and those named by the operator. Never anybody who is not a full member of the workspace at this moment:
 * `others` may be out of date.
 */
export function mayRunTeams(
  user: SlackUser | undefined,
  workspace: string,
  others: readonly string[],
): boolean {
  if (!user || !isFullMember(user, workspace)) return false
  const { enterprise_user: inOrganization } = user
  const ids = [user.id, inOrganization?.id]
  return isInCharge(user) || isInCharge(inOrganization) || others.some((id) => id !== '' && ids.includes(id))
}

/** Not a guest, not a bot, nobody who has left or belongs to another company. */
export function isFullMember(user: SlackUser, workspace: string): boolean {
  const isOutside = [
    user.deleted,
    user.is_bot,
    user.is_restricted,
    user.is_ultra_restricted,
    user.is_stranger,
  ].includes(true)
  // In a channel that is shared with another company, its admins are admins there, not here.
  const isHere = user.team_id === workspace || user.enterprise_user?.teams?.includes(workspace) === true
  return isHere && !isOutside
}

/**
 * Not deactivated. People of other companies are there for as long as they are in a channel that the app
 * sees; those of another workspace of the organization may be, so the channel has to decide: undefined.
 */
export function isThere(
  { deleted, is_stranger, team_id, enterprise_user }: SlackUser,
  workspace: string,
): boolean | undefined {
  if (deleted || is_stranger) return false
  const teams = enterprise_user?.teams
  return team_id === workspace || !teams || teams.includes(workspace) || undefined
}

function isInCharge(of: Pick<SlackUser, 'is_admin' | 'is_owner' | 'is_primary_owner'> | undefined): boolean {
  return [of?.is_admin, of?.is_owner, of?.is_primary_owner].includes(true)
}
