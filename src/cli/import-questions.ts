/** `content import` of a file of questions: imports the good questions and reports the rest. */
import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { count } from '../bot/cards/wording.js'
import type { Config } from '../config.js'
import { readNotesOrQuestions, readQuestions } from '../content/formats/all.js'
import { decodeText } from '../content/formats/decode.js'
import type { FoundQuestion, QuestionFile, SourceFile } from '../content/formats/format.js'
import { type QuestionsYaml, questionsYaml } from '../content/formats/to-yaml.js'
import { whyUnknown } from '../content/formats/unknown.js'
import { loadContent } from '../content/load.js'
import type { Warning } from '../content/notes.js'
import { ourQuestions } from '../content/our-questions.js'
import { UserError } from '../core/errors.js'
import type { Topic } from '../core/model.js'
import type { Io } from '../io.js'
import { importFile, writeAll } from './import.js'

/** Limit for a file of questions; the readers refuse larger ones, too. */
const MAX_BYTES = 5_000_000

export interface ImportOptions {
  /** The folder of a section. */
  readonly out?: string | undefined
  readonly json?: boolean | undefined
  /** If true, writes nothing. */
  readonly dryRun?: boolean | undefined
}

/** Returns 1 if there was no good question. Notes are imported whole or refused with a `UserError`. */
export async function importAny(
  file: string,
  options: ImportOptions,
  config: Config,
  io: Io,
): Promise<number> {
  const source = await sourceFile(file)
  const ours = source && howToTakeOurs(source)
  if (ours !== undefined) throw new UserError(`${file}:1: ${ours}`)
  const found = source && readQuestions(source)
  if (found) return importQuestions(file, found, options, io)
  const reason = source && whyNoNotes(source)
  if (reason !== undefined) throw new UserError(`${file}:1: ${reason}`)
  const isJson = options.json === true
  return importFile(
    file,
    options.dryRun ? undefined : options.out,
    isJson,
    config,
    io,
    questionsInside(source),
  )
}

/** Told, since it is not what `content import` takes of a note. */
function questionsInside(source: SourceFile | undefined): Warning[] {
  const questions = (source && readNotesOrQuestions(source).found?.questions) ?? []
  const [first] = questions
  if (!first) return []
  const [n, stay] = [count(questions.length, 'question'), questions.length === 1 ? 'stays' : 'stay']
  const message = `${n} with a key ${stay} text here; "cohort pack new" asks ${questions.length === 1 ? 'it' : 'them'}`
  return [{ line: first.line, message }]
}

async function sourceFile(file: string): Promise<SourceFile | undefined> {
  const info = await stat(file).catch(() => undefined)
  // The import of notes refuses what is no file.
  if (!info?.isFile()) return undefined
  if (info.size > MAX_BYTES)
    throw new UserError(`${file}:1: has ${info.size} bytes; at most ${MAX_BYTES} are read, so split it up`)
  return { path: path.basename(file), bytes: await readFile(file) }
}

/** Returns advice for a file of our own questions, which would lose their ids and sources here. */
function howToTakeOurs(source: SourceFile): string | undefined {
  if (!/\.ya?ml$/i.test(source.path) || !ourQuestions(source.path, decodeText(source).text)) return undefined
  return (
    'holds questions in the format of packs already: copy it into the folder of a section, as ' +
    `${source.path.replace(/(?:\.questions)?\.ya?ml$/i, '')}.questions.yaml, or give it to "cohort pack new"`
  )
}

/** Returns advice for a file that holds neither notes nor questions. */
const whyNoNotes = (source: SourceFile): string | undefined =>
  /\.(?:md|mdx|markdown|txt)$|^[^.]*$/i.test(source.path) ? undefined : whyUnknown(source)

async function importQuestions(
  file: string,
  found: QuestionFile,
  { out, json, dryRun }: ImportOptions,
  io: Io,
): Promise<number> {
  const { taken, topics } = await packAround(out)
  const yaml = questionsYaml(found.questions, {
    ...{ taken, topicOf: topicFinder(topics) },
    format: found.format,
  })
  const files = filesOf(file, yaml)
  const isWritten = out !== undefined && !dryRun && files.length > 0
  if (isWritten) await writeAll(out, files)
  if (json) io.out(JSON.stringify({ ...found, ids: yaml.ids, changed: changesOf(found, yaml) }))
  else {
    for (const line of reportOf(file, found, yaml)) io.out(line)
    if (isWritten)
      io.out(
        `written to ${files.map(({ name }) => path.join(out, name)).join(', ')}; run "cohort content check"`,
      )
    else if (dryRun) io.out('nothing is written: this was a dry run')
  }
  return found.questions.length > 0 ? 0 : 1
}

interface Around {
  readonly taken: readonly string[]
  readonly topics: readonly Topic[]
}

/** Reads the pack that has the folder as a section, if there is one. */
async function packAround(out: string | undefined): Promise<Around> {
  const folder = path.dirname(path.resolve(out ?? ''))
  if (out === undefined || !existsSync(path.join(folder, 'pack.yaml'))) return { taken: [], topics: [] }
  const { banks } = await loadContent(path.dirname(folder))
  const bank = banks.find(({ pack }) => pack.id === path.basename(folder))
  return { taken: bank?.questions.map(({ id }) => id) ?? [], topics: bank?.topics ?? [] }
}

/** Finds the topic that a file's group names, by the whole group or by its last part. */
function topicFinder(topics: readonly Topic[]): (question: FoundQuestion) => readonly string[] {
  const slugs = new Map<string, string>()
  for (const { slug, title, aliases } of topics)
    for (const name of [slug, title, ...aliases]) if (!slugs.has(plain(name))) slugs.set(plain(name), slug)
  return ({ group }) => {
    const slug = slugs.get(plain(group)) ?? slugs.get(plain(group.split(' / ').at(-1) ?? ''))
    return slug === undefined ? [] : [slug]
  }
}

const plain = (name: string) =>
  name
    .trim()
    .replace(/[\s_-]+/g, ' ')
    .toLowerCase()

function filesOf(file: string, { texts }: QuestionsYaml): { name: string; text: string }[] {
  const base = path
    .basename(file, path.extname(file))
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return texts.map((text, i) => ({
    name: `${base || 'imported'}${i === 0 ? '' : `-${i + 1}`}.questions.yaml`,
    text,
  }))
}

// ---- the report -----------------------------------------------------------------------

const changesOf = (found: QuestionFile, { changed }: QuestionsYaml) =>
  [...found.changed, ...changed].toSorted((a, b) => a.line - b.line)

function reportOf(file: string, found: QuestionFile, yaml: QuestionsYaml): string[] {
  const changed = changesOf(found, yaml)
  const kinds = new Map<string, number>()
  for (const { item } of found.questions) kinds.set(item.kind, (kinds.get(item.kind) ?? 0) + 1)
  const byKind = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')
  const cards = found.topics?.length ?? 0
  return [
    ...found.leftOut.map(({ line, message }) => `${file}:${line}: left out: ${message}`),
    ...changed.map(({ line, message }) => `${file}:${line}: ${message}`),
    ...(cards === 0
      ? []
      : [`${file}: ${count(cards, 'card')} to look up; "cohort pack new" makes topics of them`]),
    ...(found.attribution === undefined ? [] : [`${file}: ${found.attribution}`]),
    `${found.format}: ${count(found.questions.length, 'question')}${byKind === '' ? '' : ` (${byKind})`}, ${found.leftOut.length} left out, ${changed.length} changed`,
  ]
}
