/** The values of a form, and a form with other values. */
import type { FormValues } from '../ports/chat.js'
import type { Field, Form } from './card.js'

type Value = FormValues[string]

/** The values that the form shows. */
export function valuesOf(form: Form): FormValues {
  return Object.fromEntries(form.fields.map((field) => [field.name, valueIn(field)]))
}

function valueIn(field: Field): Value {
  switch (field.kind) {
    case 'multi':
      return field.values
    case 'file':
      return ''
    case 'text':
    case 'select':
    case 'channel':
    case 'group':
      return field.value ?? ''
  }
}

/** The form with these values. Values that it does not offer are dropped. */
export function filled(form: Form, given: FormValues): Form {
  return { ...form, fields: form.fields.map((field) => filledField(field, given[field.name])) }
}

function filledField(field: Field, given: Value | undefined): Field {
  if (given === undefined) return field
  const list = [given].flat()
  const [value = ''] = list
  switch (field.kind) {
    case 'text':
      return { ...field, value: value.slice(0, field.max) }
    case 'select':
      return field.options.some((option) => option.value === value) ? { ...field, value } : field
    case 'multi':
      return {
        ...field,
        values: field.options.map((option) => option.value).filter((one) => list.includes(one)),
      }
    case 'channel':
    case 'group':
      return { ...field, value }
    case 'file':
      return field
  }
}

/** A value as the form shows it. */
export function shownValue(field: Field, value: Value): string {
  const label = (one: string) =>
    ('options' in field && field.options.find((option) => option.value === one)?.label) || one
  return [value].flat().map(label).join(', ')
}

/** A field whose stored value changed after the form was opened. */
export interface Change {
  readonly field: Field
  readonly was: Value
  readonly is: Value
  /** The value to store: `is`, unless this form changed the field too. */
  readonly now: Value
}

/**
 * `current`: the form as it would open now. `shown`: the values that it showed when it was opened. `given`:
 * the values that were sent.
 */
export function changesSince(current: Form, shown: FormValues, given: FormValues): Change[] {
  return current.fields.flatMap((field) => {
    const [was, is] = [shown[field.name], valueIn(field)]
    if (was === undefined || isSame(was, is)) return []
    const own = given[field.name] ?? was
    return [{ field, was, is, now: isSame(own, was) ? is : own }]
  })
}

export function isSame(one: Value, other: Value): boolean {
  const sorted = (value: Value) => JSON.stringify([value].flat().sort())
  return sorted(one) === sorted(other)
}
