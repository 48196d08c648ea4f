/** Forms that are filled in over several steps, or that were sent with a mistake: what was given waits in the store, for whoever gave it. */
import { UserError } from '../../core/errors.js'
import { notHere } from '../cards/voice.js'
import type { Deps } from '../deps.js'
import type { Caller, FormReply, FormValues, Reply } from '../ports/chat.js'
import { type Action, type Input, splitId } from '../ui/action.js'
import type { Form } from '../ui/card.js'
import { filled, valuesOf } from '../ui/form.js'
import { STALE } from '../ui/params.js'
import { privately } from '../ui/reply.js'

const OVER = 'This form is kept no longer: it was sent, or a day is over. Please open it again.'

/** A mistake in a form that is kept as it was sent, so that it can be put right. */
export class FormMistake extends UserError {
  readonly draft: string
  /** What people call the field. */
  readonly label: string
  constructor(message: string, field: string, label: string, draft: string) {
    super(message, field)
    this.label = label
    this.draft = draft
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
 * Keeps a form that was opened, where it takes long, takes steps, or shows what others may change. Throws `UserError` where nothing is kept any
 * more, and the next step would have nothing to go on with.
 */
export async function keepOpened(reply: Reply, caller: Caller, deps: Deps): Promise<Reply> {
  if (reply.kind !== 'form' || reply.draft !== undefined) return reply
  const { form } = reply
  const needsSteps = deps.chats.get(caller.platform)?.takesSteps?.(form) === true
  if (!form.isKept && !needsSteps) return reply
  const draft = await deps.store.openFormDraft({ ...caller, form: form.id, shown: valuesOf(form), given: {}, now: deps.clock() })
  if (draft === undefined && needsSteps) throw notHere()
  return draft === undefined ? reply : { ...reply, draft }
}

/** The form as it was filled, opened anew, so that rights and state are looked at again. Throws `UserError` when that cannot be. */
export async function reopen(id: string, field: string, all: readonly Action[], caller: Caller, deps: Deps): Promise<FormReply> {
  const draft = await deps.store.formDraft(caller, id, deps.clock())
  if (!draft) throw new UserError(OVER)
  const form = filled(await openedFor(draft.form, draft.given, all, caller, deps), draft.given)
  return { kind: 'form', form, draft: id, ...(form.fields.some(({ name }) => name === field) && { field }) }
}

/** The form with that id, with what is offered for what was given. */
async function openedFor(id: string, given: FormValues, all: readonly Action[], caller: Caller, deps: Deps): Promise<Form> {
  const taking = found(id, all)
  const opener = taking?.action.opener?.(taking.params)
  const opening = opener === undefined ? undefined : found(opener, all)
  const reply = await opening?.action.run(opening.params, caller, deps, { values: [], form: given })
  if (reply?.kind !== 'form') throw new UserError(STALE)
  return reply.form
}

function found(id: string, all: readonly Action[]) {
  const { name, words } = splitId(id)
  const action = all.find((one) => one.name === name)
  return action && { action, params: action.read(words) }
}

interface Taking {
  readonly action: Action
  readonly params: object
  readonly input: Input
  readonly sent: Sent
}

/** Does what a form is for, or looks at one step of it. Whatever goes wrong, what was sent stays kept; `FormMistake` for a mistake in a field. */
export async function takeForm(taking: Taking, all: readonly Action[], caller: Caller, deps: Deps): Promise<Reply> {
  const { action, params, input, sent } = taking
  const { store } = deps
  const kept = sent.draft === undefined ? undefined : await store.formDraft(caller, sent.draft, deps.clock())
  const draft = kept?.form === sent.id ? kept : undefined
  const given = { ...draft?.given, ...sent.values }
  const keep = async () => draft && ((await store.keepFormDraft(caller, draft.id, given, deps.clock())) ? draft.id : undefined)
  try {
    if (!sent.isStep) {
      const reply = await action.run(params, caller, deps, { ...input, shown: draft?.shown })
      if (draft) await store.dropFormDraft(caller, draft.id).catch((error) => deps.log.warn({ error }, 'draft of a form not deleted'))
      return reply
    }
    action.check?.(sent.values, deps)
  } catch (error) {
    const id = await keep().catch(() => undefined)
    if (!(error instanceof UserError) || error.field === undefined || !action.opener) throw error
    const form = await openedFor(sent.id, given, all, caller, deps)
    const field = form.fields.find(({ name }) => name === error.field)
    const fresh = { ...caller, form: sent.id, shown: valuesOf(form), given, now: deps.clock() }
    const key = id ?? (await store.openFormDraft(fresh))
    throw field && key !== undefined ? new FormMistake(error.message, field.name, field.label, key) : error
  }
  if ((await keep()) === undefined) throw new UserError(OVER)
  return privately({ blocks: [] })
}
