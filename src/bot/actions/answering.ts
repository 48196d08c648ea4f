/** The actions by which people answer: a button, a menu, or a form that is opened and sent. */
import { inField, orOver } from '../../core/errors.js'
import { type AnswerFormat, parseAnswer } from '../../core/grade.js'
import type { Answer } from '../../core/model.js'
import type { Deps } from '../deps.js'
import type { Caller, FormValues, Reply } from '../ports/chat.js'
import type { LimitKind } from '../request-limits.js'
import { type Action, action, fieldList, type Input } from '../ui/action.js'
import type { Form } from '../ui/card.js'
import type { AnswerIds } from '../ui/ids.js'
import { opening } from '../ui/reply.js'

/**
 * The asker: a round, practice or an exam. `Where`: the parameters that name an item in its ids; `Opening`:
 * those in the id that opens the form.
 */
interface Asker<Where extends Opening, Opening> {
  readonly ids: AnswerIds<Where, Opening>
  /** The limits that an answer and an opened form count towards. */
  readonly limits: Readonly<Record<'answer' | 'form', LimitKind | 'never'>>
  /** Throws a `UserError` for an item that the caller may not answer. */
  readonly find: (
    where: Where,
    caller: Caller,
    deps: Deps,
  ) => Promise<{ shape: AnswerFormat; record: (answer: Answer) => Promise<Reply> }>
  /**
   * Returns the form of an ordering or a matching, whose id is one of `sendForm`; or a card instead of it,
   * for example when the item is already answered.
   */
  readonly form: (opening: Opening, caller: Caller, deps: Deps) => Promise<Form | Reply>
}

/** Defines those actions for one asker. */
export function answering<Where extends Opening, Opening extends object>({
  ids,
  limits,
  find,
  form,
}: Asker<Where, Opening>): Action[] {
  const limit = limits.answer
  const replaces = true
  function answered<W extends Where>(read: (shape: AnswerFormat, input: Input, where: W) => Answer) {
    return async (where: W, caller: Caller, deps: Deps, input: Input) => {
      const { shape, record } = await orOver(() => find(where, caller, deps))
      const answer = read(shape, input, where)
      return orOver(() => record(answer))
    }
  }
  return [
    action(ids.choose, {
      limit,
      replaces,
      run: answered((shape, _input, { letter }) => parseAnswer(shape, [letter])),
    }),
    action(ids.chooseMany, {
      limit,
      replaces,
      run: answered((shape, { values }) => parseAnswer(shape, values)),
    }),
    action(ids.openForm, {
      opensForm: true,
      replaces,
      limit: limits.form,
      async run(at, caller, deps) {
        const found = await orOver(() => form(at, caller, deps))
        return 'kind' in found ? found : opening(found)
      },
    }),
    action(ids.sendForm, {
      limit,
      replaces,
      opener: (where) => ids.openForm.id(where),
      run: answered((shape, input) => parseForm(shape, input.form)),
    }),
  ]
}

/**
 * The values of `p0`, `p1`, … in order, as an answer; a `UserError` names the field of a value that is picked
 * twice.
 */
export function parseForm(shape: AnswerFormat, form: FormValues): Answer {
  const names = Object.keys(form).filter((name) => /^p\d$/.test(name))
  const picked = names.sort().flatMap((name) => fieldList(form, name))
  const twice = picked.findIndex((letter, i) => picked.indexOf(letter) < i)
  return inField(`p${Math.max(0, twice)}`, () => parseAnswer(shape, picked))
}
