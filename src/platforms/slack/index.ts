/** Slack through Bolt: Socket Mode or HTTP, one workspace by token or many by OAuth. */
import { setTimeout as wait } from 'node:timers/promises'
import { App as Bolt, HTTPReceiver } from '@slack/bolt'
import type { Metrics } from '../../bot/ports/metrics.js'
import { createAckTimer } from '../ack-timer.js'
import { createBudget } from '../budget.js'
import { createHttpClient } from '../http-client.js'
import { createInFlight } from '../in-flight.js'
import { createLackingNotice } from '../lacking-notice.js'
import type { Listener, Platform } from '../platform.js'
import { createAccess } from './access.js'
import { seenAddress } from './address.js'
import { createApi } from './api.js'
import { createChat } from './chat.js'
import type { SlackDeps } from './deps.js'
import { createDoor } from './door.js'
import { handleEvents } from './events.js'
import { createHomes } from './homes.js'
import { http, UNUSED } from './http-receiver.js'
import { claimAtStart, type Identity, identify } from './identity.js'
import { handleInbound } from './inbound.js'
import { type Installs, manyInstalls, oneInstall } from './installs.js'
import { HOMES_A_MINUTE } from './limits.js'
import { EVENTS_PATH, INSTALL_PATH } from './manifest.js'
import { PLATFORM } from './name.js'
import { createOutbound } from './outbound.js'
import { createPeople } from './people.js'
import { createPictures } from './pictures.js'
import { quiet } from './quiet.js'
import { createRemovals } from './removals.js'
import { LATER, lackingScopes } from './scopes.js'
import { createSockets } from './sockets.js'
import { createUploads } from './uploads.js'

/** Slack answers far sooner, or not at all. */
const TIMEOUT_MS = 10_000

const HOW = {
  socket: 'Socket Mode',
  http: `HTTP at ${EVENTS_PATH}`,
  oauth: `HTTP at ${EVENTS_PATH}, to install at ${INSTALL_PATH}`,
}

/** Creates a branch over HTTP, none in Socket Mode. Throws a `UserError` if Slack refuses the token. */
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
    // Bolt must not look for conversation state, which costs an error with its stack for every press.
    convoStore: false,
    // Bolt asks the installation store instead if OAuth is used.
    ...(mode.kind !== 'oauth' && { authorize: async () => ({ botToken: UNUSED }) }),
  })
  const forget = (workspace: string, user: string) => {
    people.forget(workspace, user)
    // This user may have been the one who installed it.
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
    uploadOf: createUploads(api, installs, url, deps.timeoutMs),
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
      receiver instanceof HTTPReceiver && mode.kind !== 'socket'
        ? {
            prefix: '/slack/',
            listener: timed(
              createDoor(receiver.requestListener, mode.signingSecret, mode.kind === 'oauth'),
              metrics,
            ),
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

/**
 * Times acknowledgements, which are the answers to deliveries; requests that Slack did not send are not
 * timed.
 */
function timed(listener: Listener, metrics: Metrics): Listener {
  return (request, response) => {
    const took = metrics.stopwatch()
    response.on('finish', () => {
      if (request.url === EVENTS_PATH && response.statusCode === 200) metrics.acknowledged(PLATFORM, took())
    })
    return listener(request, response)
  }
}
