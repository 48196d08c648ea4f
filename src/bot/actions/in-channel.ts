/**
 * Actions that belong to a channel, for people who are in none: on their own page, or in a direct message.
 */
import { UserError } from '../../core/errors.js'
import type { Caller, Reply } from '../ports/chat.js'
import { type Action, findAction } from '../ui/action.js'
import type { Block, Button, Card } from '../ui/card.js'

/** Throws a `UserError` for an action that shows something to the channel, if there is none. */
export function checkChannel({ needsChannel }: Action, { channel }: Caller): void {
  if (needsChannel && channel === '')
    throw new UserError('There is no channel here to show it to. Use the button in the channel of your team.')
}

/** The reply without buttons that would show something to a channel, if the caller is in none. */
export function offered(reply: Reply, actions: readonly Action[], { channel }: Caller): Reply {
  if (reply.kind === 'form' || channel !== '') return reply
  const needs = ({ id }: Button) => findAction(id, actions)?.action.needsChannel === true
  return { ...reply, card: withButtons(reply.card, (button) => (needs(button) ? undefined : button)) }
}

/** The card with other buttons; a row without any is removed. */
export function withButtons(card: Card, change: (button: Button) => Button | undefined): Card {
  return {
    ...card,
    blocks: card.blocks.flatMap((block): Block[] => {
      if (block.kind !== 'buttons') return [block]
      const buttons = block.buttons.map(change).filter((button) => button !== undefined)
      return buttons.length > 0 ? [{ ...block, buttons }] : []
    }),
  }
}
