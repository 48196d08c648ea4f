/** Sources of notes and question files: a folder, or a single file. */
import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { UserError } from '../core/errors.js'
import { compare } from '../core/order.js'
import { entries } from './files.js'
import type { SourceFile } from './formats/format.js'
import { UNSHOWABLE } from './schema.js'

/** The limits of a source; whatever exceeds them is left out and reported, or the whole source is refused. */
export const SOURCE_LIMITS = {
  fileBytes: 5_000_000,
  totalBytes: 100_000_000,
  files: 20_000,
  depth: 20,
} as const

/** A file, or all files of one kind, that is not read, with the reason. */
export interface LeftOut {
  readonly path: string
  readonly message: string
}

export interface Source {
  /** The name that a person would use: that of the folder, the file or the repository. */
  readonly name: string
  /** The paths of `files`, in natural order: `2` comes before `10`. */
  readonly paths: readonly string[]
  /**
   * Reads one file at a time, so that only one is in memory; `wanted` decides by the path whether a file is
   * read at all.
   */
  files(wanted?: (path: string) => boolean): AsyncIterable<SourceFile>
  /** Complete once `files` has ended. */
  readonly leftOut: readonly LeftOut[]
  /** Removes temporary files. */
  close(): Promise<void>
}

/** Folders that hold the output of other programs. */
const NOT_ENTERED = new Set(['node_modules', '__pycache__', 'bower_components'])

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * Compares by names, with numbers in them by value: `2-b` comes before `10-a`, and a folder's own files
 * before its folders.
 */
export function comparePaths(a: string, b: string): number {
  const [x, y] = [a.split('/'), b.split('/')]
  for (let i = 0; i < x.length && i < y.length; i++) {
    const isFile = Number(i === y.length - 1) - Number(i === x.length - 1)
    if (isFile !== 0) return isFile
    const order = natural.compare(x[i] ?? '', y[i] ?? '')
    if (order !== 0) return order
  }
  return compare(a, b)
}

/** Throws `UserError` if nothing has that name, or if there is more than is read. */
export async function openSource(spec: string): Promise<Source> {
  const info = await lstat(spec).catch(() => undefined)
  if (!info) throw new UserError(`there is no file or folder ${spec}`)
  if (info.isDirectory()) return folderSource(spec)
  if (!info.isFile()) throw new UserError(`${spec} is no plain file and no folder; links are not followed`)
  return fileSource(spec)
}

function fileSource(file: string): Source {
  const name = path.basename(file)
  return readable(path.dirname(file), path.basename(file, path.extname(file)), [name], [])
}

async function folderSource(dir: string): Promise<Source> {
  if (!(await entries(dir)))
    throw new UserError(`the folder ${dir} cannot be read; whoever runs this needs the right to read it`)
  const found: Found = { paths: [], leftOut: [], bytes: 0 }
  await walk(dir, '', 1, found)
  return readable(dir, path.basename(path.resolve(dir)), found.paths.sort(comparePaths), found.leftOut)
}

/** A source whose files lie in a folder on this machine. */
function readable(
  dir: string,
  name: string,
  paths: readonly string[],
  leftOut: LeftOut[],
  close: () => Promise<void> = async () => {},
): Source {
  return {
    name,
    paths,
    leftOut,
    close,
    async *files(wanted = () => true) {
      for (const file of paths) {
        if (!wanted(file)) continue
        const bytes = await readPlain(path.join(dir, file))
        if (typeof bytes !== 'string') yield { path: file, bytes }
        else if (!leftOut.some((one) => one.path === file)) leftOut.push({ path: file, message: bytes })
      }
    },
  }
}

/** Returns the bytes, or why they are not read. */
async function readPlain(file: string): Promise<Uint8Array | string> {
  const info = await lstat(file).catch(() => undefined)
  if (!info?.isFile()) return 'is no longer there'
  if (info.size > SOURCE_LIMITS.fileBytes) return tooLarge(info.size)
  return readFile(file).catch((error: Error) => `cannot be read: ${error.message}`)
}

const tooLarge = (size: number) => `has ${size} bytes; at most ${SOURCE_LIMITS.fileBytes} are read`

interface Found {
  readonly paths: string[]
  readonly leftOut: LeftOut[]
  bytes: number
}

/** Skips hidden files and folders, such as those of Git and of vaults. */
async function walk(dir: string, at: string, depth: number, found: Found): Promise<void> {
  const there = await entries(path.join(dir, at))
  if (!there) found.leftOut.push({ path: at, message: 'is a folder that cannot be read' })
  for (const entry of there ?? []) {
    const file = at === '' ? entry.name : `${at}/${entry.name}`
    const leave = (message: string) => found.leftOut.push({ path: shownPath(file), message })
    if (!isNameable(entry.name)) leave('has a name with control characters or in another encoding; rename it')
    else if (entry.isSymbolicLink()) leave('is a link; links are not followed')
    else if (entry.isDirectory()) {
      if (NOT_ENTERED.has(entry.name)) continue
      if (depth >= SOURCE_LIMITS.depth) leave('lies too deep; folders are entered down to 20 levels')
      else await walk(dir, file, depth + 1, found)
    } else if (entry.isFile()) await add(dir, file, found)
    else leave('is no plain file')
  }
}

const UNNAMEABLE = new RegExp(`${UNSHOWABLE.source}|[\\t\\n\ufffd]`, 'gu')

/** Such a name would garble a terminal, and one that is not UTF-8 finds no file. */
const isNameable = (name: string) => name.search(UNNAMEABLE) < 0
const shownPath = (file: string) => file.replace(UNNAMEABLE, '?')

/** Throws `UserError` if there is more in all than is read, since we cannot guess which part to take. */
async function add(dir: string, file: string, found: Found): Promise<void> {
  const { files, fileBytes, totalBytes } = SOURCE_LIMITS
  const size = (await lstat(path.join(dir, file)).catch(() => undefined))?.size ?? 0
  found.paths.push(file)
  if (isText(file) && size <= fileBytes) found.bytes += size
  if (found.paths.length > files)
    throw new UserError(`${dir} holds more than ${files} files; take a folder inside it`)
  if (found.bytes > totalBytes)
    throw new UserError(`${dir} holds more than ${totalBytes / 1e6} MB of text; take a folder inside it`)
}

/** Pictures and other media are named in the report and never read. */
export const isPicture = (file: string) =>
  /\.(?:png|jpe?g|gif|svg|webp|bmp|ico|tiff?|avif|heic|drawio|excalidraw|mp4|mov|webm|mp3|wav|ogg)$/i.test(
    file,
  )

const isText = (file: string) => !isPicture(file)
