/** Takes a pack that somebody else publishes out of its source: only the files that are read of packs. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../core/errors.js'
import { pack as packSchema, slug } from './schema.js'
import type { Source } from './source.js'
import { check, readYaml } from './yaml.js'

const PACK = 'pack.yaml'
const BESIDE = /^(?:README\.md|LICEN[CS]E(?:\.txt)?)$/
const IN_SECTION = /\.(?:md|ya?ml)$/
const NAMED = 10

/** Returns the folder in the source that holds the pack, with its slash; '' for the source itself. */
export function packRoot({ name, paths }: Source, wanted: string | undefined): string {
  const roots = paths
    .filter((file) => path.posix.basename(file) === PACK)
    .map((file) => file.slice(0, file.length - PACK.length))
  const [first] = roots
  if (wanted !== undefined) {
    const root = `${wanted.replace(/^\.?\/+|\/+$/g, '')}/`.replace(/^\/$/, '')
    if (roots.includes(root)) return root
    throw new UserError(`there is no ${PACK} in ${root || name}; ${where(roots)}`)
  }
  if (first === undefined)
    throw new UserError(
      `${name} holds no pack: there is no ${PACK} in it. "cohort pack new" makes a pack of notes and question files`,
    )
  if (roots.includes('') || roots.length === 1) return roots.includes('') ? '' : first
  throw new UserError(`${name} holds several packs; say which with --folder: ${where(roots)}`)
}

function where(roots: readonly string[]): string {
  const named = roots.slice(0, NAMED).map((root) => root.slice(0, -1) || '.')
  return roots.length === 0 ? 'it holds no pack' : `${named.join(', ')}${roots.length > NAMED ? ', …' : ''}`
}

/**
 * Returns the id that the pack would have here; undefined if its name has no characters that an id may have.
 */
export function idOf({ name }: Source, root: string): string | undefined {
  const words = path.posix.basename(root === '' ? name : root).toLowerCase()
  const id = words.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  return slug.safeParse(id).success ? id : undefined
}

/** Writes the files of the pack, and no others, into a new folder. */
export async function writePack(source: Source, root: string, to: string): Promise<void> {
  const texts = new Map<string, Uint8Array>()
  for await (const file of source.files((name) => name.startsWith(root) && isOfPack(name.slice(root.length))))
    texts.set(file.path.slice(root.length), file.bytes)
  const sections = sectionsOf(texts.get(PACK))
  refuseLosses(source, root, sections)
  await mkdir(to, { recursive: true })
  for (const [name, bytes] of texts) {
    const [section = '', file] = name.split('/')
    if (file !== undefined) {
      if (sections && !sections.has(section)) continue
      await mkdir(path.join(to, section), { recursive: true })
    }
    await writeFile(path.join(to, name), bytes, { flag: 'wx' })
  }
}

/** A pack without some of its files would lose questions that teams have, and nobody would see why. */
function refuseLosses({ leftOut }: Source, root: string, sections: ReadonlySet<string> | undefined): void {
  const lost = leftOut.filter(({ path: file }) => {
    if (file === '') return true
    const [section = '', name] = file.startsWith(root) ? file.slice(root.length).split('/') : []
    if (name === undefined) return section === PACK || sections?.has(section) === true
    return isOfPack(file.slice(root.length)) && (sections?.has(section) ?? true)
  })
  if (lost.length === 0) return
  const lines = lost.slice(0, NAMED).map(({ path: file, message }) => `${file}: ${message}`)
  const rest = lost.length > NAMED ? [`and ${lost.length - NAMED} more`] : []
  throw new UserError(
    ['the pack is not taken, since files of it cannot be read', ...lines, ...rest].join('\n'),
  )
}

/** Decides by the name alone: the file is at the top, or one folder further down. */
function isOfPack(name: string): boolean {
  const [first = '', second, ...deeper] = name.split('/')
  if (second === undefined) return first === PACK || BESIDE.test(first)
  return deeper.length === 0 && slug.safeParse(first).success && IN_SECTION.test(second)
}

/**
 * Other folders of the source, such as its `docs`, are not sections. Returns undefined if `pack.yaml` is
 * missing or invalid.
 */
function sectionsOf(bytes: Uint8Array | undefined): ReadonlySet<string> | undefined {
  const text = Buffer.from(bytes ?? []).toString('utf8')
  const yaml = readYaml(text, 0, () => {})
  const pack = yaml && check(yaml, yaml.value, packSchema, [], () => {})
  return pack && new Set(pack.sections.map(({ id }) => id))
}
