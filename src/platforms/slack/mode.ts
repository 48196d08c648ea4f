/** Decides from the settings how Slack is connected. */
import { UserError } from '../../core/errors.js'

export interface SlackSettings {
  readonly SLACK_BOT_TOKEN?: string | undefined
  readonly SLACK_APP_TOKEN?: string | undefined
  readonly SLACK_SIGNING_SECRET?: string | undefined
  readonly SLACK_CLIENT_ID?: string | undefined
  readonly SLACK_CLIENT_SECRET?: string | undefined
  readonly SLACK_STATE_SECRET?: string | undefined
  readonly COHORT_SECRET_KEY?: string | undefined
}

export interface OAuth {
  readonly clientId: string
  readonly clientSecret: string
  readonly stateSecret: string
}

export type Mode =
  | { readonly kind: 'socket'; readonly appToken: string; readonly botToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string; readonly botToken: string }
  | { readonly kind: 'oauth'; readonly signingSecret: string; readonly oauth: OAuth }

/**
 * Undefined if Slack is off. Throws a `UserError` with one line that names what is missing or superfluous.
 */
export function slackMode(set: SlackSettings): Mode | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = set
  const oauth = readOAuth(set)
  if (!botToken && !appToken && !signingSecret && !oauth) return undefined
  if (botToken && oauth)
    throw new UserError('SLACK_BOT_TOKEN is for one workspace, SLACK_CLIENT_ID for many: unset one of them')
  if (appToken && signingSecret)
    throw new UserError(
      'SLACK_APP_TOKEN is for Socket Mode, SLACK_SIGNING_SECRET for HTTP: unset one of them',
    )
  if (oauth) {
    if (!signingSecret) throw missing('SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID')
    if (!set.COHORT_SECRET_KEY)
      throw missing('COHORT_SECRET_KEY', 'SLACK_CLIENT_ID', ' (it encrypts the tokens of the workspaces)')
    return { kind: 'oauth', signingSecret, oauth }
  }
  if (!botToken) throw missing('SLACK_BOT_TOKEN', appToken ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET')
  if (appToken) return { kind: 'socket', appToken, botToken }
  if (signingSecret) return { kind: 'http', signingSecret, botToken }
  throw new UserError(
    'SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (for Socket Mode) nor SLACK_SIGNING_SECRET (for HTTP): set one of them',
  )
}

function readOAuth({
  SLACK_CLIENT_ID,
  SLACK_CLIENT_SECRET,
  SLACK_STATE_SECRET,
}: SlackSettings): OAuth | undefined {
  const all = { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET }
  const there = Object.entries(all).find(([, value]) => value)?.[0]
  if (!there) return undefined
  if (!SLACK_CLIENT_ID) throw missing('SLACK_CLIENT_ID', there)
  if (!SLACK_CLIENT_SECRET) throw missing('SLACK_CLIENT_SECRET', there)
  if (!SLACK_STATE_SECRET) throw missing('SLACK_STATE_SECRET', there)
  return { clientId: SLACK_CLIENT_ID, clientSecret: SLACK_CLIENT_SECRET, stateSecret: SLACK_STATE_SECRET }
}

function missing(what: string, because: string, why = ''): UserError {
  return new UserError(`${what} is missing: ${because} is set, which needs it${why}`)
}
