/**
 * Reads blocks that need no parser, which are most of what notes hold: headings, paragraphs, code in fences,
 * lists of lines, simple tables. The parser takes a hundred times as long. If a part holds anything else, the
 * parser reads the whole part.
 */
import type { Code, Heading, List, ListItem, Paragraph, RootContent, Table, TableRow } from 'mdast'
import { type Place, placeOf, quickInline } from './quick-inline.js'

/** A line that begins, or may begin, a block of its own, or that only a parser can judge. */
const BEGINS = /^(?:[\s#>|<=+~`*:[\]-]|\d{1,9}[.)](?:\s|$)|\p{Cf})/u
const HEADING = /^(#{1,6}) (?! )(.*[^\s#])$/
const FENCE = /^(`{3,})([\w+#.-]*)$/
const ITEM = /^( *)([-*+]|\d{1,9}[.)]) (?![\s])(.+)$/
const BORDER = /^\|?[ ]?:?-{1,}:?[ ]?(?:\|[ ]?:?-+:?[ ]?)*\|?$/

/** A line with its number, from 1, and its offset. */
interface Line extends Place {
  readonly text: string
}

/**
 * `wiki`: whether `[[notes]]` are links. `begin`: the position of the text. Returns undefined if the parser
 * must read it.
 */
export function quickBlocks(text: string, wiki: boolean, begin = START): RootContent[] | undefined {
  if (text.includes('\t') || text.includes('\u0000')) return undefined
  const lines = linesOf(text, begin)
  const nodes: RootContent[] = []
  for (let i = 0; i < lines.length; ) {
    const line = lines[i]
    if (!line || line.text === '') i++
    else {
      const found = block(lines, i, wiki)
      // Lists with an empty line between them may be one list.
      if (!found || (found.node.type === 'list' && nodes.at(-1)?.type === 'list')) return undefined
      nodes.push(found.node)
      i = found.next
    }
  }
  return nodes
}

const START: Place = { line: 1, offset: 0 }

function linesOf(text: string, begin: Place): Line[] {
  let { offset } = begin
  return text.split('\n').map((one, i) => {
    const line = { text: one, line: begin.line + i, offset }
    offset += one.length + 1
    return line
  })
}

interface Found {
  readonly node: RootContent
  readonly next: number
}

function block(lines: readonly Line[], i: number, wiki: boolean): Found | undefined {
  const text = lines[i]?.text ?? ''
  if (text.startsWith('#')) return heading(lines, i, wiki)
  if (text.startsWith('```')) return fence(lines, i)
  if (ITEM.test(text)) return list(lines, i, wiki)
  if (BORDER.test(lines[i + 1]?.text ?? '') && text.includes('|')) return table(lines, i, wiki)
  return BEGINS.test(text) ? undefined : paragraph(lines, i, wiki)
}

function heading(lines: readonly Line[], i: number, wiki: boolean): Found | undefined {
  const line = lines[i]
  const [, marks = '', words = ''] = HEADING.exec(line?.text ?? '') ?? []
  if (!line || marks === '') return undefined
  const skip = marks.length + 1
  const children = quickInline(words, { line: line.line, offset: line.offset + skip, column: skip + 1 }, wiki)
  if (!children) return undefined
  const depth = marks.length as Heading['depth']
  return { node: { type: 'heading', depth, children, position: spanOf(line, line) }, next: i + 1 }
}

function fence(lines: readonly Line[], i: number): Found | undefined {
  const first = lines[i]
  const [, ticks = '', lang = ''] = FENCE.exec(first?.text ?? '') ?? []
  if (!first || ticks === '') return undefined
  for (let end = i + 1; end < lines.length; end++) {
    const line = lines[end]
    if (!line || !/^ {0,3}`{3,} *$/.test(line.text) || line.text.trim().length < ticks.length) continue
    const value = lines
      .slice(i + 1, end)
      .map((one) => one.text)
      .join('\n')
    const node = {
      type: 'code',
      lang: lang || null,
      meta: null,
      value,
      position: spanOf(first, line),
    } as const
    return { node, next: end + 1 }
  }
  return undefined
}

function paragraph(lines: readonly Line[], i: number, wiki: boolean): Found | undefined {
  const first = lines[i]
  let last = first
  let next = i
  for (; next < lines.length && lines[next]?.text !== ''; next++) {
    const line = lines[next]
    // A fence may follow at once; anything else that begins here is left to the parser.
    if (next > i && line?.text.startsWith('```')) break
    if (!line || BEGINS.test(line.text) || /\s$|\|/.test(line.text)) return undefined
    last = line
  }
  if (!first || !last) return undefined
  const text = lines
    .slice(i, next)
    .map((one) => one.text)
    .join('\n')
  const children = quickInline(text, first, wiki)
  return children && { node: { type: 'paragraph', children, position: spanOf(first, last) }, next }
}

// ---- lists ------------------------------------------------------------------------

interface Open {
  readonly list: List
  readonly marker: string
  /** The column where the content of its last item begins. */
  content: number
}

/** Reads one line per item, including nested lists, with no empty line between. */
function list(lines: readonly Line[], from: number, wiki: boolean): Found | undefined {
  const open: Open[] = []
  let i = from
  for (; i < lines.length && lines[i]?.text !== ''; i++) {
    const line = lines[i]
    const inside = open.at(-1)
    const code =
      inside && line?.text.startsWith(`${' '.repeat(inside.content)}\`\`\``)
        ? codeIn(lines, i, inside)
        : undefined
    if (inside && code) {
      const item = inside.list.children.at(-1)
      item?.children.push(code.node)
      for (const { list: one } of open) extend(one, code.node)
      i = code.next - 1
      continue
    }
    const [, indent = '', mark = '', words = ''] = ITEM.exec(line?.text ?? '') ?? []
    if (!line || mark === '' || /\s$/.test(words) || isBlock(words)) return undefined
    while (open.length > 1 && indent.length < (open.at(-2)?.content ?? 0)) open.pop()
    const skip = indent.length + mark.length + 1
    const top = open.at(-1)
    const isInside = top !== undefined && indent.length >= top.content
    const base = isInside ? top.content : (open.at(-2)?.content ?? 0)
    if (indent.length - base > 3 || (indent.length > 0 && open.length === 0)) return undefined
    const item = itemOf(line, words, skip, wiki)
    if (!item) return undefined
    const marker = mark.slice(-1)
    if (!isInside && top) {
      if (top.marker !== marker) return undefined
      top.list.children.push(item)
      top.content = skip
    } else {
      if (isInside && /^\d/.test(mark) && Number.parseInt(mark, 10) !== 1) return undefined
      const made = listOf(line, mark, item)
      top?.list.children.at(-1)?.children.push(made)
      open.push({ list: made, marker, content: skip })
    }
    for (const { list: one } of open) extend(one, item)
  }
  const [first] = open
  return first && { node: first.list, next: i }
}

/** Reads code in a fence that is indented like the words of its item. */
function codeIn(
  lines: readonly Line[],
  from: number,
  { content }: Open,
): { node: Code; next: number } | undefined {
  const indent = ' '.repeat(content)
  const bare: Line[] = []
  for (const { text, ...place } of lines.slice(from, from + MAX_CODE)) {
    if (!text.startsWith(indent) && text !== '') return undefined
    bare.push({ ...place, text: text.slice(content) })
    if (bare.length > 1 && /^`{3,} *$/.test(text.slice(content))) break
  }
  const found = fence(bare, 0)
  return found?.node.type === 'code' ? { node: found.node, next: from + found.next } : undefined
}

/** A longer piece of code is left to the parser. */
const MAX_CODE = 200

/** Whether the item is more than words: a task, or a block of its own. */
const isBlock = (words: string) => BEGINS.test(words) || /^\[[ xX]\]/.test(words) || words.includes('|')

function itemOf(line: Line, words: string, skip: number, wiki: boolean): ListItem | undefined {
  const place = { line: line.line, offset: line.offset + skip, column: skip + 1 }
  const children = quickInline(words, place, wiki)
  if (!children) return undefined
  const position = placeOf(words, place, 0, words.length)
  const text: Paragraph = { type: 'paragraph', children, position }
  return { type: 'listItem', spread: false, checked: null, children: [text], position: spanOf(line, line) }
}

function listOf(line: Line, mark: string, item: ListItem): List {
  const ordered = /^\d/.test(mark)
  return {
    type: 'list',
    ordered,
    start: ordered ? Number.parseInt(mark, 10) : null,
    spread: false,
    children: [item],
    position: spanOf(line, line),
  }
}

function extend(one: List, item: ListItem | Code): void {
  const last = one.children.at(-1)
  for (const node of [one, last]) if (node?.position && item.position) node.position.end = item.position.end
}

// ---- tables -----------------------------------------------------------------------

function table(lines: readonly Line[], from: number, wiki: boolean): Found | undefined {
  const [header, border] = [lines[from], lines[from + 1]]
  if (!header || !border) return undefined
  const width = cellsOf(border).length
  const rows: TableRow[] = []
  let last = header
  let i = from
  for (; i < lines.length && lines[i]?.text !== ''; i++) {
    const line = lines[i]
    if (i === from + 1) continue
    if (!line?.text.startsWith('|') || !line.text.endsWith('|') || /[\\`[]/.test(line.text)) return undefined
    const row = rowOf(line, wiki)
    if (!row || (i === from && row.children.length !== width)) return undefined
    rows.push(row)
    last = line
  }
  const node: Table = { type: 'table', align: [], children: rows, position: spanOf(header, last) }
  return { node, next: i }
}

interface Cell {
  readonly text: string
  readonly at: number
}

function cellsOf({ text }: Line): Cell[] {
  const inner = text.replace(/^\|/, '').replace(/\|$/, '')
  let at = text.startsWith('|') ? 1 : 0
  return inner.split('|').map((one) => {
    const cell = { text: one.trim(), at: at + one.length - one.trimStart().length }
    at += one.length + 1
    return cell
  })
}

function rowOf(line: Line, wiki: boolean): TableRow | undefined {
  const row: TableRow = { type: 'tableRow', children: [], position: spanOf(line, line) }
  for (const { text, at } of cellsOf(line)) {
    const place = { line: line.line, offset: line.offset + at, column: at + 1 }
    const children = text === '' ? [] : quickInline(text, place, wiki)
    if (!children) return undefined
    row.children.push({ type: 'tableCell', children, position: placeOf(text, place, 0, text.length) })
  }
  return row
}

function spanOf(first: Line, last: Line) {
  return {
    start: { line: first.line, column: 1, offset: first.offset },
    end: { line: last.line, column: last.text.length + 1, offset: last.offset + last.text.length },
  }
}
