/** One request from end to end: it has a reference, always ends in a reply, and is logged and counted. */
import { Over, UserError } from '../core/errors.js'
import type { Search } from '../search/search.js'
import { bugCard, busyCard, limitCard, mistakeCard, problemCard, withReopening } from './cards/wording.js'
import type { Deps, Log } from './deps.js'
import { FormMistake } from './forms/drafts.js'
import type { IntakeQueue } from './intake-queue.js'
import type { Parsed } from './parse-request.js'
import {
  type Answered,
  type Caller,
  type CardReply,
  ChatBusy,
  ChatRefusal,
  type Reply,
  type Request,
} from './ports/chat.js'
import type { RequestKind, RequestOutcome } from './ports/metrics.js'
import type { LoadedPack } from './ports/packs.js'
import type { LimitKind, RequestLimits } from './request-limits.js'
import { packOf } from './team/team.js'
import { bySection } from './ui/by-section.js'
import type { Choosable } from './ui/card.js'
import { privately } from './ui/reply.js'

/**
 * The facts about a request before anything is done. `what`: the name of a command or an action, never text
 * that a person typed.
 */
export interface RequestParts {
  readonly platform: string
  readonly kind: RequestKind
  readonly what: string
  /** The limit that it counts towards; undefined if it is never refused. */
  readonly limit: LimitKind | undefined
}

/** Every request passes through this: it is refused before it costs anything, or it waits in the queue. */
export interface Gate {
  readonly limits: RequestLimits
  readonly queue: IntakeQueue
}

/**
 * `work` gets a log whose every line carries the reference. A mistake and a bug both come back as a card; a
 * bug is logged, and its card shows the reference. `keep`: keeps what a form held if nothing came of it, and
 * returns the id of its draft.
 */
export async function served<R extends Reply>(
  caller: Caller,
  asked: RequestParts,
  { limits, queue }: Gate,
  deps: Deps,
  work: (deps: Deps) => Promise<R>,
  keep: () => Promise<string | undefined> = async () => undefined,
): Promise<Answered<R | CardReply>> {
  const reference = createReference(deps.random)
  const log = withFields(deps.log, { reference })
  const took = deps.metrics.stopwatch()
  const refusal = asked.limit && limits.take(caller, asked.limit)
  const { reply, outcome }: Ended<R | CardReply> = refusal
    ? await withForm({ reply: privately(limitCard(refusal, asked.platform)), outcome: 'limited' }, keep)
    : await queue(caller, () => work({ ...deps, log })).then(
        (done) => ({ reply: done, outcome: 'ok' }),
        (error) => withForm(failed(error, asked, reference, log), keep),
      )
  const ms = took()
  const { platform, kind, what } = asked
  deps.metrics.request(platform, kind, outcome, ms)
  log.debug({ platform, kind, what, ms: Math.round(ms * 10) / 10, outcome }, 'request')
  return { ...reply, reference, ...(outcome !== 'ok' && { isTrouble: true }) }
}

/**
 * Returns completions; none while the limit is reached, since completion is only a help and has no place to
 * say so.
 */
export async function completed(
  caller: Caller,
  { limits, queue }: Gate,
  deps: Deps,
  find: (search: Search) => readonly Choosable[],
): Promise<readonly Choosable[]> {
  const took = deps.metrics.stopwatch()
  const isLimited = limits.take(caller, 'completion') !== undefined
  const found = isLimited
    ? []
    : await queue(caller, async () => {
        const pack = await packForCompletion(caller, deps)
        return bySection(find(pack.search), pack)
      })
  deps.metrics.request(caller.platform, 'completion', isLimited ? 'limited' : 'ok', took())
  return found
}

/** Uses the first pack if the database fails, since completion is only a help. */
function packForCompletion(caller: Caller, deps: Deps): Promise<LoadedPack> {
  return packOf(caller, deps).catch(() => deps.packs.first)
}

interface Ended<R> {
  readonly reply: R
  readonly outcome: RequestOutcome
}

/** A reference short enough to be read out: six letters and digits, one of two thousand million. */
function createReference(random: () => number): string {
  return Math.floor(random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0')
}

/**
 * The only place that catches errors: a person's mistake is shown as it is; anything else is logged, and the
 * person gets the reference to quote.
 */
function failed(
  error: unknown,
  { platform, what }: RequestParts,
  reference: string,
  log: Log,
): Ended<CardReply> {
  if (error instanceof FormMistake) {
    const { message, field = '', label, draft, replaces: replace } = error
    const card = mistakeCard(label, message, draft, field)
    return {
      reply: { ...privately(card), replace, wrong: { field, message, draft } },
      outcome: 'mistake',
    }
  }
  if (error instanceof UserError) {
    const { message, field, more } = error
    const wrong = field !== undefined && { wrong: { field, message } }
    const replace = error instanceof Over
    return { reply: { ...privately(problemCard(message, more)), replace, ...wrong }, outcome: 'mistake' }
  }
  // The message of a platform's refusal already says what to do.
  if (error instanceof ChatRefusal)
    return { reply: privately(problemCard(error.message)), outcome: 'mistake' }
  if (error instanceof ChatBusy)
    return { reply: privately(busyCard(platform, error.retryAfterMs)), outcome: 'busy' }
  log.error({ error, platform, what }, 'request failed')
  return { reply: privately(bugCard(reference)), outcome: 'bug' }
}

/** Adds a button that opens the form as it was sent, unless the reply does so by itself, or the form is over. */
async function withForm(
  ended: Ended<CardReply>,
  keep: () => Promise<string | undefined>,
): Promise<Ended<CardReply>> {
  const { reply, outcome } = ended
  if (reply.wrong || reply.replace) return ended
  const draft = await keep().catch(() => undefined)
  return draft === undefined
    ? ended
    : { reply: { ...reply, card: withReopening(reply.card, draft) }, outcome }
}

/** The same log, with these fields in every line. */
function withFields(log: Log, more: object): Log {
  return {
    debug: (fields, message) => log.debug({ ...more, ...fields }, message),
    info: (fields, message) => log.info({ ...more, ...fields }, message),
    warn: (fields, message) => log.warn({ ...more, ...fields }, message),
    error: (fields, message) => log.error({ ...more, ...fields }, message),
  }
}

export function askedBy({ kind, caller }: Request, { command, action }: Parsed): RequestParts {
  const { name = 'unknown', limit = kind === 'submit' ? 'form' : 'request' } = command ?? action ?? {}
  return { platform: caller.platform, kind, what: name, limit: limit === 'never' ? undefined : limit }
}
