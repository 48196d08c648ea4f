/**
 * Notes of a vault: one file a section, with `##` groups, `###` topics, `**Purpose:**` and `**Related:**`
 * lines, wikilinks, callouts and embeds. This reads what is there; `import.ts` makes topics of ours from it.
 */
import type { Code, Heading, Paragraph, PhrasingContent, Root, RootContent, Table } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { parseTree } from './parse.js'
import type { Report } from './problem.js'
import { type WikiLink, wikiLinks } from './wikilink.js'
import { readYaml } from './yaml.js'

/** The outside shape of `content import --json`. Lines count from 1, in the file as it is. */
export interface Notes {
  readonly section: { readonly number: number | null; readonly title: string }
  readonly topics: readonly NoteTopic[]
  readonly warnings: readonly Warning[]
}

export interface Warning {
  readonly line: number
  readonly message: string
}

export interface NoteTopic {
  readonly slug: string
  /** As the heading has it. */
  readonly title: string
  readonly line: number
  /** Of the heading: 3 as a rule. */
  readonly level: number
  readonly purpose: string | null
  readonly aliases: readonly string[]
  /** The Markdown below the heading, as it stands. */
  readonly text: string
  readonly links: readonly NoteLink[]
  /** Names on the Related line that are no links. */
  readonly bareRelated: readonly string[]
  /** What `![[…]]` and pictures name. */
  readonly embeds: readonly string[]
  readonly tables: readonly {
    readonly line: number
    readonly header: readonly string[]
    readonly rows: readonly (readonly string[])[]
  }[]
  readonly codeBlocks: readonly {
    readonly line: number
    readonly language: string | null
    readonly text: string
  }[]
}

export interface NoteLink {
  readonly raw: string
  readonly target: string
  readonly anchor: string | null
  readonly label: string | null
  readonly line: number
}

/** A topic with its parsed Markdown. */
export interface ParsedTopic extends NoteTopic {
  readonly nodes: readonly RootContent[]
  /** The titles of the headings inside it. */
  readonly inner: readonly string[]
  /** What the Related line links to. */
  readonly related: readonly NoteLink[]
}

export interface ParsedNotes extends Omit<Notes, 'topics'> {
  readonly topics: readonly ParsedTopic[]
  /** Without folder and ending. */
  readonly name: string
  readonly root: Root
}

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']).use(wikiLinks)

/** Notes of a megabyte hold about 150,000 signs and lines. */
const MAX_SIGNS = 200_000
/** Far above what a section has. */
const MAX_HEADINGS = 1000

/** Groups of this name hold tips for the exam under `###`, which are no things to look up. */
const TIPS = /^exam[\s-]*tips?$/i

interface Block {
  readonly heading: Heading
  readonly nodes: RootContent[]
}

/** Reads the text of a note called `name`; reports why it cannot be read, and is undefined then. */
export function readNotes(
  source: string,
  name: string,
  withoutMaker: Rename,
  report: Report,
): ParsedNotes | undefined {
  if (source.trim() === '') return refuse(report, 1, 'is empty')
  const root = parseTree(parser, source, report, MAX_SIGNS)
  if (!root) return undefined
  const [first] = root.children
  const front = first?.type === 'yaml' ? readFront(first.value, report) : {}
  if (!front) return undefined
  const warnings: Warning[] = []
  const warn: Report = (line, message) => warnings.push({ line, message })
  const blocks = splitAtHeadings(root)
  if (blocks.length > MAX_HEADINGS)
    return refuse(
      report,
      1,
      `holds ${blocks.length} headings; at most ${MAX_HEADINGS} are read, so split it up`,
    )
  const topics = readTopics(blocks, source, withoutMaker, warn)
  if (topics.length === 0)
    return refuse(report, 1, 'holds no topic: a heading of level 3 (###) in a group of level 2 (##)')
  unclosedFence(root, source, warn)
  return { section: sectionOf(blocks, front, name), topics, warnings, name, root }
}

function refuse(report: Report, line: number, message: string): undefined {
  report(line, message)
}

function readFront(text: string, report: Report): Record<string, unknown> | undefined {
  const yaml = readYaml(text, 1, report)
  if (!yaml) return undefined
  const value = yaml.value ?? {}
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>
  return refuse(report, 2, 'the front matter should be keys with values')
}

function lineOf(node: { position?: { start: { line: number } } | undefined }): number {
  return node.position?.start.line ?? 1
}

function splitAtHeadings(root: Root): Block[] {
  const blocks: Block[] = []
  for (const node of root.children) {
    if (node.type === 'heading') blocks.push({ heading: node, nodes: [] })
    else blocks.at(-1)?.nodes.push(node)
  }
  return blocks
}

/**
 * Number and title from the heading of level 1, else from the front matter, else from the name of the file.
 */
function sectionOf(blocks: readonly Block[], front: Record<string, unknown>, name: string): Notes['section'] {
  const top = blocks.find(({ heading }) => heading.depth === 1)
  const heading = top ? textOf(top.heading).trim() : ''
  const [, titled, rest] = /^(?:section|chapter)\s+(\d+)\s*[:.–—-]\s*(.*)$/i.exec(heading) ?? []
  const [, leading, plainName = name] = /^(\d+)[\s._-]+(.*)$/.exec(name) ?? []
  const given = front.section ?? front.number
  const number = titled ?? (typeof given === 'number' ? given : leading)
  const title = rest || heading || (typeof front.title === 'string' ? front.title : plainName)
  return { number: number === undefined ? null : Number(number), title }
}

function readTopics(
  blocks: readonly Block[],
  source: string,
  withoutMaker: Rename,
  warn: Report,
): ParsedTopic[] {
  const found: { block: Block; nodes: RootContent[]; inner: string[]; end: number }[] = []
  let current: (typeof found)[number] | undefined
  let tips = false
  for (const block of blocks) {
    const { depth } = block.heading
    const title = textOf(block.heading).trim()
    const end = block.heading.position?.start.offset ?? 0
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
      current = { block, nodes: [...block.nodes], inner: [], end: source.length }
      found.push(current)
    } else if (depth === 2 && (tips || block.nodes.some((node) => node.type !== 'thematicBreak')))
      warn(
        lineOf(block.heading),
        `"${title}" is ${tips ? 'a group of tips' : 'no topic'}: its text is left out`,
      )
  }
  const slugs = new Map<string, number>()
  return found.map(({ block, nodes, inner, end }) => {
    const title = textOf(block.heading).trim()
    const line = lineOf(block.heading)
    const text = source.slice(block.heading.position?.end.offset ?? 0, end)
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

/** A group is a topic itself when it says what it is for or what it is related to. */
function isTopic({ nodes }: Block): boolean {
  return nodes.some(
    (node) =>
      node.type === 'paragraph' &&
      labelled(node).some(({ label }) => label === 'purpose' || label === 'related'),
  )
}

/** Lower-case words joined by hyphens, at most 60 characters; a heading that comes again gets a number. */
function freeSlug(title: string, line: number, taken: Map<string, number>, warn: Report): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/['’\p{M}]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 56)
    .replace(/^-+|-+$/g, '')
  const base = words || `topic-${line}`
  const earlier = taken.get(base)
  taken.set(base, earlier ?? line)
  if (earlier === undefined) return base
  warn(line, `"${title}" is the heading of line ${earlier} too; links lead to the first`)
  for (let i = 2; ; i++) {
    const slug = `${base}-${i}`
    if (taken.has(slug)) continue
    taken.set(slug, line)
    return slug
  }
}

function contents(
  title: string,
  nodes: readonly RootContent[],
  text: string,
  withoutMaker: Rename,
): Omit<ParsedTopic, 'slug' | 'title' | 'line' | 'level' | 'nodes' | 'inner'> {
  const links: NoteLink[] = []
  const embeds: string[] = []
  const tables: NoteTopic['tables'][number][] = []
  const codeBlocks: NoteTopic['codeBlocks'][number][] = []
  const runs: Run[] = []
  visit({ type: 'root', children: [...nodes] } satisfies Root, (node) => {
    if (node.type === 'wikiLink' && node.embed)
      embeds.push(node.anchor === null ? node.target : `${node.target}#${node.anchor}`)
    else if (node.type === 'wikiLink') links.push(linkOf(node))
    else if (node.type === 'image') embeds.push(node.url)
    else if (node.type === 'table') tables.push(tableOf(node))
    else if (node.type === 'code') codeBlocks.push(codeOf(node))
    else if (node.type === 'paragraph') runs.push(...labelled(node))
  })
  const purpose = runs.find(({ label }) => label === 'purpose')
  const related = runs.filter(({ label }) => label === 'related').flatMap(({ children }) => children)
  return {
    purpose: purpose ? textOf(purpose.children).trim() || null : null,
    aliases: aliasesOf([spaced(title), withoutMaker(title)], title, nodes, runs),
    text: text.replace(/(?:^|\n)---\s*$/, '').trim(),
    links,
    bareRelated: bareNames(related),
    related: related.flatMap((node) => (node.type === 'wikiLink' && !node.embed ? [linkOf(node)] : [])),
    embeds,
    tables,
    codeBlocks,
  }
}

function linkOf(node: WikiLink): NoteLink {
  const { raw, target, anchor, label } = node
  return { raw, target, anchor, label, line: lineOf(node) }
}

function tableOf(node: Table): NoteTopic['tables'][number] {
  const [header = [], ...rows] = node.children.map((row) => row.children.map((cell) => textOf(cell).trim()))
  return { line: lineOf(node), header, rows }
}

function codeOf(node: Code): NoteTopic['codeBlocks'][number] {
  return { line: lineOf(node), language: node.lang ?? null, text: node.value }
}

/** A stretch of a paragraph from a bold label to the next, such as `**Related:** …`. */
export interface Run {
  /** In lower case, without its colon; empty before the first label. */
  readonly label: string
  /** As written. */
  readonly head: string
  readonly children: PhrasingContent[]
}

/** Labels stand at the start of a line; the colon may be bold or not. */
export function labelled(paragraph: Paragraph): Run[] {
  const runs: Run[] = [{ label: '', head: '', children: [] }]
  let lineStart = true
  paragraph.children.forEach((node, i) => {
    const next = paragraph.children[i + 1]
    const colon =
      node.type === 'strong' &&
      (/:\s*$/.test(textOf(node)) || (next?.type === 'text' && next.value.startsWith(':')))
    if (colon && lineStart) {
      const head = textOf(node).replace(/:\s*$/, '').trim()
      runs.push({ label: head.toLowerCase(), head, children: [] })
    } else {
      const run = runs.at(-1)
      const first = run?.label !== '' && run?.children.length === 0 && node.type === 'text'
      run?.children.push(first ? { ...node, value: node.value.replace(/^\s*:?\s*/, '') } : node)
    }
    lineStart = node.type === 'break' || (node.type === 'text' && /\n\s*$/.test(node.value))
  })
  return runs.filter(({ label, children }) => label !== '' || children.length > 0)
}

/** The comma-separated names between the links. */
function bareNames(nodes: readonly PhrasingContent[]): string[] {
  return nodes
    .map((node) => (node.type === 'wikiLink' ? ',' : textOf(node)))
    .join('')
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => /[\p{L}\p{N}]/u.test(name))
}

export function spaced(name: string): string {
  return name.replace(/[-_\s]+/g, ' ').trim()
}

export type Rename = (name: string) => string

/** Takes the names of makers away that stand before another name, unless nothing else is left. */
export function makerRemover(makers: readonly string[]): Rename {
  // The longest first: one may begin with another.
  const names = [...makers]
    .sort((a, b) => b.length - a.length)
    .map((maker) => maker.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  const before = new RegExp(`^(?:(?:${names.join('|')})\\s+)+`, 'iu')
  return (name) => (makers.length === 0 ? spaced(name) : spaced(name).replace(before, ''))
}

/** The title in its forms, and the full or former name that the text gives. */
function aliasesOf(
  forms: readonly string[],
  title: string,
  nodes: readonly RootContent[],
  runs: readonly Run[],
): string[] {
  const [first] = nodes
  const full =
    first?.type === 'paragraph' && first.children.length === 1 && first.children[0]?.type === 'strong'
      ? textOf(first)
      : ''
  const former = runs.filter(({ label }) => label === 'formerly').map(({ children }) => textOf(children))
  const aliases: string[] = []
  for (const name of [...forms, full, ...former].map((text) => text.trim()))
    if (
      name !== '' &&
      !/:$/.test(name) &&
      ![title, ...aliases].some((known) => known.toLowerCase() === name.toLowerCase())
    )
      aliases.push(name)
  return aliases
}

/** A fence that runs to the end of the file swallows what comes after it. */
function unclosedFence(root: Root, source: string, warn: Report): void {
  const last = root.children.at(-1)
  if (last?.type !== 'code' || !last.position) return
  const written = source.slice(last.position.start.offset, last.position.end.offset).split('\n')
  const fence = /^\s*(`{3,}|~{3,})/.exec(written[0] ?? '')?.[1]
  if (fence && !(written.length > 1 && written.at(-1)?.trim().startsWith(fence)))
    warn(lineOf(last), 'the fence that opens here is not closed')
}
