/** Parses a file of notes to a tree, whatever dialect it is written in. */
import type { Heading, Root, RootContent } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { plainMarkdown } from './dialect/dialect.js'
import { parseTree } from './parse.js'
import type { Report } from './problem.js'
import { wikiLinks } from './wikilink.js'
import { readYaml } from './yaml.js'

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml']).use(wikiLinks)

/** Notes of a megabyte hold about 150,000 signs and lines. */
const MAX_SIGNS = 400_000
/** Far more than a file has. */
const MAX_HEADINGS = 20_000

export interface ParsedNote {
  readonly root: Root
  readonly front: Readonly<Record<string, unknown>>
  /** The lines of the original file, from the first. */
  readonly lines: readonly string[]
}

/** A heading with the nodes below it, up to the next heading. */
export interface Block {
  readonly heading: Heading
  readonly nodes: RootContent[]
}

/**
 * Lines end with a line feed. If the source cannot be read, it reports why and returns undefined; it warns
 * about what is lost. `asWritten` is called for pieces that are shown as they are written, since they hold
 * too much for the parser.
 */
export function parseNote(
  source: string,
  report: Report,
  warn: Report,
  asWritten?: Report,
): ParsedNote | undefined {
  if (source.trim() === '') return refuse(report, 1, 'is empty')
  const plain = plainMarkdown(source, warn)
  const root = parseTree(parser, plain.text, report, {
    most: MAX_SIGNS,
    wiki: true,
    ...(asWritten && { asWritten }),
  })
  if (!root) return undefined
  const [first] = root.children
  const front = first?.type === 'yaml' ? readFront(first.value, report) : plain.front
  if (!front) return undefined
  const headings = root.children.filter((node) => node.type === 'heading').length
  if (headings > MAX_HEADINGS)
    return refuse(report, 1, `holds ${headings} headings; at most ${MAX_HEADINGS} are read, so split it up`)
  unclosedFence(root, plain.text, warn)
  if (MAY_HAVE_COMMENT.test(plain.text)) commentsIn(root, warn)
  return { root, front, lines: source.split('\n') }
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

/** `before`: the nodes above the first heading. */
export function splitAtHeadings(root: Root): { before: RootContent[]; blocks: Block[] } {
  const before: RootContent[] = []
  const blocks: Block[] = []
  for (const node of root.children) {
    if (node.type === 'heading') blocks.push({ heading: node, nodes: [] })
    else (blocks.at(-1)?.nodes ?? before).push(node)
  }
  return { before, blocks }
}

/** Returns the original lines between two headings; `from` and `to` count from 1, and `to` is excluded. */
export function textBetween(lines: readonly string[], from: number, to: number): string {
  return lines.slice(from - 1, to - 1).join('\n')
}

/** Most files have no comments, so their tree need not be searched. */
const MAY_HAVE_COMMENT = /<!--|\]:/

/**
 * Warns of text that only the author reads and that is left out: `<!-- -->`, and a link that leads nowhere
 * with the remark as its title.
 */
function commentsIn(root: Root, warn: Report): void {
  visit(root, (node) => {
    const line = node.position?.start.line ?? 1
    if (node.type === 'html')
      for (const { index } of node.value.matchAll(/<!--/g))
        warn(line + node.value.slice(0, index).split('\n').length - 1, 'a comment (<!-- -->) is left out')
    else if (node.type === 'definition' && /^#?$/.test(node.url) && node.title)
      warn(line, `a comment ([${node.label ?? ''}]: #) is left out`)
  })
}

/** Warns of a fence that runs to the end of the file, since it swallows everything after it. */
function unclosedFence(root: Root, source: string, warn: Report): void {
  const last = root.children.at(-1)
  if (last?.type !== 'code' || !last.position) return
  const written = source.slice(last.position.start.offset, last.position.end.offset).split('\n')
  const fence = /^\s*(`{3,}|~{3,})/.exec(written[0] ?? '')?.[1]
  if (fence && !(written.length > 1 && written.at(-1)?.trim().startsWith(fence)))
    warn(last.position.start.line, 'the fence that opens here is not closed')
}
