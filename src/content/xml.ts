/**
 * Reads XML of other programs to a tree. Nothing is fetched, and only the entities of XML and of HTML and numbers
 * are expanded; a file that declares its own entities is refused. Unclosed elements are recorded, so that the
 * rest of a damaged file can be read.
 */
import { Parser } from 'htmlparser2'

export interface XmlElement {
  /** The name without the prefix of its namespace. */
  readonly name: string
  /** Values by name without prefix; a name that had no prefix takes precedence. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlNode[]
  /** Counts from 1. */
  readonly line: number
  /** What is wrong in it, such as a tag that is not closed; empty for nothing. */
  readonly fault: string
}
export type XmlNode = XmlElement | string

export interface XmlRefused {
  readonly line: number
  readonly reason: string
}

const MAX_DEPTH = 100
/** A sheet of 2,000 questions has 26 columns, and three elements per cell. */
const MAX_ELEMENTS = 300_000

/** Returns the outermost element. Never throws. */
export function readXml(text: string): XmlElement | XmlRefused {
  const tree = treeBuilder(lineCounter(text))
  let isCdata = false
  const parser = new Parser(
    {
      onopentagname: (name) => tree.open(name, parser.startIndex),
      onattribute: (name, value) => tree.attribute(name, value),
      oncdatastart: () => {
        isCdata = true
      },
      oncdataend: () => {
        isCdata = false
      },
      ontext: (data) => tree.text(isCdata ? data : withNamedSigns(data)),
      // The parser calls `<a/>` implied, too.
      onclosetag: (_name, isImplied) => tree.close(isImplied && text[parser.endIndex - 1] !== '/'),
      onprocessinginstruction: (name, data) => tree.instruction(name, data, parser.startIndex),
    },
    { xmlMode: true },
  )
  try {
    parser.write(text)
    tree.atEnd()
    parser.end()
  } catch (error) {
    if (error instanceof Refusal) return error.told
    throw error
  }
  return tree.root() ?? { line: 1, reason: 'is no XML: it has no element' }
}

/**
 * Many files have names of HTML such as `&nbsp;` without declaring them. What XML itself knows is expanded
 * before, in a text of its own: `&amp;nbsp;` comes as `&` and `nbsp;`.
 */
const withNamedSigns = (text: string) =>
  text.includes('&') ? text.replace(/&[a-z][a-z\d]{1,30};/gi, namedSign) : text

function namedSign(entity: string): string {
  let found = ''
  const parser = new Parser({ ontext: (data) => (found += data) })
  parser.end(entity)
  return found
}

/** Stops the reading at once. */
class Refusal extends Error {
  readonly told: XmlRefused
  constructor(line: number, reason: string) {
    super(reason)
    this.told = { line, reason }
  }
}

interface Draft {
  readonly name: string
  readonly attributes: Map<string, string>
  readonly children: XmlNode[]
  readonly line: number
  fault: string
}

function treeBuilder(lineAt: (index: number) => number) {
  const open: Draft[] = []
  let root: Draft | undefined
  let elements = 0
  let isAtEnd = false
  return {
    open(name: string, index: number) {
      const line = lineAt(index)
      if (open.length >= MAX_DEPTH) throw new Refusal(line, 'is nested too deeply')
      if (++elements > MAX_ELEMENTS)
        throw new Refusal(line, `holds more than ${MAX_ELEMENTS} elements; split it up`)
      const draft: Draft = { name: localName(name), attributes: new Map(), children: [], line, fault: '' }
      open.at(-1)?.children.push(draft)
      root ??= draft
      open.push(draft)
    },
    attribute(name: string, value: string) {
      const attributes = open.at(-1)?.attributes
      const local = localName(name)
      if (local === name || !attributes?.has(local)) attributes?.set(local, value)
    },
    text(data: string) {
      open.at(-1)?.children.push(data)
    },
    close(isImplied: boolean) {
      const closed = open.pop()
      if (!closed) return
      if (isAtEnd) closed.fault = 'the file ends in the midst of it'
      else if (isImplied) closed.fault ||= `<${closed.name}> of line ${closed.line} is not closed`
      const outer = open.at(-1)
      if (outer) outer.fault ||= closed.fault
    },
    instruction(name: string, data: string, index: number) {
      if (/^!doctype/i.test(name) && data.includes('['))
        throw new Refusal(lineAt(index), 'declares entities of its own (DOCTYPE), which are not read')
    },
    atEnd() {
      isAtEnd = true
    },
    root: (): XmlElement | undefined => root,
  }
}

const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1)

/** Returns the line of an index; the indexes must not decrease. */
function lineCounter(text: string): (index: number) => number {
  let line = 1
  let end = text.indexOf('\n')
  return (index) => {
    for (; end >= 0 && end < index; end = text.indexOf('\n', end + 1)) line++
    return line
  }
}

// ---- content of a tree --------------------------------------------------------------

/** Returns the children with these names, in their order; all children if no name is given. */
export function childrenOf(element: XmlElement | undefined, ...names: readonly string[]): XmlElement[] {
  return (element?.children ?? []).filter(
    (node): node is XmlElement =>
      typeof node !== 'string' && (names.length === 0 || names.includes(node.name)),
  )
}

export const childOf = (element: XmlElement | undefined, ...names: readonly string[]) =>
  childrenOf(element, ...names)[0]

/** Returns the elements with these names at any depth, in their order, including nested ones. */
export function allIn(element: XmlElement, ...names: readonly string[]): XmlElement[] {
  const found: XmlElement[] = []
  const walk = (one: XmlElement) => {
    for (const child of childrenOf(one)) {
      if (names.includes(child.name)) found.push(child)
      walk(child)
    }
  }
  walk(element)
  return found
}

/** Returns all text in the element. */
export function textOf(element: XmlElement | undefined): string {
  return (element?.children ?? []).map((node) => (typeof node === 'string' ? node : textOf(node))).join('')
}

/** Returns the content of the element as markup, without the elements that `isLeftOut` names. */
export function markupOf(element: XmlElement | undefined, isLeftOut: (one: XmlElement) => boolean): string {
  return (element?.children ?? [])
    .map((node) => {
      if (typeof node === 'string') return escapeXml(node)
      if (isLeftOut(node)) return ''
      const attributes = [...node.attributes]
        .map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
        .join('')
      return `<${node.name}${attributes}>${markupOf(node, isLeftOut)}</${node.name}>`
    })
    .join('')
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Escapes both texts and values of attributes. */
export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign)
