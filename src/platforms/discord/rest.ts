/** The ways by which the bot calls the REST API: what it says by itself, in turn; replies, which have no limit in common; each with its patience. */
import { setTimeout as wait } from 'node:timers/promises'
import { type RateLimitData, REST, RESTEvents, type RESTOptions } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Metrics } from '../../bot/ports/metrics.js'
import type { Acknowledgements } from '../acknowledged.js'
import { createCalls } from '../calls.js'
import { createPace } from '../pace.js'
import { PLATFORM } from './chat.js'
import { REQUESTS_A_SECOND } from './limits.js'

export interface RestDeps {
  readonly token: string
  /** Base of the REST API. */
  readonly url: string | undefined
  /** How long one call may take. */
  readonly timeoutMs?: number
  /** Milliseconds that never go back. */
  readonly clock: () => number
  readonly log: Log
  readonly metrics: Metrics
}

const TIMEOUT_MS = 10_000
/** How long the library keeps what it knows of the address of an interaction. */
const SWEEP_MS = 10_000
/** A shorter wait is waited out by discord.js; a longer one is given back to the bot, which does other things meanwhile. */
const WAIT_MS = 5000
/** Discord bans an address for an hour after 10,000 answers of 401, 403 and 429 within ten minutes. */
const INVALID_WARNING = 500
/** Of what Discord allows; the rest is for turns that come a little late, and so close to the next. */
const SHARE = 0.985
/** Calls are some hundredths of a second apart anyway; a longer wait for one's turn is a queue. */
const QUEUE_MS = 250

type Requester = RESTOptions['makeRequest']

/** For a client of a shard, which acknowledges what people do. */
export function restOptions(deps: RestDeps, acknowledgements: Acknowledgements): Partial<RESTOptions> & { makeRequest: Requester } {
  const { url, timeoutMs = TIMEOUT_MS } = deps
  return {
    ...(url && { api: url.replace(/\/+$/, '') }),
    makeRequest: requester(timeoutMs, acknowledgements),
    timeout: timeoutMs,
    retries: 2,
    invalidRequestWarningInterval: INVALID_WARNING,
    rejectOnRateLimit: (limit) => {
      const isLong = limit.retryAfter > WAIT_MS
      // A short wait for a bucket that is known to be empty is told by `RateLimited`, when it is waited out.
      if (isLong || limit.sublimitTimeout > 0) heldUp(limit, limit.retryAfter, deps)
      return isLong
    },
  }
}

/**
 * For what the bot says by itself. Each request waits for the turn of this process, one that is tried again too: discord.js knows of one
 * process only, and sends all that it was refused at the same moment.
 */
export function pacedRest(options: ReturnType<typeof restOptions>, processes: () => number, deps: RestDeps): REST {
  const turn = createPace(
    () => (SHARE * REQUESTS_A_SECOND) / processes(),
    deps.clock,
    (ms) => {
      if (ms >= QUEUE_MS) deps.metrics.heldUp(PLATFORM, ms)
      return wait(ms)
    },
  )
  const makeRequest: Requester = async (url, init) => {
    await turn()
    return options.makeRequest(url, init)
  }
  return watched(new KeptToken({ ...options, makeRequest, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER }).setToken(deps.token), deps)
}

/** The library drops its token when it is refused once, and would never try again. */
class KeptToken extends REST {
  override setToken(token: string | null): this {
    return token === null ? this : super.setToken(token)
  }
}

/**
 * For replies to interactions, which are exempt from the limit of the bot. Each interaction has an address of its own, which is kept for no
 * longer than it is in use; and replies have connections apart from those of the acknowledgements.
 */
export function replyRest(acknowledgements: Acknowledgements, deps: RestDeps): REST {
  const options = restOptions(deps, acknowledgements)
  return watched(new REST({ ...options, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER, handlerSweepInterval: SWEEP_MS }), deps)
}

/** The first answer to an interaction is its acknowledgement, whatever it says. */
const FIRST_ANSWER = /\/interactions\/(\d+)\/[^/]+\/callback/

/** On connections of its own. */
function requester(timeoutMs: number, acknowledgements: Acknowledgements): Requester {
  const call = createCalls(timeoutMs)
  // Its own client may get the connections of another undici, such as that of Slack's library, and then cannot send files.
  return async (url, init) => {
    const answer = await call(url, init as unknown as RequestInit)
    const [, interaction] = FIRST_ANSWER.exec(url) ?? []
    if (interaction !== undefined && answer.ok) acknowledgements.sent(interaction)
    return answer
  }
}

function watched(rest: REST, deps: RestDeps): REST {
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    deps.log.warn({ count, seconds: Math.round(remainingTime / 1000) }, 'discord refuses much: at 10,000 it bans this address'),
  )
  rest.on(RESTEvents.RateLimited, (limit) => limit.retryAfter <= WAIT_MS && heldUp(limit, limit.timeToReset, deps))
  return rest
}

function heldUp({ route, global }: RateLimitData, ms: number, { metrics, log }: RestDeps): void {
  metrics.heldUp(PLATFORM, ms)
  log.info({ route, ms, global }, 'discord asks to wait')
}
