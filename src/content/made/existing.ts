/** Reads the existing folder of a pack that is made again. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod'
import { UserError } from '../../core/errors.js'
import type { AuthoredItem } from '../../core/model.js'
import { isDrafts } from '../files.js'
import { itemOf } from '../item-of.js'
import { readMarkdown } from '../markdown.js'
import { type OurQuestion, ourQuestions } from '../our-questions.js'
import { frontMatter } from '../schema.js'
import { check, readYaml } from '../yaml.js'
import { hashOf, MANIFEST, type Manifest, NO_MANIFEST, readManifest } from './manifest.js'

export interface Existing {
  readonly manifest: Manifest
  /** Hashes of the existing files, by their paths. */
  readonly there: ReadonlyMap<string, string>
  /** Files that were changed or added by hand. */
  readonly byHand: ReadonlySet<string>
  /** Slugs of topics that were made and then removed by hand. */
  readonly removed: ReadonlySet<string>
  /** Names in lower case, and slugs, of topics that were changed or added by hand. */
  readonly names: readonly string[]
  readonly slugs: readonly string[]
  /** Questions by file, for files that were changed or added by hand. */
  readonly questions: ReadonlyMap<string, readonly OurQuestion[]>
  /** Titles of sections by their ids, from its pack.yaml. */
  readonly sections: ReadonlyMap<string, string>
  /** Returns the questions that were made from a source, by their ids, in their present state. */
  itemsFrom(source: string): ReadonlyMap<string, AuthoredItem>
  /** Returns the name of the file with the questions of a source. */
  questionName(from: string): string | undefined
}

/** Throws `UserError` for a pack that was not made by this command. */
export async function existingPack(dir: string): Promise<Existing> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = found
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
  if (files.length === 0) return nothing()
  const manifest = readManifest(await readFile(path.join(dir, MANIFEST), 'utf8').catch(() => ''))
  if (!manifest)
    throw new UserError(
      `${dir} is there and was not made by this command, so it is left alone; choose another place with --id or --out`,
    )
  return describe(dir, files, manifest)
}

const nothing = (): Existing => ({
  manifest: NO_MANIFEST,
  there: new Map(),
  byHand: new Set(),
  removed: new Set(),
  names: [],
  slugs: [],
  questions: new Map(),
  sections: new Map(),
  itemsFrom: () => new Map(),
  questionName: () => undefined,
})

async function describe(dir: string, files: readonly string[], manifest: Manifest): Promise<Existing> {
  const there = new Map<string, string>()
  const byHand = new Set<string>()
  const [names, slugs]: [string[], string[]] = [[], []]
  const questions = new Map<string, readonly OurQuestion[]>()
  const texts = new Map<string, string>()
  let sections = new Map<string, string>()
  for (const file of files) {
    if (file === MANIFEST || isDrafts(file)) continue
    const text = await readFile(path.join(dir, file), 'utf8')
    there.set(file, hashOf(text))
    if (file.endsWith('.questions.yaml')) texts.set(file, text)
    if (file === 'pack.yaml') sections = sectionsIn(text)
    const before = manifest.files[file]
    if (before?.made === there.get(file)) continue
    byHand.add(file)
    if (file.endsWith('.md') && file.includes('/')) {
      names.push(...namesIn(text))
      slugs.push(path.basename(file, '.md'))
    } else if (file.endsWith('.questions.yaml'))
      questions.set(file, ourQuestions(file, text)?.questions ?? [])
  }
  const removed = Object.keys(manifest.files).filter((file) => !there.has(file) && file.endsWith('.md'))
  return {
    manifest,
    there,
    byHand,
    removed: new Set(removed.map((file) => path.basename(file, '.md'))),
    names,
    slugs,
    questions,
    sections,
    itemsFrom: (source) =>
      new Map(filesFrom(manifest, source).flatMap((file) => itemsIn(texts.get(file) ?? ''))),
    questionName: (from) => questionName(manifest, from),
  }
}

const filesFrom = ({ files }: Manifest, source: string) =>
  Object.keys(files).filter((file) => files[file]?.from.startsWith(`${source}#`))

const itemsIn = (text: string): [string, AuthoredItem][] =>
  (ourQuestions('', text)?.questions ?? []).flatMap(({ id, parsed }) => {
    const item = itemOf(parsed)
    return item ? [[id, item]] : []
  })

function questionName({ files }: Manifest, from: string): string | undefined {
  const file = Object.entries(files).find(([, made]) => made.from === `${from}#0`)?.[0]
  return file === undefined ? undefined : path.basename(file, '.questions.yaml')
}

function namesIn(text: string): string[] {
  const body = readMarkdown(text, () => {})
  const yaml = body && readYaml(body.front.text, body.front.offset, () => {})
  const front = yaml && check(yaml, yaml.value, frontMatter, [], () => {})
  return front ? [front.title, ...front.aliases].map((name) => name.toLowerCase()) : []
}

function sectionsIn(text: string): Map<string, string> {
  const yaml = readYaml(text, 0, () => {})
  const found = yaml && packSections.safeParse(yaml.value).data
  return new Map(found?.sections.map(({ id, title }) => [id, title]))
}

const packSections = z.object({ sections: z.array(z.object({ id: z.string(), title: z.string() })) })
