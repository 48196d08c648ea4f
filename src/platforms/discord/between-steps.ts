/** The private message between two steps of a form. */
import { type Card, type Field, type Form, fields, note, text } from '../../bot/ui/card.js'
import { shownValue, valuesOf } from '../../bot/ui/form.js'
import { short } from '../../core/text.js'
import { stepId, stepsOf } from './form-steps.js'
import { OPTION_LABEL } from './limits.js'
import { type Message, renderMessage } from './render.js'

/** Shows the values given up to this step, and the button for the next one. */
export function betweenSteps(form: Form, draft: string, step: number): Message {
  const steps = stepsOf(form)
  const rest = steps.slice(step + 1).flat()
  const canFinish = rest.every((input) => isProposed(input.field))
  const card: Card = {
    title: form.title,
    blocks: [
      text(`Step ${step + 1} of ${steps.length} is done.`),
      fields(
        Object.fromEntries(
          shownValues(
            form,
            new Set(steps.slice(0, step + 1).flatMap((inputs) => inputs.map((i) => i.field.name))),
          ),
        ),
      ),
      ...(canFinish ? [note(`${form.submit} now, and the rest stays as it is; or go on.`)] : []),
      {
        kind: 'buttons',
        buttons: [
          { id: stepId(step + 1, draft), label: 'Go on', style: 'primary' },
          ...(canFinish ? [{ id: stepId(undefined, draft), label: form.submit }] : []),
        ],
      },
    ],
  }
  return renderMessage(card, new Map())
}

function isProposed(field: Field): boolean {
  if (field.kind === 'group') return true
  if (field.kind === 'file') return false
  return field.kind === 'multi'
    ? field.optional === true || field.values.length > 0
    : field.value !== undefined
}

function shownValues(form: Form, seen: ReadonlySet<string>): [string, string][] {
  const values = valuesOf(form)
  return form.fields
    .filter((field) => seen.has(field.name) && field.kind !== 'channel' && field.kind !== 'group')
    .map((field) => [field.label, short(shownValue(field, values[field.name] ?? ''), OPTION_LABEL) || 'none'])
}
