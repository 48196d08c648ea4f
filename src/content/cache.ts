/**
 * Keeps the result of reading a content folder in a file: parsing Markdown and YAML takes a hundred times as
 * long as reading that file.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createBank } from './bank.js'
import { hashOf, hashOfPack } from './files.js'
import type { Loaded } from './load.js'

/** The build sets it to what `reader` returns for the sources. */
declare const BUILT_READER: string | undefined
/** The reader's sources, and the versions of the parsing libraries. */
const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const [CONTENT, CORE, PACKAGE] = [beside('.'), beside('../core'), beside('../../package.json')]

export interface Reading extends Loaded {
  /** Hash of the folder and of the reader, taken before reading. */
  readonly key: string
  readonly isCached: boolean
}

/** Like `loadContent`, or reads the first of the `caches` that was made from exactly these files. */
export async function readContent(dir: string, caches: readonly string[]): Promise<Reading> {
  return readKept(dir, caches, undefined, keyOf(await hashOf(dir), await reader()))
}

/**
 * Like `readContent`, for one pack of a folder. `by`: the result of `reader`, for callers that read several.
 */
export async function readPack(
  dir: string,
  id: string,
  caches: readonly string[],
  by: string,
): Promise<Reading> {
  return readKept(dir, caches, id, keyOf(await hashOfPack(dir, id), by))
}

async function readKept(
  dir: string,
  caches: readonly string[],
  only: string | undefined,
  key: string,
): Promise<Reading> {
  for (const file of caches) {
    const cached = await readCache(file, key)
    if (cached) return { ...cached, key, isCached: true }
  }
  const { loadContent } = await import('./load.js')
  return { ...(await loadContent(dir, only)), key, isCached: false }
}

/**
 * Replaces the file and makes its folder, but not the parents of that folder. A process that cannot write
 * reads the content again next time. Two processes that write at once may spoil the file, which its checksum
 * then shows.
 */
export async function writeCache(
  file: string,
  { key, banks, problems }: Reading,
  mode = 0o600,
): Promise<void> {
  const text = Buffer.from(inAscii(JSON.stringify({ banks, problems })), 'latin1')
  const making = `${file}.making`
  try {
    await mkdir(path.dirname(file), { mode: 0o700 }).catch(() => {})
    await writeFile(making, [`${headOf(key, text)}\n`, text], { mode })
    await rename(making, file)
  } catch {}
}

/** Returns undefined if the file is for other content, is damaged, or cannot be read. */
async function readCache(file: string, key: string): Promise<Loaded | undefined> {
  const whole = await readFile(file).catch(() => Buffer.alloc(0))
  const end = whole.indexOf('\n')
  const head = whole.toString('latin1', 0, Math.max(0, end))
  const text = whole.subarray(end + 1)
  if (!head.startsWith(key) || head !== headOf(key, text)) return undefined
  const { banks, problems } = JSON.parse(text.toString('latin1')) as Loaded
  return { banks: banks.map(createBank), problems }
}

const headOf = (key: string, text: Uint8Array) => `${key} ${createHash('sha256').update(text).digest('hex')}`

/** Returns the same JSON in one-byte characters, which are read in a third of the time. */
const inAscii = (json: string) =>
  json.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Returns a hash of everything that turns files into content. */
export async function reader(): Promise<string> {
  if (typeof BUILT_READER === 'string') return BUILT_READER
  const { dependencies } = JSON.parse(await readFile(PACKAGE, 'utf8'))
  return keyOf(...(await Promise.all([hashOf(CONTENT), hashOf(CORE)])), dependencies)
}

const keyOf = (...parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
