/** Answering, whatever asks: by a button, by a menu, or by a form that is opened and sent. */
import { inField } from '../../core/errors.js'
import { parseAnswer, type Shape } from '../../core/grade.js'
import type { Answer } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues, Reply } from '../ports/chat.js'
import { type Action, type ActionName, action, fieldList } from '../ui/action.js'
import type { Form } from '../ui/card.js'
import { opening } from '../ui/reply.js'

/** What asks: a round, practice. `Where`: what its ids say of an item; `Opening`: what the id says that opens the form. */
export interface Asker<Where, Opening> {
  readonly ids: {
    readonly choose: ActionName<Where & { readonly letter: string }>
    readonly chooseMany: ActionName<Where>
    readonly openForm: ActionName<Opening>
    readonly sendForm: ActionName<Where>
  }
  /** What an answer and an opened form count for. */
  readonly limits: { readonly answer: Action['limit'] & string; readonly form: Action['limit'] & string }
  /** Throws `UserError` for an item that the caller may not answer. */
  readonly find: (where: Where, caller: Caller, deps: Deps) => Promise<Answerable>
  /** The form of an ordering or a matching; its id is one of `sendForm`. */
  readonly form: (opening: Opening, caller: Caller, deps: Deps) => Promise<Form>
}

export interface Answerable {
  readonly shape: Shape
  readonly record: (answer: Answer) => Promise<Reply>
}

export function answering<Where extends object, Opening extends object>({ ids, limits, find, form }: Asker<Where, Opening>): Action[] {
  const limit = limits.answer
  const answer = async (where: Where, read: (shape: Shape) => Answer, caller: Caller, deps: Deps) => {
    const { shape, record } = await find(where, caller, deps)
    return record(read(shape))
  }
  return [
    action(ids.choose, { limit, run: (where, caller, deps) => answer(where, (shape) => parseAnswer(shape, [where.letter]), caller, deps) }),
    action(ids.chooseMany, {
      limit,
      run: (where, caller, deps, { values }) => answer(where, (shape) => parseAnswer(shape, values), caller, deps),
    }),
    action(ids.openForm, {
      opensForm: true,
      limit: limits.form,
      run: async (where, caller, deps) => opening(await form(where, caller, deps)),
    }),
    action(ids.sendForm, {
      limit,
      run: (where, caller, deps, input) => answer(where, (shape) => parseForm(shape, input.form), caller, deps),
    }),
  ]
}

/** The values of `p0`, `p1`, … in order, as an answer; a `UserError` names the field where one comes a second time. */
export function parseForm(shape: Shape, form: FormValues): Answer {
  const names = Object.keys(form).filter((name) => /^p\d$/.test(name))
  const picked = names.sort().flatMap((name) => fieldList(form, name))
  const twice = picked.findIndex((letter, i) => picked.indexOf(letter) < i)
  return inField(`p${Math.max(0, twice)}`, () => parseAnswer(shape, picked))
}
