/**
 * What is in an open round and not answered yet is a secret on every path: practice does not ask it, and no
 * round or practice explains it, until this person has answered it there or the round is over.
 */
import type { Deps } from '../deps.js'
import type { UserKey } from '../ports/keys.js'

export const IN_OPEN_ROUND =
  'This is in a question of the day that you have not answered yet. Answer it there first; /quiz has others.'

type From = Pick<Deps, 'store'>

/** Ids of questions with an item that is still to be answered. */
export async function openQuestions(who: UserKey, { store }: From): Promise<ReadonlySet<string>> {
  return new Set((await store.openItems(who)).map(({ question }) => question))
}

/** Whether this item is still to be answered in some round. */
export async function isOpenItem(
  question: string,
  item: number,
  caller: UserKey,
  { store }: From,
): Promise<boolean> {
  return (await store.openItems(caller)).some((open) => open.question === question && open.item === item)
}
