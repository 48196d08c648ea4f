/**
 * The only place where an archive is unpacked, into memory. The inflated bytes are counted meanwhile, since
 * an archive may lie about its sizes; archives inside it stay closed.
 */
import { crc32, inflateRawSync } from 'node:zlib'
import type { SourceFile } from './formats/format.js'
import { UNSHOWABLE } from './schema.js'
import { isZip, type ZipEntry, zipEntries } from './zip-directory.js'

export { isZip } from './zip-directory.js'

export interface Unpacked {
  readonly files: readonly SourceFile[]
  /** The path is that in the archive, or empty for files that are not named. */
  readonly leftOut: readonly { readonly path: string; readonly message: string }[]
  /** Why nothing was unpacked at all; empty if something was. */
  readonly refused: string
}

const MEGABYTE = 1_000_000
/** The limits for one file, and for all files together. */
const MAX_FILE_BYTES = 5 * MEGABYTE
export const MAX_UNPACKED_BYTES = 50 * MEGABYTE
/** Twice the number of files of the largest folder of notes that is read; folders count too. */
export const MAX_ENTRIES = 10_000
/** Texts and sheets shrink to a tenth of their size; the format allows a thousandth. */
const MAX_RATIO = 200
/** Paths of systems end at 4,096 bytes or before. */
const MAX_PATH = 1000
/** A smaller file may shrink by any ratio: a short file of one repeated sign does. */
const SMALL_BYTES = MEGABYTE

/** Files that systems put next to people's files, which are not worth a line in a report. */
const NOISE = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i
/** A spreadsheet is an archive too, and is read with its own limits. */
const SHEET = /\.xlsx$/i

/**
 * Never throws, whatever the bytes are. `wanted` decides which files are unpacked; what it refuses is in no
 * list.
 */
export function unzip(bytes: Uint8Array, wanted: (path: string) => boolean = () => true): Unpacked {
  const entries = zipEntries(bytes, MAX_ENTRIES)
  if (typeof entries === 'string') return { files: [], leftOut: [], refused: entries }
  if (entries.length > MAX_ENTRIES)
    return { files: [], leftOut: [], refused: `holds more than ${MAX_ENTRIES} files and folders` }
  const files: SourceFile[] = []
  const leftOut: { path: string; message: string }[] = []
  const seen = new Set<string>()
  let room = MAX_UNPACKED_BYTES
  for (const [i, entry] of entries.entries()) {
    const path = entry.name
    if (entry.isFolder || NOISE.test(path) || !wanted(path)) continue
    const read = seen.has(path) ? 'is in the archive twice; the first one was taken' : readEntry(entry, room)
    seen.add(path)
    if (read === FULL) {
      const rest = entries.slice(i).filter(({ name, isFolder }) => !isFolder && wanted(name)).length
      leftOut.push({
        path: '',
        message: `more than ${MAX_UNPACKED_BYTES / MEGABYTE} MB unpacked; ${rest} files`,
      })
      break
    }
    if (typeof read === 'string') leftOut.push({ path: shownName(path), message: read })
    else {
      room -= read.length
      files.push({ path, bytes: read })
    }
  }
  return { files, leftOut, refused: '' }
}

const FULL = Symbol('no room is left')

/** Returns the content, or why the entry is left out. */
function readEntry(entry: ZipEntry, room: number): Uint8Array | string | typeof FULL {
  const { name, packed, method, checksum } = entry
  if (!isPlainPath(name)) return 'has a name that leads out of the archive, or that no system takes'
  if (entry.isSpecial) return 'is a link or another special file'
  if (entry.isEncrypted) return 'is locked by a password; pack it again without one'
  if (!packed) return 'is damaged: what belongs to it is not in the archive'
  if (method !== 0 && method !== 8) return `is packed in a way that is not read (method ${method})`
  const most = Math.min(MAX_FILE_BYTES, room, Math.max(SMALL_BYTES, packed.length * MAX_RATIO))
  const read = method === 0 ? stored(packed, most) : inflated(packed, most)
  if (read === TOO_LONG) return most === room ? FULL : tooLong(most)
  if (typeof read === 'string') return read
  if (crc32(read) !== checksum) return 'is damaged: its checksum differs'
  if (isZip(read) && !SHEET.test(name))
    return 'is an archive in the archive, which is not opened; unpack it first'
  return read
}

function tooLong(most: number): string {
  return most === MAX_FILE_BYTES
    ? `is too long: at most ${MAX_FILE_BYTES / MEGABYTE} MB are read`
    : `grows to more than ${MAX_RATIO} times its size when it is unpacked, as no text does`
}

const TOO_LONG = Symbol('more than may be unpacked')

const stored = (packed: Uint8Array, most: number) => (packed.length > most ? TOO_LONG : packed)

function inflated(packed: Uint8Array, most: number): Uint8Array | string | typeof TOO_LONG {
  try {
    // Inflating stops at the first byte too many.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    if (error instanceof RangeError) return TOO_LONG
    return `is damaged: ${error instanceof Error ? error.message : error}`
  }
}

/** Whether the path stays inside the archive, on any system. */
function isPlainPath(path: string): boolean {
  const parts = path.split('/')
  return (
    path.length <= MAX_PATH &&
    !path.includes(':') &&
    !UNSHOWABLE.test(path) &&
    !/[\t\n]/.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

const shownName = (path: string) => path.replace(new RegExp(UNSHOWABLE.source, 'gu'), '?').slice(0, 200)
