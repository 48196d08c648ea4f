/** What people type after a command's name, read by its option specs. */
import { UserError } from '../../core/errors.js'
import type { Command, OptionSpec } from './command.js'

export type Values = Readonly<Record<string, string | number | undefined>>

/** No line that is taken is as long; more of it is not looked at. */
const MAX_LINE = 2000

/** Finds the command of a line without its slash, `team setup`; two words go before one. */
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

function dropWords(line: string, count: number): string {
  return line.trim().slice(0, MAX_LINE).split(/\s+/).slice(count).join(' ')
}

/**
 * A word that names a choice, anywhere, is that choice; a whole number at the end is the integer; the rest is
 * the text. Throws `UserError` for what is missing, too long, out of range or left over.
 */
export function parseArgs(command: Command, rest: string): Values {
  let words = rest.trim() === '' ? [] : rest.trim().slice(0, MAX_LINE).split(/\s+/)
  const values: Record<string, string | number> = {}
  for (const [name, spec] of Object.entries(command.options)) {
    if (spec.type === 'choice') {
      const found = words.find((word) => spec.choices.includes(word.toLowerCase()))
      if (found !== undefined) {
        values[name] = found.toLowerCase()
        words = words.filter((word) => word !== found)
      }
    } else if (spec.type === 'integer') {
      const last = words.at(-1)
      if (last !== undefined && /^[+-]?\d+$/.test(last)) {
        values[name] = Number(last)
        words = words.slice(0, -1)
      }
    }
  }
  const text = Object.entries(command.options).find(([, spec]) => spec.type === 'text')
  if (text && words.length > 0) values[text[0]] = words.join(' ')
  else if (words.length > 0)
    throw new UserError(`I do not understand "${shorten(words.join(' '))}". ${usageOf(command)}`)
  return checkArgs(command, values)
}

/** Checks values that came typed (from a platform with real options) or from `parseArgs`. */
export function checkArgs(command: Command, values: Values): Values {
  for (const [name, spec] of Object.entries(command.options)) {
    const wrong = problem(spec, values[name])
    if (wrong) throw new UserError(`${name === 'text' ? 'That' : `"${name}"`} ${wrong}. ${usageOf(command)}`)
  }
  return values
}

function problem(spec: OptionSpec, value: string | number | undefined): string | undefined {
  switch (spec.type) {
    case 'text':
      if (value === undefined) return spec.required ? 'is missing' : undefined
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
  }
}

export function usageOf(command: Command): string {
  return `Type /${command.name}${command.usage ? ` ${command.usage}` : ''}.`
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
