/** What a member can do about their own data. */
import { UserError } from '../core/errors.js'
import { encode } from './action.js'
import type { Deps } from './app.js'
import { button, buttons, type Card, text } from './card.js'
import type { Caller } from './chat.js'

export function forgetCard(): Card {
  return {
    title: 'Delete everything about you?',
    blocks: [
      text('Your answers, points, streaks and reports in this workspace go for good. /study export gives them to you first.'),
      ...buttons(button(encode('forget', 'yes'), 'Delete it all', 'danger'), button(encode('forget', 'no'), 'Keep it')),
    ],
  }
}

export async function exportCard(caller: Caller, deps: Deps): Promise<Card> {
  const data = await deps.store.exportMember(caller)
  if (!data) throw new UserError('Nothing is stored about you yet.')
  return {
    title: 'Your data',
    blocks: [
      text('Everything stored about you in this workspace, as JSON.'),
      { kind: 'file', name: 'cohort-export.json', mime: 'application/json', content: JSON.stringify(data, null, 2) },
    ],
  }
}
