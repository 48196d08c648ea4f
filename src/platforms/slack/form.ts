/**
 * Draws forms as views of Block Kit. Never throws, and never returns anything that Slack would refuse,
 * whatever the content.
 */
import type { InputBlock, ModalView, StaticSelect } from '@slack/types'
import type { Choosable, Field, Form } from '../../bot/ui/card.js'
import {
  INPUT_HINT,
  INPUT_LABEL,
  INPUT_TEXT,
  MODAL_TITLE,
  OPTION_GROUPS,
  OPTION_TEXT,
  OPTIONS,
  PLACEHOLDER_TEXT,
  VIEW_BLOCKS,
} from './limits.js'
import { option, plainText } from './plain-text.js'
import { renderViews } from './render.js'

/** The action id in each input block. */
export const INPUT = 'value'

/** `metadata` comes back with the submission; at most 3,000 characters. */
export function renderForm(form: Form, metadata: string): ModalView {
  const [intro] = renderViews({ blocks: form.intro ?? [] }, new Map())
  return {
    type: 'modal',
    callback_id: form.id,
    title: plainText(form.title, MODAL_TITLE),
    submit: plainText(form.submit, MODAL_TITLE),
    close: plainText('Cancel', MODAL_TITLE),
    private_metadata: metadata,
    blocks: [...intro.slice(0, VIEW_BLOCKS - form.fields.length), ...form.fields.map(inputBlock)],
  }
}

/** The maximum length of a user group: an id, or a link that ends with it. */
const GROUP_INPUT = 200

function inputBlock(field: Field): InputBlock {
  const optional =
    field.kind === 'group' || ((field.kind === 'text' || field.kind === 'multi') && field.optional === true)
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, INPUT_LABEL),
    ...(field.hint && { hint: plainText(field.hint, INPUT_HINT) }),
    optional,
    element: element(field),
  }
}

function element(field: Field): InputBlock['element'] {
  switch (field.kind) {
    case 'text':
      if (field.suggestions) return suggested(field.suggestions, field.value)
      return {
        type: 'plain_text_input',
        action_id: INPUT,
        multiline: field.long === true,
        max_length: Math.min(field.max, INPUT_TEXT),
        ...(field.value && { initial_value: field.value.slice(0, Math.min(field.max, INPUT_TEXT)) }),
      }
    case 'select': {
      const chosen = field.options.find((o) => o.value === field.value)
      return {
        type: 'static_select',
        action_id: INPUT,
        ...choosable(field.options),
        ...(chosen && { initial_option: option(chosen) }),
      } satisfies StaticSelect
    }
    case 'multi': {
      const chosen = field.options.filter((o) => field.values.includes(o.value)).map(option)
      return {
        type: 'multi_static_select',
        action_id: INPUT,
        ...choosable(field.options),
        ...(chosen.length > 0 && { initial_options: chosen }),
      }
    }
    case 'channel':
      return {
        type: 'conversations_select',
        action_id: INPUT,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(field.value && { initial_conversation: field.value }),
      }
    case 'group':
      return {
        type: 'plain_text_input',
        action_id: INPUT,
        max_length: GROUP_INPUT,
        ...(field.value && { initial_value: field.value.slice(0, GROUP_INPUT) }),
      }
    case 'file':
      return { type: 'file_input', action_id: INPUT, max_files: 1 }
  }
}

/**
 * Draws a text with suggestions as a menu, grouped by the word before the slash: Slack's users can search in
 * a menu but not complete a text.
 */
function suggested(suggestions: readonly string[], value: string | undefined): StaticSelect {
  const all = value === undefined || suggestions.includes(value) ? suggestions : [value, ...suggestions]
  const names = [...new Set(all.map((one) => one.split('/')[0] ?? ''))]
  const groups = names.flatMap((name) =>
    chunks(all.filter((one) => one.split('/')[0] === name)).map((part) => ({ name, part })),
  )
  return {
    type: 'static_select',
    action_id: INPUT,
    placeholder: plainText('Choose, or type to search', PLACEHOLDER_TEXT),
    option_groups: groups.slice(0, OPTION_GROUPS).map(({ name, part }) =>
      optionGroup(
        name,
        part.map((one) => ({ value: one, label: one })),
      ),
    ),
    ...(value && { initial_option: option({ value, label: value }) }),
  }
}

/**
 * Answers a menu that asks the bot: options in their groups, if any, and the others in a group with a name of
 * its own.
 */
export function completionMenu(found: readonly Choosable[]) {
  const names = [...new Set(found.map(({ group }) => group))]
  if (names.every((name) => name === undefined)) return { options: found.map(option) }
  return {
    option_groups: names.map((name) =>
      optionGroup(
        name ?? 'As typed',
        found.filter(({ group }) => group === name),
      ),
    ),
  }
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / OPTIONS) }, (_, i) =>
    list.slice(i * OPTIONS, (i + 1) * OPTIONS),
  )
}

/** Shows options in their groups; ungrouped ones that exceed one list are grouped by their first letters. */
function choosable(options: readonly Choosable[]) {
  const placeholder = plainText('Choose', PLACEHOLDER_TEXT)
  const names = [...new Set(options.flatMap(({ group }) => group ?? []))]
  const groups = names.flatMap((name) =>
    chunks(options.filter(({ group }) => group === name)).map((part) => optionGroup(name, part)),
  )
  const isGrouped =
    groups.length > 0 && groups.length <= OPTION_GROUPS && options.every(({ group }) => group !== undefined)
  if (isGrouped) return { placeholder, option_groups: groups }
  if (options.length <= OPTIONS) return { placeholder, options: options.map(option) }
  return {
    placeholder,
    option_groups: chunks(options)
      .slice(0, OPTION_GROUPS)
      .map((part) =>
        optionGroup(`${part[0]?.label.slice(0, 30) ?? ''} – ${part.at(-1)?.label.slice(0, 30) ?? ''}`, part),
      ),
  }
}

function optionGroup(name: string, part: readonly Choosable[]) {
  return { label: plainText(name, OPTION_TEXT), options: part.map(option) }
}
