/** The content of a topic's Markdown: links, tables, code, and the values of its labels. */
import type { Code, PhrasingContent, Root, RootContent, Table } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import { isFormula } from './dialect/formulas.js'
import { labelled, type Run } from './labels.js'
import { type Rename, spaced } from './makers.js'
import { labelledNames, otherNames } from './other-names.js'
import type { WikiLink } from './wikilink.js'

export interface NoteTopic {
  readonly slug: string
  /** The title as the heading has it. */
  readonly title: string
  readonly line: number
  /** The level of the heading, usually 3. */
  readonly level: number
  readonly purpose: string | null
  readonly aliases: readonly string[]
  /** The Markdown below the heading, unchanged. */
  readonly text: string
  readonly links: readonly NoteLink[]
  /** Names on the Related line that are not links. */
  readonly bareRelated: readonly string[]
  /** The names in `![[…]]` and in pictures. */
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
  /** The links of the Related line. */
  readonly related: readonly NoteLink[]
}

/** `text`: the Markdown below the heading. */
export function contents(
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
    else if (node.type === 'code' && !isFormula(node)) codeBlocks.push(codeOf(node))
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

/** Returns the comma-separated names between the links. */
function bareNames(nodes: readonly PhrasingContent[]): string[] {
  return nodes
    .map((node) => (node.type === 'wikiLink' ? ',' : textOf(node)))
    .join('')
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => /[\p{L}\p{N}]/u.test(name))
}

/** Returns the title in its forms, and the full, former and other names that the text gives. */
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
  const labels = runs.filter(({ label }) => label === 'also called' || label === 'also known as')
  const others = [...otherNames(nodes), ...labels.flatMap(({ children }) => labelledNames(children))]
  const aliases: string[] = []
  for (const name of [...forms, full, ...former, ...others].map((text) => text.trim()))
    if (
      name !== '' &&
      !/:$/.test(name) &&
      ![title, ...aliases].some((known) => known.toLowerCase() === name.toLowerCase())
    )
      aliases.push(name)
  return aliases
}

export function lineOf(node: { position?: { start: { line: number } } | undefined }): number {
  return node.position?.start.line ?? 1
}
