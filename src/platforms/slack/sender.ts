/** Finds the workspace that a delivery of Slack belongs to. Bolt finds its token by the same rules. */
import { readMetadata } from './origin.js'

export interface Sender {
  /**
   * The workspace where the app is installed; in a channel shared with another company, the person may belong
   * elsewhere.
   */
  readonly workspace: string
  /**
   * The organization that installed the app for all of its workspaces; undefined if the workspace did so by
   * itself.
   */
  readonly organization: string | undefined
  /** The app's own id. */
  readonly app: string
  /** The bot's own user id, if Slack says it. */
  readonly bot: string | undefined
}

/** The relevant properties of any kind of delivery. */
interface Body {
  readonly team_id?: string
  readonly enterprise_id?: string | null
  readonly team?: { readonly id: string } | null
  readonly user?: { readonly team_id?: string } | string
  readonly view?: { readonly app_installed_team_id?: string | null; readonly private_metadata?: string }
  /** The team whose app has posted the message that was pressed. */
  readonly message?: { readonly team?: string }
  readonly enterprise?: { readonly id: string } | null
  /** A slash command sends it as a string. */
  readonly is_enterprise_install?: boolean | string
  readonly api_app_id?: string
  /** The workspace through which an event comes. */
  readonly context_team_id?: string | null
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
  return {
    workspace: workspaceOf(body),
    organization: installerOf(body),
    app: body.api_app_id ?? '',
    bot: authorization?.is_bot ? (authorization.user_id ?? undefined) : undefined,
  }
}

/** Returns the organization that installed the app; undefined if a workspace did so by itself. */
function installerOf(body: Body): string | undefined {
  const installed = organizationIn(body.view)
  if (installed !== undefined) return installed
  const [authorization] = body.authorizations ?? []
  const isOrganization = String(authorization?.is_enterprise_install ?? body.is_enterprise_install) === 'true'
  return isOrganization ? organizationOf(body) : undefined
}

/**
 * Returns the organization that a delivery comes from, whether it installed the app or one of its workspaces
 * did.
 */
export function organizationOf({ authorizations, enterprise, enterprise_id }: Body): string | undefined {
  return (
    [authorizations?.[0]?.enterprise_id, enterprise?.id, enterprise_id].find(
      (id) => typeof id === 'string',
    ) ?? undefined
  )
}

/** Returns the owner of the removed install: without a workspace, it is the organization. */
export function removedOf(delivery: object): string {
  const { workspace, organization } = senderOf(delivery)
  return organization ?? (workspace || (organizationOf(delivery) ?? ''))
}

function workspaceOf(body: Body): string {
  const { authorizations, context_team_id, message, team, team_id, user } = body
  const byView = workspaceOfView(body)
  if (byView !== undefined) return byView
  const byUser = typeof user === 'object' ? user.team_id : undefined
  const ids = [authorizations?.[0]?.team_id, context_team_id, team?.id, team_id, message?.team, byUser]
  return ids.find(isWorkspace) ?? ids.find((id) => typeof id === 'string') ?? ''
}

/**
 * A form that was opened in a shared channel may come back from another company, so the install decides. An
 * organization's install names no workspace: then the form itself records where it was opened.
 */
function workspaceOfView({ view, team, enterprise }: Body): string | undefined {
  const installed = view?.app_installed_team_id
  if (isWorkspace(installed)) return installed
  const organization = organizationIn(view)
  if (organization === undefined) return undefined
  const { workspace } = readMetadata(view?.private_metadata ?? '')
  if (workspace !== undefined) return workspace
  // The workspace of another company does not belong to the organization.
  if (enterprise?.id !== organization) return ''
  return isWorkspace(team?.id) ? team.id : undefined
}

function organizationIn(view: Body['view']): string | undefined {
  const installed = view?.app_installed_team_id
  return typeof installed === 'string' && installed.startsWith('E') ? installed : undefined
}

function isWorkspace(id: string | null | undefined): id is string {
  return typeof id === 'string' && id.startsWith('T')
}
