/**
 * Draws forms as modals. A modal has five components and cannot follow another directly: a longer form has
 * several steps, with a private message between two of them. Values wait in the store meanwhile, so that any
 * process can continue.
 */
import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackComponent,
  type APIModalInteractionResponseCallbackData,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js'
import type { FormValues } from '../../bot/ports/chat.js'
import type { Field, Form } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { labelOf, optionsOf } from './controls.js'
import { type Input, nameOf, stepId, stepsOf } from './form-steps.js'
import {
  CHECKBOX_OPTIONS,
  INPUT_TEXT,
  LABEL_DESCRIPTION,
  LABEL_TEXT,
  MODAL_COMPONENTS,
  MODAL_TITLE,
  PLACEHOLDER,
  RADIO_OPTIONS,
} from './limits.js'
import { renderText } from './render.js'

/**
 * `draft`: the id under which the form is kept; a form without it has one step, and comes back with its own
 * id.
 */
export function renderForm(
  form: Form,
  draft: string | undefined,
  wanted = 0,
): APIModalInteractionResponseCallbackData {
  const steps = stepsOf(form)
  // The values given so far may have made the form shorter.
  const step = Math.min(wanted, steps.length - 1)
  const inputs = steps[step] ?? []
  const isOpen = inputs.filter(isGroup).reduce((sum, { options }) => sum + options.length, 0) <= OPEN_OPTIONS
  const title =
    steps.length === 1 ? form.title : `${short(form.title, MODAL_TITLE - 12)}, ${step + 1} of ${steps.length}`
  return {
    custom_id: draft === undefined ? form.id : stepId(step, draft),
    title: labelOf(title, MODAL_TITLE),
    components: [
      ...intro(form, step, inputs.length),
      ...inputs.map((input) => label(input, isOpen && isGroup(input))),
    ],
  }
}

/** The maximum number of options shown openly in one modal; with more, menus keep it short. */
const OPEN_OPTIONS = 20

/** Whether there are so few options that all of them can be shown and ticked. */
function isGroup({ field, parts, options }: Input): boolean {
  if (field.kind === 'multi') return options.length > 0 && options.length <= CHECKBOX_OPTIONS
  const { min, max } = RADIO_OPTIONS
  return field.kind === 'select' && parts === 1 && options.length >= min && options.length <= max
}

/** Omitted if there is no room: the message behind the modal says the same. */
function intro(form: Form, step: number, inputs: number): APIModalInteractionResponseCallbackComponent[] {
  const content = step === 0 && inputs < MODAL_COMPONENTS ? renderText(form.intro ?? []) : ''
  return content === '' ? [] : [{ type: ComponentType.TextDisplay, content }]
}

function label(input: Input, isOpen: boolean): APILabelComponent {
  const { field, part, parts } = input
  const name = parts === 1 ? field.label : `${short(field.label, LABEL_TEXT - 12)} (${part + 1} of ${parts})`
  const description =
    parts === 1 ? (field.hint ?? (name.length > LABEL_TEXT ? name : undefined)) : rangeOf(input)
  return {
    type: ComponentType.Label,
    label: labelOf(name, LABEL_TEXT),
    ...(description && { description: labelOf(description, LABEL_DESCRIPTION) }),
    component: component(input, isOpen),
  }
}

/** Describes a part by its first and last group, or by its first and last option. */
function rangeOf({ options }: Input): string {
  const [first, last] = [options[0], options.at(-1)].map((option) => option?.group ?? option?.label ?? '')
  return first === last
    ? short(first ?? '', LABEL_DESCRIPTION)
    : `${short(first ?? '', 45)} … ${short(last ?? '', 45)}`
}

/** `isOpen`: draws a group of radio buttons or checkboxes. */
function component(input: Input, isOpen: boolean): APIComponentInLabel {
  const { field, parts, options } = input
  const custom_id = nameOf(input)
  switch (field.kind) {
    case 'text': {
      const max_length = Math.min(field.max, INPUT_TEXT)
      const value = (field.value ?? '').slice(0, max_length)
      const style = field.long ? TextInputStyle.Paragraph : TextInputStyle.Short
      return {
        type: ComponentType.TextInput,
        custom_id,
        style,
        max_length,
        required: field.optional !== true,
        ...(value && { value }),
      }
    }
    case 'select': {
      const chosen = field.value === undefined ? [] : [field.value]
      if (isOpen) return { type: ComponentType.RadioGroup, custom_id, options: optionsOf(options, chosen) }
      return {
        type: ComponentType.StringSelect,
        custom_id,
        options: optionsOf(options, chosen),
        // Of several menus only one has the option that is picked.
        ...(parts > 1 && { required: false, min_values: 0 }),
        ...placeholder(field),
      }
    }
    case 'multi': {
      const shown = optionsOf(options, field.values)
      const required = parts === 1 && field.optional !== true
      const range = { min_values: required ? 1 : 0, max_values: Math.max(1, shown.length) }
      if (isOpen) return { type: ComponentType.CheckboxGroup, custom_id, options: shown, required, ...range }
      return {
        type: ComponentType.StringSelect,
        custom_id,
        options: shown,
        required,
        ...range,
        ...placeholder(field),
      }
    }
    case 'channel': {
      const id = field.value ?? ''
      const chosen = /^\d{5,20}$/.test(id)
        ? { default_values: [{ id, type: SelectMenuDefaultValueType.Channel as const }] }
        : {}
      return {
        type: ComponentType.ChannelSelect,
        custom_id,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
        ...chosen,
      }
    }
    case 'group': {
      const id = field.value ?? ''
      const chosen = /^\d{5,20}$/.test(id)
        ? { default_values: [{ id, type: SelectMenuDefaultValueType.Role as const }] }
        : {}
      return {
        type: ComponentType.RoleSelect,
        custom_id,
        required: false,
        min_values: 0,
        max_values: 1,
        ...placeholder(field),
        ...chosen,
      }
    }
    case 'file':
      return { type: ComponentType.FileUpload, custom_id, min_values: 1, max_values: 1 }
  }
}

function placeholder({ label: name }: Field) {
  return { placeholder: labelOf(`Choose: ${name}`, PLACEHOLDER) }
}

/** One component of a sent modal. */
export interface Sent {
  readonly customId: string
  readonly value: string | readonly string[]
}

/** Reads a form with a single modal, which comes back with its own id. */
export function readForm(sent: readonly Sent[]): FormValues {
  return Object.fromEntries(sent.map(({ customId, value }) => [customId, value]))
}

/** Returns the values of one step by field; a field with parts keeps the values of its other parts. */
export function readStepOf(form: Form, sent: readonly Sent[]): FormValues {
  const values: Record<string, string | readonly string[]> = {}
  for (const input of stepsOf(form).flat()) {
    const { field, parts, options } = input
    const given = sent.find(({ customId }) => customId === nameOf(input))?.value
    if (given === undefined) continue
    if (field.kind === 'select' && parts > 1) {
      // What is picked anew in one menu counts, not what another still shows.
      const [picked] = [given].flat().filter((value) => value !== '')
      if (picked !== undefined && (picked !== field.value || values[field.name] === undefined))
        values[field.name] = picked
      continue
    }
    const before = field.kind === 'multi' ? [values[field.name] ?? field.values].flat() : []
    const others = before.filter((value) => !options.some((option) => option.value === value))
    values[field.name] = parts === 1 ? given : [...others, ...[given].flat()]
  }
  return values
}
