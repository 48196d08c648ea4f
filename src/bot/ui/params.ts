/** What the id of an action carries, word by word. Nothing in an id is trusted: what was not written by `write` is refused. */
import { UserError } from '../../core/errors.js'
import type { Shape } from '../../core/grade.js'
import type { Question } from '../../core/model.js'

export const STALE = 'This button no longer works. Type the command again to get a fresh one.'

export interface Param<T> {
  /** Words with a tilde between them, which none of them holds. */
  write(value: T): string
  /** Removes its words from the front; throws `UserError` for anything that `write` does not write. */
  read(words: string[]): T
}

/** Any text without a tilde; whoever gets it has to check it. */
export const word: Param<string> = { write: (value) => value, read: take }

/** One or more words: all that are left. */
export const words: Param<readonly string[]> = {
  write: (values) => values.join('~'),
  read: (left) => [take(left), ...left.splice(0)],
}

/** A whole number from 0 to `max`, in base 36. Row ids have 31 bits. */
export function int(max = 2 ** 31 - 1): Param<number> {
  return { write: (value) => value.toString(36), read: (left) => toNumber(take(left), max) }
}

function checked<T extends string>(find: (given: string) => T | undefined): Param<T> {
  return { write: (value) => value, read: (left) => find(take(left)) ?? refuse() }
}

export function oneOf<const T extends string>(...choices: readonly T[]): Param<T> {
  return checked((given) => choices.find((choice) => choice === given))
}

export const yesOrNo: Param<boolean> = {
  write: (value) => (value ? 'yes' : 'no'),
  read: (left) => oneOf('yes', 'no').read(left) === 'yes',
}

/** The six characters of `topicCode`, or `-` for the whole pack. */
export const topicOrAll = checked((given) => (/^(-|[0-9a-z]{1,6})$/.test(given) ? given : undefined))

/** A version of a question, by its number: ids often say what is right. Version 0.2 wrote the id, and the version or how it begins. */
export type QuestionRef = Pick<Question, 'number'> | Pick<Question, 'id' | 'version'>

export const question: Param<QuestionRef> = {
  write: (ref) => ('number' in ref ? `#${ref.number.toString(36)}` : `${ref.id}~${ref.version}`),
  read(left) {
    const given = take(left)
    return given.startsWith('#') ? { number: toNumber(given.slice(1)) } : { id: given, version: take(left) }
  },
}

/** A shape as three characters, `r25`: kind, places, options (base 36). */
export const shape: Param<Shape> = {
  write: ({ kind, places, options }) => `${kind.charAt(0)}${places.toString(36)}${options.toString(36)}`,
  read(left) {
    const [initial, places = '', options = ''] = take(left)
    const kind = (['choice', 'response', 'ordering', 'matching'] as const).find((k) => k.charAt(0) === initial)
    if (!kind || !/^[1-9a-q]{2}$/.test(places + options)) return refuse()
    return { kind, places: Number.parseInt(places, 36), options: Number.parseInt(options, 36) }
  },
}

function take(left: string[]): string {
  return left.shift() ?? refuse()
}

function toNumber(digits: string, max = 2 ** 31 - 1): number {
  const value = /^[0-9a-z]{1,10}$/.test(digits) ? Number.parseInt(digits, 36) : Number.NaN
  return value <= max ? value : refuse()
}

function refuse(): never {
  throw new UserError(STALE)
}
