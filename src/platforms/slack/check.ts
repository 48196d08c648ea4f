/** Checks for `cohort doctor` whether Slack accepts the settings. */
import { WebAPIPlatformError, WebClient } from '@slack/web-api'
import { UserError } from '../../core/errors.js'
import type { Mode } from './mode.js'
import { quiet } from './quiet.js'
import { lackingScopes } from './scopes.js'

/** Returns a description. Throws a `UserError` that says what to fix. `url`: base of the Web API. */
export async function checkSlack(mode: Mode, url: string | undefined): Promise<string> {
  const options = {
    ...(url && { slackApiUrl: url }),
    logger: quiet,
    retryConfig: { retries: 1 },
    timeout: 10_000,
  }
  if (mode.kind === 'oauth') return 'many workspaces by OAuth; each token is tried when it is used'
  const { team, response_metadata } = await told(
    'SLACK_BOT_TOKEN',
    new WebClient(mode.botToken, options).auth.test(),
  )
  const given = response_metadata?.scopes
  const { needed, later } = given ? lackingScopes(given) : { needed: [], later: [] }
  if (needed.length > 0)
    throw new UserError(
      `the app lacks ${[...needed, ...later].join(', ')}: take the manifest of "cohort slack manifest", and install the app again`,
    )
  if (mode.kind === 'socket')
    await told('SLACK_APP_TOKEN', new WebClient(mode.appToken, options).apps.connections.open({}))
  const off =
    later.length > 0
      ? `; it does without ${later.join(', ')} until the app has its current manifest and is installed again`
      : ''
  return `workspace ${team ?? 'unknown'}, ${mode.kind === 'socket' ? 'Socket Mode' : 'HTTP'}${off}`
}

async function told<T>(variable: string, call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (error instanceof WebAPIPlatformError)
      throw new UserError(
        `Slack refuses ${variable} (${error.data.error}): copy it again from the app's pages`,
      )
    throw new UserError(
      `Slack does not answer (${error instanceof Error ? error.message : error}): check the network`,
    )
  }
}
