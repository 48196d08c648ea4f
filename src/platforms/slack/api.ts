/** Slack's Web API: the token of the workspace, rate limits waited out lane by lane, and refusals told in words for a person. */
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError, WebClient } from '@slack/web-api'
import type { Log } from '../../bot/app.js'
import { ChatBusy, ChatRefusal } from '../../bot/chat.js'
import type { Installs } from './installs.js'
import { quiet } from './quiet.js'

export interface Api {
  /**
   * Calls a method for a workspace. Throws `ChatBusy` while Slack wants this lane to wait, `ChatRefusal` for what a person has to mend,
   * `SlackError` for any other answer that is not ok, and what the network throws.
   */
  call<T = Answer>(workspace: string, method: string, args: Record<string, unknown>): Promise<T>
  /** As `call`, and waits as long as Slack asks for, up to `PATIENCE_MS`: for what a person is waiting for. */
  insist<T = Answer>(workspace: string, method: string, args: Record<string, unknown>): Promise<T>
  client(workspace: string): Promise<WebClient>
}

type Answer = Readonly<Record<string, unknown>>

/** An answer that is not ok and is nobody's to mend in Slack. */
export class SlackError extends Error {
  override readonly name = 'SlackError'
  readonly code: string
  constructor(method: string, code: string, details: readonly string[] = []) {
    super([`Slack answered ${code} to ${method}`, ...details].join('; '))
    this.code = code
  }
}

/** A person waits no longer for an answer to a press. */
const PATIENCE_MS = 30_000
const TRIES = 4
/** Slack itself gives up earlier. */
const TIMEOUT_MS = 15_000

const REFUSALS: Readonly<Record<string, string>> = {
  channel_not_found: 'Cohort cannot see the channel. If it is private, type /invite @Cohort there.',
  not_in_channel: 'Cohort is not in the channel. Type /invite @Cohort there.',
  is_archived: 'The channel is archived. Unarchive it, or choose another one with /study setup.',
  restricted_action: 'The channel does not let apps post. Allow it in the channel settings, or choose another one with /study setup.',
  restricted_action_read_only_channel: 'The channel is read only for apps. Choose another one with /study setup.',
  message_not_found: 'The message is no longer there.',
  cant_update_message: 'The message is not one of Cohort.',
  user_not_found: 'There is no such member in the workspace.',
  user_disabled: 'The member is deactivated.',
  not_authed: 'Cohort is not installed in this workspace. Install it again.',
  invalid_auth: 'The token of this workspace is no longer good. Install Cohort again.',
  account_inactive: 'Cohort was removed from this workspace. Install it again.',
  token_revoked: 'The token of this workspace was revoked. Install Cohort again.',
  missing_scope: 'Cohort lacks a permission in this workspace. Install it again with the current manifest.',
}

export interface ApiDeps {
  readonly url: string | undefined
  readonly installs: Installs
  readonly clock: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly log: Log
}

export function createApi({ url, installs, clock, wait, log }: ApiDeps): Api {
  const clients = new Map<string, WebClient>()
  /** Until when a lane waits, by workspace, method and channel. */
  const closed = new Map<string, number>()

  async function client(workspace: string): Promise<WebClient> {
    const install = await installs.find(workspace)
    if (!install) throw new ChatRefusal('Cohort is not installed in this workspace. Install it again.')
    const known = clients.get(install.token)
    if (known) return known
    const made = new WebClient(install.token, {
      ...(url && { slackApiUrl: url }),
      // Waiting, and trying again, is decided here, lane by lane: the client would hold up everything of the workspace.
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      timeout: TIMEOUT_MS,
      logger: quiet,
    })
    clients.set(install.token, made)
    return made
  }

  async function call<T>(workspace: string, method: string, args: Record<string, unknown>): Promise<T> {
    const lane = [workspace, method, typeof args.channel === 'string' ? args.channel : ''].join(' ')
    const until = closed.get(lane) ?? 0
    if (until > clock()) throw new ChatBusy(until - clock())
    closed.delete(lane)
    try {
      return (await (await client(workspace)).apiCall(method, args)) as T
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError)) throw translated(method, error)
      const ms = Math.max(1, error.retryAfter) * 1000
      closed.set(lane, clock() + ms)
      log.warn({ workspace, method, seconds: error.retryAfter }, 'slack asks to wait')
      throw new ChatBusy(ms)
    }
  }

  async function insist<T>(workspace: string, method: string, args: Record<string, unknown>): Promise<T> {
    const began = clock()
    for (let tries = 1; ; tries++) {
      try {
        return await call<T>(workspace, method, args)
      } catch (error) {
        const ms = error instanceof ChatBusy ? error.retryAfterMs : isPassing(error) ? 300 * 2 ** tries : undefined
        if (ms === undefined || tries >= TRIES || clock() + ms - began > PATIENCE_MS) throw error
        await wait(ms)
      }
    }
  }

  return { call, insist, client }
}

function translated(method: string, error: unknown): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error
  const { error: code, response_metadata } = error.data
  const refusal = REFUSALS[code]
  return refusal ? new ChatRefusal(refusal, { cause: error }) : new SlackError(method, code, response_metadata?.messages)
}

/** Trouble that may be over in a moment, when nothing can have been done twice. */
function isPassing(error: unknown): boolean {
  if (error instanceof SlackError)
    return ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited'].includes(error.code)
  return error instanceof WebAPIHTTPError ? error.statusCode >= 500 : error instanceof WebAPIRequestError
}
