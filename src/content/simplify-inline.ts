/** Reduces the words of notes to what a chat can show. */
import type { Html, PhrasingContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { isShown } from './formats/html-tags.js'
import { htmlText } from './formats/html-text.js'
import type { Context } from './simplify-context.js'

export function inlines(nodes: readonly PhrasingContent[], context: Context): PhrasingContent[] {
  const result: PhrasingContent[] = []
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    const pair = node?.type === 'html' ? pairFrom(nodes, i) : undefined
    if (pair) {
      result.push(...inElement(pair.name, pair.tag, nodes.slice(i + 1, pair.end), context))
      i = pair.end
    } else if (node && isEndOfWords(node, nodes)) result.push({ type: 'text', value: node.value })
    else if (node) result.push(...inline(node, context))
  }
  return result
}

/** Matches `</String>`, which stays as text if `<String>` does. */
function isEndOfWords(node: PhrasingContent, nodes: readonly PhrasingContent[]): node is Html {
  const name = node.type === 'html' ? /^<\/([a-z][\w.-]*)\s*>$/i.exec(node.value)?.[1] : undefined
  if (name === undefined || isShown(name.toLowerCase())) return false
  return nodes.some((one) => one.type === 'html' && one.value === `<${name}>`)
}

function inline(node: PhrasingContent, context: Context): PhrasingContent[] {
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
      context.warn(line, `"${short(textOf(node))}" is shown without the line through it`)
      return inlines(node.children, context)
    case 'inlineCode':
      return node.value.trim() === '' ? [] : [{ type: 'inlineCode', value: node.value.replace(/\s+/g, ' ') }]
    case 'break':
      return brokenLine(line, context)
    case 'link':
      return link(node.url, inlines(node.children, context))
    case 'linkReference':
      return link(context.definitions.get(node.identifier) ?? '', inlines(node.children, context))
    case 'image':
    case 'imageReference':
      context.warn(line, `the picture "${node.alt ?? ''}" is left out`)
      return []
    case 'html':
      return html(node.value, line, context)
    case 'footnoteReference':
      return [{ type: 'text', value: `[${node.label ?? node.identifier}]` }]
  }
}

const BREAK = /^<br\s*\/?>$/i

/** Whether the author wanted a line to end here. */
export const isBreak = (node: PhrasingContent): boolean =>
  node.type === 'break' || (node.type === 'html' && BREAK.test(node.value))

export const BROKEN_LINE = 'the end of a line is shown as a space'

function brokenLine(line: number, { warn }: Context): PhrasingContent[] {
  warn(line, BROKEN_LINE)
  return [{ type: 'text', value: ' ' }]
}

// ---- HTML -------------------------------------------------------------------------

interface Pair {
  readonly name: string
  readonly tag: string
  /** The index of the end tag. */
  readonly end: number
}

/** How far an end tag is searched for: a line does not have more elements. */
const NEAR = 200

/** Returns undefined if no end tag follows. */
function pairFrom(nodes: readonly PhrasingContent[], from: number): Pair | undefined {
  const node = nodes[from]
  const tag = node?.type === 'html' ? node.value : ''
  const name = /^<([a-z][a-z0-9]*)\b[^>]*(?<!\/)>$/i.exec(tag)?.[1]?.toLowerCase()
  if (name === undefined || !FORMATS.has(name)) return undefined
  for (let end = from + 1; end < nodes.length && end < from + NEAR; end++) {
    const other = nodes[end]
    if (other?.type === 'html' && new RegExp(`^</${name}\\s*>$`, 'i').test(other.value))
      return { name, tag, end }
  }
  return undefined
}

const FORMATS = new Set('b,strong,mark,i,em,var,cite,code,kbd,samp,tt,sub,sup,a'.split(','))

function inElement(
  name: string,
  tag: string,
  nodes: readonly PhrasingContent[],
  context: Context,
): PhrasingContent[] {
  const children = inlines(nodes, context)
  const text = textOf(children)
  if (text.trim() === '') return children
  if (/^(?:b|strong|mark)$/.test(name)) return [{ type: 'strong', children }]
  if (/^(?:i|em|var|cite)$/.test(name)) return [{ type: 'emphasis', children }]
  if (/^(?:code|kbd|samp|tt)$/.test(name)) return [{ type: 'inlineCode', value: text }]
  if (name === 'a') return link(/href\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1] ?? '', children)
  // Raised digits must stay visible, since 10<sup>6</sup> is not 106.
  return [{ type: 'text', value: htmlText(`<${name}>${escaped(text)}</${name}>`).text }]
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Text that only looks like a tag, such as `List<String>`, stays text. */
function html(value: string, line: number, context: Context): PhrasingContent[] {
  if (BREAK.test(value)) return brokenLine(line, context)
  if (/^<(?:wbr|hr)\s*\/?>$/i.test(value)) return [{ type: 'text', value: ' ' }]
  if (/^<[!?]/.test(value) || /^<a\b[^>]*\b(?:name|id)=[^>]*>$|^<\/a\s*>$/i.test(value)) return []
  const name = /^<\/?([a-z][\w.-]*)/i.exec(value)?.[1] ?? ''
  if (!isShown(name.toLowerCase()) && !/^<\/|\/>$|=/.test(value)) return [{ type: 'text', value }]
  const picture = /^<img\b[^>]*?(?:\balt\s*=\s*["']([^"']*)["'])?[^>]*>$/i.exec(value)
  if (picture) context.warn(line, `the picture "${picture[1] ?? ''}" is left out`)
  else if (!/^<\//.test(value)) context.warn(line, `HTML is left out, and its text stays: ${short(value)}`)
  return []
}

// ---- words ------------------------------------------------------------------------

const short = (text: string) => (text.length > 40 ? `${text.slice(0, 39).trimEnd()}…` : text)

/** Joins lines by one space each. */
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
