/** Reads Markdown part by part into one tree, with the line numbers of the whole source. */
import type { Root, Yaml } from 'mdast'
import type { Processor } from 'unified'
import { assembled, type Group } from './assembled.js'
import { definedElsewhere, definedIn } from './defined.js'
import { goesOn, quickGoesOn } from './goes-on.js'
import { type Part, partsOf } from './parts.js'
import type { Report } from './problem.js'
import { quickBlocks } from './quick-blocks.js'

/**
 * Twenty quotes or lists inside each other on one line: nobody writes that on purpose, and parsing thousands
 * takes minutes.
 */
const NESTED = /^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){20}/m
/**
 * Reading takes time by the square of the signs in one part: a second at this limit, a fortieth of it for
 * rich notes.
 */
const MAX_WORK = 20_000_000
/**
 * The limit for a topic's file: rich notes of 100 KB hold about 15,000 signs and lines, and reading this many
 * takes two seconds.
 */
const MAX_SIGNS = 30_000
/** The number of characters that are read at once if the text can be split. */
const ENOUGH = 400
/** The parser searches all of them for the target of a link or a footnote. */
const MAX_DEFINED = 1000

export type Markdown = Processor<Root, undefined, undefined, undefined, undefined>

interface Reading {
  /** The maximum number of signs and lines in all. */
  readonly most?: number
  /** Whether `[[notes]]` are links. */
  readonly wiki?: boolean
  /**
   * Called for a part that is too crowded to be read, which is then shown as it is written; without it such a
   * part is refused.
   */
  readonly asWritten?: Report
}

/** Returns undefined if the source was refused, and reports the line at which reading takes too long. */
export function parseTree(
  parser: Markdown,
  source: string,
  report: Report,
  { most = MAX_SIGNS, ...how }: Reading = {},
): Root | undefined {
  try {
    const parts = partsOf(source)
    const crowded = crowdedIn(parts, most)
    if (crowded !== undefined)
      return refuse(report, crowded, `is more than is read: at most ${most} signs and lines; split it up`)
    if (NESTED.test(source)) throw new RangeError('nested')
    return parse(parser, parts, report, how)
  } catch (error) {
    // The parser calls itself for nested content, so a text may be nested too deeply for it.
    if (!(error instanceof RangeError)) throw error
    report(1, 'is nested too deeply')
    return undefined
  }
}

function parse(parser: Markdown, parts: readonly Part[], report: Report, how: Reading): Root | undefined {
  const groups: Group[] = []
  const quick = quickGroups(parts, how)
  let work = 0
  for (let i = 0; i < parts.length; ) {
    const group = quick(i) ?? orAsWritten(readGroup(parser, parts, i, MAX_WORK - work, quick), parts[i], how)
    if ('crowded' in group)
      return refuse(
        report,
        group.crowded,
        'holds too many signs in one piece; part it by blank lines and headings',
      )
    groups.push(group)
    work += group.work
    i += group.parts
  }
  const defined = definedIn(groups)
  if (defined.size > MAX_DEFINED)
    return refuse(report, 1, `holds more than ${MAX_DEFINED} definitions of links and footnotes; split it up`)
  if (defined.size > 0 && groups.length > 1) {
    const knowing = parser().use(definedElsewhere, defined)
    for (const group of groups)
      if (!group.isQuick && group.text.includes('[')) group.root = knowing.parse(group.text)
  }
  return assembled(groups)
}

/** Returns the line of the part in which the number of signs and lines exceeds the limit. */
export function crowdedLine(source: string): number | undefined {
  return crowdedIn(partsOf(source), MAX_SIGNS)
}

function crowdedIn(parts: readonly Part[], most: number): number | undefined {
  let signs = 0
  const last = parts.find((part) => {
    signs += part.weight
    return signs > most
  })
  return last && last.line + 1
}

function refuse(report: Report, line: number, message: string): undefined {
  report(line, message)
}

/** Looks at each part once. */
function quickGroups(parts: readonly Part[], how: Reading): (at: number) => Group | undefined {
  const known = new Map<number, Group | undefined>()
  return (at) => {
    if (!known.has(at)) known.set(at, quickGroup(parts, at, how))
    return known.get(at)
  }
}

/** Returns a part that needs no parser and does not continue in the next one. */
function quickGroup(parts: readonly Part[], from: number, { wiki = false }: Reading): Group | undefined {
  const part = parts[from]
  const front = part && from === 0 ? frontOf(part.text) : undefined
  const children = front
    ? [front]
    : part && quickBlocks(part.text, wiki, { line: part.line + 1, offset: part.offset })
  if (!part || !children) return undefined
  const { text, line, offset } = part
  const lines = text.split('\n')
  const start = { line: line + 1, column: 1, offset }
  const end = {
    line: line + lines.length,
    column: (lines.at(-1)?.length ?? 0) + 1,
    offset: offset + text.length,
  }
  const root: Root = { type: 'root', children, position: { start, end } }
  const next = parts[from + 1]
  if (next && quickGoesOn(root, text, next.text)) return undefined
  return { text, line, offset, parts: 1, work: 0, isQuick: true, root }
}

/** Returns the front matter if the text has nothing else. */
function frontOf(text: string): Yaml | undefined {
  const [, front = '', value = ''] = /^(---\n(?:([\s\S]*?)\n)?---)\n\s*$/.exec(text) ?? []
  if (front === '' || /^---[ \t]*$/m.test(value)) return undefined
  const line = front.split('\n').length
  const end = { line, column: 4, offset: front.length }
  return { type: 'yaml', value, position: { start: { line: 1, column: 1, offset: 0 }, end } }
}

/** Shows a part as code that is too crowded for the parser, if the caller wants that. */
function orAsWritten(
  group: Group | { readonly crowded: number },
  part: Part | undefined,
  { asWritten }: Reading,
): Group | { readonly crowded: number } {
  if (!('crowded' in group) || !asWritten || !part) return group
  const { text, line, offset } = part
  asWritten(group.crowded, 'holds too many signs in one piece: it is shown as it is written')
  const lines = text.split('\n')
  const position = {
    start: { line: 1, column: 1, offset: 0 },
    end: { line: lines.length, column: 1, offset: text.length },
  }
  const root: Root = { type: 'root', children: [{ type: 'code', value: text.trim(), position }], position }
  return { text, line, offset, parts: 1, work: 0, root }
}

/**
 * Reads parts from the given one on that hold enough to be read at once; more if a block that they begin
 * continues after them.
 */
function readGroup(
  parser: Markdown,
  parts: readonly Part[],
  from: number,
  room: number,
  quick: (at: number) => Group | undefined,
): Group | { readonly crowded: number } {
  let count = 0
  for (let length = 0; length < ENOUGH && from + count < parts.length; count++) {
    if (count > 0 && quick(from + count)) break
    length += parts[from + count]?.text.length ?? 0
  }
  for (let isWhole = false; ; isWhole = true) {
    const group = parts.slice(from, from + count)
    const work = isWhole
      ? group.reduce((sum, part) => sum + part.weight, 0) ** 2
      : group.reduce((sum, part) => sum + part.weight ** 2, 0)
    const { line = 0, offset = 0 } = group[0] ?? {}
    if (work > room) return { crowded: lineAt(group, room) }
    const text = group.map((part) => part.text).join('')
    const root = parser.parse(text)
    const next = parts[from + count]
    if (!next || !goesOn(root, text, next.text)) return { text, line, offset, parts: count, work, root }
    count = Math.min(2 * count, parts.length - from)
  }
}

/** Returns the line of the group up to which there is room. */
function lineAt(group: readonly Part[], room: number): number {
  let signs = 0
  for (const part of group) {
    signs += part.weight
    if (signs ** 2 > room) return part.line + 1
  }
  return (group[0]?.line ?? 0) + 1
}
