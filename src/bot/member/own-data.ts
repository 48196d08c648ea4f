/** A member's actions on their own data. */
import { UserError } from '../../core/errors.js'
import { forgetWhichCard } from '../cards/linking.js'
import { askToForgetCard, dataCard } from '../cards/own-data.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { UserKey } from '../ports/keys.js'
import type { Card } from '../ui/card.js'
import { exportFiles } from './export-files.js'

export async function forgetCard(caller: Caller, { store }: Deps): Promise<Card> {
  const [, ...linked] = await store.accounts(caller)
  return linked.length > 0 ? forgetWhichCard(linked) : askToForgetCard()
}

/** Deletes what is stored about the caller; false when nothing was. */
export async function forget(who: UserKey, { store, chats }: Deps): Promise<boolean> {
  const isStored = await store.forgetMember(who)
  await chats.get(who.platform)?.forget(who.workspace, who.user)
  return isStored
}

/**
 * Deletes the data of every linked account. The caller's own goes last, because the others can be found only
 * through it.
 */
export async function forgetAll(caller: Caller, deps: Deps): Promise<number> {
  const [own, ...others] = await deps.store.accounts(caller)
  for (const other of others) await forget(other, deps)
  await forget(caller, deps)
  return own ? others.length + 1 : 0
}

export async function exportCard(caller: Caller, deps: Deps): Promise<Card> {
  const data = await deps.store.exportMember(caller)
  if (!data) throw new UserError('Nothing is stored about you yet.')
  return dataCard(await exportFiles(data))
}
