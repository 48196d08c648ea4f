/** The fonts of the pictures: the width of a text, and the characters that can be drawn at all. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import opentype, { type Font } from 'opentype.js'
import { createBoundedCache } from '../core/bounded-cache.js'
import { isRightToLeft, withoutMarks } from '../core/text.js'

const require = createRequire(import.meta.url)
const INTER = '@expo-google-fonts/inter'
const FILES = {
  regular: `${INTER}/400Regular/Inter_400Regular.ttf`,
  bold: `${INTER}/700Bold/Inter_700Bold.ttf`,
  fallback: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  emoji: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
} as const

export type Weight = 'regular' | 'bold'

/** Paths for the renderer, which falls back from one to the next. */
export const fontFiles: readonly string[] = Object.values(FILES).map((file) => require.resolve(file))

const loaded = new Map<string, Font>()

function font(name: keyof typeof FILES): Font {
  const known =
    loaded.get(name) ?? opentype.parse(new Uint8Array(readFileSync(require.resolve(FILES[name]))).buffer)
  loaded.set(name, known)
  return known
}

const MOST_KEPT = 5000
/** A cache, since texts consist of the same characters again and again. */
const advances = {
  regular: createBoundedCache<number>(MOST_KEPT),
  bold: createBoundedCache<number>(MOST_KEPT),
} as const
/** No picture shows a text of this length. */
const MOST_DRAWN = 1000

/** Returns the advance in ems; below zero if no font has the character. */
function advanceOf(character: string, weight: Weight): number {
  const kept = advances[weight]
  const before = kept.get(character)
  if (before !== undefined) return before
  const measured = measure(character, weight)
  kept.set(character, measured)
  return measured
}

function measure(character: string, weight: Weight): number {
  for (const name of [weight, 'fallback', 'emoji'] as const) {
    const face = font(name)
    const glyph = face.charToGlyphIndex(character)
    if (glyph > 0) return face.glyphs.get(glyph).advanceWidth / face.unitsPerEm
  }
  return -1
}

/** Returns the width of a line in pixels without kerning: within two or three per cent of the drawing. */
export function widthOf(text: string, size: number, weight: Weight = 'regular'): number {
  let ems = 0
  for (const character of withoutMarks(text)) ems += Math.max(0, advanceOf(character, weight))
  return ems * size
}

/**
 * Drops characters without a font, since one would spoil the whole text around it, and marks that join or
 * turn. Isolated text stays isolated if that makes a difference.
 */
export function drawable(text: string): string {
  const seen = text
    .slice(0, MOST_DRAWN)
    .toWellFormed()
    .replace(/\p{Cc}|\ufffd/gu, ' ')
    .replace(/(?![\u2068\u2069])[\p{Cf}\p{Co}\p{Cn}]|\ufe0e|\ufe0f/gu, '')
  const kept = [...seen].filter((one) => withoutMarks(one) === '' || advanceOf(one, 'regular') >= 0).join('')
  const isApart = isRightToLeft(kept) && withoutMarks(kept).trim() !== ''
  return (isApart ? kept : withoutMarks(kept)).replace(/\s+/g, ' ').trim()
}

/** Cuts the text with an ellipsis to fit a width in pixels. */
export function clipped(text: string, width: number, size: number, weight: Weight = 'regular'): string {
  if (widthOf(text, size, weight) <= width) return text
  let room = width - widthOf('…', size, weight)
  let end = 0
  for (const character of text) {
    room -= widthOf(character, size, weight)
    if (room < 0) break
    end += character.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}

/**
 * Breaks the text into lines that fit a width, between words if possible; the last of `most` lines is cut.
 */
export function wrap(
  text: string,
  width: number,
  size: number,
  most: number,
  weight: Weight = 'regular',
): string[] {
  const measure = (part: string) => widthOf(part, size, weight)
  const lines: Line[] = []
  for (const word of text.split(' ')) {
    if (measure(word) <= width) append(lines, ' ', word, width, measure)
    else lines.push(...pieces(word, width, measure))
  }
  const all = lines.map((line) => line.text)
  const shown = all.slice(0, most)
  if (all.length > most) shown[most - 1] = `${shown[most - 1] ?? ''} ${all.slice(most).join(' ')}`
  return shown.map((line) => clipped(line, width, size, weight))
}

interface Line {
  text: string
  /** Width in pixels, updated as the line grows. */
  width: number
}

/** Puts the part on the last line if it fits there, otherwise on a new one. */
function append(
  lines: Line[],
  gap: string,
  part: string,
  width: number,
  measure: (part: string) => number,
): void {
  const last = lines.at(-1)
  const [longer, own] = [measure(gap + part), measure(part)]
  if (last && last.width + longer <= width) {
    last.text += gap + part
    last.width += longer
  } else lines.push({ text: part, width: own })
}

/** Splits a word into parts that fit: before a capital or after a hyphen, otherwise anywhere. */
function pieces(word: string, width: number, measure: (part: string) => number): Line[] {
  const parts = word
    .split(/(?<=\p{Ll})(?=\p{Lu})|(?<=[-/._])/u)
    .flatMap((part) => (measure(part) <= width ? [part] : [...part]))
  const lines: Line[] = []
  for (const part of parts) append(lines, '', part, width, measure)
  return lines
}
