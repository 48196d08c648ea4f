/** The bot on no platform: one way in for people (`run`), one for completion (`complete`), one for time (`tick`). */
import type { Bank } from '../content/bank.js'
import { UserError } from '../core/errors.js'
import type { Search } from '../core/search.js'
import { decode, type Input, STALE } from './action.js'
import { actions } from './actions/index.js'
import type { Card, Choosable } from './card.js'
import { exampleQuery } from './cards/topic.js'
import { bugCard, notAdmin, problemCard } from './cards/voice.js'
import { type Caller, type Chat, ChatBusy, ChatRefusal, type Place, type Reply, type Request } from './chat.js'
import { clean, tidy } from './clean.js'
import type { Command } from './command.js'
import { commands } from './commands/index.js'
import { completeLine, suggestions } from './complete.js'
import { checkSlots, pauseGone, refreshRound, tick } from './daily.js'
import { home } from './home.js'
import { checkArgs, findCommand, parseArgs, type Values } from './parse.js'
import { privately } from './reply.js'
import type { Store } from './store.js'

export interface Deps {
  readonly bank: Bank
  readonly search: Search
  readonly store: Store
  /** Rounds whose shown number of answers is behind; drawn again with the next tick. */
  readonly stale: Set<number>
  /** By platform name; only the platforms that are on. */
  readonly chats: ReadonlyMap<string, Chat>
  /** The time in epoch milliseconds. */
  readonly clock: () => number
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** Once it is aborted, nothing new is taken; what is in hand is finished. */
  readonly stop?: AbortSignal
}

/** What `log.ts` gives; the message is static, the variables are fields. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface App {
  readonly commands: readonly Command[]
  /** Lines worth trying first. */
  readonly examples: readonly string[]
  /** Never rejects: a person's mistake and a bug of ours both come back as a card. */
  run(request: Request): Promise<Reply>
  /** Values for one option of a command, best first, at most 25; fast, without the database. */
  suggest(caller: Caller, command: string, option: string, typed: string): Promise<readonly Choosable[]>
  /** Ways to go on with a line that starts with `/`: each `value` is a whole line. */
  complete(caller: Caller, line: string): Promise<readonly Choosable[]>
  /** Whether the answer to it is a form, which some platforms must know before they acknowledge. */
  opensForm(request: Request): boolean
  /** A channel was deleted: its team is paused, and the admin is told. */
  channelGone(place: Place & { readonly platform: string }): Promise<void>
  /** One member's own page, for platforms that have a place for it. */
  home(caller: Caller): Promise<Card>
  /**
   * Plans, posts, closes and reveals what is due, on every platform side by side. Call often: what an earlier call is still at is not begun a
   * second time.
   */
  tick(): Promise<void>
  /** Mends what a wrong clock has planned; for the start, since `tick` notices by itself when the clock goes back. */
  checkSlots(): Promise<void>
  /** Resolves when all ticks have come to their end. */
  settled(): Promise<void>
}

export function createApp(deps: Deps): App {
  const running = new Map<string, Promise<void>>()
  let lastTick = 0
  /** Not a second time while it is running. */
  function single(name: string, work: () => Promise<void>): Promise<void> {
    if (running.has(name)) return Promise.resolve()
    const on = work().finally(() => running.delete(name))
    running.set(name, on)
    return on
  }
  const app: App = {
    commands,
    examples: [`/explain ${exampleQuery(deps.bank)}`, '/quiz', '/leaderboard', '/help'],
    async run(request) {
      try {
        return await handle(tidy(request), deps)
      } catch (error) {
        return failure(error, request, deps)
      }
    },
    async suggest(_caller, name, option, typed) {
      const spec = commands.find((c) => c.name === name)?.options[option]
      return spec ? suggestions(spec, clean(typed), deps) : []
    },
    complete: async (_caller, line) => completeLine(commands, clean(line), deps),
    opensForm: (request) =>
      request.kind === 'command'
        ? findCommand(commands, lineOf(request.name, request.input))?.command.opensForm === true
        : actions.some((a) => a.name === decode(request.id).name && a.opensForm),
    channelGone: (place) => pauseGone(place, deps),
    async home(caller) {
      try {
        return await home(caller, deps)
      } catch (error) {
        return bugCard(logged(error, caller, 'home', deps))
      }
    },
    async tick() {
      const now = deps.clock()
      if (now < lastTick) await single('slots', () => checkSlots(deps))
      lastTick = now
      const parts = [...deps.chats.keys()].map((platform) => single(platform, () => tick(platform, deps)))
      await all([...parts, single('counts', () => refreshStale(deps))])
    },
    checkSlots: () => single('slots', () => checkSlots(deps)),
    settled: () => all([...running.values()]),
  }
  return app
}

async function handle(request: Request, deps: Deps): Promise<Reply> {
  switch (request.kind) {
    case 'command':
      return runCommand(request.caller, request.name, request.input, deps)
    case 'press':
      return runAction(request.id, { values: [], form: {} }, request.caller, deps)
    case 'select':
      return runAction(request.id, { values: request.values, form: {} }, request.caller, deps)
    case 'submit':
      return runAction(request.id, { values: [], form: request.values }, request.caller, deps)
  }
}

async function runCommand(caller: Caller, name: string, input: string | Values, deps: Deps): Promise<Reply> {
  const line = lineOf(name, input)
  const found = findCommand(commands, line)
  if (!found) throw new UserError(unknownCommand(line))
  const { command, rest } = found
  if (command.admin && !(await caller.isAdmin())) throw notAdmin(command.name)
  const args = typeof input === 'string' ? parseArgs(command, rest) : checkArgs(command, input)
  const answer = await command.run(args, caller, deps)
  if ('fields' in answer) return { kind: 'form', form: answer }
  return { kind: 'card', card: answer, to: command.visibility === 'public' ? 'channel' : 'caller', replace: false }
}

function lineOf(name: string, input: string | Values): string {
  return typeof input === 'string' ? `${name} ${clean(input)}` : name
}

async function runAction(id: string, input: Input, caller: Caller, deps: Deps): Promise<Reply> {
  const { name, params } = decode(id)
  const found = actions.find((a) => a.name === name)
  if (!found) throw new UserError(STALE)
  return found.run(params, input, caller, deps)
}

/** The one catch: a person's mistake is told as it is; anything else is logged, and the person gets a reference to quote. */
function failure(error: unknown, request: Request, deps: Deps): Reply {
  if (error instanceof UserError) {
    const { message, field } = error
    return {
      kind: 'card',
      card: problemCard(message),
      to: 'caller',
      replace: false,
      ...(field !== undefined && { wrong: { field, message } }),
    }
  }
  // What the platform refused, in words that say what to do.
  if (error instanceof ChatRefusal) return privately(problemCard(error.message))
  const what = request.kind === 'command' ? request.name : decode(request.id).name
  return privately(bugCard(logged(error, request.caller, what, deps)))
}

/** Gives the reference that finds the error in the log. */
function logged(error: unknown, { platform }: Caller, what: string, deps: Deps): string {
  const reference = Math.floor(deps.random() * 36 ** 6)
    .toString(36)
    .padStart(6, '0')
  deps.log.error({ reference, error, platform, what }, 'request failed')
  return reference
}

function unknownCommand(line: string): string {
  const [word = ''] = line.split(/\s+/)
  const near = commands.filter((c) => c.name.startsWith(`${word} `)).map((c) => `/${c.name}`)
  return near.length > 0 ? `Say which: ${near.join(', ')}.` : `There is no command /${word.slice(0, 30)}. Type /help to see what there is.`
}

/** Waits for all of them, and then throws the first error. */
async function all(parts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === 'rejected')
  if (failed) throw failed.reason
}

async function refreshStale(deps: Deps): Promise<void> {
  const rounds = [...deps.stale]
  deps.stale.clear()
  for (const round of rounds) {
    if (deps.stop?.aborted) return
    await refreshRound(round, deps).catch((error) => {
      if (error instanceof ChatBusy) deps.stale.add(round)
      else deps.log.warn({ round, error }, 'count of answers not refreshed')
    })
  }
}
