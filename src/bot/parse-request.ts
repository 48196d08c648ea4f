/** A request is read once, into what it asks for and what it gives to that; `perform` does it. */
import { UserError } from '../core/errors.js'
import { actions } from './actions/index.js'
import { notAdmin } from './cards/wording.js'
import { commands } from './commands/index.js'
import type { Deps } from './deps.js'
import { keepOpened, type Sent, takeForm } from './forms/drafts.js'
import type { Caller, Reply, Request } from './ports/chat.js'
import { type Action, findAction, type Input } from './ui/action.js'
import type { Command } from './ui/command.js'
import { STALE } from './ui/params.js'
import { checkArgs, findCommand, parseArgs, type Values } from './ui/parse.js'

/** An error in place of what could not be read: who asks is told once it is their turn. */
export type Parsed =
  | { readonly command: Command; readonly action?: never; readonly args: Values | Error }
  | {
      readonly command?: never
      readonly action: Action
      readonly params: object | Error
      readonly input: Input
      readonly sent?: Sent
    }
  | { readonly command?: never; readonly action?: never; readonly problem: UserError }

/** `request`: as `tidy` gives it. */
export function parseRequest(request: Request): Parsed {
  if (request.kind === 'command') return parseCommand(request.name, request.input)
  const values = request.kind === 'select' ? request.values : []
  if (request.kind !== 'submit') return parseAction(request.id, { values, form: {} })
  const { id, values: form, draft, isStep = false } = request
  return parseAction(id, { values, form }, { id, values: form, draft, isStep })
}

function parseCommand(name: string, input: string | Values): Parsed {
  const line = typeof input === 'string' ? `${name} ${input}` : name
  const found = findCommand(commands, line)
  if (!found) return { problem: new UserError(unknownCommand(line)) }
  const { command, rest } = found
  return {
    command,
    args: orError(() => (typeof input === 'string' ? parseArgs(command, rest) : checkArgs(command, input))),
  }
}

function unknownCommand(line: string): string {
  const [word = ''] = line.split(/\s+/)
  const near = commands.filter((c) => !c.isMoved && c.name.startsWith(`${word} `)).map((c) => `/${c.name}`)
  return near.length > 0
    ? `Say which: ${near.join(', ')}.`
    : `There is no command /${word.slice(0, 30)}. Type /help to see what there is.`
}

function parseAction(id: string, input: Input, sent?: Sent): Parsed {
  const found = findAction(id, actions)
  if (!found) return { problem: new UserError(STALE) }
  const { action, words } = found
  return { action, params: orError(() => action.read(words)), input, ...(sent && { sent }) }
}

function orError<T>(read: () => T): T | Error {
  try {
    return read()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Throws `UserError` for what the caller may not do or could not be read. */
export async function perform(parsed: Parsed, caller: Caller, deps: Deps): Promise<Reply> {
  const reply = await keepOpened(await done(parsed, caller, deps), caller, deps)
  return parsed.action?.replaces && reply.kind === 'card' ? { ...reply, replace: true } : reply
}

async function done(parsed: Parsed, caller: Caller, deps: Deps): Promise<Reply> {
  if (parsed.action) {
    const { action, params, input, sent } = parsed
    if (params instanceof Error) throw params
    return sent
      ? takeForm({ action, params, input, sent }, actions, caller, deps)
      : action.run(params, caller, deps, input)
  }
  if (!parsed.command) throw parsed.problem
  const { command, args } = parsed
  if (command.admin && !(await caller.isAdmin())) throw notAdmin(command.name, caller.platform)
  if (args instanceof Error) throw args
  const answer = await command.run(args, caller, deps)
  if ('fields' in answer) return { kind: 'form', form: answer }
  return {
    kind: 'card',
    card: answer,
    to: command.visibility === 'public' ? 'channel' : 'caller',
    replace: false,
  }
}
