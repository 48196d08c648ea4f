/** Decides who may set teams up in Slack, and who is there; no other file does. */

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
  /** Guests of several channels; `is_ultra_restricted`: of a single channel. */
  readonly is_restricted?: boolean
  readonly is_ultra_restricted?: boolean
  /** A person of another workspace who is in no channel that the app sees. */
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
 * Owners and admins of the workspace and of its organization may, and `others`: the first installer of the
 * app, and people named by the operator. Only full members of the workspace at this moment may, since
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

/** False for guests, bots, and people who have left or belong to another company. */
export function isFullMember(user: SlackUser, workspace: string): boolean {
  const isOutside = [
    user.deleted,
    user.is_bot,
    user.is_restricted,
    user.is_ultra_restricted,
    user.is_stranger,
  ].includes(true)
  // Admins of another company that shares a channel are admins there, not here.
  const isHere = user.team_id === workspace || user.enterprise_user?.teams?.includes(workspace) === true
  return isHere && !isOutside
}

/**
 * False if deactivated. People of other companies are there for as long as they are in a channel that the app
 * sees. People of another workspace of the organization may be there, so the channel has to decide:
 * undefined.
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
