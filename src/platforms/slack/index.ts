/** Slack: Socket Mode or HTTP, one workspace by token or many by OAuth, through Bolt. */
import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { App as Bolt, HTTPReceiver, type Installation, type InstallationStore, SocketModeReceiver } from '@slack/bolt'
import { WebAPIPlatformError, WebClient, type WebClientOptions } from '@slack/web-api'
import type { App, Log } from '../../bot/app.js'
import type { Picture } from '../../bot/card.js'
import type { Chat } from '../../bot/chat.js'
import type { Metrics } from '../../bot/metrics.js'
import { UserError } from '../../core/errors.js'
import { createAcknowledgements } from '../acknowledged.js'
import { createCalls } from '../calls.js'
import { createPending } from '../pending.js'
import { createTurns } from '../turns.js'
import { createApi } from './api.js'
import { createChat, PLATFORM } from './chat.js'
import { createDoor, type Listener } from './door.js'
import { handleInbound } from './inbound.js'
import { type InstallStore, type Installs, manyInstalls, oneInstall } from './installs.js'
import { BOT_SCOPES, EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './manifest.js'
import type { Mode } from './mode.js'
import { createOutbound } from './outbound.js'
import { installedPage, installPage, notInstalledPage } from './pages.js'
import { createPeople } from './people.js'
import { createPictures } from './pictures.js'
import { quiet } from './quiet.js'
import { keepConnected } from './reconnect.js'
import { once, type SpendState } from './state.js'

export interface SlackDeps {
  readonly mode: Mode
  /** Base of the Web API. */
  readonly url: string | undefined
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  /** Where tokens of many workspaces are kept; not asked for when there is one by its token. */
  readonly installs: InstallStore | undefined
  /** Not asked when there is one workspace by its token. */
  readonly spendState: SpendState
  /** Deletes all of a workspace that was left at that time, unless it has been joined again since. */
  readonly purge: (workspace: string, leftAt: number | undefined) => Promise<boolean>
  /** Gives a PNG. */
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

export interface Slack {
  readonly chat: Chat
  /** Takes the requests under `/slack/`; undefined in Socket Mode. */
  readonly listener: Listener | undefined
  readonly how: string
  works(): boolean
  start(): Promise<void>
  /** Takes no more over the socket. */
  stop(): Promise<void>
  /** Resolves when everything that was taken is answered. */
  settled(): Promise<void>
}

/** Throws `UserError` when Slack refuses the token. */
export async function createSlack(deps: SlackDeps): Promise<Slack> {
  const { mode, url, clock, log, metrics } = deps
  const clientOptions = { ...(url && { slackApiUrl: url }), logger: quiet, retryConfig: { retries: 2 }, timeout: TIMEOUT_MS }
  const one = 'botToken' in mode ? await identify(mode.botToken, clientOptions) : undefined
  const installs = installsOf(deps, one?.workspace)
  const call = createCalls(deps.timeoutMs ?? TIMEOUT_MS)
  const api = createApi({ url, installs, clock, wait, log, metrics, call })
  const people = createPeople(api, installs, clock)
  const pictures = createPictures(api, deps.draw, log)
  const receiver = mode.kind === 'socket' ? socket(mode.appToken, clientOptions, metrics) : http(mode, clientOptions, installs, deps)
  const bolt = new Bolt({
    receiver,
    clientOptions,
    logger: quiet,
    // With OAuth, Bolt asks the installation store instead.
    ...(mode.kind !== 'oauth' && { authorize: async () => ({ botToken: UNUSED }) }),
  })
  const connected = watch(receiver)
  const purge = async (workspace: string, leftAt: number | undefined) => {
    const purged = await deps.purge(workspace, leftAt)
    installs.refresh(workspace)
    if (purged) log.info({ workspace }, 'slack workspace purged')
  }
  const pending = createPending()
  handleInbound(bolt, {
    app: deps.app,
    out: createOutbound(api, call, pictures, log),
    people,
    installs,
    log,
    purge,
    pending,
    turn: createTurns(),
  })
  let letGo = () => {}
  return {
    chat: createChat(api, pictures),
    listener: receiver instanceof HTTPReceiver ? timed(createDoor(receiver.requestListener, mode.kind === 'oauth'), metrics) : undefined,
    how:
      { socket: 'Socket Mode', http: `HTTP at ${EVENTS_PATH}`, oauth: `HTTP at ${EVENTS_PATH}, to install at ${INSTALL_PATH}` }[mode.kind] +
      (one ? `, workspace ${one.name}` : ''),
    works: () => connected(),
    start: async () => {
      if (!(receiver instanceof SocketModeReceiver)) return
      await receiver.start()
      letGo = keepConnected(receiver.client, log)
    },
    stop: async () => {
      letGo()
      if (receiver instanceof SocketModeReceiver) await receiver.stop()
    },
    settled: () => pending.settled(),
  }
}

function installsOf({ mode, installs, clock, wallClock = clock }: SlackDeps, workspace: string | undefined): Installs {
  if ('botToken' in mode && workspace !== undefined) return oneInstall(workspace, mode.botToken)
  if (!installs) throw new Error('many workspaces need a place for their tokens')
  return manyInstalls(installs, clock, wallClock)
}

type ClientOptions = Pick<WebClientOptions, 'slackApiUrl' | 'logger' | 'retryConfig' | 'timeout'>

async function identify(token: string, options: ClientOptions): Promise<{ workspace: string; name: string }> {
  try {
    const { team_id, team } = await new WebClient(token, options).auth.test()
    return { workspace: team_id ?? '', name: team ?? team_id ?? '' }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new UserError(
      error instanceof WebAPIPlatformError
        ? `SLACK_BOT_TOKEN: Slack refuses it (${why}); take the one under "OAuth & Permissions"`
        : `Slack does not answer (${why}); check the network${options.slackApiUrl ? ', or SLACK_API_URL' : ''}`,
    )
  }
}

/** Whether the socket is open; over HTTP there is none. */
function watch(receiver: SocketModeReceiver | HTTPReceiver): () => boolean {
  if (receiver instanceof HTTPReceiver) return () => true
  let open = false
  receiver.client.on('connected', () => {
    open = true
  })
  // An envelope of such a type comes under the same name, and says nothing of the connection.
  receiver.client.on('disconnected', (envelope?: unknown) => {
    if (envelope === undefined) open = false
  })
  return () => open
}

/** What comes over the socket is told to Bolt with this function, before anything is done; what goes out is told by the client. */
function socket(appToken: string, clientOptions: ClientOptions, metrics: Metrics): SocketModeReceiver {
  const acknowledgements = createAcknowledgements(PLATFORM, metrics)
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quiet,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
    customPropertiesExtractor: ({ envelope_id }) => {
      acknowledgements.arrived(envelope_id)
      return {}
    },
  })
  receiver.client.on('outgoing_message', ({ envelope_id }) => acknowledgements.sent(envelope_id))
  return receiver
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
  { log, spendState }: SlackDeps,
): HTTPReceiver {
  const common = { signingSecret: mode.signingSecret, endpoints: EVENTS_PATH, logger: quiet }
  if (mode.kind === 'http') return new HTTPReceiver(common)
  return new HTTPReceiver({
    ...common,
    ...mode.oauth,
    scopes: [...BOT_SCOPES],
    installationStore: installationStore(installs),
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
        success: ({ team }, _options, _request, response) => {
          log.info({ workspace: team?.id }, 'slack workspace installed')
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
 * Bolt wants a token before it hands anything on, and a database that is slow would make every acknowledgement late. So it gets none:
 * `api.ts` finds the token of a workspace when it calls, and `inbound.ts` looks whether there is one after it has acknowledged.
 */
const UNUSED = 'found later'

/** Only what is needed is kept: the bot's token, and who may set teams up. */
function installationStore(installs: Installs): InstallationStore {
  return {
    async storeInstallation(installation: Installation) {
      const { team, bot, user } = installation
      if (!team || !bot) throw new Error('Cohort is installed by workspace, not for a whole organization')
      await installs.save({ workspace: team.id, token: bot.token, installer: user.id })
    },
    async fetchInstallation({ teamId = '' }) {
      const bot = { token: UNUSED, scopes: [], id: '', userId: '' }
      return { team: { id: teamId }, enterprise: undefined, bot, user: { token: undefined, scopes: undefined, id: '' } }
    },
  }
}
