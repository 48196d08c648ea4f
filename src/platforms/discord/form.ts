/**
 * Forms as modals. A modal has five components and cannot follow another at once: a longer form goes in steps, with a private message
 * between two of them. That message carries what was given so far, so that any process can go on with it.
 */
import {
  type APIActionRowComponent,
  type APIComponentInLabel,
  type APIComponentInMessageActionRow,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackComponent,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js'
import type { FormValues } from '../../bot/ports/chat.js'
import { type Card, type Choosable, type Field, type Form, fields, note, text } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import {
  CUSTOM_ID,
  INPUT_TEXT,
  LABEL_DESCRIPTION,
  LABEL_TEXT,
  MODAL_COMPONENTS,
  MODAL_TITLE,
  OPTION_LABEL,
  OPTION_VALUE,
  OPTIONS,
  PLACEHOLDER,
} from './limits.js'
import { labelOf, type Message, optionsOf, renderMessage, renderText } from './render.js'

/** One label of a modal. A field of very many options has several. */
interface Input {
  readonly field: Field
  /** Which of the field's parts. */
  readonly part: number
  readonly parts: number
  /** The options of this part. */
  readonly options: readonly Choosable[]
}

type Steps = readonly (readonly Input[])[]

/** The fields of each modal, from the first on. */
function stepsOf(form: Form): Steps {
  const inputs = form.fields.filter((field) => !isSettled(field)).flatMap(inputsOf)
  return Array.from({ length: Math.max(1, Math.ceil(inputs.length / MODAL_COMPONENTS)) }, (_, i) =>
    inputs.slice(i * MODAL_COMPONENTS, (i + 1) * MODAL_COMPONENTS),
  )
}

/** There is one option only, and it is picked: nothing to ask. */
function isSettled(field: Field): boolean {
  return field.kind === 'select' && field.options.length === 1 && field.value === field.options[0]?.value
}

function inputsOf(field: Field): Input[] {
  const options = 'options' in field ? field.options : []
  const parts = Math.max(1, Math.ceil(options.length / OPTIONS))
  return Array.from({ length: parts }, (_, part) => ({ field, part, parts, options: options.slice(part * OPTIONS, (part + 1) * OPTIONS) }))
}

// ---- modals -------------------------------------------------------------------------

/** `opener`: what opened the form, a press by its action id or a command by `/name`. */
export function renderForm(form: Form, opener: string, step = 0, given: FormValues = {}): APIModalInteractionResponseCallbackData {
  const steps = stepsOf(form)
  const inputs = steps[step] ?? []
  const title = steps.length === 1 ? form.title : `${short(form.title, MODAL_TITLE - 12)}, ${step + 1} of ${steps.length}`
  return {
    custom_id: steps.length === 1 ? form.id : stepId(step, opener),
    title: labelOf(title, MODAL_TITLE),
    components: [...intro(form, step, inputs.length), ...inputs.map((input) => label(input, given))],
  }
}

/** Where there is room for it: the message behind the modal says the same. */
function intro(form: Form, step: number, inputs: number): APIModalInteractionResponseCallbackComponent[] {
  const content = step === 0 && inputs < MODAL_COMPONENTS ? renderText(form.intro ?? []) : ''
  return content === '' ? [] : [{ type: ComponentType.TextDisplay, content }]
}

function label(input: Input, given: FormValues): APILabelComponent {
  const { field, part, parts } = input
  const name = parts === 1 ? field.label : `${short(field.label, LABEL_TEXT - 12)} (${part + 1} of ${parts})`
  const description = parts === 1 ? (field.hint ?? (name.length > LABEL_TEXT ? name : undefined)) : rangeOf(input)
  return {
    type: ComponentType.Label,
    label: labelOf(name, LABEL_TEXT),
    ...(description && { description: labelOf(description, LABEL_DESCRIPTION) }),
    component: component(input, given[field.name]),
  }
}

/** From which option to which. */
function rangeOf({ options }: Input): string {
  const [first, last] = [options[0]?.label ?? '', options.at(-1)?.label ?? '']
  return `${short(first, 45)} … ${short(last, 45)}`
}

function component({ field, part, parts, options }: Input, given: string | readonly string[] | undefined): APIComponentInLabel {
  const custom_id = parts === 1 ? field.name : `${field.name}#${part}`
  switch (field.kind) {
    case 'text': {
      const max_length = Math.min(field.max, INPUT_TEXT)
      const value = String(given ?? field.value ?? '').slice(0, max_length)
      const style = field.long ? TextInputStyle.Paragraph : TextInputStyle.Short
      return { type: ComponentType.TextInput, custom_id, style, max_length, required: field.optional !== true, ...(value && { value }) }
    }
    case 'select': {
      const chosen = [given ?? field.value ?? []].flat()
      return { type: ComponentType.StringSelect, custom_id, options: optionsOf(options, chosen.slice(0, 1)), ...placeholder(field) }
    }
    case 'multi': {
      const shown = optionsOf(options, [given ?? field.values].flat())
      const required = parts === 1 && field.optional !== true
      const range = { min_values: required ? 1 : 0, max_values: Math.max(1, shown.length) }
      return { type: ComponentType.StringSelect, custom_id, options: shown, required, ...range, ...placeholder(field) }
    }
    case 'channel': {
      const id = String(given ?? field.value ?? '')
      const chosen = /^\d{5,20}$/.test(id) ? { default_values: [{ id, type: SelectMenuDefaultValueType.Channel as const }] } : {}
      return {
        type: ComponentType.ChannelSelect,
        custom_id,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
        ...chosen,
      }
    }
  }
}

function placeholder({ label: name }: Field) {
  return { placeholder: labelOf(`Choose: ${name}`, PLACEHOLDER) }
}

/** One component of a modal, as it came back. */
export interface Sent {
  readonly customId: string
  readonly value: string | readonly string[]
}

/** What was sent, with the parts of a field together again. */
export function readForm(sent: readonly Sent[]): FormValues {
  const values: Record<string, string | readonly string[]> = {}
  for (const { customId, value } of sent) {
    const [name = ''] = customId.split('#')
    values[name] = name === customId ? value : [...[values[name] ?? []].flat(), ...[value].flat()]
  }
  return values
}

// ---- between two steps -----------------------------------------------------------------

const STEP = 'step'
const FINISH = 'finish'
const CARRIER = 'given'

export interface StepPress {
  /** `undefined`: send what was given, with the rest as it was proposed. */
  readonly step: number | undefined
  readonly opener: string
}

function stepId(step: number, opener: string): string {
  return `${STEP}~${step}~${opener}`.slice(0, CUSTOM_ID)
}

/** A press between two steps, or the sending of one of several. */
export function readStep(id: string): StepPress | undefined {
  const [, kind = '', step = '', opener = ''] = /^(step|finish)~(\d*)~(.+)$/s.exec(id) ?? []
  return kind === '' ? undefined : { step: kind === FINISH ? undefined : Number(step), opener }
}

/** Whether this was the last of the form's modals. */
export function isLast(form: Form, step: number): boolean {
  return step >= stepsOf(form).length - 1
}

/** What was given, and the way on. `problem`: the field that is wrong and why, to be changed first. */
export function betweenSteps(
  form: Form,
  opener: string,
  step: number,
  given: FormValues,
  problem?: { readonly field: string; readonly message: string },
): Message {
  const steps = stepsOf(form)
  const back =
    problem &&
    Math.max(
      0,
      steps.findIndex((inputs) => inputs.some((input) => input.field.name === problem.field)),
    )
  const rest = steps.slice(step + 1).flat()
  const canFinish = rest.length > 0 && !problem && rest.every((input) => isProposed(input.field))
  const card: Card = {
    title: form.title,
    blocks: [
      text(problem?.message ?? `Step ${step + 1} of ${steps.length} is done.`),
      fields(Object.fromEntries(shownValues(form, given))),
      ...(canFinish ? [note(`${form.submit} now, and the rest stays as it is; or go on.`)] : []),
      {
        kind: 'buttons',
        buttons: [
          { id: stepId(back ?? step + 1, opener), label: problem ? 'Change it' : 'Go on', style: 'primary' },
          ...(canFinish ? [{ id: `${FINISH}~~${opener}`.slice(0, CUSTOM_ID), label: form.submit }] : []),
        ],
      },
    ],
  }
  const message = renderMessage(card, new Map())
  const [container] = message.components
  if (container?.type === ComponentType.Container) container.components.push(carrier(form, given))
  return message
}

function isProposed(field: Field): boolean {
  return field.kind === 'multi' ? field.optional === true || field.values.length > 0 : field.value !== undefined
}

/** What the form itself proposes for what nobody gave. */
export function proposed(form: Form): FormValues {
  return Object.fromEntries(form.fields.map((field) => [field.name, field.kind === 'multi' ? field.values : (field.value ?? '')]))
}

function shownValues(form: Form, given: FormValues): [string, string][] {
  return form.fields
    .filter((field) => given[field.name] !== undefined && field.kind !== 'channel')
    .map((field) => {
      const labels = [given[field.name] ?? []]
        .flat()
        .map((value) => ('options' in field && field.options.find((o) => o.value === value)?.label) || value)
      return [field.label, short(labels.join(', '), OPTION_LABEL) || 'none']
    })
}

/** A menu that nobody can open. Its options hold the values, as many characters as fit into one, one after the other. */
function carrier(form: Form, given: FormValues): APIActionRowComponent<APIComponentInMessageActionRow> {
  const kept = Object.entries(given).filter(([name]) => form.fields.some((field) => field.name === name))
  const pieces = kept.flatMap(([name, value]) => (typeof value === 'string' ? textPieces(name, value) : listPieces(name, value)))
  const options = pieces.map((piece, i) => ({ value: `${i}~${piece}`, label: 'Kept' }))
  if (options.length > OPTIONS) throw new Error(`${form.title}: more was given than a message of Discord can carry`)
  return {
    type: ComponentType.ActionRow,
    components: [
      { type: ComponentType.StringSelect, custom_id: CARRIER, placeholder: 'What you gave is kept here', options, disabled: true },
    ],
  }
}

/** Room for the number and the name. */
const VALUE = OPTION_VALUE - 20

function textPieces(name: string, value: string): string[] {
  const parts = value.match(new RegExp(`[\\s\\S]{1,${VALUE}}`, 'g')) ?? ['']
  return parts.map((part) => `${name}=${part}`)
}

function listPieces(name: string, values: readonly string[]): string[] {
  const parts: string[] = ['']
  for (const value of values) {
    const last = parts.at(-1) ?? ''
    if (last !== '' && last.length + value.length >= VALUE) parts.push(value)
    else parts[parts.length - 1] = last === '' ? value : `${last},${value}`
  }
  return parts.map((part) => `${name}+${part}`)
}

/** What the message of `betweenSteps` carries; `components` as they came back. */
export function readGiven(components: unknown): FormValues {
  const values: Record<string, string | readonly string[]> = {}
  for (const { value } of carried(components)) {
    const [, name = '', kind = '', part = ''] = /^\d+~([^=+]+)([=+])([\s\S]*)$/.exec(value) ?? []
    if (kind === '=') values[name] = `${values[name] ?? ''}${part}`
    else if (kind === '+') values[name] = [...[values[name] ?? []].flat(), ...part.split(',').filter((one) => one !== '')]
  }
  return values
}

function carried(value: unknown): readonly { readonly value: string }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('custom_id' in value && value.custom_id === CARRIER && 'options' in value && Array.isArray(value.options))
    return value.options.filter((one) => typeof one?.value === 'string')
  return Object.values(value).flatMap(carried)
}
