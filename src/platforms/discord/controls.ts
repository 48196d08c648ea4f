/** Draws controls: buttons in rows, and menus with their options. */
import {
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import type { Button, Choosable, Select } from '../../bot/ui/card.js'
import { short } from '../../core/text.js'
import { type Drawn, oneLine } from './drawn.js'
import {
  BUTTON_LABEL,
  OPTION_DESCRIPTION,
  OPTION_LABEL,
  OPTION_VALUE,
  OPTIONS,
  PLACEHOLDER,
  ROW_BUTTONS,
} from './limits.js'

const STYLES = { primary: ButtonStyle.Primary, danger: ButtonStyle.Danger } as const

export function rowsOf(buttons: readonly Button[]): Extract<Drawn, { kind: 'row' }>[] {
  const drawn = buttons.map(
    ({ id, label, style }): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      custom_id: id,
      label: labelOf(label, BUTTON_LABEL),
      style: style ? STYLES[style] : ButtonStyle.Secondary,
    }),
  )
  return Array.from({ length: Math.ceil(drawn.length / ROW_BUTTONS) }, (_, i) => {
    const components = drawn.slice(i * ROW_BUTTONS, (i + 1) * ROW_BUTTONS)
    return {
      kind: 'row',
      component: { type: ComponentType.ActionRow, components },
      size: components.length + 1,
    }
  })
}

export function selectRow({ id, label, min, max, options }: Select): Drawn[] {
  const list = optionsOf(options)
  if (list.length === 0) return []
  const select: APIStringSelectComponent = {
    type: ComponentType.StringSelect,
    custom_id: id,
    placeholder: labelOf(label, PLACEHOLDER),
    min_values: Math.min(min, list.length),
    max_values: Math.min(Math.max(max, 1), list.length),
    options: list,
  }
  return [{ kind: 'row', component: { type: ComponentType.ActionRow, components: [select] }, size: 2 }]
}

/** Returns at most as many options as a menu holds, each value once. `chosen`: the values picked at first. */
export function optionsOf(
  options: readonly Choosable[],
  chosen: readonly string[] = [],
): APIStringSelectComponent['options'] {
  const unique = [
    ...new Map(options.map((option) => [option.value.slice(0, OPTION_VALUE), option])).entries(),
  ]
  return unique
    .filter(([value]) => value !== '')
    .slice(0, OPTIONS)
    .map(([value, { label, group }]) => ({
      value,
      label: labelOf(label, OPTION_LABEL),
      ...(group !== undefined && { description: labelOf(group, OPTION_DESCRIPTION) }),
      ...(chosen.includes(value) && { default: true }),
    }))
}

/** Returns one line of text that Discord shows without formatting. */
export function labelOf(content: string, max: number): string {
  return short(oneLine(content), max) || '–'
}
