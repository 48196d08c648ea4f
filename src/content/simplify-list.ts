/** Reduces lists of notes to lists of one level, whose steps keep their numbers. */
import type { List, ListItem, PhrasingContent, RootContent } from 'mdast'
import type { Context } from './simplify-context.js'
import { BROKEN_LINE, isBreak } from './simplify-inline.js'

/**
 * Nested bullets become items of their own. Anything else inside an item follows that item, and the list
 * continues after it with its next number.
 */
export function list(node: List, context: Context, blocks: Blocks): RootContent[] {
  const pieces = piecesOf(node, context, blocks)
  const result: RootContent[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    if ('block' in piece) result.push(piece.block)
    else if (last?.type === 'list' && last === open(result, node)) last.children.push(itemOf(piece.words))
    else result.push(begun(node, piece))
  }
  return result
}

/** A function that simplifies any blocks. */
export type Blocks = (nodes: readonly RootContent[], context: Context) => RootContent[]

type Piece = { readonly words: PhrasingContent[]; readonly number: number } | { readonly block: RootContent }

/** Returns the list that the next item belongs to: the last block, if it comes from the same list. */
function open(result: readonly RootContent[], node: List): RootContent | undefined {
  const last = result.at(-1)
  return last && origins.get(last) === node ? last : undefined
}

const origins = new WeakMap<RootContent, List>()

function begun(node: List, { words, number }: Extract<Piece, { words: unknown }>): List {
  const made: List = {
    type: 'list',
    ordered: node.ordered ?? false,
    start: node.ordered ? number : null,
    spread: false,
    children: [itemOf(words)],
  }
  origins.set(made, node)
  return made
}

function itemOf(children: PhrasingContent[]): ListItem {
  return { type: 'listItem', spread: false, children: [{ type: 'paragraph', children }] }
}

function piecesOf(node: List, context: Context, blocks: Blocks): Piece[] {
  const first = node.start ?? 1
  return node.children.flatMap((item, i) => ofItem(item, node, first + i, context, blocks))
}

function ofItem(item: ListItem, node: List, number: number, context: Context, blocks: Blocks): Piece[] {
  const pieces: Piece[] = []
  const words = task(item)
  let isBroken = false
  const say = (more: PhrasingContent[]) => {
    if (words.length > 0) words.push({ type: 'text', value: ' ' })
    words.push(...more)
  }
  for (const child of item.children) {
    const end = child.type === 'paragraph' ? child.children.slice(0, -1).find(isBreak) : undefined
    if (end) context.warn(end.position?.start.line ?? number, BROKEN_LINE)
    if (child.type === 'list' && !child.ordered && !node.ordered) {
      isBroken = true
      pieces.push(...piecesOf(child, context, blocks))
      continue
    }
    for (const block of child.type === 'list' ? list(child, context, blocks) : blocks([child], context)) {
      if (block.type === 'paragraph' && !isBroken) say(block.children)
      else {
        isBroken = true
        pieces.push({ block })
      }
    }
  }
  return words.length > 0 ? [{ words, number }, ...pieces] : pieces
}

function task({ checked }: ListItem): PhrasingContent[] {
  return typeof checked === 'boolean' ? [{ type: 'text', value: checked ? '☑' : '☐' }] : []
}
