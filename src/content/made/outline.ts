/** Decides which headings of a file are topics: each file has its own structure. */
import type { RootContent } from 'mdast'
import { headingName } from '../heading.js'
import { type Block, type ParsedNote, splitAtHeadings } from '../parse-note.js'
import type { Report } from '../problem.js'

/** A part of a file that becomes a topic. */
export interface Part {
  /** The headings that lead to it, its own last; none for the file itself. */
  readonly titles: readonly string[]
  /** The line of its heading. */
  readonly line: number
  readonly anchor: string
  readonly nodes: RootContent[]
  /** The headings inside it, and their anchors. */
  readonly inner: { readonly title: string; readonly anchor: string }[]
}

export interface Outline {
  /** The heading of the whole file; empty if it has none. */
  readonly title: string
  readonly parts: readonly Part[]
}

/**
 * Text above or next to subheadings belongs to their heading, so every text has a topic. `emptied`: lines of
 * headings that are known to have no text.
 */
export function outlineOf(note: ParsedNote, warn: Report, emptied: ReadonlySet<number>): Outline {
  const { before, blocks } = splitAtHeadings(note.root)
  const top = topOf(blocks)
  const rest = top ? blocks.slice(1) : blocks
  const rank = ranks(rest)
  const level = levelOf(rest.map(rank))
  const file: Part = {
    titles: [],
    line: top?.heading.position?.start.line ?? 1,
    anchor: '',
    nodes: [...before, ...(top?.nodes ?? [])],
    inner: [],
  }
  const shown = rest.filter((block) => rank(block) <= level || !emptied.has(lineOf(block)))
  const parts = [file, ...partsOf(shown, rank, level, file)]
  const warnOfOthers: Report = (line, message) => {
    if (!emptied.has(line)) warn(line, message)
  }
  return {
    title: top ? headingName(top.heading).title : '',
    parts: parts.filter((part) => isTopic(part, parts, warnOfOthers)),
  }
}

/** Returns the only heading of level 1, if it comes first. */
function topOf(blocks: readonly Block[]): Block | undefined {
  const [first, ...others] = blocks
  return first?.heading.depth === 1 && !others.some(({ heading }) => heading.depth === 1) ? first : undefined
}

const lineOf = ({ heading }: Block): number => heading.position?.start.line ?? 1

type Rank = (block: Block) => number

/** Levels that a file leaves out are not counted: its highest level is 2. */
function ranks(blocks: readonly Block[]): Rank {
  const depths = [...new Set(blocks.map(({ heading }) => heading.depth))].sort()
  return ({ heading }) => depths.indexOf(heading.depth) + 2
}

/** Returns 3 for topics in groups, 2 for topics, and 1 if the file is one topic. */
function levelOf(found: readonly number[]): number {
  const count = (rank: number) => found.filter((one) => one === rank).length
  const [groups, topics] = [count(2), count(3)]
  if (topics >= 2 && topics >= groups) return 3
  return groups >= 2 ? 2 : 1
}

function partsOf(blocks: readonly Block[], rank: Rank, level: number, file: Part): Part[] {
  const parts: Part[] = []
  let current = file
  let path: string[] = []
  for (const block of blocks) {
    const { title, anchor } = headingName(block.heading)
    const at = rank(block)
    if (at > level) {
      current.nodes.push(block.heading)
      for (const node of block.nodes) current.nodes.push(node)
      current.inner.push({ title, anchor })
      continue
    }
    path = [...path.slice(0, at - 2), title]
    const line = lineOf(block)
    current = { titles: path, line, anchor, nodes: [...block.nodes], inner: [] }
    parts.push(current)
  }
  return parts
}

const SILENT = new Set(['thematicBreak', 'definition', 'footnoteDefinition', 'yaml'])

function isTopic({ titles, line, nodes }: Part, parts: readonly Part[], warn: Report): boolean {
  const words = nodes.filter(
    (node) => !SILENT.has(node.type) && !(node.type === 'html' && /^<!--/.test(node.value)),
  )
  const title = titles.at(-1) ?? ''
  if (CONTENTS.test(title) && words.every(({ type }) => type === 'list')) {
    if (words.length > 0) warn(line, `"${title}" is left out: the look-up finds topics by their names`)
    return false
  }
  if (words.length > 0) return true
  const isGroup = parts.some(
    (part) => part.titles.length > titles.length && part.titles[titles.length - 1] === title,
  )
  if (title !== '' && !isGroup) warn(line, `"${title}" has no text: it is left out`)
  return false
}

const CONTENTS = /^(?:table of )?contents:?$|^toc$|^inhalt(?:sverzeichnis)?$|^index$/i
