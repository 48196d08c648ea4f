/**
 * Buttons, menus and forms. An action's id carries all it needs (at most 100 characters), so a button works
 * for as long as its message stands, on any process. Nothing in an id is trusted: every action checks rights
 * and state again.
 */
import { UserError } from '../../core/errors.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues, Reply, Uploads } from '../ports/chat.js'
import type { LimitKind } from '../request-limits.js'
import { type Param, STALE } from './params.js'

export const MAX_ACTION_ID = 100

type Params = Readonly<Record<string, Param<unknown>>>
type ValuesOf<P extends Params> = { readonly [K in keyof P]: ReturnType<P[K]['read']> }

/** An action as cards use it: by the values in its ids. `ui/ids.ts` lists them all. */
export interface ActionId<V> {
  /** Area and act: `round.choose`. */
  readonly name: string
  readonly oldName: string | undefined
  /** Throws a `UserError` for words that no id of this action has, or too many of them. */
  readonly read: (words: readonly string[]) => V
  /** `name~param~param`. Throws if that exceeds `MAX_ACTION_ID` characters. */
  readonly id: (values: V) => string
  /** Like `id`; undefined if it would be too long. */
  readonly idIfShort: (values: V) => string | undefined
}

type Named<V> = Pick<ActionId<V>, 'name' | 'oldName' | 'read'>

/**
 * `params`: in the order in which they are written, which never changes, since older messages stay. Ids with
 * `oldName` are read too.
 */
export function actionId<const P extends Params>(
  name: string,
  params: P,
  oldName?: string,
): ActionId<ValuesOf<P>> {
  const entries = Object.entries(params)
  const idOf = (values: ValuesOf<P>) =>
    [name, ...entries.map(([key, param]) => param.write(values[key]))].join('~')
  return {
    name,
    oldName,
    read(given) {
      const words = [...given]
      const values = Object.fromEntries(entries.map(([key, param]) => [key, param.read(words)]))
      if (words.length > 0) throw new UserError(STALE)
      return values as ValuesOf<P>
    },
    id(values) {
      const id = idOf(values)
      if (id.length > MAX_ACTION_ID) throw new Error(`action id over ${MAX_ACTION_ID} characters: ${id}`)
      return id
    },
    idIfShort(values) {
      const id = idOf(values)
      return id.length <= MAX_ACTION_ID ? id : undefined
    },
  }
}

export interface Action extends Named<object> {
  /** Whether the answer is a form: some platforms must know before the action runs. */
  readonly opensForm: boolean
  /**
   * True if it shows something to the caller's channel: outside a channel it is neither offered nor allowed.
   */
  readonly needsChannel?: boolean
  /**
   * True if it answers the question of its card, which is then over: on every platform its reply, or a
   * mistake in its form, replaces that card, where only its owner sees it.
   */
  readonly replaces?: true
  /**
   * The limit in `request-limits.ts` that it counts towards; by default a form when it is sent, else a
   * request.
   */
  readonly limit?: LimitKind | 'never'
  /** If the action takes a form: the id of the action that opens that form. *Fix it* runs it again. */
  readonly opener?: (params: object) => string
  /**
   * Checks the fields of one step, each alone. Throws a `UserError` with the name of the first wrong field.
   */
  readonly check?: (form: FormValues, deps: Deps) => void
  readonly run: (params: object, caller: Caller, deps: Deps, input: Input) => Promise<Reply>
}

/** The input of a press: the picked values of a menu, or the values of a form. */
export interface Input {
  readonly values: readonly string[]
  /** The values given so far, for an action that opens a form. */
  readonly form: FormValues
  /** The files of a sent form, by field. */
  readonly uploads?: Uploads | undefined
  /** The values that the form showed when it was opened, if it is kept. */
  readonly shown?: FormValues | undefined
}

type ActionSpec<R> = Partial<Pick<Action, 'opensForm' | 'needsChannel' | 'limit' | 'check' | 'replaces'>> & {
  readonly opener?: (params: R) => string
  readonly run: (params: R, caller: Caller, deps: Deps, input: Input) => Promise<Reply>
}

/** Defines what an action does. Its reply is a card unless it says otherwise. */
export function action<R extends object>(
  { name, oldName, read }: Named<R>,
  { run, opener, ...spec }: ActionSpec<R>,
): Action {
  // The cast is safe: these functions get what `read` returned.
  return {
    opensForm: false,
    ...spec,
    ...{ name, oldName, read },
    run: (params, ...given) => run(params as R, ...given),
    ...(opener && { opener: (params: object) => opener(params as R) }),
  }
}

/** The action that an id belongs to, and the words in it. */
export function findAction(
  id: string,
  all: readonly Action[],
): { readonly action: Action; readonly words: readonly string[] } | undefined {
  const { name, words } = splitId(id)
  const action = all.find((one) => one.name === name) ?? all.find((one) => one.oldName === name)
  return action && { action, words }
}

/** Returns the values in an id of that action; undefined for an id of another one. */
export function readId<V>(id: string, { name, oldName, read }: Named<V>): V | undefined {
  const found = splitId(id)
  return found.name === name || found.name === oldName ? read(found.words) : undefined
}

export function splitId(id: string): { readonly name: string; readonly words: readonly string[] } {
  const [name = '', ...words] = id.slice(0, MAX_ACTION_ID).split('~')
  return { name, words }
}

/** The one value of a form's field, `''` if it was left empty. */
export function field(form: FormValues, name: string): string {
  const value = form[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}

export function fieldList(form: FormValues, name: string): readonly string[] {
  const value = form[name]
  if (value === undefined) return []
  return typeof value === 'string' ? (value === '' ? [] : [value]) : value
}

/**
 * The button for another page of a card that a platform cannot show in one message; undefined if the id would
 * be too long.
 */
export function restId(again: string, page: number): string | undefined {
  const id = `rest~${page.toString(36)}~${again}`
  return id.length <= MAX_ACTION_ID ? id : undefined
}

/** Reads what `restId` wrote: the action that shows the whole card, and the requested page. */
export function readRest(id: string): { readonly again: string; readonly page: number } | undefined {
  const [, page = '', again = ''] = /^rest~([0-9a-z]{1,3})~(.+)$/s.exec(id) ?? []
  return again === '' ? undefined : { again, page: Number.parseInt(page, 36) }
}
