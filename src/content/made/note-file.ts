/** Reads a file of notes to the bodies of its topics: what is kept of it once its tree is discarded. */
import { createHash } from 'node:crypto'
import { readMarkdown } from '../markdown.js'
import { otherNames } from '../other-names.js'
import { crowdedLine } from '../parse.js'
import { type ParsedNote, parseNote } from '../parse-note.js'
import type { Report } from '../problem.js'
import { definedIn, simplified } from '../simplify-markdown.js'
import { markdownText } from '../stringify.js'
import { type Link, linksIn } from './links.js'
import { outlineOf, type Part } from './outline.js'
import { piecesOf } from './pieces.js'
import { fileName, isGeneric } from './titles.js'

/** A topic before it has a unique title and slug. */
export interface NoteTopic {
  readonly file: string
  readonly titles: readonly string[]
  readonly title: string
  readonly line: number
  readonly anchor: string
  readonly inner: Part['inner']
  /** The body in UTF-8, so that a folder of 50 MB is in memory only once. */
  readonly body: Buffer
  /** The hash of the body, which shows whether the notes have changed. */
  readonly hash: string
  readonly links: readonly Link[]
  readonly aliases: readonly string[]
}

export interface NoteFile {
  readonly path: string
  /** The file's name, for topics whose own title says little. */
  readonly name: string
  readonly front: ParsedNote['front']
  readonly topics: readonly NoteTopic[]
}

/** The maximum size of a piece of a topic: far below the 100,000 bytes that a file of a pack may have. */
const MAX_BODY = 60_000

/**
 * Returns undefined if nothing of it can be read; `report` gets the reason, and what else is left out.
 * `emptied`: lines of headings whose questions are taken separately.
 */
export function readNoteFile(
  path: string,
  source: string,
  report: Report,
  emptied: ReadonlySet<number> = new Set(),
): NoteFile | undefined {
  const note = readable(source, report)
  if (!note) return undefined
  const { title, parts } = outlineOf(note, report, emptied)
  const heading = title || textOf(note.front.title)
  const name = heading !== '' && !isGeneric(heading) ? heading : fileName(path)
  const defined = definedIn(note.root)
  const context = { ...defined, warn: report }
  const topics = parts.flatMap((part): NoteTopic[] => {
    const titled = part.titles.at(-1) ?? (heading || name)
    const bodies = piecesOf(simplified(part.nodes, context), MAX_BODY)
    return bodies.flatMap((nodes, i): NoteTopic[] => {
      const body = markdownText(nodes)
      if (!isShowable(body, part.line, report)) return []
      const isFirst = i === 0
      return [
        {
          file: path,
          titles: isFirst ? part.titles : [...part.titles, `(${i + 1})`],
          title: isFirst ? titled : `${titled} (${i + 1})`,
          line: part.line,
          anchor: isFirst ? part.anchor : '',
          inner: isFirst ? part.inner : [],
          body: Buffer.from(body),
          hash: createHash('sha256').update(body).digest('hex').slice(0, 16),
          links: isFirst ? linksIn(part.nodes, defined.definitions) : [],
          aliases: isFirst
            ? [...(part === parts[0] ? namesOf(note.front.aliases) : []), ...otherNames(part.nodes)]
            : [],
        },
      ]
    })
  })
  if (topics.length === 0) report(1, 'holds no text to look up')
  return { path, name, front: note.front, topics }
}

/** Broken front matter is reported and left out, and the rest is read. */
function readable(source: string, report: Report): ParsedNote | undefined {
  const reasons: [number, string][] = []
  const note = parseNote(source, (line, message) => reasons.push([line, message]), report, report)
  if (note) return note
  const [line = 1, reason = ''] = reasons[0] ?? []
  const end = /^---[ \t]*\n[\s\S]*?\n---[ \t]*(?:\n|$)/.exec(source)?.[0]
  if (end === undefined || line > end.split('\n').length) {
    report(line, reason)
    return undefined
  }
  report(line, `the front matter is left out: ${reason}`)
  return parseNote(end.replace(/[^\n]/g, '') + source.slice(end.length), report, report, report)
}

/** Text that the bot would refuse to read is reported and not written. */
function isShowable(body: string, line: number, report: Report): boolean {
  const problems: string[] = []
  const read = readMarkdown(`---\n---\n${body}`, (_line, message) => problems.push(message))
  if (crowdedLine(body) !== undefined) problems.push('it holds more signs than are read; split it up')
  if (read && problems.length === 0) return true
  report(line, `what stands here is left out: ${problems[0] ?? 'it cannot be read'}`)
  return false
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''

function namesOf(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.map(textOf).filter((name) => name !== '' && name.length <= 80)
}
