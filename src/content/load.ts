/**
 * Reads a whole content folder. Nothing wrong in it throws: every problem is reported, and broken content is
 * left out.
 */
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Diagram, Kind, Question, Topic } from '../core/model.js'
import { compare } from '../core/order.js'
import { plain, short, type Text } from '../core/text.js'
import { type Bank, createBank, type Draft } from './bank.js'
import { crossCheck } from './check.js'
import { placed } from './exam-view.js'
import { entries, hashOfPack, isDrafts, MAX_BYTES } from './files.js'
import { type Body, inlineText, readMarkdown } from './markdown.js'
import { isNamesLine } from './other-names.js'
import { inOrder, type Problem, type Report } from './problem.js'
import {
  comparison,
  frontMatter,
  MAX_SUMMARY,
  pack as packSchema,
  question as questionSchema,
  SENTENCE_END,
  slug,
  UNSHOWABLE,
} from './schema.js'
import { check, readYaml } from './yaml.js'

const PACK_FILES = ['pack.yaml', 'README.md']

export interface Loaded {
  /** The banks in their order: the first applies if nobody chose. */
  readonly banks: readonly Bank[]
  readonly problems: readonly Problem[]
}

/** `only`: the id of the only pack of the folder to read. */
export async function loadContent(dir: string, only?: string): Promise<Loaded> {
  const problems: Problem[] = []
  const read: Draft[] = []
  const report = reporter('.', problems)
  const folders = await entries(dir)
  if (!folders) report(1, `there is no folder ${dir}; CONTENT_DIR names it`)
  for (const entry of folders ?? [])
    if (entry.isDirectory() && (only ?? entry.name) === entry.name)
      read.push(...(await loadPack(dir, entry.name, problems)))
  if (folders && read.length === 0 && problems.length === 0)
    report(1, 'there is no pack: a folder with a pack.yaml')
  const drafts = read.sort((a, b) => (a.pack.order ?? 0) - (b.pack.order ?? 0))
  const all = [...problems, ...drafts.flatMap(crossCheck)]
  return {
    banks: drafts.map(createBank),
    problems: inOrder(all),
  }
}

export function contentSummary(banks: readonly Bank[]) {
  const [topics, questions] = [banks.flatMap((bank) => bank.topics), banks.flatMap((bank) => bank.questions)]
  const byKind: Partial<Record<Kind, number>> = {}
  for (const question of questions) byKind[question.kind] = (byKind[question.kind] ?? 0) + 1
  return { topics: topics.length, questions: questions.length, byKind }
}

async function loadPack(root: string, id: string, problems: Problem[]): Promise<Draft[]> {
  const file = `${id}/pack.yaml`
  const report = reporter(file, problems)
  const hash = await hashOfPack(root, id)
  const text = await readText(root, file, report)
  const yaml = text === undefined ? undefined : readYaml(text, 0, report)
  const pack = yaml && check(yaml, yaml.value, packSchema, [], report)
  if (!pack) return []
  const draft: Draft = { pack: { id, ...pack }, topics: [], questions: [], comparisons: [], hash }
  const found = (await entries(path.join(root, id))) ?? []
  for (const section of pack.sections) {
    if (found.some((entry) => entry.isDirectory() && entry.name === section.id))
      await loadSection(root, section.id, draft, problems)
    else report(1, `sections: there is no folder ${section.id}`)
  }
  for (const entry of found) {
    if (entry.isDirectory() && !pack.sections.some((s) => s.id === entry.name))
      report(1, `the section ${entry.name} is a folder but not in "sections"`)
    else if (/\.(md|ya?ml)$/.test(entry.name) && !PACK_FILES.includes(entry.name))
      reporter(`${id}/${entry.name}`, problems)(
        1,
        'is not read here: topics and questions stand in the folder of a section',
      )
  }
  return [{ ...draft, questions: draft.questions.map((question) => placed(question, pack)) }]
}

/**
 * Reads only the topics of a section, at most `most` of them; `loadContent` reports what is wrong in them.
 */
export async function loadTopics(
  root: string,
  { pack, section }: Omit<Place, 'file'>,
  most: number,
): Promise<Topic[]> {
  const topics: Topic[] = []
  for (const { name } of (await entries(path.join(root, pack, section))) ?? []) {
    if (topics.length >= most) break
    if (!name.endsWith('.md')) continue
    const file = `${pack}/${section}/${name}`
    const text = await readText(root, file, () => {})
    if (text !== undefined) topics.push(...readTopic(text, { pack, section, file }, () => {}))
  }
  return topics
}

/** Returns the makers' names of a pack; none if its pack.yaml cannot be read, which `loadContent` reports. */
export async function makersOf(root: string, pack: string): Promise<readonly string[]> {
  const text = await readText(root, `${pack}/pack.yaml`, () => {})
  const yaml = text === undefined ? undefined : readYaml(text, 0, () => {})
  return (yaml && check(yaml, yaml.value, packSchema, [], () => {}))?.vocabulary.makers ?? []
}

async function loadSection(root: string, section: string, draft: Draft, problems: Problem[]): Promise<void> {
  const pack = draft.pack.id
  const folder = `${pack}/${section}`
  for (const entry of (await entries(path.join(root, folder))) ?? []) {
    if (isDrafts(entry.name)) continue
    const file = `${folder}/${entry.name}`
    const report = reporter(file, problems)
    const text = await readText(root, file, report)
    if (text === undefined) continue
    if (entry.name.endsWith('.questions.yaml'))
      draft.questions.push(...readQuestions(text, { pack, section, file }, report))
    else if (entry.name === 'compare.yaml') draft.comparisons.push(...readComparisons(text, file, report))
    else if (entry.name.endsWith('.md'))
      draft.topics.push(...readTopic(text, { pack, section, file }, report))
    else report(1, 'is no topic (.md), no questions (.questions.yaml) and not compare.yaml')
  }
}

function reporter(file: string, problems: Problem[]): Report {
  return (line, message) => problems.push({ level: 'error', file, line, message })
}

/** Links could lead out of the folder, so only regular files are read. */
async function readText(root: string, file: string, report: Report): Promise<string | undefined> {
  const full = path.join(root, file)
  const info = await lstat(full).catch(() => undefined)
  if (!info) report(1, 'is missing')
  else if (!info.isFile()) report(1, 'only plain files are read here')
  else if (info.size > MAX_BYTES) report(1, `is too large: at most ${MAX_BYTES} bytes`)
  else return decode(await readFile(full), report)
  return undefined
}

function decode(bytes: Buffer, report: Report): string | undefined {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
  const lineOf = (index: number) => text.slice(0, index).split('\n').length
  const odd = text.search(UNSHOWABLE)
  if (!isUtf8(bytes)) report(lineOf(text.indexOf('\ufffd')), 'is not in UTF-8')
  else if (odd >= 0) report(lineOf(odd), 'holds a control character')
  else return text
  return undefined
}

interface Place {
  readonly pack: string
  readonly section: string
  readonly file: string
}

function readTopic(text: string, place: Place, report: Report): Topic[] {
  const name = path.basename(place.file, '.md')
  if (!slug.safeParse(name).success)
    report(1, 'the file name should be lower-case words joined by hyphens, at most 60 characters')
  const body = readMarkdown(text, report)
  if (!body) return []
  const yaml = readYaml(body.front.text, body.front.offset, report)
  const front = yaml && check(yaml, yaml.value, frontMatter, [], report)
  if (!front) return []
  const inline = (source: string, key: string) => inlineText(source, yaml.lineOf([key]), report)
  const diagram = front.diagram && readDiagram(front.diagram, yaml.lineOf(['diagram']), report)
  return [
    {
      ...place,
      slug: name,
      title: front.title,
      aliases: front.aliases,
      asked: front.asked,
      summary:
        front.summary === undefined ? firstSentence(body, front.title) : inline(front.summary, 'summary'),
      details: body.details,
      examTips: body.examTips,
      changes: body.changes,
      ...(diagram ? { diagram } : {}),
      ...(front.scale && { scale: front.scale }),
      related: front.related,
      confused: Object.entries(front.confused).map(([other, why]) => ({
        slug: other,
        why: inline(why, 'confused'),
      })),
      skills: front.skills,
      sources: front.sources,
      markdown: body.source,
    },
  ]
}

/** Returns the first sentence of a topic without formatting, or the title if the topic has no text. */
function firstSentence({ details }: Body, title: string): Text {
  const texts = details.flatMap((passage) =>
    passage.kind === 'text' ? [passage.text] : passage.kind === 'list' ? passage.items : [],
  )
  const text =
    texts
      .map(plain)
      .find((one) => one.trim() !== '' && !isNamesLine(one))
      ?.trim() ?? title
  const [end] = text.matchAll(SENTENCE_END)
  return [short(end ? text.slice(0, end.index + 1) : text, MAX_SUMMARY)]
}

function readDiagram(
  d: { alt: string; boxes: Record<string, string>; arrows: string[] },
  line: number,
  report: Report,
): Diagram {
  const arrows = d.arrows.map((arrow) => {
    const [, from = '', to = '', label] = /^([\w-]+) -> ([\w-]+)(?:: (.+))?$/.exec(arrow) ?? []
    for (const id of [from, to])
      if (!Object.hasOwn(d.boxes, id)) report(line, `diagram: the arrow "${arrow}" names no box "${id}"`)
    return label === undefined ? { from, to } : { from, to, label }
  })
  return { alt: d.alt, boxes: Object.entries(d.boxes).map(([id, label]) => ({ id, label })), arrows }
}

function readQuestions(text: string, { pack, section, file }: Place, report: Report): Question[] {
  const yaml = readYaml(text, 0, report)
  if (!yaml) return []
  if (!Array.isArray(yaml.value)) {
    report(1, 'should be a list of questions')
    return []
  }
  return yaml.value.flatMap((value: unknown, i): Question[] => {
    const question = check(yaml, value, questionSchema, [i], report)
    if (!question) return []
    const { sources, imported, recall, concept = question.id, ...authored } = question
    const origin = { kind: 'file', section, file, line: yaml.lineOf([i]), sources, imported } as const
    const tags = recall ? ({ isRecall: true } as const) : {}
    return [{ ...authored, ...tags, concept, pack, origin, version: versionOf(value), number: 0 }]
  })
}

/**
 * Returns the first 12 hexadecimal digits of the SHA-256 of the content with sorted keys. Fields that only
 * say where the question belongs are left out, since moving a question does not change it.
 */
function versionOf(value: unknown): string {
  const { skills, recall, ...content } = value as Record<string, unknown>
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')
    .slice(0, 12)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

function readComparisons(text: string, file: string, report: Report): Draft['comparisons'] {
  const yaml = readYaml(text, 0, report)
  if (!yaml) return []
  if (!Array.isArray(yaml.value)) {
    report(1, 'should be a list of comparisons')
    return []
  }
  return yaml.value.flatMap((value: unknown, i) => {
    const found = check(yaml, value, comparison, [i], report)
    if (!found) return []
    const line = yaml.lineOf([i])
    if (found.differ.some((row) => row.sides.length !== found.topics.length))
      report(line, 'every row of "differ" should have one side a topic')
    const inline = (source: string) => inlineText(source, line, report)
    const differ = found.differ.map((row) => ({ aspect: row.aspect, sides: row.sides.map(inline) }))
    return [{ topics: found.topics, differ, choose: inline(found.choose), file, line }]
  })
}
