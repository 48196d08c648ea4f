/** An export put together again, as one object. */

import type { UserKey } from '../../src/bot/ports/keys.js'
import type { Store } from '../../src/bot/ports/store.js'
import type { Card } from '../../src/bot/ui/card.js'

export async function exported(store: Store, who: UserKey): Promise<Record<string, unknown> | undefined> {
  const data = await store.exportMember(who)
  if (!data) return undefined
  const lists: Record<string, unknown[]> = {}
  for await (const { name, rows } of data.pages) lists[name] = [...(lists[name] ?? []), ...rows]
  return { ...data.head, ...lists }
}

/** What is in the files of a card. */
export function fileTexts(card: Card): string[] {
  return card.blocks.flatMap((block) =>
    block.kind === 'file' ? [new TextDecoder().decode(block.content)] : [],
  )
}
