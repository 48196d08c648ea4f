/** Parses a request once, into what it asks for and its arguments; `perform` does it. */
import { UserError } from '../core/errors.js'
import { checkChannel, offered } from './actions/in-channel.js'
import { actions } from './actions/index.js'
import { commandHelpCard } from './cards/command-help.js'
import { notAdmin } from './cards/wording.js'
import { commands } from './commands/index.js'
import type { Deps } from './deps.js'
import { keepOpened, keepSent, type Sent, takeForm } from './forms/drafts.js'
import { isTopicNamed } from './member/look-up.js'
import type { Caller, Reply, Request } from './ports/chat.js'
import { type Action, findAction, type Input } from './ui/action.js'
import type { Command } from './ui/command.js'
import { STALE } from './ui/params.js'
import { checkArgs, findCommand, helpAsked, parseArgs, type Values } from './ui/parse.js'
import { privately } from './ui/reply.js'
import { asksHelp } from './ui/spoken.js'

/**
 * The result of parsing. An error stands in place of what could not be parsed: it is shown when it is the
 * caller's turn.
 */
export type Parsed =
  | {
      readonly command: Command
      readonly action?: never
      readonly args: Values | Error
      /** Commands whose help is requested, instead of running one. */
      readonly help?: readonly Command[]
      /** The text typed after the name, if it was typed as a line. */
      readonly line?: string
    }
  | {
      readonly command?: never
      readonly action: Action
      readonly params: object | Error
      readonly input: Input
      readonly sent?: Sent
    }
  | { readonly command?: never; readonly action?: never; readonly problem: UserError }

/** `request`: as returned by `tidy`. */
export function parseRequest(request: Request): Parsed {
  if (request.kind === 'command') return parseCommand(request.name, request.input)
  const values = request.kind === 'select' ? request.values : []
  if (request.kind !== 'submit') return parseAction(request.id, { values, form: {} })
  const { id, values: form, uploads, draft, isStep = false } = request
  return parseAction(id, { values, form, uploads }, { id, values: form, draft, isStep })
}

function parseCommand(name: string, input: string | Values): Parsed {
  const line = typeof input === 'string' ? `${name} ${input}` : name
  const found = findCommand(commands, line)
  const help = typeof input === 'string' ? helpAsked(commands, line) : helpOf(found?.command, input)
  const known = found?.command ?? help?.[0]
  if (help && known?.name === 'help') return { command: known, args: {}, ...(help[0] !== known && { help }) }
  if (help && known) return { command: known, args: orError(() => parseArgs(known, found?.rest ?? '')), help }
  if (!found) return { problem: new UserError(unknownCommand(line)) }
  const { command, rest } = found
  return typeof input === 'string'
    ? { command, args: orError(() => parseArgs(command, rest)), line: rest }
    : { command, args: orError(() => checkArgs(command, input)) }
}

/** Like `helpAsked`, for platforms that parse options themselves: `help` alone, as the text. */
function helpOf(command: Command | undefined, input: Values): readonly Command[] | undefined {
  const [only, ...others] = Object.values(input).filter((value) => value !== undefined)
  return command && others.length === 0 && typeof only === 'string' && asksHelp(only) ? [command] : undefined
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

/** Throws a `UserError` for anything that the caller may not do or that could not be parsed. */
export async function perform(parsed: Parsed, caller: Caller, deps: Deps): Promise<Reply> {
  const answer = await keepOpened(await done(parsed, caller, deps), caller, deps)
  const reply = offered(answer, actions, caller)
  return parsed.action?.replaces && reply.kind === 'card' ? { ...reply, replace: true } : reply
}

/** If a topic is called "help", `/explain help` is about that topic; `/help explain` is about the command. */
async function isMeantAsTopic(
  { command, args }: { readonly command: Command; readonly args: Values | Error },
  caller: Caller,
  deps: Deps,
): Promise<boolean> {
  if (args instanceof Error) return false
  const words = Object.entries(command.options).find(([, spec]) => spec.type === 'text')?.[0]
  const text = words === undefined ? undefined : args[words]
  return typeof text === 'string' && isTopicNamed(text, caller, deps)
}

/** Keeps what was sent with a form; returns the id of its draft. */
export async function keptForm(parsed: Parsed, caller: Caller, deps: Deps): Promise<string | undefined> {
  const { action, sent } = parsed.action ? parsed : {}
  return action && sent ? keepSent({ action, sent }, actions, caller, deps) : undefined
}

async function done(parsed: Parsed, caller: Caller, deps: Deps): Promise<Reply> {
  if (parsed.action) {
    const { action, params, input, sent } = parsed
    if (params instanceof Error) throw params
    if (sent) return takeForm({ action, params, input, sent }, actions, caller, deps)
    const reply = await action.run(params, caller, deps, input)
    if (reply.kind === 'card' && reply.to === 'channel') checkChannel(action, caller)
    return reply
  }
  if (!parsed.command) throw parsed.problem
  const { command, line, help } = parsed
  if (help && !(await isMeantAsTopic(parsed, caller, deps))) return privately(commandHelpCard(help))
  if (command.admin && !(await caller.isAdmin())) throw notAdmin(command.name, caller.platform)
  const whole = line ? await command.readLine?.(line, caller, deps) : undefined
  const args = whole ? checkArgs(command, whole) : parsed.args
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
