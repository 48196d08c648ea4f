/** Reads the body of a topic from Markdown to passages. It refuses what a chat cannot show, with its line. */
import type { List, PhrasingContent, RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import type { Passage } from '../core/model.js'
import { type Inline, plain, type Text } from '../core/text.js'
import { parseTree } from './parse.js'
import type { Report } from './problem.js'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml'])

export interface Body {
  /** The front matter's YAML and the number of lines above it. */
  readonly front: { readonly text: string; readonly offset: number }
  /** The Markdown below the front matter. */
  readonly source: string
  readonly details: readonly Passage[]
  readonly examTips: readonly Text[]
  readonly changes: readonly { readonly today: Text; readonly exam: Text }[]
}

type Special = 'Exam tips' | 'Changes'

/** Reports what is wrong; undefined if the source contains no topic at all. */
export function readMarkdown(source: string, report: Report): Body | undefined {
  const parsed = parse(source, report)
  if (!parsed) return undefined
  const [first, ...nodes] = parsed
  if (first?.type !== 'yaml') {
    report(1, 'should begin with front matter between lines of ---')
    return undefined
  }
  const details: Passage[] = []
  const lists = new Map<Special, List>()
  let special: Special | undefined
  for (const node of nodes) {
    const line = node.position?.start.line ?? 1
    if (node.type === 'heading') {
      const title = textOf(node)
      special = title === 'Exam tips' || title === 'Changes' ? title : undefined
      if (!special) details.push({ kind: 'heading', text: title })
    } else if (special && (node.type !== 'list' || lists.has(special)))
      report(line, `"${special}" should hold one list`)
    else if (special && node.type === 'list') lists.set(special, node)
    else details.push(...passage(node, line, report))
  }
  const [tips, changes] = [lists.get('Exam tips'), lists.get('Changes')]
  return {
    front: { text: first.value, offset: first.position?.start.line ?? 1 },
    source: source.slice(first.position?.end.offset).trim(),
    details,
    examTips: tips ? listItems(tips, report) : [],
    changes: changes
      ? readChanges(listItems(changes, report), changes.position?.start.line ?? 1, report)
      : [],
  }
}

function parse(source: string, report: Report): readonly RootContent[] | undefined {
  return parseTree(parser, source, report)?.children
}

function passage(node: RootContent, line: number, report: Report): Passage[] {
  switch (node.type) {
    case 'paragraph':
      return [{ kind: 'text', text: inlines(node.children, report) }]
    case 'list':
      return [{ kind: 'list', ...numbering(node), items: listItems(node, report) }]
    case 'table': {
      const [header = [], ...rows] = node.children.map((row) =>
        row.children.map((cell) => inlines(cell.children, report)),
      )
      rows.forEach((row, i) => {
        if (row.length !== header.length)
          report(line + 2 + i, `the table has ${header.length} columns, and this row has ${row.length} cells`)
      })
      return [{ kind: 'table', header, rows }]
    }
    case 'code':
      return [{ kind: 'code', text: node.value }]
    default:
      report(line, `a chat cannot show this (${node.type}); use headings, paragraphs, lists, tables and code`)
      return []
  }
}

/** Steps may continue after a piece of code, or begin at any number. */
function numbering({ ordered, start }: List): { ordered: boolean; start?: number } {
  const first = start ?? 1
  return ordered === true && first !== 1 ? { ordered: true, start: first } : { ordered: ordered === true }
}

function listItems(list: List, report: Report): Text[] {
  return list.children.map((item) => {
    const [first, ...rest] = item.children
    const line = item.position?.start.line ?? 1
    if (first?.type !== 'paragraph' || rest.length > 0)
      report(line, 'a list item should be one paragraph, without a list inside')
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
        // An address in the text is not a link that the author wrote.
        if (node.url.startsWith('mailto:')) return [...inlines(node.children, report)]
        if (/^https?:\/\//.test(node.url)) return [{ link: node.url, text: inlines(node.children, report) }]
        report(node.position?.start.line ?? 1, 'a link should begin with https://')
        return []
      default:
        report(node.position?.start.line ?? 1, `a chat cannot show this (${node.type})`)
        return []
    }
  })
}

/** Reads inline Markdown of one line of YAML, such as a summary. */
export function inlineText(source: string, line: number, report: Report): Text {
  const [node, ...rest] = parse(source, (_line, message) => report(line, message)) ?? []
  if (node?.type === 'html') report(line, 'a chat cannot show this (html)')
  if (node?.type === 'paragraph' && rest.length === 0)
    return inlines(node.children, (_line, message) => report(line, message))
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
  const [first = '', ...rest] = text
  if (typeof first === 'string') return [first.slice(label.length).trimStart(), ...rest]
  const [second, ...others] = rest
  if (plain([first]).length > label.length) return undefined
  return typeof second === 'string' ? [second.replace(/^:?\s*/, ''), ...others] : rest
}
