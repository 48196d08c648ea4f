/** The modals of a form: the fields of each, and the id with which a step comes back. */
import type { Choosable, Field, Form } from '../../bot/ui/card.js'
import { MODAL_COMPONENTS, OPTIONS } from './limits.js'

/** One label of a modal. A field with very many options has several. */
export interface Input {
  readonly field: Field
  /** The number of this part of the field, from 0. */
  readonly part: number
  readonly parts: number
  /** The options of this part. */
  readonly options: readonly Choosable[]
}

type Steps = readonly (readonly Input[])[]

/** Returns the fields of each modal, in order. */
export function stepsOf(form: Form): Steps {
  const inputs = form.fields.filter((field) => !isSettled(field)).flatMap(inputsOf)
  return Array.from({ length: Math.max(1, Math.ceil(inputs.length / MODAL_COMPONENTS)) }, (_, i) =>
    inputs.slice(i * MODAL_COMPONENTS, (i + 1) * MODAL_COMPONENTS),
  )
}

export const takesSteps = (form: Form) => stepsOf(form).length > 1

/** Whether the only option is already picked, so that there is nothing to ask. */
function isSettled(field: Field): boolean {
  return field.kind === 'select' && field.options.length === 1 && field.value === field.options[0]?.value
}

function inputsOf(field: Field): Input[] {
  const parts = 'options' in field ? partsOf(field.options) : [[]]
  return parts.map((options, part) => ({ field, part, parts: parts.length, options }))
}

/**
 * Splits options into parts that fit into a menu; a group starts a new part if the previous part is at least
 * half full. Returns at least one part.
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
  /** `undefined` means: send the given values, with the proposed values for the rest. */
  readonly step: number | undefined
  readonly draft: string
}

export const stepId = (step: number | undefined, draft: string) => `form~${step ?? ''}~${draft}`

/** Reads a press between two steps, or a sent step. */
export function readStep(id: string): StepPress | undefined {
  const [, step = '', draft = ''] = /^form~(\d{0,3})~([\w-]{1,40})$/.exec(id) ?? []
  return draft === '' ? undefined : { step: step === '' ? undefined : Number(step), draft }
}

/** Whether this was the last modal of the form. */
export function isLast(form: Form, step: number): boolean {
  return step >= stepsOf(form).length - 1
}

/** Returns the modal with that field; the first if there is none. */
export function stepWith(form: Form, name: string | undefined): number {
  return Math.max(
    0,
    stepsOf(form).findIndex((inputs) => inputs.some((input) => input.field.name === name)),
  )
}
