/** Bold labels that begin lines, such as `**Purpose:**`. */
import type { Paragraph, PhrasingContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'

/** A part of a paragraph from one bold label to the next, such as `**Related:** …`. */
export interface Run {
  /** The label in lower case, without its colon; empty before the first label. */
  readonly label: string
  /** The label as written. */
  readonly head: string
  readonly children: PhrasingContent[]
}

/** Labels stand at the start of a line; the colon may be bold or not. */
export function labelled(paragraph: Paragraph): Run[] {
  const runs: Run[] = [{ label: '', head: '', children: [] }]
  let lineStart = true
  paragraph.children.forEach((node, i) => {
    const next = paragraph.children[i + 1]
    const colon =
      node.type === 'strong' &&
      (/:\s*$/.test(textOf(node)) || (next?.type === 'text' && next.value.startsWith(':')))
    if (colon && lineStart) {
      const head = textOf(node).replace(/:\s*$/, '').trim()
      runs.push({ label: head.toLowerCase(), head, children: [] })
    } else {
      const run = runs.at(-1)
      const first = run?.label !== '' && run?.children.length === 0 && node.type === 'text'
      run?.children.push(first ? { ...node, value: node.value.replace(/^\s*:?\s*/, '') } : node)
    }
    lineStart = node.type === 'break' || (node.type === 'text' && /\n\s*$/.test(node.value))
  })
  return runs.filter(({ label, children }) => label !== '' || children.length > 0)
}
