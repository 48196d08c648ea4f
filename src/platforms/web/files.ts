/**
 * Keeps files that members got recently, in memory only: a stored message has the name of its file but not
 * its content.
 */
import { LRUCache } from 'lru-cache'
import type { Card, FileBlock } from '../../bot/ui/card.js'

export interface Files {
  keep(message: number, user: string, card: Card): void
  /** Returns the nth file of a message; undefined if it is no longer kept. */
  find(message: number, index: number): FileBlock | undefined
  forget(user: string): void
}

const MAX_BYTES = 128 * 1024 * 1024

export function createFiles(): Files {
  const kept = new LRUCache<string, { readonly file: FileBlock; readonly user: string }>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ file }) => file.content.byteLength + 1,
  })
  return {
    keep(message, user, card) {
      for (const [index, file] of filesOf(card).entries()) kept.set(`${message}/${index}`, { file, user })
    },
    find: (message, index) => kept.get(`${message}/${index}`)?.file,
    forget(user) {
      for (const [key, one] of kept.entries()) if (one.user === user) kept.delete(key)
    },
  }
}

const filesOf = (card: Card) => card.blocks.filter((block) => block.kind === 'file')

const NOTHING = new Uint8Array()

/** Returns the card as it is stored and sent to the page. */
export function withoutContent(card: Card): Card {
  return {
    ...card,
    blocks: card.blocks.map((block) => (block.kind === 'file' ? { ...block, content: NOTHING } : block)),
  }
}
