/** Decodes the bytes of a file to text, whatever program wrote it. */
import type { Warning } from '../notes.js'
import { UNSHOWABLE } from '../schema.js'
import type { SourceFile } from './format.js'

const MAX_BYTES = 5_000_000

export interface DecodedText {
  /**
   * Lines end with `
   * `; the only other control character is the tab. Empty if the file is not text.
   */
  readonly text: string
  /** Whether the file is text at all. */
  readonly isText: boolean
  /** What was lost or replaced while decoding. */
  readonly changed: readonly Warning[]
}

const NOTHING: DecodedText = { text: '', isText: false, changed: [] }
const CONTROLS = new RegExp(UNSHOWABLE.source, 'gu')
const LINE_END = /\r\n?/g

/** A cache, since each format asks for the text of the same file. */
const known = new WeakMap<Uint8Array, DecodedText>()

export function decodeText({ bytes }: SourceFile): DecodedText {
  const before = known.get(bytes)
  if (before) return before
  const decoded = bytes.length > MAX_BYTES ? NOTHING : withoutControls(charactersOf(bytes))
  known.set(bytes, decoded)
  return decoded
}

/** Returns why the file is not read at all; undefined if it can be read. */
export function tooLarge({ bytes }: SourceFile): string | undefined {
  if (bytes.length <= MAX_BYTES) return undefined
  const megabytes = Math.ceil(bytes.length / 100_000) / 10
  return `the file has ${megabytes} MB and at most 5 MB are read; split it up`
}

interface Characters {
  readonly text: string
  readonly message?: string
}

function charactersOf(bytes: Uint8Array): Characters {
  const wide = wideEncoding(bytes)
  if (wide) return { text: new TextDecoder(wide).decode(bytes) }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return repaired(bytes)
  }
}

/** Recognises UTF-16 by its byte order mark, or by the zeros in every second byte of a Latin text. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const head = bytes.subarray(0, 4096)
  if (head.length < 8 || bytes.length % 2 === 1) return undefined
  const zeros = [0, 0]
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const many = head.length / 2 / 3
  if (odd > many && even < odd / 10) return 'utf-16le'
  if (even > many && odd < even / 10) return 'utf-16be'
  return undefined
}

/**
 * Reads the bytes as damaged UTF-8 if most of them are valid; else in the encoding of old spreadsheets, which
 * allows any byte.
 */
function repaired(bytes: Uint8Array): Characters {
  const text = new TextDecoder('utf-8').decode(bytes)
  const broken = text.split('\ufffd').length - 1
  const sound = (text.match(/[^\0-\x7f\ufffd]/gu) ?? []).length
  if (sound > broken) return { text, message: 'the file holds broken characters; they are shown as \ufffd' }
  return {
    text: fromWindows1252(bytes),
    message: 'the file is not UTF-8; it was read as Windows-1252, so look at its accents and quotes',
  }
}

/**
 * The characters of the bytes 80 to 9F; Node 20 decodes them as control characters, whatever encoding its
 * `TextDecoder` has.
 */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const fromWindows1252 = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_1252.charAt(sign.charCodeAt(0) - 0x80))

/** If more than one character in ten is a control character, the file is a picture or a program, not text. */
function withoutControls({ text, message }: Characters): DecodedText {
  const lines = text.replace(LINE_END, '\n')
  const clean = lines.replace(CONTROLS, '')
  if (lines.length - clean.length > lines.length / 10) return NOTHING
  const changed: Warning[] = message === undefined ? [] : [{ line: 1, message }]
  if (clean.length < lines.length) {
    const line = lines.slice(0, lines.search(UNSHOWABLE)).split('\n').length
    changed.push({ line, message: 'control characters, here and further down, are left out' })
  }
  return { text: clean, isText: true, changed }
}
