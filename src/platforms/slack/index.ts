/** Slack: Socket Mode or HTTP, one workspace by token or many by OAuth, through Bolt. */
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { App as Bolt, HTTPReceiver, type Installation, type InstallationStore } from '@slack/bolt'
import type { App } from '../../bot/app.js'
import type { Log } from '../../bot/deps.js'
import type { Metrics } from '../../bot/ports/metrics.js'
import type { Picture } from '../../bot/ui/card.js'
import type { Claim } from '../../bot/workspace/application.js'
import { createAckTimer } from '../ack-timer.js'
import { createBudget } from '../budget.js'
import { createHttpClient } from '../http-client.js'
import { createInFlight } from '../in-flight.js'
import { createLackingNotice, type LackingNotes } from '../lacking-notice.js'
import type { Listener, Platform } from '../platform.js'
import { createAccess } from './access.js'
import { type SeenAddress, seenAddress } from './address.js'
import { createApi } from './api.js'
import { createChat } from './chat.js'
import { createDoor } from './door.js'
import { handleEvents } from './events.js'
import { createHomes, type Resident } from './homes.js'
import { type ClientOptions, claimAtStart, type Identity, identify, isGood } from './identity.js'
import { handleInbound } from './inbound.js'
import { type InstallStore, type Installs, manyInstalls, oneInstall } from './installs.js'
import { HOMES_A_MINUTE } from './limits.js'
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './manifest.js'
import type { Mode } from './mode.js'
import { PLATFORM } from './name.js'
import { createOutbound } from './outbound.js'
import { installedPage, installPage, notInstalledPage } from './pages.js'
import { createPeople } from './people.js'
import { createPictures } from './pictures.js'
import { quiet } from './quiet.js'
import { createRemovals } from './removals.js'
import { BOT_SCOPES, LATER, lackingScopes } from './scopes.js'
import { createSockets } from './sockets.js'
import { once, type SpendState } from './state.js'

export interface SlackDeps {
  readonly mode: Mode
  /** Base of the Web API. */
  readonly url: string | undefined
  /** Who else may set teams up, by user id. */
  readonly admins?: readonly string[]
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  /** Where tokens of many workspaces are kept; not asked for when there is one by its token. */
  readonly installs: InstallStore | undefined
  /** Who was told what the app lacks. */
  readonly notes: LackingNotes
  /** Not asked when there is one workspace by its token. */
  readonly spendState: SpendState
  /** True the first time only, on all processes together. */
  readonly isFirst: (id: string) => Promise<boolean>
  /** The teams in a channel of Slack, whatever workspace they are of. */
  readonly residents: (channel: string) => Promise<readonly Resident[]>
  /** Throws `UserError` when what is stored belongs to another application. */
  readonly claim: (claim: Claim) => Promise<void>
  /** Returns a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  /** Milliseconds that never go back. */
  readonly clock: () => number
  /** Epoch milliseconds; when left out, `clock` gives them. */
  readonly wallClock?: () => number
  readonly log: Log
  readonly metrics: Metrics
  /** How long one call of the Web API may take. */
  readonly timeoutMs?: number
}

/** Slack answers far sooner, or not at all. */
const TIMEOUT_MS = 10_000

const HOW = {
  socket: 'Socket Mode',
  http: `HTTP at ${EVENTS_PATH}`,
  oauth: `HTTP at ${EVENTS_PATH}, to install at ${INSTALL_PATH}`,
}

/** Over HTTP it has a branch; in Socket Mode none. Throws `UserError` when Slack refuses the token. */
export async function createSlack(deps: SlackDeps): Promise<Platform> {
  const { mode, url, clock, log, metrics } = deps
  const clientOptions = {
    ...(url && { slackApiUrl: url }),
    logger: quiet,
    retryConfig: { retries: 2 },
    timeout: TIMEOUT_MS,
  }
  const one = 'botToken' in mode ? await identify(mode.botToken, clientOptions) : undefined
  await deps.claim(claimAtStart(mode, one, deps.installs, clientOptions))
  if (one) await deps.app().presence.here(PLATFORM, [one.workspace])
  const installs = installsOf(deps, one)
  const call = createHttpClient(deps.timeoutMs ?? TIMEOUT_MS)
  const api = createApi({
    url,
    installs,
    clock,
    wait,
    log,
    metrics,
    call,
    refused: (...token) => removals.refused(...token),
  })
  const removals = createRemovals({
    api,
    installs,
    presence: () => deps.app().presence,
    wallClock: deps.wallClock ?? clock,
    log,
  })
  const people = createPeople(api, installs, clock, deps.admins)
  const homes = createHomes(deps.residents, clock)
  const access = createAccess(api, people, homes, clock)
  const pictures = createPictures(api, deps.draw, log)
  const address = seenAddress()
  const receiver =
    mode.kind === 'socket'
      ? createSockets({
          ...{ appToken: mode.appToken, clientOptions, log },
          acknowledgements: createAckTimer(PLATFORM, metrics),
        })
      : http(mode, clientOptions, installs, address, deps)
  const sockets = receiver instanceof HTTPReceiver ? undefined : receiver
  const bolt = new Bolt({
    receiver,
    clientOptions,
    logger: quiet,
    // Nothing is kept of a conversation, and looking for it costs an error with its stack for every press.
    convoStore: false,
    // With OAuth, Bolt asks the installation store instead.
    ...(mode.kind !== 'oauth' && { authorize: async () => ({ botToken: UNUSED }) }),
  })
  const forget = (workspace: string, user: string) => {
    people.forget(workspace, user)
    // They may have been the one who installed it.
    installs.refresh(workspace)
  }
  const inFlight = createInFlight()
  const chat = createChat({
    api,
    pictures,
    access,
    forget,
    log,
    mayLook: (workspace) => installs.has(workspace, 'im:history'),
    installer: async (workspace) => (await installs.find(workspace))?.installer ?? '',
  })
  const tellLacking = createLackingNotice({
    ...{ notes: deps.notes, off: LATER, chat, clock, log },
    async missing(workspace) {
      const { scopes = [] } = (await installs.find(workspace)) ?? {}
      return scopes.length === 0 ? undefined : lackingScopes(scopes).later
    },
  })
  const inbound = {
    app: deps.app,
    out: createOutbound(api, call, pictures, clock, log),
    people,
    homes,
    access,
    installs,
    log,
    removals,
    inFlight,
    clock,
    isFirst: deps.isFirst,
    mayShowHome: createBudget(HOMES_A_MINUTE, clock),
    tellLacking: (workspace: string, app: string) =>
      tellLacking(
        workspace,
        (mode.kind === 'oauth' ? address.of(INSTALL_PATH) : app && `https://api.slack.com/apps/${app}`) ||
          undefined,
      ),
  }
  handleInbound(bolt, inbound)
  handleEvents(bolt, inbound)
  return {
    chat,
    branch:
      receiver instanceof HTTPReceiver
        ? {
            prefix: '/slack/',
            listener: timed(createDoor(receiver.requestListener, mode.kind === 'oauth'), metrics),
          }
        : undefined,
    how: () => `${HOW[mode.kind]}${one ? `, workspace ${one.name}` : ''}`,
    works: () => sockets?.isOpen() ?? true,
    lacks: async () => ({ slack_scopes: await installs.lacking() }),
    patrol: () => removals.patrol(),
    start: async () => sockets?.start(),
    stop: async () => sockets?.stop(),
    settled: () => inFlight.drain(),
  }
}

function installsOf(
  { mode, installs, clock, wallClock = clock, app }: SlackDeps,
  one: Identity | undefined,
): Installs {
  const arrived = (workspace: string) => app().presence.here(PLATFORM, [workspace])
  if ('botToken' in mode && one)
    return oneInstall({ ...one, token: mode.botToken }, one.isOrganization, arrived)
  if (!installs) throw new Error('many workspaces need a place for their tokens')
  return manyInstalls(installs, clock, wallClock)
}

/** The answer to a delivery is its acknowledgement; what Slack did not send is not timed. */
function timed(listener: Listener, metrics: Metrics): Listener {
  return (request, response) => {
    const took = metrics.stopwatch()
    response.on('finish', () => {
      if (request.url === EVENTS_PATH && response.statusCode === 200) metrics.acknowledged(PLATFORM, took())
    })
    return listener(request, response)
  }
}

function http(
  mode: Exclude<Mode, { kind: 'socket' }>,
  clientOptions: ClientOptions,
  installs: Installs,
  address: SeenAddress,
  deps: SlackDeps,
): HTTPReceiver {
  const { log, spendState } = deps
  const common = {
    signingSecret: mode.signingSecret,
    endpoints: EVENTS_PATH,
    logger: quiet,
    customPropertiesExtractor: address.see,
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

function send(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(html)
}

/**
 * Bolt wants a token before it hands anything on, and a database that is slow would make every
 * acknowledgement late. So it gets none:
 * `api.ts` finds the token of a workspace when it calls, and `inbound.ts` looks whether there is one after it
 * has acknowledged.
 */
const UNUSED = 'found later'

/**
 * Only what is needed is kept: the bot's token, what it may do, and who may set teams up. An organization
 * installs it as one, without a team.
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
      // The token of an install that was undone meanwhile is dead: it brings nothing back.
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
      // Noted first, so that whatever ends the process between the two, there is a welcome.
      await app().greetLater({ platform: PLATFORM, workspace, channel: '' })
      await installs.save({ workspace, token: bot.token, installer: user.id, scopes: bot.scopes })
      // Slack shows a page when this is done, and does not wait for the welcome.
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
