/** Draws the controls of a card as blocks: buttons, menus and checkboxes. */
import type { ActionsBlock, Button, MultiStaticSelect, SectionBlock } from '@slack/types'
import type { Block } from '../../bot/ui/card.js'
import { bold, section } from './blocks.js'
import { ACTIONS, BUTTON_TEXT, CHECKBOXES, OPTIONS, PLACEHOLDER_TEXT, SECTION_TEXT } from './limits.js'
import { cutMrkdwn, option, plainText } from './plain-text.js'

/**
 * The action id of checkboxes or a menu with several picks: nothing happens until *Submit* is pressed, whose
 * id is that of their block.
 */
export const PICKED = 'picked'

export function interactive(
  block: Extract<Block, { kind: 'buttons' | 'select' }>,
): (ActionsBlock | SectionBlock)[] {
  if (block.kind === 'select') return selectBlock(block)
  const buttons = block.buttons.map(({ id, label, style }) => ({
    type: 'button' as const,
    action_id: id,
    text: plainText(label, BUTTON_TEXT),
    ...(style && { style }),
  }))
  return Array.from({ length: Math.ceil(buttons.length / ACTIONS) }, (_, i) => ({
    type: 'actions',
    elements: buttons.slice(i * ACTIONS, (i + 1) * ACTIONS),
  }))
}

function selectBlock({
  id,
  label,
  max,
  options,
}: Extract<Block, { kind: 'select' }>): (ActionsBlock | SectionBlock)[] {
  const list = options.slice(0, OPTIONS).map(option)
  if (list.length === 0) return []
  if (max === 1) {
    const placeholder = plainText(label, PLACEHOLDER_TEXT)
    return [
      { type: 'actions', elements: [{ type: 'static_select', action_id: id, placeholder, options: list }] },
    ]
  }
  const heading = section(cutMrkdwn(bold(label) || '…', SECTION_TEXT))
  const submit: Button = {
    ...{ type: 'button', action_id: id, text: plainText('Submit', BUTTON_TEXT), style: 'primary' },
  }
  // The name is the same in each drawing, so that ticks stay when a message is changed.
  const common = { action_id: PICKED, options: list }
  if (list.length <= CHECKBOXES)
    return [heading, { type: 'actions', block_id: id, elements: [{ type: 'checkboxes', ...common }, submit] }]
  const menu: MultiStaticSelect = {
    ...{ type: 'multi_static_select', ...common, placeholder: plainText(label, PLACEHOLDER_TEXT) },
    max_selected_items: Math.min(max, list.length),
  }
  return [
    { ...heading, block_id: id, accessory: menu },
    { type: 'actions', elements: [submit] },
  ]
}
