/**
 * Buttons, menus and forms. An action's id carries all it needs (at most 100 characters), so a button works for as long as
 * its message stands, on any process. Nothing in an id is trusted: every action checks rights and state again.
 */
import { UserError } from '../../core/errors.js'
import type { Shape } from '../../core/grade.js'
import type { Question } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues, Reply } from '../ports/chat.js'
import type { LimitKind } from '../request-limits.js'

export const MAX_ACTION_ID = 100

export interface Action {
  readonly name: string
  /** The answer is a form: some platforms must know before the action runs. */
  readonly opensForm: boolean
  /** What it counts for in `request-limits.ts`; a form when it was sent, else a request. */
  readonly limit?: LimitKind | 'never'
  readonly run: (params: readonly string[], input: Input, caller: Caller, deps: Deps) => Promise<Reply>
}

/** What came with the press: picked values of a menu, filled fields of a form. */
export interface Input {
  readonly values: readonly string[]
  readonly form: FormValues
}

/** `name~param~param`. Params hold no tilde; numbers are written in base 36. */
export function encode(name: string, ...params: readonly (string | number)[]): string {
  const id = [name, ...params.map((p) => (typeof p === 'number' ? p.toString(36) : p))].join('~')
  if (id.length > MAX_ACTION_ID) throw new Error(`action id over ${MAX_ACTION_ID} characters: ${id}`)
  return id
}

export function decode(id: string): { name: string; params: readonly string[] } {
  const [name = '', ...params] = id.slice(0, MAX_ACTION_ID).split('~')
  return { name, params }
}

/** A number from 0 to `max` that `encode` wrote; a `UserError` for anything else. Row ids have 31 bits. */
export function number(params: readonly string[], index: number, max = 2 ** 31 - 1): number {
  const value = params[index] ?? ''
  const read = /^[0-9a-z]{1,10}$/.test(value) ? Number.parseInt(value, 36) : Number.NaN
  if (!(read <= max)) throw new UserError(STALE)
  return read
}

export function word(params: readonly string[], index: number): string {
  const value = params[index]
  if (value === undefined) throw new UserError(STALE)
  return value
}

/** A version of a question, by its number: ids of questions often say what is right. */
export function encodeQuestion({ number: n }: Pick<Question, 'number'>): string {
  return `#${n.toString(36)}`
}

/** The number that `encodeQuestion` wrote; undefined for what version 0.2 wrote in its place: the id, and the version after it. */
export function questionNumber(params: readonly string[], index: number): number | undefined {
  const value = word(params, index)
  return value.startsWith('#') ? number([value.slice(1)], 0) : undefined
}

/** A shape as three characters, `r25`: kind, places, options (base 36). */
export function encodeShape({ kind, places, options }: Shape): string {
  return `${kind.charAt(0)}${places.toString(36)}${options.toString(36)}`
}

/** A shape that `encodeShape` wrote; a `UserError` for anything else. */
export function shape(params: readonly string[], index: number): Shape {
  const [initial, places = '', options = ''] = word(params, index)
  const kind = (['choice', 'response', 'ordering', 'matching'] as const).find((k) => k.charAt(0) === initial)
  if (!kind || !/^[1-9a-q]{2}$/.test(places + options)) throw new UserError(STALE)
  return { kind, places: Number.parseInt(places, 36), options: Number.parseInt(options, 36) }
}

export const STALE = 'This button no longer works. Type the command again to get a fresh one.'

/** The one value of a form's field, `''` when it was left empty. */
export function field(form: FormValues, name: string): string {
  const value = form[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

export function fieldList(form: FormValues, name: string): readonly string[] {
  const value = form[name]
  if (value === undefined) return []
  return typeof value === 'string' ? (value === '' ? [] : [value]) : value
}

const REST = 'rest'

/** The button for a further part of a card that a platform cannot show in one message; undefined when the id would be too long. */
export function restId(again: string, page: number): string | undefined {
  const id = `${REST}~${page.toString(36)}~${again}`
  return id.length <= MAX_ACTION_ID ? id : undefined
}

/** What `restId` wrote: the action that gives the whole card, and which part of it is asked for. */
export function readRest(id: string): { readonly again: string; readonly page: number } | undefined {
  const [, page = '', again = ''] = /^rest~([0-9a-z]{1,3})~(.+)$/s.exec(id) ?? []
  return again === '' ? undefined : { again, page: Number.parseInt(page, 36) }
}
