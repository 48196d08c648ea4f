/** Markdown of a vault reduced to what a chat can show; what is left out is told with its line. */
import type {
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  RootContent,
  TableCell,
} from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { labelled } from './notes.js'
import type { Report } from './problem.js'

export interface Context {
  readonly definitions: ReadonlyMap<string, string>
  readonly warn: Report
}

const HIDDEN = new Set(['purpose', 'related'])
/** Headings that mean something of their own in a topic of ours. */
const SPECIAL: Readonly<Record<string, string>> = {
  'Exam tips': 'Tips for the exam',
  Changes: 'What changed',
}

export function blocks(nodes: readonly RootContent[], context: Context): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    const line = node.position?.start.line ?? 1
    switch (node.type) {
      case 'heading': {
        const title = textOf(node).trim()
        return title === ''
          ? []
          : [{ type: 'heading', depth: 2, children: [{ type: 'text', value: SPECIAL[title] ?? title }] }]
      }
      case 'paragraph':
        return paragraph(node, context)
      case 'list':
        return list(node, context)
      case 'table': {
        const width = node.children[0]?.children.length ?? 0
        const rows = node.children.map((row) => {
          const cells = row.children.map(
            (cell): TableCell => ({ type: 'tableCell', children: inlines(cell.children, context) }),
          )
          if (cells.length > width)
            context.warn(
              row.position?.start.line ?? line,
              'the row has more cells than the table has columns: the last are left out',
            )
          while (cells.length < width) cells.push({ type: 'tableCell', children: [] })
          return { type: 'tableRow' as const, children: cells.slice(0, width) }
        })
        return [{ type: 'table', children: rows }]
      }
      case 'code':
        return node.value.trim() === '' ? [] : [{ type: 'code', lang: node.lang ?? null, value: node.value }]
      case 'blockquote':
        return callout(node.children, context)
      case 'html':
        if (!/^<!--[\s\S]*-->\s*$/.test(node.value)) context.warn(line, 'HTML is left out')
        return []
      case 'footnoteDefinition':
        context.warn(line, 'a footnote is left out')
        return []
      default:
        return []
    }
  })
}

/** `> [!tip] Title` shows its title, or its kind, in bold. */
function callout(nodes: readonly (BlockContent | DefinitionContent)[], context: Context): RootContent[] {
  const [first, ...rest] = nodes
  const head = first?.type === 'paragraph' ? first.children[0] : undefined
  const [, kind = '', title = '', below = ''] =
    (head?.type === 'text' && /^\[!([\w-]+)\][+-]?[ \t]*([^\n]*)\n?([\s\S]*)$/.exec(head.value)) || []
  if (first?.type !== 'paragraph' || kind === '') return blocks(nodes, context)
  const label: Paragraph = {
    type: 'paragraph',
    children: [
      {
        type: 'strong',
        children: [{ type: 'text', value: title.trim() || `${kind[0]?.toUpperCase()}${kind.slice(1)}` }],
      },
    ],
  }
  const text: Paragraph = { ...first, children: [{ type: 'text', value: below }, ...first.children.slice(1)] }
  return [label, ...blocks([text, ...rest], context)]
}

function paragraph(node: Paragraph, context: Context): Paragraph[] {
  const hidden = labelled(node).some(({ label }) => HIDDEN.has(label))
  if (!hidden) return filled(inlines(node.children, context))
  return labelled(node)
    .filter(({ label }) => !HIDDEN.has(label))
    .flatMap(({ head, children }) => {
      const strong: PhrasingContent[] =
        head === ''
          ? []
          : [
              { type: 'strong', children: [{ type: 'text', value: `${head}:` }] },
              { type: 'text', value: ' ' },
            ]
      return filled([...strong, ...inlines(children, context)])
    })
}

function filled(children: PhrasingContent[]): Paragraph[] {
  const first = children[0]
  if (first?.type === 'text') children[0] = { ...first, value: first.value.trimStart() }
  return textOf(children).trim() === '' ? [] : [{ type: 'paragraph', children }]
}

/** Lists inside lists become items of their own; what is neither text nor list follows the list. */
function list(node: List, context: Context): RootContent[] {
  const after: RootContent[] = []
  const items: ListItem[] = []
  const collect = (inner: List) => {
    for (const item of inner.children) {
      const texts: PhrasingContent[] = []
      const lists: List[] = []
      for (const child of item.children) {
        if (child.type === 'list') lists.push(child)
        else
          for (const block of blocks([child], context)) {
            if (block.type !== 'paragraph') after.push(block)
            else
              texts.push(
                ...(texts.length > 0 ? [{ type: 'text' as const, value: ' ' }] : []),
                ...block.children,
              )
          }
      }
      if (texts.length > 0)
        items.push({ type: 'listItem', spread: false, children: [{ type: 'paragraph', children: texts }] })
      lists.forEach(collect)
    }
  }
  collect(node)
  const whole: List = {
    type: 'list',
    ordered: node.ordered ?? false,
    start: node.ordered ? 1 : null,
    spread: false,
    children: items,
  }
  return items.length > 0 ? [whole, ...after] : after
}

function inlines(nodes: readonly PhrasingContent[], context: Context): PhrasingContent[] {
  return nodes.flatMap((node): PhrasingContent[] => {
    const line = node.position?.start.line ?? 1
    switch (node.type) {
      case 'text':
        return [{ type: 'text', value: oneLine(node.value) }]
      case 'wikiLink':
        if (!node.embed) return [{ type: 'text', value: node.value }]
        context.warn(line, `${node.raw} is left out`)
        return []
      case 'strong':
      case 'emphasis': {
        const children = inlines(node.children, context)
        return textOf(children).trim() === '' ? children : [{ type: node.type, children }]
      }
      case 'delete':
        return inlines(node.children, context)
      case 'inlineCode':
        return node.value.trim() === ''
          ? []
          : [{ type: 'inlineCode', value: node.value.replace(/\s+/g, ' ') }]
      case 'break':
        return [{ type: 'text', value: ' ' }]
      case 'link':
        return link(node.url, inlines(node.children, context))
      case 'linkReference':
        return link(context.definitions.get(node.identifier) ?? '', inlines(node.children, context))
      case 'image':
      case 'imageReference':
        context.warn(line, `the picture "${node.alt ?? ''}" is left out`)
        return []
      case 'html':
        if (/^<br\s*\/?>$/i.test(node.value)) return [{ type: 'text', value: ' ' }]
        if (!node.value.startsWith('<!--')) context.warn(line, 'HTML is left out')
        return []
      case 'footnoteReference':
        context.warn(line, 'a footnote is left out')
        return []
      default:
        return []
    }
  })
}

/** Lines joined by one space each. */
function oneLine(text: string): string {
  const lines = text.split('\n')
  return lines
    .map((line, i) => (i === 0 ? line : line.trimStart()))
    .map((line, i) => (i === lines.length - 1 ? line : line.trimEnd()))
    .join(' ')
}

function link(url: string, children: PhrasingContent[]): PhrasingContent[] {
  return /^https?:\/\//.test(url) && textOf(children).trim() !== ''
    ? [{ type: 'link', url, children }]
    : children
}
