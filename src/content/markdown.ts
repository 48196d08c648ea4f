/** The body of a topic: Markdown to passages. What a chat cannot show is refused, with its line. */
import type { List, PhrasingContent, RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { Passage } from '../core/model.js'
import { type Inline, plain, type Text } from '../core/text.js'
import type { Report } from './problem.js'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml'])

export interface Body {
  /** The front matter's YAML and the line above it. */
  readonly front: { readonly text: string; readonly offset: number } | undefined
  readonly details: readonly Passage[]
  readonly examTips: readonly Text[]
  readonly changes: readonly { readonly today: Text; readonly exam: Text }[]
}

export function readMarkdown(source: string, report: Report): Body {
  const nodes = parser.parse(source).children
  const first = nodes[0]
  const front = first?.type === 'yaml' ? { text: first.value, offset: first.position?.start.line ?? 1 } : undefined
  const details: Passage[] = []
  let examTips: readonly Text[] = []
  let changes: Body['changes'] = []
  let special: string | undefined
  for (const node of front ? nodes.slice(1) : nodes) {
    const line = node.position?.start.line ?? 1
    if (node.type === 'heading') {
      const title = textOf(node)
      special = title === 'Exam tips' || title === 'Changes' ? title : undefined
      if (!special) details.push({ kind: 'heading', text: title })
    } else if (special && node.type === 'list') {
      const items = listItems(node, report)
      if (special === 'Exam tips') examTips = items
      else changes = readChanges(items, line, report)
    } else if (special) report(line, `"${special}" should hold one list`)
    else details.push(...passage(node, line, report))
  }
  return { front, details, examTips, changes }
}

function passage(node: RootContent, line: number, report: Report): Passage[] {
  switch (node.type) {
    case 'paragraph':
      return [{ kind: 'text', text: inlines(node.children, report) }]
    case 'list':
      return [{ kind: 'list', ordered: node.ordered === true, items: listItems(node, report) }]
    case 'table': {
      const [header = [], ...rows] = node.children.map((row) => row.children.map((cell) => inlines(cell.children, report)))
      return [{ kind: 'table', header, rows }]
    }
    case 'code':
      return [{ kind: 'code', text: node.value }]
    default:
      report(line, `a chat cannot show this (${node.type}); use headings, paragraphs, lists, tables and code`)
      return []
  }
}

function listItems(list: List, report: Report): Text[] {
  return list.children.map((item) => {
    const [first, ...rest] = item.children
    const line = item.position?.start.line ?? 1
    if (first?.type !== 'paragraph' || rest.length > 0) report(line, 'a list item should be one paragraph, without a list inside')
    return first?.type === 'paragraph' ? inlines(first.children, report) : []
  })
}

function inlines(nodes: readonly PhrasingContent[], report: Report): Text {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [node.value.replaceAll('\n', ' ')]
      case 'strong':
        return [{ bold: inlines(node.children, report) }]
      case 'emphasis':
        return [{ italic: inlines(node.children, report) }]
      case 'inlineCode':
        return [{ code: node.value }]
      case 'break':
        return [' ']
      case 'link':
        if (/^https?:\/\//.test(node.url)) return [{ link: node.url, text: inlines(node.children, report) }]
        report(node.position?.start.line ?? 1, 'a link should begin with https://')
        return []
      default:
        report(node.position?.start.line ?? 1, `a chat cannot show this (${node.type})`)
        return []
    }
  })
}

/** Inline Markdown of one line of YAML, such as a summary. */
export function inlineText(source: string, line: number, report: Report): Text {
  const [node, ...rest] = parser.parse(source).children
  if (node?.type === 'paragraph' && rest.length === 0) return inlines(node.children, (_line, message) => report(line, message))
  return [source]
}

function readChanges(items: readonly Text[], line: number, report: Report): Body['changes'] {
  const pairs: { today: Text; exam: Text }[] = []
  for (let i = 0; i < items.length; i += 2) {
    const today = without('Today:', items[i])
    const exam = without('Exam:', items[i + 1])
    if (today && exam) pairs.push({ today, exam })
    else report(line, '"Changes" should hold pairs of "Today: …" and "Exam: …"')
  }
  return pairs
}

function without(label: string, text: Text | undefined): Text | undefined {
  if (!text || !plain(text).startsWith(label)) return undefined
  const [first, ...rest] = text
  if (typeof first === 'string') return [first.slice(label.length).trimStart(), ...rest]
  const [second, ...others] = rest
  return typeof second === 'string' ? [second.replace(/^:?\s*/, ''), ...others] : rest
}
