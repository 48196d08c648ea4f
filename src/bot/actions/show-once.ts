/** *Show to channel*: shows a card once, however often it is pressed. */
import { shownAlready } from '../cards/shown.js'
import type { Deps } from '../deps.js'
import type { Caller, Reply } from '../ports/chat.js'
import type { Block, Card } from '../ui/card.js'
import { privately, publicly } from '../ui/reply.js'

/**
 * Cards with the same content count as one, even if different people show them; `signature` is added below.
 */
export async function showOnce(
  card: Card,
  caller: Caller,
  { store, clock }: Deps,
  signature: readonly Block[] = [],
): Promise<Reply> {
  const before = await store.claimShown(caller, JSON.stringify(card), clock())
  return before === undefined
    ? publicly({ ...card, blocks: [...card.blocks, ...signature] })
    : privately(shownAlready(before, caller))
}
