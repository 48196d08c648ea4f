/** Splits a topic that is too long for a file of a pack. */
import type { RootContent } from 'mdast'

/** Returns the pieces, usually one, of at most about `max` characters each. */
export function piecesOf(nodes: readonly RootContent[], max: number): RootContent[][] {
  const pieces: RootContent[][] = [[]]
  let size = 0
  for (const node of nodes.flatMap((one) => smaller(one, max))) {
    const more = sizeOf(node)
    if (size > 0 && size + more > max) {
      pieces.push([])
      size = 0
    }
    pieces.at(-1)?.push(node)
    size += more
  }
  return pieces
}

/**
 * Signs count more than once, since each gets a backslash, and since text with many signs takes long to read.
 */
function sizeOf(node: RootContent): number {
  if ('children' in node) {
    let size = 4
    for (const child of node.children) size += sizeOf(child)
    return size
  }
  const value = 'value' in node ? node.value : ''
  if (node.type === 'code') return Buffer.byteLength(value) + 20 + 3 * value.split('\n').length
  return Buffer.byteLength(value) + 4 * (value.match(/[^\p{L}\p{N}\s]/gu)?.length ?? 0)
}

/** Splits code, a list or a table that is too long by itself. */
function smaller(node: RootContent, max: number): RootContent[] {
  if (sizeOf(node) <= max) return [node]
  if (node.type === 'code')
    return halves(node.value.split('\n')).flatMap((lines) => smallerCode(node, lines, max))
  if (node.type === 'list' && node.children.length > 1) {
    const [first, second] = halves(node.children)
    const start = (node.start ?? 1) + first.length
    const rest = { ...node, children: second, ...(node.ordered ? { start } : {}) }
    return [{ ...node, children: first }, rest].flatMap((one) => smaller(one, max))
  }
  if (node.type === 'table' && node.children.length > 2) {
    const [header, ...rows] = node.children
    if (!header) return [node]
    return halves(rows).flatMap((some) => smaller({ ...node, children: [header, ...some] }, max))
  }
  return [node]
}

function smallerCode(
  node: Extract<RootContent, { type: 'code' }>,
  lines: string[],
  max: number,
): RootContent[] {
  return lines.length < 2
    ? [{ ...node, value: lines.join('\n') }]
    : smaller({ ...node, value: lines.join('\n') }, max)
}

function halves<T>(list: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(list.length / 2)
  return [list.slice(0, middle), list.slice(middle)]
}
