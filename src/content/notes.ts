/**
 * Notes of a vault: one file per section, with `##` groups, `###` topics, `**Purpose:**` and `**Related:**`
 * lines, wikilinks, callouts and embeds. This module reads what is there; `import.ts` makes our topics from
 * it.
 */
import type { Root, RootContent } from 'mdast'
import { headingName } from './heading.js'
import { labelled } from './labels.js'
import type { Rename } from './makers.js'
import { contents, lineOf, type NoteTopic, type ParsedTopic } from './note-topic.js'
import { type Block, type ParsedNote, parseNote, splitAtHeadings, textBetween } from './parse-note.js'
import type { Report } from './problem.js'

/** The public shape of `content import --json`. Lines count from 1, in the original file. */
export interface Notes {
  readonly section: { readonly number: number | null; readonly title: string }
  readonly topics: readonly NoteTopic[]
  readonly warnings: readonly Warning[]
}

export interface Warning {
  readonly line: number
  readonly message: string
}

export interface ParsedNotes extends Omit<Notes, 'topics'> {
  readonly topics: readonly ParsedTopic[]
  /** The file name without folder and extension. */
  readonly name: string
  readonly root: Root
}

/** Groups of this name hold exam tips under `###`, which are not topics to look up. */
const TIPS = /^exam[\s-]*tips?$/i

/** Reads the text of a note called `name`; if it cannot be read, reports why and returns undefined. */
export function readNotes(
  source: string,
  name: string,
  withoutMaker: Rename,
  report: Report,
): ParsedNotes | undefined {
  const warnings: Warning[] = []
  const warn: Report = (line, message) => warnings.push({ line, message })
  const note = parseNote(source, report, warn)
  if (!note) return undefined
  const { before, blocks } = splitAtHeadings(note.root)
  const [first] = before.filter((node) => node.type !== 'yaml' && saysSomething(node))
  if (first) warn(lineOf(first), 'the text above the first heading is left out')
  const topics = readTopics(blocks, note.lines, withoutMaker, warn)
  if (topics.length === 0) {
    report(
      1,
      'holds no topic: a heading of level 3 (###) in a group of level 2 (##); "cohort pack new" takes notes of any shape',
    )
    return undefined
  }
  return { section: sectionOf(blocks, note.front, name), topics, warnings, name, root: note.root }
}

function saysSomething({ type }: RootContent): boolean {
  return type !== 'thematicBreak' && type !== 'definition' && type !== 'footnoteDefinition' && type !== 'html'
}

/**
 * Returns number and title from the heading of level 1, else from the front matter, else from the file name.
 */
function sectionOf(blocks: readonly Block[], front: ParsedNote['front'], name: string): Notes['section'] {
  const top = blocks.find(({ heading }) => heading.depth === 1)
  const heading = top ? headingName(top.heading).title : ''
  const [, titled, rest] = /^(?:section|chapter)\s+(\d+)\s*[:.–—-]\s*(.*)$/i.exec(heading) ?? []
  const [, leading, plainName = name] = /^(\d+)[\s._-]+(.*)$/.exec(name) ?? []
  const given = front.section ?? front.number
  const number = titled ?? (typeof given === 'number' ? given : leading)
  const title = rest || heading || (typeof front.title === 'string' ? front.title : plainName)
  return { number: number === undefined ? null : Number(number), title }
}

function readTopics(
  blocks: readonly Block[],
  lines: readonly string[],
  withoutMaker: Rename,
  warn: Report,
): ParsedTopic[] {
  const found: { block: Block; nodes: RootContent[]; inner: string[]; end: number }[] = []
  let current: (typeof found)[number] | undefined
  let tips = false
  for (const block of blocks) {
    const { depth } = block.heading
    const { title } = headingName(block.heading)
    const end = lineOf(block.heading)
    const level = current?.block.heading.depth ?? 0
    if (current && depth > level && depth > 3) {
      current.nodes.push(block.heading)
      for (const node of block.nodes) current.nodes.push(node)
      current.inner.push(title)
      continue
    }
    if (current) current.end = end
    current = undefined
    if (depth <= 2) tips = TIPS.test(title)
    const topic = depth > 2 ? !tips : depth === 2 && isTopic(block)
    if (topic) {
      current = { block, nodes: [...block.nodes], inner: [], end: lines.length + 1 }
      found.push(current)
    } else if (depth === 2 && (tips || block.nodes.some((node) => node.type !== 'thematicBreak')))
      warn(
        lineOf(block.heading),
        `"${title}" is ${tips ? 'a group of tips' : 'no topic'}: its text is left out`,
      )
  }
  const slugs = new Map<string, Taken>()
  return found.map(({ block, nodes, inner, end }) => {
    const { title } = headingName(block.heading)
    const line = lineOf(block.heading)
    const text = textBetween(lines, (block.heading.position?.end.line ?? line) + 1, end)
    return {
      slug: freeSlug(title, line, slugs, warn),
      title,
      line,
      level: block.heading.depth,
      inner,
      nodes,
      ...contents(title, nodes, text, withoutMaker),
    }
  })
}

/** A group is a topic itself if it says what it is for or what it is related to. */
function isTopic({ nodes }: Block): boolean {
  return nodes.some(
    (node) =>
      node.type === 'paragraph' &&
      labelled(node).some(({ label }) => label === 'purpose' || label === 'related'),
  )
}

/** The line of the first topic with a heading, and the number for the next one with the same heading. */
interface Taken {
  readonly line: number
  next: number
}

/** Returns lower-case words joined by hyphens, at most 60 characters; a repeated heading gets a number. */
function freeSlug(title: string, line: number, taken: Map<string, Taken>, warn: Report): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’\p{M}]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replace(/^-+|-+$/g, '')
  const base = words || `topic-${line}`
  const earlier = taken.get(base)
  if (earlier === undefined) {
    taken.set(base, { line, next: 2 })
    return base
  }
  warn(line, `"${title}" is the heading of line ${earlier.line} too; links lead to the first`)
  for (;;) {
    const slug = `${base}-${earlier.next++}`
    if (taken.has(slug)) continue
    taken.set(slug, { line, next: 2 })
    return slug
  }
}
