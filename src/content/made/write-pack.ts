/** Writes the files of a pack next to the old one, and keeps what was changed by hand in it. */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isSeq, parseDocument } from 'yaml'
import type { Existing } from './existing.js'
import { scalar } from './front-text.js'
import type { Made } from './make-pack.js'
import { hashOf, MANIFEST, type MadeFile, type Manifest } from './manifest.js'
import type { PackFile } from './pack-file.js'
import type { Section } from './sections.js'

export interface PackFacts {
  readonly title: string
  readonly licence: string
  readonly attribution: string
}

export interface Written {
  /** What the pack contains afterwards, including what was made by hand. */
  readonly sections: number
  readonly topics: number
  readonly byKind: ReadonlyMap<string, number>
  /** What happened to existing files, in words. */
  readonly told: readonly { readonly file: string; readonly message: string }[]
}

/**
 * `old`: the existing folder; `dir`: where the new one is written; without it, nothing is written and the
 * result says what would happen.
 */
export async function writePack(
  made: Made,
  facts: PackFacts,
  existing: Existing,
  old: string,
  dir: string | undefined,
): Promise<Written> {
  const told: { file: string; message: string }[] = []
  const files: Record<string, MadeFile> = {}
  const folders = new Set<string>()
  const holds = { topics: 0, byKind: new Map<string, number>() }
  const put = async (file: string, text: string | undefined) => {
    if (file.endsWith('.md') && file.includes('/')) holds.topics++
    const kinds = text === undefined ? existing.questions.get(file)?.map(({ kind }) => kind) : kindsIn(text)
    if (file.endsWith('.questions.yaml'))
      for (const kind of kinds ?? []) holds.byKind.set(kind, (holds.byKind.get(kind) ?? 0) + 1)
    if (dir === undefined) return
    const to = path.join(dir, file)
    const folder = path.dirname(to)
    if (!folders.has(folder)) await mkdir(folder, { recursive: true })
    folders.add(folder)
    if (text === undefined) await copyFile(path.join(old, file), to)
    else await writeFile(to, text)
  }
  for (const file of made.files) {
    const before = existing.manifest.files[file.path]
    const state = stateOf(file, existing)
    if (state === 'removed by hand') {
      if (before) files[file.path] = before
      told.push({ file: file.path, message: 'was removed by hand, and stays out' })
    } else if (state === 'changed by hand') {
      files[file.path] = { ...(before ?? NEVER), from: file.from, source: file.source }
      const isNew = before !== undefined && before.source !== file.source
      told.push({
        file: file.path,
        message: isNew
          ? `was changed by hand and stays; its notes in ${file.from} have changed: look at both`
          : 'was changed by hand, and stays',
      })
      await put(file.path, undefined)
    } else {
      const text = file.text()
      files[file.path] = { from: file.from, source: file.source, made: hashOf(text) }
      await put(file.path, text)
    }
  }
  for (const file of existing.there.keys()) {
    if (files[file] || file === 'pack.yaml') continue
    if (existing.byHand.has(file)) {
      const before = existing.manifest.files[file]
      if (before)
        told.push({
          file,
          message: `stays, since it was changed by hand; its notes in ${before.from} are gone`,
        })
      if (before) files[file] = before
      await put(file, undefined)
    } else told.push({ file, message: 'is removed: its notes are gone' })
  }
  const kept = [...existing.byHand]
    .filter((file) => file.includes('/'))
    .map((file) => file.split('/')[0] ?? '')
  const used = new Set([...Object.keys(files).map((file) => file.split('/')[0] ?? ''), ...kept])
  const sections = sectionsIn(made.sections, used, existing.sections)
  const packText = await packYaml(facts, sections, existing, old)
  files['pack.yaml'] = {
    from: '',
    source: '',
    made: existing.byHand.has('pack.yaml') ? '' : hashOf(packText),
  }
  await put('pack.yaml', packText)
  const manifest: Manifest = { version: 1, files, sections: made.sectionIds, questions: made.questionIds }
  if (dir !== undefined) await writeFile(path.join(dir, MANIFEST), `${JSON.stringify(manifest)}\n`)
  return { sections: sections.length, ...holds, told }
}

const NEVER = { from: '', source: '', made: '' }

function stateOf({ path: file }: PackFile, { manifest, there, byHand }: Existing) {
  if (byHand.has(file)) return 'changed by hand'
  return manifest.files[file] && !there.has(file) ? 'removed by hand' : 'made'
}

/** Reads the kinds from a text as `stringify` writes questions. */
const kindsIn = (text: string) => [...text.matchAll(/^ {2}kind: (\w+)$/gm)].map(([, kind = '']) => kind)

/** Returns the sections that are not empty, including those of kept files. `before`: previous titles. */
function sectionsIn(
  sections: readonly Section[],
  used: ReadonlySet<string>,
  before: Existing['sections'],
): Section[] {
  const known = sections.filter(({ id }) => used.has(id))
  const ids = new Set(known.map(({ id }) => id))
  const others = [...used].filter((id) => id !== '' && id !== 'pack.yaml' && !ids.has(id))
  return [...known, ...others.map((id) => ({ id, number: 1, title: before.get(id) ?? id }))].map(
    (one, i) => ({
      ...one,
      number: i + 1,
    }),
  )
}

// ---- pack.yaml --------------------------------------------------------------------

async function packYaml(
  facts: PackFacts,
  sections: readonly Section[],
  existing: Existing,
  old: string,
): Promise<string> {
  if (!existing.byHand.has('pack.yaml')) return freshYaml(facts, sections)
  return completed(await readFile(path.join(old, 'pack.yaml'), 'utf8'), sections)
}

function freshYaml({ title, licence, attribution }: PackFacts, sections: readonly Section[]): string {
  const optional = Object.entries({ licence, attribution }).filter(([, value]) => value !== '')
  return [
    `title: ${scalar(title)}`,
    ...optional.map(([key, value]) => `${key}: ${scalar(value)}`),
    'sections:',
    ...sections.map(
      ({ id, number, title: name }) => `  - { id: ${id}, number: ${number}, title: ${JSON.stringify(name)} }`,
    ),
    '',
  ].join('\n')
}

/**
 * A pack.yaml that was changed by hand keeps everything, and gets new sections; sections without files are
 * removed.
 */
function completed(text: string, sections: readonly Section[]): string {
  const document = parseDocument(text)
  const list = document.get('sections')
  if (!isSeq(list)) return text
  const ids = new Set(
    list.items.map((item) => String((item as { get?: (key: string) => unknown }).get?.('id'))),
  )
  const there = new Set(sections.map(({ id }) => id))
  for (let i = list.items.length - 1; i >= 0; i--)
    if (!there.has(String(document.getIn(['sections', i, 'id'])))) document.deleteIn(['sections', i])
  for (const { id, title } of sections)
    if (!ids.has(id))
      document.addIn(
        ['sections'],
        document.createNode({ id, number: list.items.length + 1, title }, { flow: true }),
      )
  return document.toString({ lineWidth: 0 })
}
