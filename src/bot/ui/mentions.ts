/**
 * The people and groups that a card mentions so that they are notified: by a setting, or with their consent.
 */
import type { Inline, Text } from '../../core/text.js'
import type { Block, Card } from './card.js'

export interface Mentions {
  /** Roles or user groups. */
  readonly groups: readonly string[]
  readonly members: readonly string[]
}

export function mentionsOf({ blocks }: Card): Mentions {
  const all = blocks.flatMap(textsOf).flat().flatMap(flat)
  return {
    groups: [...new Set(all.flatMap((part) => (isA(part, 'group') ? [part.group] : [])))],
    members: [...new Set(all.flatMap((part) => (isA(part, 'member') && part.ping ? [part.member] : [])))],
  }
}

/** The card without the texts that mention a group that no longer exists. */
export function withoutGroups(card: Card, isThere: (group: string) => boolean): Card {
  const isGone = (block: Block) =>
    textsOf(block)
      .flat()
      .flatMap(flat)
      .some((part) => isA(part, 'group') && !isThere(part.group))
  return { ...card, blocks: card.blocks.filter((block) => !isGone(block)) }
}

function textsOf(block: Block): readonly Text[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [block.text]
    case 'list':
      return block.items
    case 'fields':
      return block.fields.map((field) => field.value)
    case 'table':
      return [block.header, ...block.rows].flat()
    case 'heading':
    case 'code':
    case 'image':
    case 'buttons':
    case 'select':
    case 'file':
    case 'divider':
      return []
  }
}

type Part = Exclude<Inline, string>

function isA<K extends string>(part: Inline, key: K): part is Extract<Part, Record<K, unknown>> {
  return typeof part !== 'string' && key in part
}

function flat(part: Inline): readonly Inline[] {
  if (isA(part, 'bold')) return part.bold.flatMap(flat)
  return isA(part, 'italic') ? part.italic.flatMap(flat) : [part]
}
