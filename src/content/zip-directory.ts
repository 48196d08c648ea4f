/**
 * Reads what an archive says it holds: its central directory, as the format's description has it (PKWARE,
 * "APPNOTE.TXT", 4.3.12 and 4.3.16). Nothing is unpacked here, and nothing that it says is trusted.
 */

export interface ZipEntry {
  readonly name: string
  /** 0 is stored and 8 is deflated; no other method is read. */
  readonly method: number
  readonly isEncrypted: boolean
  readonly isFolder: boolean
  /** Whether it is a link, a device or the like. */
  readonly isSpecial: boolean
  readonly checksum: number
  /** Undefined if the archive gives a place outside the file. */
  readonly packed: Uint8Array | undefined
}

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const MAX_COMMENT = 0xffff
/** This value means that the true number stands elsewhere, since it needs 64 bits. */
const ELSEWHERE = 0xffffffff

/** Whether the bytes begin like an archive; an empty archive counts too. */
export function isZip(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes
  return (
    first === 0x50 &&
    second === 0x4b &&
    ((third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8))
  )
}

/** Returns why the archive cannot be read, or its entries, at most `most` of them and one more. */
export function zipEntries(bytes: Uint8Array, most: number): readonly ZipEntry[] | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  if (end === undefined)
    return 'is no whole archive: it has no list of its files, so it may have been cut off'
  const [count, start] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)]
  if (view.getUint16(end + 4, true) !== 0) return 'is one part of an archive in several files'
  if (start === ELSEWHERE) return 'is an archive for files above 4 GB (ZIP64), which is not read'
  const entries: ZipEntry[] = []
  let at = start
  while (entries.length <= most) {
    const isEntry = at + ENTRY_BYTES <= end && view.getUint32(at, true) === ENTRY
    // The count has two bytes; where it is too small, no file after it may be lost.
    if (!isEntry && entries.length % 0x10000 === count) return entries
    if (!isEntry) return 'is a damaged archive: the list of its files is not whole'
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const next = at + ENTRY_BYTES + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
    if (next > end) return 'is a damaged archive: the list of its files is not whole'
    entries.push(entryAt(view, at, bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + (name ?? 0))))
    at = next
  }
  return entries
}

function endOf(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--)
    if (view.getUint32(at, true) === END) return at
  return undefined
}

function entryAt(view: DataView, at: number, nameBytes: Uint8Array): ZipEntry {
  const flags = view.getUint16(at + 8, true)
  const attributes = view.getUint32(at + 38, true)
  const name = nameOf(nameBytes)
  // The upper half is the mode of Unix, whose upper four bits are the kind of file; 0 if unknown.
  const kind = attributes >>> 28
  const isFolder = name.endsWith('/') || kind === 4
  return {
    name,
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 0x2041) !== 0,
    isFolder,
    isSpecial: !isFolder && kind !== 0 && kind !== 8,
    checksum: view.getUint32(at + 16, true),
    packed: packedAt(view, view.getUint32(at + 42, true), view.getUint32(at + 20, true)),
  }
}

/** The sizes in front of the file itself may be missing, so those of the directory count. */
function packedAt(view: DataView, at: number, size: number): Uint8Array | undefined {
  if (at + LOCAL_BYTES > view.byteLength || view.getUint32(at, true) !== LOCAL) return undefined
  const start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  return start + size > view.byteLength
    ? undefined
    : new Uint8Array(view.buffer, view.byteOffset + start, size)
}

// ---- names --------------------------------------------------------------------------

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
/** Names that are not UTF-8 use the code page 437 of the first IBM PC, from 0x80 on. */
const PAGE_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

/** Old programs for Windows separate folders by backslashes. */
const nameOf = (bytes: Uint8Array): string => asWritten(bytes).replaceAll('\\', '/')

/** Many programs write UTF-8 without declaring it. */
function asWritten(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes).normalize('NFC')
  } catch {
    return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : PAGE_437[byte - 128])).join(
      '',
    )
  }
}
