/** What a member can do about their own data. */
import { UserError } from '../../core/errors.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { button, buttons, type Card, text } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'
import { exportFiles } from './export-files.js'

export function forgetCard(): Card {
  const { forget } = memberIds
  return {
    title: 'Delete everything about you?',
    blocks: [
      text(
        'Your answers, points, streaks and reports here go for good. /study export gives them to you first.',
      ),
      ...buttons(
        button(forget.id({ sure: true }), 'Delete it all', 'danger'),
        button(forget.id({ sure: false }), 'Keep it'),
      ),
    ],
  }
}

export async function exportCard(caller: Caller, deps: Deps): Promise<Card> {
  const data = await deps.store.exportMember(caller)
  if (!data) throw new UserError('Nothing is stored about you yet.')
  const files = await exportFiles(data)
  return {
    title: 'Your data',
    blocks: [text(introOf(files.length, files[0]?.name.endsWith('.gz') === true)), ...files],
  }
}

function introOf(files: number, isCompressed: boolean): string {
  const what = `Everything stored about you here, as JSON${files > 1 ? ` in ${files} files` : ''}.`
  return isCompressed
    ? `${what} It is compressed with gzip, since a chat takes no larger files: most programs that unpack files open it.`
    : what
}
