/**
 * Forms that take several steps, or that were sent with a mistake: the store keeps their values for the
 * person who entered them.
 */
import { Over, UserError } from '../../core/errors.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller, FormReply, FormValues, Reply } from '../ports/chat.js'
import type { FormDraft } from '../ports/form-drafts.js'
import { type Action, findAction, type Input } from '../ui/action.js'
import type { Card, Form } from '../ui/card.js'
import { filled, valuesOf } from '../ui/form.js'
import { STALE } from '../ui/params.js'
import { privately } from '../ui/reply.js'

export const OVER = 'This form is no longer kept: it was sent, or a day has passed. Please open it again.'

/** A mistake in a form. The sent values are kept, so that the person can fix it. */
export class FormMistake extends UserError {
  readonly draft: string
  /** The name of the field, as the form shows it. */
  readonly label: string
  /**
   * Whether the card replaces the private card that opened the form, since *Fix it* opens it with all its
   * values.
   */
  readonly replaces: boolean
  constructor(message: string, field: string, label: string, draft: string, replaces: boolean) {
    super(message, field)
    this.label = label
    this.draft = draft
    this.replaces = replaces
  }
}

/**
 * A question about a form that must be answered before anything is done. The sent values are kept; `card`
 * gets the id of their draft.
 */
export class FormQuestion extends UserError {
  readonly card: (draft: string) => Card
  constructor(card: (draft: string) => Card) {
    super('a question back')
    this.card = card
  }
}

/** A form that was sent, or one step of it. */
export interface Sent {
  readonly id: string
  readonly values: FormValues
  readonly draft: string | undefined
  readonly isStep: boolean
}

/**
 * Keeps an opened form if it asks for that, or if the platform shows it in several steps. Throws a
 * `UserError` for a form of several steps in a workspace that the bot has left, because the next step would
 * not find it.
 */
export async function keepOpened(reply: Reply, caller: Caller, deps: Deps): Promise<Reply> {
  if (reply.kind !== 'form' || reply.draft !== undefined) return reply
  const { form } = reply
  const needsSteps = deps.chats.get(caller.platform)?.capabilities.takesSteps?.(form) === true
  if (!form.isKept && !needsSteps) return reply
  const draft = await deps.store.openFormDraft({
    ...caller,
    form: form.id,
    shown: valuesOf(form),
    given: {},
    now: deps.clock(),
  })
  if (draft === undefined && needsSteps) throw notHere()
  return draft === undefined ? reply : { ...reply, draft }
}

/** Opens a kept form again with its values. The opening action runs again, so it checks rights and state. */
export async function reopen(
  id: string,
  field: string,
  all: readonly Action[],
  caller: Caller,
  deps: Deps,
): Promise<FormReply> {
  const draft = await deps.store.formDraft(caller, id, deps.clock())
  if (!draft) throw new Over(OVER)
  const opened = await openedFor(draft.form, draft.given, all, caller, deps)
  // The form may have been opened with text in it that the opening action does not know.
  const empty = Object.entries(valuesOf(opened)).filter(([, value]) => value.length === 0)
  const words = Object.fromEntries(empty.map(([name]) => [name, draft.shown[name] ?? '']))
  const form = filled(opened, { ...words, ...draft.given })
  return { kind: 'form', form, draft: id, ...(form.fields.some(({ name }) => name === field) && { field }) }
}

/** Runs the action that opens the form with this id; the form may depend on the values given so far. */
async function openedFor(
  id: string,
  given: FormValues,
  all: readonly Action[],
  caller: Caller,
  deps: Deps,
): Promise<Form> {
  const taking = found(id, all)
  const opener = taking?.action.opener?.(taking.params)
  const opening = opener === undefined ? undefined : found(opener, all)
  const reply = await opening?.action.run(opening.params, caller, deps, { values: [], form: given })
  if (reply?.kind !== 'form') throw new UserError(STALE)
  return reply.form
}

function found(id: string, all: readonly Action[]) {
  const one = findAction(id, all)
  return one && { action: one.action, params: one.action.read(one.words) }
}

interface Taking {
  readonly action: Action
  readonly params: object
  readonly input: Input
  readonly sent: Sent
}

/**
 * Runs the action of a sent form, or checks and keeps one step. Throws a `FormMistake` for a mistake in a
 * field, whose values it keeps.
 */
export async function takeForm(
  taking: Taking,
  all: readonly Action[],
  caller: Caller,
  deps: Deps,
): Promise<Reply> {
  const { action, params, input, sent } = taking
  const { store } = deps
  const draft = await draftOf(sent, caller, deps)
  try {
    if (!sent.isStep) {
      const reply = await action.run(params, caller, deps, { ...input, shown: draft?.shown })
      if (draft)
        await store
          .dropFormDraft(caller, draft.id)
          .catch((error) => deps.log.warn({ error }, 'draft of a form not deleted'))
      return reply
    }
    action.check?.(sent.values, deps)
  } catch (error) {
    const isQuestion = error instanceof FormQuestion
    const isMistake = error instanceof UserError && error.field !== undefined
    if (!(isQuestion || isMistake) || !action.opener) throw error
    const { form, key } = await kept(sent, draft, all, caller, deps)
    if (isQuestion) {
      if (key === undefined) throw notHere()
      return privately(error.card(key))
    }
    const field = form.fields.find(({ name }) => name === error.field)
    throw field && key !== undefined
      ? new FormMistake(error.message, field.name, field.label, key, action.replaces === true)
      : error
  }
  const given = { ...draft?.given, ...sent.values }
  if (!draft || !(await store.keepFormDraft(caller, draft.id, given, deps.clock()))) throw new Over(OVER)
  return privately({ blocks: [] })
}

/**
 * Keeps what was sent with a form whose request failed, whatever failed it, so that nobody types it twice.
 * Returns the id of the draft; undefined if the caller could not open the form again.
 */
export async function keepSent(
  { action, sent }: Pick<Taking, 'action' | 'sent'>,
  all: readonly Action[],
  caller: Caller,
  deps: Deps,
): Promise<string | undefined> {
  if (!action.opener) return undefined
  return (await kept(sent, await draftOf(sent, caller, deps), all, caller, deps)).key
}

async function draftOf({ id, draft }: Sent, caller: Caller, deps: Deps): Promise<FormDraft | undefined> {
  const found = draft === undefined ? undefined : await deps.store.formDraft(caller, draft, deps.clock())
  return found?.form === id ? found : undefined
}

/** The form as it opens with the values given so far, and the id under which they are kept. */
async function kept(
  { id, values }: Sent,
  draft: FormDraft | undefined,
  all: readonly Action[],
  caller: Caller,
  deps: Deps,
) {
  const { store, clock } = deps
  const given = { ...draft?.given, ...values }
  const isKept = draft !== undefined && (await store.keepFormDraft(caller, draft.id, given, clock()))
  const form = await openedFor(id, given, all, caller, deps)
  const fresh = { ...caller, form: id, shown: valuesOf(form), given, now: clock() }
  return { form, key: isKept ? draft.id : await store.openFormDraft(fresh) }
}
