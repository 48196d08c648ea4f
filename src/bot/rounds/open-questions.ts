/**
 * Questions of open rounds that a person has not answered are a secret on every path: practice does not ask
 * them, and no round or practice explains them, until this person has answered there or the round is over.
 */
import type { Deps } from '../deps.js'
import type { UserKey } from '../ports/keys.js'

export const IN_OPEN_ROUND =
  'This is in a question of the day that you have not answered yet. Answer it there first; /quiz has others.'

type From = Pick<Deps, 'store'>

/** Ids of questions with an item that this person has not answered yet. */
export async function openQuestions(who: UserKey, { store }: From): Promise<ReadonlySet<string>> {
  return new Set((await store.openItems(who)).map(({ question }) => question))
}

/** Whether this person has not answered this item yet in an open round. */
export async function isOpenItem(
  question: string,
  item: number,
  caller: UserKey,
  { store }: From,
): Promise<boolean> {
  return (await store.openItems(caller)).some((open) => open.question === question && open.item === item)
}
