/**
 * The parameters in the id of an action, word by word. Nothing in an id is trusted: anything that `write`
 * would not write is refused.
 */
import { UserError } from '../../core/errors.js'
import type { AnswerFormat } from '../../core/grade.js'
import type { Question, Topic } from '../../core/model.js'

export const STALE = 'This button no longer works. Type the command again to get a fresh one.'

export interface Param<T> {
  /** Returns the words with a tilde between them; no word contains one. */
  write(value: T): string
  /** Removes its words from the front; throws a `UserError` for anything that `write` does not write. */
  read(words: string[]): T
}

/** Any text without a tilde; the action has to check it. */
export const word: Param<string> = { write: (value) => value, read: take }

/** The id of another action, at the end of this one. */
export const nested: Param<string> = {
  write: (value) => value,
  read: (left) => (left.length > 0 ? left.splice(0).join('~') : refuse()),
}

/** A whole number from 0 to `max`, in base 36. Row ids have 31 bits. */
export function int(max = 2 ** 31 - 1): Param<number> {
  return { write: (value) => value.toString(36), read: (left) => toNumber(take(left), max) }
}

/** The id of a member, as a menu of members has it. */
export const memberId = int()

/** The number that was picked from a menu, such as that of a row; throws a `UserError` for anything else. */
export function pickedNumber([value = '']: readonly string[]): number {
  if (!/^\d{1,9}$/.test(value)) throw new UserError(STALE)
  return Number(value)
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

/** Six characters that stand for a text in a button, where it may be too long. */
export function shortCode(text: string): string {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return hash.toString(36).slice(-6)
}

/** Topics of one pack: the code of the pack, which version 0.2 did not write, and slugs, at least one. */
export interface TopicsRef {
  readonly pack?: string
  readonly slugs: readonly string[]
}

export const topicsRef = (topics: readonly Pick<Topic, 'pack' | 'slug'>[]): TopicsRef => ({
  ...(topics[0] && { pack: shortCode(topics[0].pack) }),
  slugs: topics.map((topic) => topic.slug),
})

/** `more`: takes the slugs after the first. */
function topicsParam(more: (left: string[]) => string[]): Param<TopicsRef> {
  return {
    write: ({ pack, slugs }) => [...(pack === undefined ? [] : [`.${pack}`]), ...slugs].join('~'),
    read(left) {
      const pack = left[0]?.startsWith('.') ? { pack: take(left).slice(1) } : {}
      return { ...pack, slugs: [take(left), ...more(left)] }
    },
  }
}

/** `topics` takes all slugs that are left, `topic` a single one. */
export const topics = topicsParam((left) => left.splice(0))
export const topic = topicsParam(() => [])

/** Replaces the code of a topic: the questions that the member missed lately. */
export const MISSED = '!'

/** Replaces the code of a topic: the questions that repair a broken streak. */
export const REPAIR = '+'

/** The code of a topic, `-` for a whole pack, `MISSED`, or `REPAIR`. */
export const topicOrAll = checked((given) => (/^([-!+]|[0-9a-z]{1,6})$/.test(given) ? given : undefined))

/**
 * A version of a question, by its number, since ids often give the answer away. Version 0.2 wrote the id, and
 * the version or how it begins.
 */
export type QuestionRef = Pick<Question, 'number'> | Pick<Question, 'id' | 'version'>

export const question: Param<QuestionRef> = {
  write: (ref) => ('number' in ref ? `#${ref.number.toString(36)}` : `${ref.id}~${ref.version}`),
  read(left) {
    const given = take(left)
    return given.startsWith('#') ? { number: toNumber(given.slice(1)) } : { id: given, version: take(left) }
  },
}

/** A team by its number, a new one, or that of the channel. */
export type TeamRef = number | 'new' | 'here'

export const teamRef: Param<TeamRef> = {
  write: (ref) => (typeof ref === 'number' ? `#${ref.toString(36)}` : ref),
  read(left) {
    const given = take(left)
    if (given === 'new' || given === 'here') return given
    return given.startsWith('#') ? toNumber(given.slice(1)) : refuse()
  },
}

/** An answer format as three characters, `r25`: kind, places, options (base 36). */
export const answerFormat: Param<AnswerFormat> = {
  write: ({ kind, places, options }) => `${kind.charAt(0)}${places.toString(36)}${options.toString(36)}`,
  read(left) {
    const [initial, places = '', options = ''] = take(left)
    const kind = (['choice', 'response', 'ordering', 'matching'] as const).find(
      (k) => k.charAt(0) === initial,
    )
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
