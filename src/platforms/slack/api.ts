/**
 * Calls Slack's Web API with the token of the workspace, waits for rate limits per bucket, and translates
 * refusals into words for people.
 */

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'
import type { Log } from '../../bot/deps.js'
import { ChatBusy, ChatRefusal } from '../../bot/ports/chat.js'
import type { Metrics } from '../../bot/ports/metrics.js'
import { createBoundedCache } from '../../core/bounded-cache.js'
import { MINUTE_MS } from '../../core/time.js'
import type { HttpCall } from '../http-client.js'
import { createServerTime } from '../server-time.js'
import type { Installs } from './installs.js'
import { COUNTS_A_MINUTE, UPDATES_A_MINUTE } from './limits.js'
import { PLATFORM } from './name.js'
import { quiet } from './quiet.js'

export interface Api {
  /**
   * Calls a method for a workspace. Throws `ChatBusy` while Slack's rate limit holds for this bucket,
   * `ChatRefusal` for problems that a person has to fix, `SlackError` for any other answer that is not ok,
   * and errors of the network. `isMinor`: whether it leaves room for more important calls.
   */
  callOnce<T = Answer>(
    workspace: string,
    method: string,
    args: Record<string, unknown>,
    isMinor?: boolean,
  ): Promise<T>
  /**
   * Like `callOnce`, but waits as long as Slack asks for, up to `patienceMs`: for calls that a person is
   * waiting for.
   */
  callWithRetry<T = Answer>(
    workspace: string,
    method: string,
    args: Record<string, unknown>,
    patienceMs?: number,
  ): Promise<T>
  client(workspace: string): Promise<WebClient>
  /** Returns the time by Slack's clock, in epoch milliseconds; asks Slack if it has not answered yet. */
  now(workspace: string): Promise<number>
}

type Answer = Readonly<Record<string, unknown>>

/** An answer that is not ok and that nobody can fix in Slack. */
export class SlackError extends Error {
  override readonly name = 'SlackError'
  readonly code: string
  constructor(method: string, code: string, details: readonly string[] = []) {
    super([`Slack answered ${code} to ${method}`, ...details].join('; '))
    this.code = code
  }
}

/** The maximum time that a person waits for an answer to a press. */
const PATIENCE_MS = 30_000
const TRIES = 4
/** The maximum number of workspaces and channels that are remembered; a forgotten one costs one more call. */
const KEPT = 10_000

const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found: 'Cohort cannot see the channel. If it is private, type /invite @Cohort there.',
  not_in_channel: 'Cohort is not in the channel. Type /invite @Cohort there.',
  is_archived: 'The channel is archived. Unarchive it, or choose another one with /team setup.',
  restricted_action:
    'The channel does not let apps post. Allow it in the channel settings, or choose another one with /team setup.',
  restricted_action_read_only_channel:
    'The channel is read only for apps. Choose another one with /team setup.',
  restricted_action_thread_only_channel:
    'The channel takes threads only. Choose another one with /team setup.',
  restricted_action_non_threadable_channel:
    'The channel is read only for apps. Choose another one with /team setup.',
  message_not_found: 'The message is no longer there.',
  cant_update_message: 'The message is not one of Cohort.',
  edit_window_closed: 'The workspace does not let apps change old messages.',
  user_not_found: 'There is no such member in the workspace.',
  user_disabled: 'The member is deactivated.',
  cannot_dm_bot: 'Bots take no direct messages.',
  messages_tab_disabled: 'The app takes no direct messages in this workspace.',
  user_not_visible: 'The member is not visible to Cohort.',
  not_authed: 'Cohort is not installed in this workspace. Install it again.',
  invalid_auth: 'The token of this workspace is no longer good. Install Cohort again.',
  account_inactive: 'Cohort was removed from this workspace. Install it again.',
  token_revoked: 'The token of this workspace was revoked. Install Cohort again.',
  token_expired: 'The token of this workspace has expired. Install Cohort again.',
  missing_scope: 'Cohort lacks a permission in this workspace. Install it again with the current manifest.',
  no_permission: 'Cohort lacks a permission in this workspace. Ask an admin of the workspace to allow it.',
  access_denied: 'The workspace does not let Cohort do that. Ask an admin of the workspace to allow it.',
}
/** Codes for a token that worked once: perhaps another process has a newer one. */
const TOKEN_GONE = ['invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_authed']

export interface ApiDeps {
  readonly url: string | undefined
  readonly installs: Installs
  readonly clock: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly log: Log
  readonly metrics: Metrics
  /** Aborts a call by itself if it takes too long. */
  readonly call: HttpCall
  /** Called when Slack refuses the token of a workspace. */
  readonly refused: (workspace: string, token: string) => void
}

export function createApi({ url, installs, clock, wait, log, metrics, call: fetch, refused }: ApiDeps): Api {
  const clients = createBoundedCache<{ readonly token: string; readonly made: WebClient }>(KEPT)
  const buckets = createBuckets(clock)
  const time = createServerTime(clock)

  async function send(address: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(address, init)
    time.heard(answer)
    return answer
  }

  async function client(workspace: string): Promise<WebClient> {
    const install = await installs.find(workspace)
    if (!install) throw new ChatRefusal('Cohort is not installed in this workspace. Install it again.')
    const known = clients.get(workspace)
    if (known?.token === install.token) return known.made
    const made = new WebClient(install.token, {
      ...(url && { slackApiUrl: url }),
      // This module decides about waiting and retrying, per bucket: the client would stall every call of the
      // workspace.
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      fetch: (address, init = {}) => send(String(address), init),
      logger: quiet,
      // The token of an organization works for all of its workspaces, so each call names one.
      ...(install.workspace !== workspace && { teamId: workspace }),
    })
    clients.set(workspace, { token: install.token, made })
    return made
  }

  /** Records the scopes, which Slack sends with each answer. */
  function learn(workspace: string, scopes: readonly string[] | undefined): void {
    if (!scopes) return
    installs
      .learn(workspace, scopes)
      .catch((error) => log.warn({ workspace, error }, 'slack scopes not kept'))
  }

  function busy(ms: number): ChatBusy {
    metrics.throttled(PLATFORM, ms)
    return new ChatBusy(ms)
  }

  async function call<T>(
    workspace: string,
    method: string,
    args: Record<string, unknown>,
    isMinor = false,
  ): Promise<T> {
    const bucket = bucketOf(workspace, method, args)
    const rest = buckets.rest(bucket, method, isMinor)
    if (rest > 0) throw busy(rest)
    try {
      const answer = await (await client(workspace)).apiCall(method, args)
      learn(workspace, answer.response_metadata?.scopes)
      return answer as T
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) {
        const ms = Math.max(1, error.retryAfter) * 1000
        buckets.close(bucket, ms)
        log.warn({ workspace, method, seconds: error.retryAfter }, 'slack asks to wait')
        throw busy(ms)
      }
      if (error instanceof WebAPIPlatformError && TOKEN_GONE.includes(error.data.error)) {
        installs.refresh(workspace)
        refused(workspace, clients.get(workspace)?.token ?? '')
      }
      throw translated(method, error)
    }
  }

  async function callWithRetry<T>(
    workspace: string,
    method: string,
    args: Record<string, unknown>,
    patienceMs = PATIENCE_MS,
  ): Promise<T> {
    const began = clock()
    for (let tries = 1; ; tries++) {
      try {
        return await call<T>(workspace, method, args)
      } catch (error) {
        const ms =
          error instanceof ChatBusy ? error.retryAfterMs : isPassing(error) ? 300 * 2 ** tries : undefined
        if (ms === undefined || tries >= TRIES || clock() + ms - began > patienceMs) throw error
        await wait(ms)
      }
    }
  }

  async function now(workspace: string): Promise<number> {
    if (time.now() === undefined) await call(workspace, 'auth.test', {})
    return time.now() ?? clock()
  }

  return { callOnce: call, callWithRetry, client, now }
}

/** Returns Slack's own code for a refusal; undefined for errors that are not answers of Slack. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof SlackError) return error.code
  return error instanceof ChatRefusal && error.cause instanceof WebAPIPlatformError
    ? error.cause.data.error
    : undefined
}

/**
 * Messages are limited by channel, everything else by workspace and method ("Rate limits" in Slack's
 * documentation).
 */
function bucketOf(workspace: string, method: string, { channel }: Record<string, unknown>): string {
  return [
    workspace,
    method,
    method === 'chat.postMessage' && typeof channel === 'string' ? channel : '',
  ].join(' ')
}

/** Tracks which buckets must wait, and for how long. */
function createBuckets(clock: () => number) {
  /** The time until which each bucket must wait. */
  const closed = createBoundedCache<number>(KEPT)
  /** The times of the updates in the last minute. */
  const sent = createBoundedCache<number[]>(KEPT)

  /** Returns the milliseconds until the next call may go; counts an update that may go. */
  function rest(bucket: string, method: string, isMinor: boolean): number {
    const until = closed.get(bucket) ?? 0
    if (until > clock()) return until - clock()
    closed.delete(bucket)
    if (method !== 'chat.update') return 0
    const recent = (sent.get(bucket) ?? []).filter((time) => time > clock() - MINUTE_MS)
    // The update at this position must be more than a minute old before the next may go.
    const before = recent.at(-(isMinor ? COUNTS_A_MINUTE : UPDATES_A_MINUTE))
    if (before !== undefined) return before + MINUTE_MS - clock()
    sent.set(bucket, [...recent, clock()])
    return 0
  }

  return { rest, close: (bucket: string, ms: number) => void closed.set(bucket, clock() + ms) }
}

function translated(method: string, error: unknown): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error
  const { error: code, response_metadata } = error.data
  const refusal = REFUSALS[code]
  return refusal
    ? new ChatRefusal(refusal, { cause: error })
    : new SlackError(method, code, response_metadata?.messages)
}

/** Whether the code is for an error of Slack's own that may be over in a moment. */
export function isPassingCode(code: string): boolean {
  return [
    'internal_error',
    'fatal_error',
    'service_unavailable',
    'request_timeout',
    'ratelimited',
    'rate_limited',
  ].includes(code)
}

/** Whether the error may be over in a moment, and nothing can have been done twice. */
export function isPassing(error: unknown): boolean {
  if (error instanceof SlackError) return isPassingCode(error.code)
  return error instanceof WebAPIHTTPError ? error.statusCode >= 500 : error instanceof WebAPIRequestError
}
