/**
 * Converts notes of a vault to our topics: resolves names, and reduces the Markdown to what a chat can show.
 */
import type { RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import { Document, visit as visitYaml } from 'yaml'
import { labelled } from './labels.js'
import { makerRemover, type Rename, spaced } from './makers.js'
import { readMarkdown } from './markdown.js'
import type { NoteLink, ParsedTopic } from './note-topic.js'
import { type Notes, type ParsedNotes, readNotes, type Warning } from './notes.js'
import { isNamesLine } from './other-names.js'
import { crowdedLine } from './parse.js'
import type { Report } from './problem.js'
import { SENTENCE_END, UNSHOWABLE } from './schema.js'
import type { Context } from './simplify-context.js'
import { definedIn, simplified } from './simplify-markdown.js'
import { markdownText } from './stringify.js'

export interface Imported {
  readonly notes: Notes
  /** File name and text of each topic. */
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

/** An existing topic, to which links may lead. */
export interface Known {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
}

/**
 * The pack that a note is for: the topics of its other sections, and the makers' names that its titles may
 * leave out.
 */
export interface Around {
  readonly known: readonly Known[]
  readonly makers: readonly string[]
}

/**
 * Reads the note `name`; `today` is the date on which the facts count as checked (ISO). If that is
 * impossible, it reports why and returns undefined.
 */
export function importNotes(
  source: string,
  name: string,
  { known, makers }: Around,
  today: string,
  report: Report,
): Imported | undefined {
  const whole = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const text = whole.replace(new RegExp(UNSHOWABLE.source, 'gu'), '')
  const withoutMaker = makerRemover(makers)
  const parsed = readNotes(text, name, withoutMaker, report)
  if (!parsed) return undefined
  const warnings = [...parsed.warnings]
  const told = new Set(warnings.map(({ line, message }) => `${line}: ${message}`))
  const warn: Report = (line, message) => {
    if (!told.has(`${line}: ${message}`)) warnings.push({ line, message })
    told.add(`${line}: ${message}`)
  }
  const control = whole.search(UNSHOWABLE)
  if (control >= 0)
    warn(
      whole.slice(0, control).split('\n').length,
      'control characters, here and further down, are left out',
    )
  const resolve = resolver(parsed, known, withoutMaker)
  const { titles, aliases } = freshNames(parsed.topics, known)
  const defined = definedIn(parsed.root)
  const files = parsed.topics.map((topic, i) => {
    const crowded = crowdedLine(topic.text)
    if (crowded !== undefined) {
      report(
        topic.line + crowded,
        `the topic "${topic.title}" holds more signs and lines than are read; split it up`,
      )
      return { name: `${topic.slug}.md`, text: '' }
    }
    const related = relatedOf(topic, resolve, warn)
    const written = write(
      { topic, title: titles[i] ?? '', aliases: aliases[i] ?? [], related, today },
      { ...defined, warn },
    )
    // A topic that the bot would refuse to read is not written.
    readMarkdown(written, (_line, message) =>
      report(topic.line, `the topic "${topic.title}" cannot be shown: ${message}`),
    )
    return { name: `${topic.slug}.md`, text: written }
  })
  warnings.sort((a, b) => a.line - b.line)
  return { notes: outside(parsed, warnings), files }
}

function outside({ section, topics }: ParsedNotes, warnings: readonly Warning[]): Notes {
  return {
    section,
    topics: topics.map(({ nodes: _nodes, inner: _inner, related: _related, ...topic }) => topic),
    warnings,
  }
}

// ---- links --------------------------------------------------------------------

/** Returns undefined if the name leads nowhere, and null if it leads to this note as a whole. */
type Resolve = (name: string) => string | null | undefined

/**
 * Resolves by title, then by other names, with or without the maker's name; this section before the others.
 */
function resolver(notes: ParsedNotes, known: readonly Known[], withoutMaker: Rename): Resolve {
  const slugs = new Map<string, string>()
  const add = (name: string, slug: string) => {
    const plain = spaced(name).toLowerCase()
    if (plain !== '' && !slugs.has(plain)) slugs.set(plain, slug)
  }
  for (const topics of [notes.topics, known]) {
    for (const { title, slug } of topics) add(title, slug)
    for (const { title, slug } of topics) add(withoutMaker(title), slug)
    for (const { aliases, slug } of topics) for (const name of aliases) add(name, slug)
    for (const { aliases, slug } of topics) for (const name of aliases) add(withoutMaker(name), slug)
    if (topics === notes.topics)
      for (const { inner, slug } of notes.topics) for (const name of inner) add(name, slug)
  }
  const self = new Set([notes.name, notes.section.title].map((name) => spaced(name).toLowerCase()))
  return (name) => {
    const plain = spaced(name).toLowerCase()
    return slugs.get(plain) ?? slugs.get(withoutMaker(plain)) ?? (self.has(plain) ? null : undefined)
  }
}

function relatedOf(topic: ParsedTopic, resolve: Resolve, warn: Report): string[] {
  const slugs = new Set<string>()
  const add = (found: string | null | undefined) => found && found !== topic.slug && slugs.add(found)
  for (const link of topic.links) {
    const found = resolve(nameOf(link))
    if (found === undefined) warn(link.line, `${link.raw} leads to no topic that is known here`)
    add(found)
  }
  for (const name of topic.bareRelated) {
    const found = resolve(name)
    if (found === undefined) warn(relatedLine(topic), `"${name}" is the name of no topic that is known here`)
    add(found)
  }
  return [...slugs]
}

/** Returns the last heading that the link names, or else the note. */
function nameOf({ target, anchor }: NoteLink): string {
  return anchor?.split('#').at(-1) ?? target.split('/').at(-1)?.replace(/\.md$/i, '') ?? target
}

function relatedLine(topic: ParsedTopic): number {
  const line = topic.nodes.find(
    (node) => node.type === 'paragraph' && labelled(node).some(({ label }) => label === 'related'),
  )
  return line?.position?.start.line ?? topic.line
}

/**
 * Returns a title for each topic, numbered if another topic has it, and the other names that no other topic
 * has.
 */
function freshNames(
  topics: readonly ParsedTopic[],
  known: readonly Known[],
): { titles: string[]; aliases: string[][] } {
  const taken = new Set(
    known.flatMap((topic) => [topic.title, ...topic.aliases]).map((name) => name.toLowerCase()),
  )
  const take = (name: string) => {
    const fresh = name !== '' && !taken.has(name.toLowerCase())
    taken.add(name.toLowerCase())
    return fresh
  }
  // Notes may repeat a heading often, so numbers that are taken are not tried again.
  const next = new Map<string, number>()
  const titles = topics.map((topic) => {
    const title = cut(shown(topic).trim(), 70) || `Topic of line ${topic.line}`
    for (let i = next.get(title) ?? 1; ; i++) {
      const numbered = i === 1 ? title : `${title} (${i})`
      next.set(title, i + 1)
      if (take(numbered)) return numbered
    }
  })
  return {
    titles,
    aliases: topics.map((topic) =>
      [topic.title, ...topic.aliases].map((name) => cut(name.trim(), 80)).filter(take),
    ),
  }
}

// ---- the file -------------------------------------------------------------------

/** Vaults join the words of a heading by hyphens, so that links need no spaces. */
function shown({ title }: ParsedTopic): string {
  return (/\s/.test(title) ? title : spaced(title)) || title
}

interface Draft {
  readonly topic: ParsedTopic
  readonly title: string
  readonly aliases: readonly string[]
  readonly related: readonly string[]
  readonly today: string
}

function write({ topic, title, aliases, related, today }: Draft, context: Context): string {
  const body = simplified(topic.nodes, context)
  const front = {
    title,
    aliases,
    summary: summaryOf(topic, body),
    ...(related.length > 0 && { related }),
    sources: { notes: sourceLines(topic), documents: [], checked: today },
  }
  const yaml = new Document(front)
  visitYaml(yaml, {
    Seq: (_key, list) => {
      list.flow = true
    },
  })
  return `---\n${yaml.toString({ lineWidth: 0 })}---\n${markdownText(body)}`
}

/** Returns at most two sentences: the purpose, else the first text, else the title. */
function summaryOf(topic: ParsedTopic, body: readonly RootContent[]): string {
  const paragraphs = body.filter((node) => node.type === 'paragraph' || node.type === 'list')
  const texts = [
    topic.purpose ?? '',
    ...paragraphs.map((node) => textOf(node.type === 'list' ? (node.children[0] ?? node) : node)),
    shown(topic),
  ]
  for (const text of texts) {
    if (isNamesLine(text)) continue
    const plain = firstSentences(cut(text.replace(/\s+/g, ' ').trim(), 400))
    const escaped = markdownText([{ type: 'paragraph', children: [{ type: 'text', value: plain }] }]).trim()
    if (escaped !== '') return escaped
  }
  return `Topic of line ${topic.line}`
}

/** Returns at most two sentences, as the schema counts them. */
function firstSentences(text: string): string {
  const [, second] = [...text.matchAll(SENTENCE_END)]
  return second ? text.slice(0, second.index + 1) : text
}

function sourceLines(topic: ParsedTopic): number[] {
  const lines = new Set([topic.line])
  for (const node of topic.nodes)
    for (let n = node.position?.start.line ?? topic.line; n <= (node.position?.end.line ?? 0); n++)
      if (node.type !== 'thematicBreak') lines.add(n)
  return [...lines]
}

function cut(text: string, max: number): string {
  if (text.length <= max) return text
  const short = text.slice(0, max - 1)
  const whole = short.slice(0, Math.max(short.lastIndexOf(' '), max / 2)).replace(/[\uD800-\uDBFF]$/, '')
  return `${whole.trimEnd()}…`
}
