/** Lines of notes that give other names: `Also called: f-stop, f-number`, in bold or not. */
import type { PhrasingContent, RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'

const LINE = /^\s*also (?:called|known as)\s*:\s*(\S.*)$/i
/** Nothing has more names than this, and a longer name is a sentence. */
const [MAX_NAMES, MAX_NAME] = [20, 80]

/** Whether the text is a line of names and nothing more. */
export const isNamesLine = (text: string): boolean => LINE.test(text)

/** Returns the names that paragraphs above the first heading give. */
export function otherNames(nodes: readonly RootContent[]): string[] {
  const end = nodes.findIndex(({ type }) => type === 'heading')
  return namesApart(nodes.slice(0, end < 0 ? nodes.length : end)).flatMap((node) =>
    node.type === 'paragraph' ? namesOf(LINE.exec(textOf(node))?.[1] ?? '') : [],
  )
}

/** Returns the names after a label, up to the end of its line. */
export const labelledNames = (nodes: readonly PhrasingContent[]): string[] =>
  namesOf(textOf(atLineEnd(nodes)[0]))

/** Splits names at a comma, a semicolon or an "or". */
function namesOf(line: string): string[] {
  return line
    .split(/[,;]|\sor\s/, MAX_NAMES)
    .map((name) =>
      name
        .trim()
        .replace(/^(?:and|or)\s+/i, '')
        .replace(/^([^.]*)\.$/, '$1'),
    )
    .filter((name) => name.length <= MAX_NAME && /[\p{L}\p{N}]/u.test(name))
}

/** Splits paragraphs that begin with a line of names, so that the line stands alone. */
export function namesApart(nodes: readonly RootContent[]): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    if (node.type !== 'paragraph') return [node]
    const [line, rest] = atLineEnd(node.children)
    if (rest.length === 0 || !isNamesLine(textOf(line))) return [node]
    return [
      { ...node, children: line },
      { ...node, children: rest },
    ]
  })
}

/** Returns the first line, and the text below it. */
export function atLineEnd(nodes: readonly PhrasingContent[]): [PhrasingContent[], PhrasingContent[]] {
  for (const [i, node] of nodes.entries()) {
    if (node.type === 'break') return [nodes.slice(0, i), nodes.slice(i + 1)]
    const end = node.type === 'text' ? node.value.indexOf('\n') : -1
    if (node.type !== 'text' || end < 0) continue
    const [before, after] = [node.value.slice(0, end), node.value.slice(end + 1)]
    return [
      [...nodes.slice(0, i), { ...node, value: before }],
      [{ ...node, value: after }, ...nodes.slice(i + 1)],
    ]
  }
  return [[...nodes], []]
}
