/** Parses what people type after a command's name, by its option specs. */
import { UserError } from '../../core/errors.js'
import type { OptionValues } from '../ports/chat.js'
import type { Command, OptionSpec } from './command.js'
import { asksHelp, countsIn, meanNothing, plainWords, takeChoice } from './spoken.js'

export type Values = OptionValues

/** Longer than any valid line; the rest is ignored. */
const MAX_LINE = 2000

/**
 * Finds the command of a line without its slash, such as `team setup`; two words take precedence over one.
 */
export function findCommand(
  commands: readonly Command[],
  line: string,
): { command: Command; rest: string } | undefined {
  const [first = '', second = ''] = line.trim().slice(0, MAX_LINE).toLowerCase().split(/\s+/, 2)
  for (const name of [`${first} ${second}`.trim(), first]) {
    const command = commands.find((c) => c.name === name)
    if (command) return { command, rest: dropWords(line, name.split(' ').length) }
  }
  return undefined
}

/**
 * The commands whose help is asked for: `/quiz help`, `/study help`, `/help quiz`; undefined for any other
 * line.
 */
export function helpAsked(commands: readonly Command[], line: string): readonly Command[] | undefined {
  const words = line.trim().slice(0, MAX_LINE).split(/\s+/)
  const [first = '', ...rest] = words
  const name = asksHelp(first) ? rest : asksHelp(words.at(-1) ?? '') ? words.slice(0, -1) : []
  if (name.length === 0 || name.length > 2) return undefined
  const wanted = name.join(' ').toLowerCase().replace(/^\//, '')
  const exact = commands.filter((c) => c.name === wanted)
  const found =
    exact.length > 0 ? exact : commands.filter((c) => !c.isMoved && c.name.startsWith(`${wanted} `))
  return found.length > 0 ? found : undefined
}

function dropWords(line: string, count: number): string {
  return line.trim().slice(0, MAX_LINE).split(/\s+/).slice(count).join(' ')
}

/**
 * Parses what was typed after a command's name. A command with a text takes the whole line as its text,
 * except a count at the end or the start; one without is parsed word by word, in any order. Throws a
 * `UserError` for anything that is missing, too long, out of range or left over.
 */
export function parseArgs(command: Command, rest: string): Values {
  const line = rest.trim().slice(0, MAX_LINE)
  const options = Object.entries(command.options)
  const text = options.find(([, spec]) => spec.type === 'text')
  if (!text) return checkArgs(command, readWords(command, line))
  const integer = options.find(([, spec]) => spec.type === 'integer')
  const [counted] = integer ? countsIn(line) : []
  const words = counted ? counted.rest : line.split(/\s+/).join(' ')
  return checkArgs(command, {
    ...(integer && counted && { [integer[0]]: counted.count }),
    ...(words !== '' && { [text[0]]: words }),
  })
}

/** Each word must belong to a choice. */
function readWords(command: Command, line: string): Values {
  const options = Object.entries(command.options)
  let left: readonly string[] = plainWords(
    line,
    options.map(([name]) => name),
  )
  const values: Record<string, string> = {}
  for (const [name, spec] of options) {
    if (spec.type !== 'choice') continue
    const found = takeChoice(spec, left)
    left = found.left
    if (found.choice !== undefined) values[name] = found.choice
  }
  if (!meanNothing(left))
    throw new UserError(`I do not understand "${shorten(left.join(' '))}". ${usageOf(command)}`)
  return values
}

/** Checks values that came typed (from a platform with real options) or from `parseArgs`. */
export function checkArgs(command: Command, values: Values): Values {
  for (const [name, spec] of Object.entries(command.options)) {
    const wrong = problem(spec, values[name])
    if (wrong === MISSING)
      throw new UserError(`Something is missing after /${command.name}. ${usageOf(command)}`)
    if (wrong) throw new UserError(`${name === 'text' ? 'That' : `"${name}"`} ${wrong}. ${usageOf(command)}`)
  }
  return values
}

const MISSING = 'is missing'

function problem(spec: OptionSpec, value: Values[string]): string | undefined {
  switch (spec.type) {
    case 'text':
      if (value === undefined) return spec.required ? MISSING : undefined
      if (typeof value !== 'string') return 'should be text'
      return value.length > spec.max ? `is too long: at most ${spec.max} characters` : undefined
    case 'integer':
      if (value === undefined) return undefined
      return Number.isInteger(value) && Number(value) >= spec.min && Number(value) <= spec.max
        ? undefined
        : `should be a whole number from ${spec.min} to ${spec.max}`
    case 'choice':
      return value === undefined || (typeof value === 'string' && spec.choices.includes(value))
        ? undefined
        : `should be one of ${spec.choices.join(', ')}`
    case 'file':
      return value === undefined || typeof value === 'object' ? undefined : 'should be a file'
  }
}

function usageOf({ name, usage = '', options }: Command): string {
  // A usage names choices, or only the option where there are too many.
  const unnamed = Object.entries(options).flatMap(([option, spec]) =>
    spec.type === 'choice' && usage.includes(`[${option}]`)
      ? [` ${option}: ${spec.choices.join(', ')}.`]
      : [],
  )
  return `Type /${name}${usage && ` ${usage}`}.${unnamed.join('')}`
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
