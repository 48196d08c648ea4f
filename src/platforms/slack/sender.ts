/** Whose a delivery of Slack is. Bolt finds its token by the same rules. */

export interface Sender {
  /**
   * Where the app is installed, which in a channel shared with another company is not always where the person
   * is.
   */
  readonly workspace: string
  /**
   * The organization that installed the app for all of its workspaces; undefined where a workspace did so by
   * itself.
   */
  readonly organization: string | undefined
  /** The app's own id. */
  readonly app: string
  /** The bot's own user id, where Slack says it. */
  readonly bot: string | undefined
}

/** The parts that tell, in whatever kind of delivery. */
interface Body {
  readonly team_id?: string
  readonly enterprise_id?: string | null
  readonly team?: { readonly id: string } | null
  readonly user?: { readonly team_id?: string } | string
  readonly view?: { readonly app_installed_team_id?: string | null }
  readonly enterprise?: { readonly id: string } | null
  /** A slash command has it as a word. */
  readonly is_enterprise_install?: boolean | string
  readonly api_app_id?: string
  readonly authorizations?: readonly {
    readonly team_id?: string | null
    readonly enterprise_id?: string | null
    readonly is_enterprise_install?: boolean
    readonly user_id?: string | null
    readonly is_bot?: boolean
  }[]
}

export function senderOf(delivery: object): Sender {
  const body: Body = delivery
  const [authorization] = body.authorizations ?? []
  const isOrganization = String(authorization?.is_enterprise_install ?? body.is_enterprise_install) === 'true'
  return {
    workspace: workspaceOf(body),
    organization: isOrganization ? organizationOf(body) : undefined,
    app: body.api_app_id ?? '',
    bot: authorization?.is_bot ? (authorization.user_id ?? undefined) : undefined,
  }
}

/**
 * The organization that a delivery is from, whether it installed the app or a workspace of it did so by
 * itself.
 */
export function organizationOf({ authorizations, enterprise, enterprise_id }: Body): string | undefined {
  return (
    [authorizations?.[0]?.enterprise_id, enterprise?.id, enterprise_id].find(
      (id) => typeof id === 'string',
    ) ?? undefined
  )
}

/** Whose install a removal is about: what comes without a workspace is the organization's. */
export function removedOf(delivery: object): string {
  const { workspace, organization } = senderOf(delivery)
  return organization ?? (workspace || (organizationOf(delivery) ?? ''))
}

function workspaceOf({ authorizations, view, team, team_id, user }: Body): string {
  const [authorization] = authorizations ?? []
  // A form that was opened in a shared channel may come back from the other company; of an organization it
  // names the organization.
  const installed = view?.app_installed_team_id
  const byView = typeof installed === 'string' && installed.startsWith('T') ? installed : undefined
  const byUser = typeof user === 'object' ? user.team_id : undefined
  return (
    [authorization?.team_id, byView, team?.id, team_id, byUser].find((id) => typeof id === 'string') ?? ''
  )
}
