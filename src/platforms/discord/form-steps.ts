/** The modals of a form: the fields of each, and the id that brings a step back. */
import type { Choosable, Field, Form } from '../../bot/ui/card.js'
import { MODAL_COMPONENTS, OPTIONS } from './limits.js'

/** One label of a modal. A field with very many options has several. */
export interface Input {
  readonly field: Field
  /** The number of this part of the field. */
  readonly part: number
  readonly parts: number
  /** The options of this part. */
  readonly options: readonly Choosable[]
}

type Steps = readonly (readonly Input[])[]

/** The fields of each modal, from the first on. */
export function stepsOf(form: Form): Steps {
  const inputs = form.fields.filter((field) => !isSettled(field)).flatMap(inputsOf)
  return Array.from({ length: Math.max(1, Math.ceil(inputs.length / MODAL_COMPONENTS)) }, (_, i) =>
    inputs.slice(i * MODAL_COMPONENTS, (i + 1) * MODAL_COMPONENTS),
  )
}

export const takesSteps = (form: Form) => stepsOf(form).length > 1

/** There is only one option, and it is picked: nothing to ask. */
function isSettled(field: Field): boolean {
  return field.kind === 'select' && field.options.length === 1 && field.value === field.options[0]?.value
}

function inputsOf(field: Field): Input[] {
  const parts = 'options' in field ? partsOf(field.options) : [[]]
  return parts.map((options, part) => ({ field, part, parts: parts.length, options }))
}

/**
 * As many options a part as a menu holds; a group begins a part of its own if the part before is at least
 * half full. At least one part.
 */
function partsOf(options: readonly Choosable[]): Choosable[][] {
  const parts: Choosable[][] = [[]]
  for (const [i, option] of options.entries()) {
    const last = parts.at(-1) ?? []
    const isNewGroup = option.group !== options[i - 1]?.group
    if (last.length === OPTIONS || (isNewGroup && last.length > OPTIONS / 2)) parts.push([option])
    else last.push(option)
  }
  return parts
}

export const nameOf = ({ field, part, parts }: Input) => (parts === 1 ? field.name : `${field.name}#${part}`)

export interface StepPress {
  /** `undefined`: send what was given, with the proposed values for the rest. */
  readonly step: number | undefined
  readonly draft: string
}

export const stepId = (step: number | undefined, draft: string) => `form~${step ?? ''}~${draft}`

/** A press between two steps, or a sent step. */
export function readStep(id: string): StepPress | undefined {
  const [, step = '', draft = ''] = /^form~(\d{0,3})~([\w-]{1,40})$/.exec(id) ?? []
  return draft === '' ? undefined : { step: step === '' ? undefined : Number(step), draft }
}

/** Whether this was the last modal of the form. */
export function isLast(form: Form, step: number): boolean {
  return step >= stepsOf(form).length - 1
}

/** The modal with that field; the first when there is none. */
export function stepWith(form: Form, name: string | undefined): number {
  return Math.max(
    0,
    stepsOf(form).findIndex((inputs) => inputs.some((input) => input.field.name === name)),
  )
}
