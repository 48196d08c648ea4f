/** *Share my progress*: whether the reports of a member's teams name them. */
import { sharingCard } from '../cards/sharing.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'

/** `shares`: the new setting; if left out, the current one is shown. */
export async function shareProgress(
  shares: boolean | undefined,
  caller: Caller,
  { store }: Deps,
): Promise<Card> {
  if (shares !== undefined) return sharingCard((await store.share(caller, shares)) ? shares : undefined)
  const member = await store.member(caller)
  return sharingCard(member && member.shares === true)
}
