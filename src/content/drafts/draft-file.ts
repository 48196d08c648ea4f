/**
 * Reads and writes `drafts.yaml` of a section: drafts that wait, and the ids of those that somebody has
 * decided on. The bot never asks these drafts, so an error in the file does not stop a start.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import * as z from 'zod'
import type { AuthoredItem } from '../../core/model.js'
import { entries, isDrafts } from '../files.js'
import { hashOf } from '../made/manifest.js'
import type { Report } from '../problem.js'
import { question as questionSchema } from '../schema.js'
import { check, readYaml } from '../yaml.js'
import type { DraftQuestion, Place } from './draft.js'
import { questionValue } from './question-value.js'

const DRAFTS = 'drafts.yaml'
/** The maximum number of bytes of a file; the YAML reader accepts little more. */
const MOST = 90_000

/** A draft as in the file; `value` is the entry of a `.questions.yaml`. */
export interface Waiting {
  readonly id: string
  readonly section: string
  readonly value: Readonly<Record<string, unknown>>
  readonly from: Place
  /** The hash of the value when it was made; a different hash now shows a change by hand. */
  readonly made: string
  /** The hash of what the notes say: the question and its key, whatever is next to them. */
  readonly said: string
}

export interface DraftFile {
  readonly waiting: readonly Waiting[]
  readonly approved: readonly string[]
  readonly rejected: readonly string[]
  /**
   * Hashes of what the notes of approved drafts said, by their ids; empty once the notes no longer say it.
   */
  readonly said: Readonly<Record<string, string>>
}

export const NO_DRAFTS: DraftFile = { waiting: [], approved: [], rejected: [], said: {} }

export const hashOfValue = (value: unknown): string => hashOf(JSON.stringify(value)).slice(0, 8)

export function waitingOf(draft: DraftQuestion): Waiting {
  const value = questionValue(draft)
  return {
    id: draft.id,
    section: draft.section,
    value,
    from: draft.from,
    made: hashOfValue(value),
    said: hashOfValue(essenceOf(draft.item)),
  }
}

/** Leaves out wrong choices, since they come from other notes. */
function essenceOf(item: AuthoredItem): unknown {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return [item.stem, item.choices.filter(({ right }) => right).map(({ text }) => text)]
    case 'ordering':
      return [item.stem, item.steps.map(({ text }) => text)]
    case 'matching':
      return [item.stem, item.pairs.map(({ prompt, answer }) => [prompt, answer])]
  }
}

const ids = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? [])
const schema = z.object({
  approved: ids,
  rejected: ids,
  said: z.record(z.string(), z.string()).default({}),
  drafts: z
    .array(
      z.looseObject({
        id: z.string(),
        from: z
          .object({ file: z.string(), line: z.number().optional(), heading: z.string() })
          .default({ file: '', heading: '' }),
        made: z.string().default(''),
        said: z.string().default(''),
      }),
    )
    .nullish()
    .transform((list) => list ?? []),
})

/** Damaged drafts are reported and left out. */
function readDrafts(text: string, section: string, report: Report): DraftFile {
  const yaml = readYaml(text, 0, report)
  const found = yaml && yaml.value !== null ? check(yaml, yaml.value, schema, [], report) : undefined
  if (!yaml || !found) return NO_DRAFTS
  const waiting = found.drafts.flatMap(({ from, made, said, ...value }, i): Waiting[] => {
    if (questionSchema.safeParse(value).success) return [{ id: value.id, section, value, from, made, said }]
    report(yaml.lineOf(['drafts', i]), `the draft ${value.id} is no question that could be asked`)
    return []
  })
  return { waiting, approved: found.approved, rejected: found.rejected, said: found.said }
}

/**
 * Returns as many texts as needed, since a file of a pack has a size limit; the decisions stand in the first.
 */
function draftsYaml(pack: string, { waiting, approved, rejected, said }: DraftFile): string[] {
  const decided = {
    ...(approved.length > 0 && { approved }),
    ...(rejected.length > 0 && { rejected }),
    ...(Object.keys(said).length > 0 && { said }),
  }
  const start = [head(pack), yamlOf(decided)].join('')
  const texts: string[] = []
  let text = `${start}drafts:${waiting.length === 0 ? ' []' : ''}\n`
  for (const { value, from, made, said } of waiting) {
    const entry = yamlOf([{ ...value, from, made, said }]).replace(/^(?=.)/gm, '  ')
    if (Buffer.byteLength(text) + Buffer.byteLength(entry) > MOST) {
      texts.push(text)
      text = `${head(pack)}drafts:\n`
    }
    text += entry
  }
  return [...texts, text]
}

const head = (
  pack: string,
) => `# Questions that were made of the notes. Nobody is asked one before somebody has approved it:
# cohort pack review ${pack}
`

const yamlOf = (value: object) =>
  Object.keys(value).length === 0 ? '' : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })

/** Returns the drafts of every section of a pack, by section id. `dir`: the folder of the pack. */
export async function draftsOf(
  dir: string,
  report: (file: string, line: number, message: string) => void,
): Promise<ReadonlyMap<string, DraftFile>> {
  const found = new Map<string, DraftFile>()
  for (const section of (await entries(dir)) ?? []) {
    if (!section.isDirectory()) continue
    for (const { name } of (await entries(path.join(dir, section.name)))?.filter(({ name }) =>
      isDrafts(name),
    ) ?? []) {
      const file = `${section.name}/${name}`
      const text = await readFile(path.join(dir, file), 'utf8')
      const one = readDrafts(text, section.name, (line, message) => report(file, line, message))
      found.set(section.name, joined(found.get(section.name) ?? NO_DRAFTS, one))
    }
  }
  return found
}

const joined = (a: DraftFile, b: DraftFile): DraftFile => ({
  waiting: [...a.waiting, ...b.waiting],
  approved: [...a.approved, ...b.approved],
  rejected: [...a.rejected, ...b.rejected],
  said: { ...a.said, ...b.said },
})

/** `dir`: the folder of the pack. Files that a section no longer needs are removed. */
export async function writeDrafts(
  dir: string,
  pack: string,
  section: string,
  file: DraftFile,
): Promise<void> {
  const folder = path.join(dir, section)
  const isEmpty = file.waiting.length + file.approved.length + file.rejected.length === 0
  const texts = isEmpty ? [] : draftsYaml(pack, file)
  const names = texts.map((_text, i) => (i === 0 ? DRAFTS : `drafts-${i + 1}.yaml`))
  for (const [i, text] of texts.entries()) await writeWhole(path.join(folder, names[i] ?? DRAFTS), text)
  for (const { name } of (await entries(folder))?.filter(({ name }) => isDrafts(name)) ?? [])
    if (!names.includes(name)) await rm(path.join(folder, name))
}

/** Replaces the file atomically: a reader sees the old file or the new one. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const making = path.join(path.dirname(file), `.making-${path.basename(file)}`)
  await writeFile(making, text)
  await rename(making, file)
}

/**
 * Returns the drafts of the packs in folders, by pack id and in the order of their files. `content check` and
 * `pack review` report what is damaged in them; `damaged` is called with the pack.
 */
export async function draftsIn(
  roots: readonly string[],
  damaged: (pack: string) => void = () => {},
): Promise<ReadonlyMap<string, DraftFile>> {
  const found = new Map<string, DraftFile>()
  for (const root of roots)
    for (const entry of (await entries(root)) ?? []) {
      if (!entry.isDirectory()) continue
      const files = await draftsOf(path.join(root, entry.name), () => damaged(entry.name))
      if (files.size > 0) found.set(entry.name, [...files.values()].reduce(joined))
    }
  return found
}
