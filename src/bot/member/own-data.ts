/** What a member can do about their own data. */
import { UserError } from '../../core/errors.js'
import { forgetWhichCard } from '../cards/linking.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { UserKey } from '../ports/keys.js'
import { button, buttons, type Card, text } from '../ui/card.js'
import { memberIds } from '../ui/ids.js'
import { exportFiles } from './export-files.js'

export async function forgetCard(caller: Caller, { store }: Deps): Promise<Card> {
  const [, ...linked] = await store.accounts(caller)
  return linked.length > 0 ? forgetWhichCard(linked) : forgetAloneCard()
}

function forgetAloneCard(): Card {
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

/** Deletes what is stored about the caller; false when nothing was. */
export async function forget(who: UserKey, { store, chats }: Deps): Promise<boolean> {
  const isStored = await store.forgetMember(who)
  await chats.get(who.platform)?.forget(who.workspace, who.user)
  return isStored
}

/** Of every account that is linked. The caller's own goes last: until then it tells which they are. */
export async function forgetAll(caller: Caller, deps: Deps): Promise<number> {
  const [own, ...others] = await deps.store.accounts(caller)
  for (const other of others) await forget(other, deps)
  await forget(caller, deps)
  return own ? others.length + 1 : 0
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
