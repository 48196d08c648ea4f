/** Joins the trees of parts that were read separately into one, with the line numbers of the whole. */
import type { Root, RootContent } from 'mdast'
import { visit } from 'unist-util-visit'
import { markerOfList } from './goes-on.js'
import { markerOf, type Part } from './parts.js'

export interface Group extends Pick<Part, 'text' | 'line' | 'offset'> {
  readonly parts: number
  readonly work: number
  /** Whether it was read without the parser. */
  readonly isQuick?: true
  root: Root
}

export function assembled(groups: readonly Group[]): Root {
  const children: RootContent[] = []
  let before: Group | undefined
  let list: string | undefined
  for (const group of groups) {
    const marker = markerOf(group.text)
    const [first, ...rest] = group.root.children
    const last = children.at(-1)
    const joins = last?.type === 'list' && first?.type === 'list' && marker !== undefined && marker === list
    list = lastMarker(group)
    shift(group)
    if (joins) {
      for (const item of first.children) last.children.push(item)
      if (last.position && first.position) last.position.end = first.position.end
    }
    for (const node of joins ? rest : group.root.children) children.push(node)
    before = group
  }
  const end = before?.root.position?.end ?? { line: 1, column: 1, offset: 0 }
  return { type: 'root', children, position: { start: { line: 1, column: 1, offset: 0 }, end } }
}

function lastMarker({ root, text, offset, isQuick }: Group): string | undefined {
  const last = root.children.at(-1)
  return last?.type === 'list' ? markerOfList(last, text, isQuick ? offset : 0) : undefined
}

function shift({ root, line, offset, isQuick }: Group): void {
  if (offset === 0 || isQuick) return
  visit(root, ({ position }) => {
    if (!position) return
    for (const point of [position.start, position.end]) {
      point.line += line
      if (point.offset !== undefined) point.offset += offset
    }
  })
}
