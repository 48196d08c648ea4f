/** One request from end to end: it has a reference, it never fails for the person, and what became of it is logged and counted. */
import { UserError } from '../core/errors.js'
import { decode } from './action.js'
import { actions } from './actions/index.js'
import type { Deps, Log } from './app.js'
import { bugCard, problemCard } from './cards/voice.js'
import { type Answered, type CardReply, ChatRefusal, type Reply, type Request } from './chat.js'
import { clean } from './clean.js'
import { commands } from './commands/index.js'
import type { RequestKind, RequestOutcome } from './metrics.js'
import { findCommand, type Values } from './parse.js'
import { privately } from './reply.js'

/** What is known of a request before anything is done. `what`: a command or an action that there is, never what somebody typed. */
export interface Asked {
  readonly platform: string
  readonly kind: RequestKind
  readonly what: string
}

/**
 * `work` gets a log whose every line carries the reference. A mistake and a bug both come back as a card: a bug is logged, and its card
 * tells the reference.
 */
export async function served<R extends Reply>(
  asked: Asked,
  deps: Deps,
  work: (deps: Deps) => Promise<R>,
): Promise<Answered<R | CardReply>> {
  const reference = createReference(deps.random)
  const log = withFields(deps.log, { reference })
  const took = deps.metrics.stopwatch()
  const { reply, outcome } = await work({ ...deps, log }).then(
    (done): Ended<R | CardReply> => ({ reply: done, outcome: 'ok' }),
    (error): Ended<R | CardReply> => failed(error, asked, reference, log),
  )
  const ms = took()
  deps.metrics.request(asked.platform, asked.kind, outcome, ms)
  log.debug({ ...asked, ms: Math.round(ms * 10) / 10, outcome }, 'request')
  return { ...reply, reference, ...(outcome !== 'ok' && { isTrouble: true }) }
}

interface Ended<R> {
  readonly reply: R
  readonly outcome: RequestOutcome
}

/** Short enough to be read out: six letters and digits, of two thousand million. */
function createReference(random: () => number): string {
  return Math.floor(random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0')
}

/** The one catch: a person's mistake is told as it is; anything else is logged, and the person gets the reference to quote. */
function failed(error: unknown, { platform, what }: Asked, reference: string, log: Log): Ended<CardReply> {
  if (error instanceof UserError) {
    const { message, field } = error
    const wrong = field !== undefined && { wrong: { field, message } }
    return { reply: { ...privately(problemCard(message)), ...wrong }, outcome: 'mistake' }
  }
  // What the platform refused, in words that say what to do.
  if (error instanceof ChatRefusal) return { reply: privately(problemCard(error.message)), outcome: 'mistake' }
  log.error({ error, platform, what }, 'request failed')
  return { reply: privately(bugCard(reference)), outcome: 'bug' }
}

/** The same log, with these fields in every line. */
export function withFields(log: Log, more: object): Log {
  return {
    debug: (fields, message) => log.debug({ ...more, ...fields }, message),
    info: (fields, message) => log.info({ ...more, ...fields }, message),
    warn: (fields, message) => log.warn({ ...more, ...fields }, message),
    error: (fields, message) => log.error({ ...more, ...fields }, message),
  }
}

export function askedBy(request: Request): Asked {
  const { kind, caller } = request
  return { platform: caller.platform, kind, what: nameOf(request) ?? 'unknown' }
}

function nameOf(request: Request): string | undefined {
  if (request.kind === 'command') return findCommand(commands, lineOf(request.name, request.input))?.command.name
  const { name } = decode(request.id)
  return actions.find((a) => a.name === name)?.name
}

export function lineOf(name: string, input: string | Values): string {
  return typeof input === 'string' ? `${name} ${clean(input)}` : name
}
