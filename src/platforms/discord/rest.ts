/**
 * The REST clients of the bot: one for messages on its own initiative, which waits for its turn, and one for
 * replies, which share no limit; each retries in its own way.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { type RateLimitData, REST, RESTEvents, RESTJSONErrorCodes, type RESTOptions } from 'discord.js'
import type { Log } from '../../bot/deps.js'
import type { Metrics } from '../../bot/ports/metrics.js'
import type { AckTimer } from '../ack-timer.js'
import { createHttpClient } from '../http-client.js'
import { createRateLimiter } from '../rate-limiter.js'
import type { ServerTime } from '../server-time.js'
import { PLATFORM } from './chat.js'
import { REQUESTS_A_SECOND } from './limits.js'

export interface RestDeps {
  readonly token: string
  /** Base URL of the REST API. */
  readonly url: string | undefined
  /** The timeout of one call. */
  readonly timeoutMs?: number
  /** Returns monotonic milliseconds. */
  readonly clock: () => number
  readonly log: Log
  readonly metrics: Metrics
}

const TIMEOUT_MS = 10_000
/** How long the library remembers the address of an interaction. */
const SWEEP_MS = 10_000
/**
 * discord.js sits out a wait up to this; a longer one goes back to the bot, which does other things
 * meanwhile.
 */
const WAIT_MS = 5000
/** Discord bans an address for an hour after 10,000 answers of 401, 403 and 429 within ten minutes. */
const INVALID_WARNING = 500
/**
 * The used share of Discord's limit; the rest is for calls that leave a little late, and so close to the
 * next.
 */
const SHARE = 0.985
/** Calls are some hundredths of a second apart anyway; a longer wait for a turn is a queue. */
const QUEUE_MS = 250

type Requester = RESTOptions['makeRequest']

/** Options for the client of a shard, which acknowledges interactions. */
export function restOptions(
  deps: RestDeps,
  acknowledgements: AckTimer,
): Partial<RESTOptions> & { makeRequest: Requester } {
  const { url, timeoutMs = TIMEOUT_MS } = deps
  return {
    ...(url && { api: url.replace(/\/+$/, '') }),
    makeRequest: requester(timeoutMs, acknowledgements),
    timeout: timeoutMs,
    retries: 2,
    invalidRequestWarningInterval: INVALID_WARNING,
    rejectOnRateLimit: (limit) => {
      const isLong = limit.retryAfter > WAIT_MS
      // A short wait for a bucket that is known to be empty is reported by `RateLimited` at its end.
      if (isLong || limit.sublimitTimeout > 0) throttled(limit, limit.retryAfter, deps)
      return isLong
    },
  }
}

/**
 * Client for messages on the bot's own initiative. Each request waits for the turn of this process, repeated
 * ones too: discord.js knows of one process only, and would send everything that was refused at the same
 * moment.
 */
export function pacedRest(
  options: ReturnType<typeof restOptions>,
  processes: () => number,
  deps: RestDeps,
  { heard }: Pick<ServerTime, 'heard'>,
): REST {
  const turn = createRateLimiter(
    () => (SHARE * REQUESTS_A_SECOND) / processes(),
    deps.clock,
    (ms) => {
      if (ms >= QUEUE_MS) deps.metrics.throttled(PLATFORM, ms)
      return wait(ms)
    },
  )
  const makeRequest: Requester = async (url, init) => {
    await turn()
    const answer = await options.makeRequest(url, init)
    heard(answer)
    return answer
  }
  return watched(
    new KeptToken({ ...options, makeRequest, globalRequestsPerSecond: Number.MAX_SAFE_INTEGER }).setToken(
      deps.token,
    ),
    deps,
  )
}

/** Keeps the token, which the library would drop after one refusal, and then never try again. */
class KeptToken extends REST {
  override setToken(token: string | null): this {
    return token === null ? this : super.setToken(token)
  }
}

/**
 * Client for replies to interactions, which are exempt from the limit of the bot. Each interaction has an
 * address of its own, which is kept only while in use; and replies use other connections than the
 * acknowledgements.
 */
export function replyRest(acknowledgements: AckTimer, deps: RestDeps): REST {
  const options = restOptions(deps, acknowledgements)
  // Each try has its own timeout; the library's covers all of them together.
  const lasting = { makeRequest: patient(options.makeRequest, deps.clock), timeout: TOKEN_MS }
  return watched(
    new REST({
      ...options,
      ...lasting,
      globalRequestsPerSecond: Number.MAX_SAFE_INTEGER,
      handlerSweepInterval: SWEEP_MS,
    }),
    deps,
  )
}

/** The first answer to an interaction is its acknowledgement, whatever it says. */
const FIRST_ANSWER = /\/interactions\/(\d+)\/[^/]+\/callback/

/** Makes a requester with connections of its own. */
function requester(timeoutMs: number, acknowledgements: AckTimer): Requester {
  const call = createHttpClient(timeoutMs)
  const quick = createHttpClient(Math.min(timeoutMs, FIRST_TRY_MS))
  // The library's own client may get the connections of another undici, such as that of Slack's library, and
  // then cannot send files.
  return async (url, given) => {
    const init = given as unknown as RequestInit
    const [, interaction] = FIRST_ANSWER.exec(url) ?? []
    if (interaction === undefined) return call(url, init)
    const answer = await acknowledged((isLast) => (isLast ? call : quick)(url, { ...init, signal: null }))
    if (answer.ok) acknowledgements.sent(interaction)
    return answer
  }
}

/** Discord waits three seconds: a try that hangs leaves time for two more. */
const FIRST_TRY_MS = 900
const FIRST_TRIES = 3

/**
 * Repeats a first answer at once. If the result of a try is unknown, and Discord then says that the
 * interaction was answered, that try got through. The last try waits as long as any call does, since an
 * earlier one may have got through where Discord or this machine is slow.
 */
async function acknowledged(call: (isLast: boolean) => Promise<Response>): Promise<Response> {
  let isLost = false
  for (let tries = 1; ; tries++) {
    try {
      const answer = await call(tries === FIRST_TRIES)
      if (answer.status < 400) return answer
      if (isLost && (await isAnswered(answer.clone()))) return new Response(null, { status: 204 })
      if (answer.status < 500 || tries === FIRST_TRIES) return answer
    } catch (error) {
      if (tries === FIRST_TRIES) throw error
    }
    isLost = true
  }
}

async function isAnswered(answer: Response): Promise<boolean> {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: unknown }
  return code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
}

/** The token of an interaction is valid for a quarter of an hour. */
const TOKEN_MS = 14 * 60_000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000

/**
 * Retries edits, which are safe to repeat, with growing pauses for as long as the token of their interaction
 * is valid.
 */
function patient(call: Requester, clock: () => number): Requester {
  return async (url, { signal: _ofAllTries, ...init }) => {
    if (init.method !== 'PATCH') return call(url, init)
    const until = clock() + TOKEN_MS
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const isLast = clock() + pause > until
      const answer = await call(url, init).catch((error) => {
        if (isLast) throw error
      })
      if (answer && (answer.status < 500 || isLast)) return answer
      await wait(pause)
    }
  }
}

function watched(rest: REST, deps: RestDeps): REST {
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    deps.log.warn(
      { count, seconds: Math.round(remainingTime / 1000) },
      'discord refuses much: at 10,000 it bans this address',
    ),
  )
  rest.on(
    RESTEvents.RateLimited,
    (limit) => limit.retryAfter <= WAIT_MS && throttled(limit, limit.timeToReset, deps),
  )
  return rest
}

function throttled({ route, global }: RateLimitData, ms: number, { metrics, log }: RestDeps): void {
  metrics.throttled(PLATFORM, ms)
  log.info({ route, ms, global }, 'discord asks to wait')
}
