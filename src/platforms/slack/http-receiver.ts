/** Slack over HTTP: receives deliveries, and installs by OAuth. */
import type { ServerResponse } from 'node:http'
import {
  AuthorizationError,
  HTTPReceiver,
  type HTTPReceiverOptions,
  type Installation,
  type InstallationStore,
} from '@slack/bolt'
import type { Log } from '../../bot/deps.js'
import type { SeenAddress } from './address.js'
import type { SlackDeps } from './deps.js'
import { type ClientOptions, isGood } from './identity.js'
import type { Installs } from './installs.js'
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './manifest.js'
import type { Mode } from './mode.js'
import { PLATFORM } from './name.js'
import { installedPage, installPage, notInstalledPage } from './pages.js'
import { quiet } from './quiet.js'
import { BOT_SCOPES } from './scopes.js'
import { once } from './state.js'

export function http(
  mode: Exclude<Mode, { kind: 'socket' }>,
  clientOptions: ClientOptions,
  installs: Installs,
  address: SeenAddress,
  deps: SlackDeps,
): HTTPReceiver {
  const { log, spendState } = deps
  const common = {
    signingSecret: mode.signingSecret,
    // The door has already checked the signature.
    signatureVerification: false,
    endpoints: EVENTS_PATH,
    logger: quiet,
    customPropertiesExtractor: address.see,
    processEventErrorHandler: refusal(log),
  }
  if (mode.kind === 'http') return new HTTPReceiver(common)
  return new HTTPReceiver({
    ...common,
    ...mode.oauth,
    scopes: [...BOT_SCOPES],
    installationStore: installationStore(installs, mode.oauth.clientId, clientOptions, deps),
    installerOptions: {
      clientOptions,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      renderHtmlForInstallPath: installPage,
      callbackOptions: {
        beforeInstallation: once(spendState, (response) => {
          log.warn({}, 'slack workspace not installed: the state has served before')
          send(response, 400, notInstalledPage(INSTALL_PATH))
        }),
        success: ({ team, enterprise }, _options, _request, response) => {
          log.info({ workspace: team?.id ?? enterprise?.id }, 'slack workspace installed')
          send(response, 200, installedPage)
        },
        failure: (error, _options, _request, response) => {
          log.warn({ error: error.message }, 'slack workspace not installed')
          send(response, 400, notInstalledPage(INSTALL_PATH))
        },
      },
    },
  })
}

/**
 * What the bot does with a delivery is caught before it gets here. So Bolt could not read the body, which it
 * would call an error of the server, without a word in the log.
 */
function refusal(log: Log): NonNullable<HTTPReceiverOptions['processEventErrorHandler']> {
  return async ({ error, response }) => {
    log.warn({ error }, 'slack request not understood')
    if (response.headersSent) return false
    response.writeHead(error instanceof AuthorizationError ? 401 : 400).end()
    return true
  }
}

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
}

/**
 * A placeholder: Bolt wants a token before it hands anything on, but a slow database would delay every
 * acknowledgement. `api.ts` finds the token of a workspace when it calls, and `request.ts` checks after the
 * acknowledgement whether there is one.
 */
export const UNUSED = 'found later'

/**
 * Keeps only what is needed: the bot's token, its scopes, and who may set teams up. An organization's install
 * has no team.
 */
function installationStore(
  installs: Installs,
  client: string,
  options: ClientOptions,
  { app, claim, log }: SlackDeps,
): InstallationStore {
  return {
    async storeInstallation(installation: Installation) {
      const { team, enterprise, isEnterpriseInstall, bot, user } = installation
      const workspace = isEnterpriseInstall ? enterprise?.id : team?.id
      if (!workspace || !bot) throw new Error('Slack sent an install without a workspace or without a bot')
      // The token of an install that was undone meanwhile no longer works, and must not restore the install.
      if (!(await isGood(bot.token, options))) throw new Error('Slack refuses the token of the install')
      const application = { id: installation.appId, client }
      await claim({
        platform: PLATFORM,
        called: 'Slack',
        variable: 'The install',
        application,
        knows: async () => false,
      })
      await app().presence.here(PLATFORM, [workspace])
      // The greeting is stored first, so that there is a welcome even if the process ends between the two
      // steps.
      await app().greetLater({ platform: PLATFORM, workspace, channel: '' })
      await installs.save({ workspace, token: bot.token, installer: user.id, scopes: bot.scopes })
      // Slack shows a page when this is done, so it must not wait for the welcome.
      void app()
        .greet({ platform: PLATFORM, workspace, channel: '' })
        .catch((error) => log.warn({ workspace, error }, 'welcome not posted, tried again'))
    },
    async fetchInstallation({ teamId = '' }) {
      const bot = { token: UNUSED, scopes: [], id: '', userId: '' }
      return {
        team: { id: teamId },
        enterprise: undefined,
        bot,
        user: { token: undefined, scopes: undefined, id: '' },
      }
    },
  }
}
