/** The fonts of the pictures: how wide a text is, and which characters can be drawn at all. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import opentype, { type Font } from 'opentype.js'

const require = createRequire(import.meta.url)
const INTER = '@expo-google-fonts/inter'
const FILES = {
  regular: `${INTER}/400Regular/Inter_400Regular.ttf`,
  bold: `${INTER}/700Bold/Inter_700Bold.ttf`,
  fallback: 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf',
  emoji: '@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
} as const

export type Weight = 'regular' | 'bold'

/** For the renderer, which falls back from one to the next. */
export const fontFiles: readonly string[] = Object.values(FILES).map((file) => require.resolve(file))

const loaded = new Map<string, Font>()

function font(name: keyof typeof FILES): Font {
  const known = loaded.get(name) ?? opentype.parse(new Uint8Array(readFileSync(require.resolve(FILES[name]))).buffer)
  loaded.set(name, known)
  return known
}

/** The advance in ems; undefined when no font has a picture of the character. */
function advanceOf(character: string, weight: Weight): number | undefined {
  for (const name of [weight, 'fallback', 'emoji'] as const) {
    const face = font(name)
    const glyph = face.charToGlyphIndex(character)
    if (glyph > 0) return face.glyphs.get(glyph).advanceWidth / face.unitsPerEm
  }
  return undefined
}

/** The width of a line in pixels, kerning left out: within two or three per cent of what is drawn. */
export function widthOf(text: string, size: number, weight: Weight = 'regular'): number {
  let ems = 0
  for (const character of text) ems += advanceOf(character, weight) ?? 0
  return ems * size
}

/** One character without a font would spoil the whole text it stands in, so these are dropped; so are marks that join or turn. */
export function drawable(text: string): string {
  const seen = [
    ...text
      .toWellFormed()
      .replace(/\p{Cc}|\ufffd/gu, ' ')
      .replace(/[\p{Cf}\p{Co}\p{Cn}]|\ufe0e|\ufe0f/gu, ''),
  ]
  const kept = seen.filter((c) => advanceOf(c, 'regular') !== undefined)
  return kept.join('').replace(/\s+/g, ' ').trim()
}

/** Cut with an ellipsis to fit a width in pixels. */
export function clipped(text: string, width: number, size: number, weight: Weight = 'regular'): string {
  if (widthOf(text, size, weight) <= width) return text
  const characters = [...text]
  while (characters.length > 0 && widthOf(`${characters.join('')}…`, size, weight) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}

/** Lines that fit a width, broken between words, within a word only when it must be; the last of `most` lines is cut. */
export function wrap(text: string, width: number, size: number, most: number, weight: Weight = 'regular'): string[] {
  const fits = (part: string) => widthOf(part, size, weight) <= width
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer
    else lines.push(...(fits(word) ? [word] : pieces(word, fits)))
  }
  const shown = lines.slice(0, most)
  if (lines.length > most) shown[most - 1] = `${shown[most - 1] ?? ''} ${lines.slice(most).join(' ')}`
  return shown.map((l) => clipped(l, width, size, weight))
}

/** A word in parts that fit, broken where a reader would: before a capital, after a hyphen; else anywhere. */
function pieces(word: string, fits: (part: string) => boolean): string[] {
  const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=[-/._])/u).flatMap((part) => (fits(part) ? [part] : [...part]))
  const joined: string[] = []
  for (const part of parts) {
    const longer = `${joined.at(-1) ?? ''}${part}`
    if (joined.length > 0 && fits(longer)) joined[joined.length - 1] = longer
    else joined.push(part)
  }
  return joined
}
