/** Identifies the workspace and the app of a token, and the app that stored workspaces belong to. */
import { WebAPIPlatformError, WebClient, type WebClientOptions } from '@slack/web-api'
import type { Claim } from '../../bot/workspace/application.js'
import { UserError } from '../../core/errors.js'
import type { InstallStore } from './installs.js'
import type { Mode } from './mode.js'
import { PLATFORM } from './name.js'

export type ClientOptions = Pick<WebClientOptions, 'slackApiUrl' | 'logger' | 'retryConfig' | 'timeout'>

export interface Identity {
  /** Team id, `T…`, or `E…` of an organization. */
  readonly workspace: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly isOrganization: boolean
  /** The app's id, `A…`; undefined if Slack does not say. */
  readonly app: string | undefined
}

/** Throws a `UserError` if Slack refuses the token or does not answer. */
export async function identify(token: string, options: ClientOptions): Promise<Identity> {
  try {
    const client = new WebClient(token, options)
    const { team_id, team, enterprise_id, is_enterprise_install, app_id, bot_id, response_metadata } =
      await client.auth.test()
    const isOrganization = is_enterprise_install === true
    const workspace = (isOrganization ? enterprise_id : team_id) ?? ''
    const app = app_id ?? (await appOf(client, bot_id))
    return {
      workspace,
      name: team ?? workspace,
      scopes: response_metadata?.scopes ?? [],
      isOrganization,
      app,
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UserError(
      error instanceof WebAPIPlatformError
        ? `SLACK_BOT_TOKEN: Slack refuses it (${why}); take the one under "OAuth & Permissions"`
        : `Slack does not answer (${why}); check the network${options.slackApiUrl ? ', or SLACK_API_URL' : ''}`,
    )
  }
}

/** Returns the app: the token identifies the bot, and the bot identifies the app. */
async function appOf(client: WebClient, bot: string | undefined): Promise<string | undefined> {
  if (bot === undefined) return undefined
  try {
    return (await client.bots.info({ bot })).bot?.app_id
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return undefined
    throw error
  }
}

/** Returns the claim of a start. `one`: the identity of the bot token, if there is one. */
export function claimAtStart(
  mode: Mode,
  one: Identity | undefined,
  installs: InstallStore | undefined,
  options: ClientOptions,
): Claim {
  const common = { platform: PLATFORM, called: 'Slack' }
  if (mode.kind !== 'oauth')
    return {
      ...common,
      variable: 'SLACK_BOT_TOKEN',
      application: { id: one?.app },
      knows: async (stored) => stored.includes(one?.workspace ?? ''),
    }
  return {
    ...common,
    variable: 'SLACK_CLIENT_ID',
    application: { client: mode.oauth.clientId },
    knows: (stored) => oneWorks(stored, installs, options),
  }
}

/** The maximum number of installs to try: one works, or all of them belong to another app. */
const TRIED = 20

async function oneWorks(
  stored: readonly string[],
  installs: InstallStore | undefined,
  options: ClientOptions,
): Promise<boolean> {
  let tried = 0
  for (const workspace of stored) {
    const install = await installs?.find(workspace)
    if (!install) continue
    if (await isGood(install.token, options)) return true
    if (++tried >= TRIED) break
  }
  return false
}

/** Returns whether Slack accepts a token; throws if it does not answer. */
export async function isGood(token: string, options: ClientOptions): Promise<boolean> {
  try {
    await new WebClient(token, options).auth.test()
    return true
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return false
    throw new UserError(
      `Slack does not answer (${error instanceof Error ? error.message : error}); check the network`,
    )
  }
}
