/** Reduces Markdown of a vault to what a chat can show, and reports what is left out with its line. */
import type {
  BlockContent,
  Code,
  DefinitionContent,
  FootnoteDefinition,
  Html,
  List,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Table,
  TableCell,
} from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import { FORMULA_FENCE } from './dialect/formulas.js'
import { htmlText } from './formats/html-text.js'
import { headingName } from './heading.js'
import { labelled } from './labels.js'
import { atLineEnd, namesApart } from './other-names.js'
import type { Context } from './simplify-context.js'
import { inlines, isBreak } from './simplify-inline.js'
import { list } from './simplify-list.js'

/** Returns what the whole file defines, at any place in it. */
export function definedIn({ children }: Root): Omit<Context, 'warn'> {
  const definitions = new Map<string, string>()
  const footnotes = new Map<string, FootnoteDefinition>()
  for (const node of children) {
    if (node.type === 'definition') definitions.set(node.identifier, node.url)
    if (node.type === 'footnoteDefinition') footnotes.set(node.identifier, node)
  }
  return { definitions, footnotes }
}

/** Returns the blocks of a topic, followed by the footnotes that they name. */
export function simplified(nodes: readonly RootContent[], context: Context): RootContent[] {
  return [...blocks(namesApart(nodes), context), ...notesOf(nodes, context)]
}

function notesOf(nodes: readonly RootContent[], context: Context): RootContent[] {
  if (context.footnotes.size === 0) return []
  const named = new Set<string>()
  visit({ type: 'root', children: [...nodes] } satisfies Root, 'footnoteReference', (node) => {
    named.add(node.identifier)
  })
  return [...named].flatMap((id): RootContent[] => {
    const note = context.footnotes.get(id)
    const [first, ...rest] = note ? blocks(note.children, context) : []
    if (!first) return []
    const mark: PhrasingContent = { type: 'text', value: `[${note?.label ?? id}] ` }
    if (first.type === 'paragraph') return [{ ...first, children: [mark, ...first.children] }, ...rest]
    return [{ type: 'paragraph', children: [mark] }, first, ...rest]
  })
}

const HIDDEN = new Set(['purpose', 'related'])
/** Headings that have a special meaning in our topics. */
const SPECIAL: Readonly<Record<string, string>> = {
  'Exam tips': 'Tips for the exam',
  Changes: 'What changed',
}

function blocks(nodes: readonly RootContent[], context: Context): RootContent[] {
  return nodes.flatMap((node): RootContent[] => {
    switch (node.type) {
      case 'heading': {
        const { title } = headingName(node)
        return title === ''
          ? []
          : [{ type: 'heading', depth: 2, children: [{ type: 'text', value: SPECIAL[title] ?? title }] }]
      }
      case 'paragraph':
        return paragraph(node, context)
      case 'list':
        tellInner(node, context)
        return list(node, context, blocks)
      case 'table':
        return [table(node, context)]
      case 'code':
        return code(node, context)
      case 'blockquote':
        return callout(node.children, context)
      case 'html':
        return html(node, context)
      // They are shown where they are named.
      case 'footnoteDefinition':
      case 'definition':
      case 'thematicBreak':
      case 'yaml':
        return []
      case 'listItem':
      case 'tableRow':
      case 'tableCell':
        return []
      default:
        return []
    }
  })
}

function tellInner({ children }: List, { warn }: Context): void {
  const inner = children.flatMap((item) => item.children).find(({ type }) => type === 'list')
  if (inner) warn(inner.position?.start.line ?? 1, 'lists inside a list are shown on one level with it')
}

/** Blocks that a program replaces by something that is not known here. */
const QUERIES = /^(?:dataview|dataviewjs|tasks|query|base|button|meta-bind|tracker)$/i
const DIAGRAMS = /^(?:mermaid|plantuml|puml|dot|graphviz|d2|chart|wavedrom|excalidraw|drawio)$/i

/** A formula gets its original marks back. */
function code({ value, lang, position }: Code, { warn }: Context): RootContent[] {
  if (value.trim() === '') return []
  const line = position?.start.line ?? 1
  if (lang && QUERIES.test(lang)) {
    warn(line, `a query (${lang}) is for a program: it is left out`)
    return []
  }
  if (lang && DIAGRAMS.test(lang)) warn(line, `a diagram (${lang}) is shown as it is written`)
  if (lang === FORMULA_FENCE.dollars) return [{ type: 'code', lang: null, value: `$$\n${value}\n$$` }]
  if (lang === FORMULA_FENCE.brackets) return [{ type: 'code', lang: null, value: `\\[\n${value}\n\\]` }]
  return [{ type: 'code', lang: lang ?? null, value }]
}

function table(node: Table, context: Context): Table {
  const width = node.children[0]?.children.length ?? 0
  const rows = node.children.map((row) => {
    const cells = row.children.map(
      (cell): TableCell => ({ type: 'tableCell', children: inlines(cell.children, context) }),
    )
    if (cells.length > width)
      context.warn(
        row.position?.start.line ?? node.position?.start.line ?? 1,
        'the row has more cells than the table has columns: the last are joined',
      )
    while (cells.length < width) cells.push({ type: 'tableCell', children: [] })
    return { type: 'tableRow' as const, children: joined(cells, width) }
  })
  return { type: 'table', children: rows }
}

function joined(cells: readonly TableCell[], width: number): TableCell[] {
  const kept = cells.slice(0, width)
  const surplus = cells.slice(width).filter((cell) => textOf(cell).trim() !== '')
  const last = kept.at(-1)
  for (const cell of surplus) last?.children.push({ type: 'text', value: ' | ' }, ...cell.children)
  return kept
}

/** Returns the words of the HTML as paragraphs and lists. */
function html({ value, position }: Html, context: Context): RootContent[] {
  const line = position?.start.line ?? 1
  if (/^<!--(?:(?!-->)[\s\S])*-->\s*$/.test(value)) return []
  const { text, dropped } = htmlText(value.replace(COMPONENT, component))
  for (const one of dropped) context.warn(line, `${one} is left out`)
  if (/<\/?[a-z]/i.test(value)) context.warn(line, 'HTML is left out, and its text stays')
  return text.split(/\n{2,}/).flatMap((part) => wordsOf(part))
}

/** Matches `<Tabs>` and the like, from pages that are programs; their titles on the page stay. */
const COMPONENT = /<\/?[A-Z][\w.]*(?:\s[^<>]{0,1000})?\/?>/g

function component(tag: string): string {
  const [, title = ''] = /\b(?:title|label|summary|header)=["']([^"']*)["']/.exec(tag) ?? []
  return title === '' ? '' : `<p>${title}:</p>`
}

function wordsOf(part: string): RootContent[] {
  const lines = part.split('\n').filter((line) => line.trim() !== '')
  const words = (value: string): Paragraph => ({ type: 'paragraph', children: [{ type: 'text', value }] })
  if (lines.length === 0) return []
  if (!lines.every((line) => line.startsWith('- '))) return [words(lines.join(' ').trim())]
  const items = lines.map((line) => line.slice(2).trim()).filter((text) => text !== '')
  if (items.length === 0) return []
  return [
    {
      type: 'list',
      ordered: false,
      spread: false,
      children: items.map((text) => ({ type: 'listItem', spread: false, children: [words(text)] })),
    },
  ]
}

/** Shows the title of `> [!tip] Title` with its marks, or else its kind, in bold. */
function callout(nodes: readonly (BlockContent | DefinitionContent)[], context: Context): RootContent[] {
  const [first, ...rest] = nodes
  const head = first?.type === 'paragraph' ? first.children[0] : undefined
  const [mark = '', kind = ''] = (head?.type === 'text' && /^\[!([\w-]+)\][+-]?[ \t]*/.exec(head.value)) || []
  if (first?.type !== 'paragraph' || head?.type !== 'text' || kind === '') return blocks(nodes, context)
  const unmarked: PhrasingContent = { ...head, value: head.value.slice(mark.length) }
  const [line, below] = atLineEnd([unmarked, ...first.children.slice(1)])
  const title = trimmed(inlines(line, context)).flatMap((node) =>
    node.type === 'strong' ? node.children : [node],
  )
  const name = `${kind[0]?.toUpperCase()}${kind.slice(1)}`
  const label: Paragraph = {
    type: 'paragraph',
    children: [
      {
        type: 'strong',
        children: textOf(title).trim() === '' ? [{ type: 'text', value: name }] : title,
      },
    ],
  }
  const text: Paragraph = { ...first, children: below }
  return [label, ...blocks([text, ...rest], context)]
}

function paragraph(node: Paragraph, context: Context): Paragraph[] {
  const hidden = labelled(node).some(({ label }) => HIDDEN.has(label))
  if (!hidden) return linesOf(node.children, context)
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
      return linesOf([...strong, ...children], context)
    })
}

/** Returns a paragraph for each line whose end the author meant. */
function linesOf(nodes: readonly PhrasingContent[], context: Context): Paragraph[] {
  const lines: PhrasingContent[][] = [[]]
  for (const node of nodes)
    if (isBreak(node)) lines.push([])
    else lines.at(-1)?.push(node)
  return lines.flatMap((line) => filled(inlines(line, context)))
}

/** Removes space at the ends, since marks around it would not work. */
function trimmed(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.map((node, i) => {
    if (node.type !== 'text') return node
    const value = i === 0 ? node.value.trimStart() : node.value
    return { ...node, value: i === nodes.length - 1 ? value.trimEnd() : value }
  })
}

function filled(children: PhrasingContent[]): Paragraph[] {
  const first = children[0]
  if (first?.type === 'text') children[0] = { ...first, value: first.value.trimStart() }
  return textOf(children).trim() === '' ? [] : [{ type: 'paragraph', children }]
}
