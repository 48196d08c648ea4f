/** The files of a content folder that are read: the packs, their sections, and the plain files in these. */
import { createHash, type Hash } from 'node:crypto'
import { type Dirent, lstatSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { compare } from '../core/order.js'

/**
 * The maximum size of a file: far above what a person reads, low enough that reading hostile Markdown ends.
 */
export const MAX_BYTES = 100_000
/** The levels are pack, section and file. */
const DEPTH = 3

/**
 * Returns the entries in alphabetical order, without hidden ones such as those of Git. Undefined if it is not
 * a readable folder.
 */
export async function entries(dir: string): Promise<Dirent[] | undefined> {
  const found = await readdir(dir, { withFileTypes: true }).catch(() => undefined)
  return found?.filter((entry) => !entry.name.startsWith('.')).sort((a, b) => compare(a.name, b.name))
}

const DRAFTS = /^drafts(?:-\d+)?\.yaml$/

/** Whether a file of a section holds questions that nobody has approved yet; the bot does not read them. */
export const isDrafts = (file: string): boolean => DRAFTS.test(path.basename(file))

/**
 * Returns the SHA-256 in hexadecimal of all names, kinds and bytes that are read; for a file that is too
 * large, its size counts instead.
 */
export async function hashOf(dir: string, depth = DEPTH): Promise<string> {
  const hash = createHash('sha256')
  await addFolder(hash, dir, depth)
  return hash.digest('hex')
}

/** Like `hashOf` for one pack, whatever is next to it and whatever its folder is called. */
export const hashOfPack = (root: string, id: string): Promise<string> =>
  hashOf(path.join(root, id), DEPTH - 1)

async function addFolder(hash: Hash, dir: string, depth: number): Promise<void> {
  for (const entry of (await entries(dir)) ?? []) {
    if (isDrafts(entry.name)) continue
    const file = path.join(dir, entry.name)
    const isFolder = entry.isDirectory()
    const [size, bytes] = entry.isFile() ? sizeAndBytes(file) : []
    hash.update(`${JSON.stringify([depth, entry.name, isFolder, size])}\n`).update(bytes ?? '')
    if (isFolder && depth > 1) await addFolder(hash, file, depth - 1)
  }
}

function sizeAndBytes(file: string): [size?: number, bytes?: Buffer] {
  try {
    const { size } = lstatSync(file)
    if (size > MAX_BYTES) return [size]
    const bytes = readFileSync(file)
    return [bytes.length, bytes]
  } catch {
    return []
  }
}
