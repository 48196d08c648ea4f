/** Builds SVG as text: every string that enters is escaped here. */
import { balanced, isolated } from '../core/text.js'
import { drawable, type Weight } from './fonts.js'

/**
 * Colours of a card with its own background: dark, so that it does not glare in a dark theme, but is distinct
 * in a light one. On the background and on the tint, text has a contrast of 4.5:1 at least, and shapes of
 * 3:1.
 */
export const PAPER = '#22232e'
export const TINT = '#2d2f3d'
export const INK = '#f3f3f8'
export const SOFT = '#babbca'
export const LINE = '#494b5d'
export const ACCENT = '#938dff'
/** Background of highlighted text, and the colour of that text. */
export const BADGE = '#413f7c'
export const ON_BADGE = '#eceaff'
export const RIGHT = '#4fc98a'
export const GREY = '#9395aa'

export interface Svg {
  readonly width: number
  readonly height: number
  readonly body: string
}

/** Pixels of the PNG for each unit of the SVG: sharp on screens of double density. */
export const SCALE = 2

export function page({ width, height, body }: Svg): string {
  const frame = `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="14" fill="${PAPER}" stroke="${LINE}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, DejaVu Sans, Noto Emoji">${DEFS}${frame}${body}</svg>`
}

/** The stripes that distinguish a wrong bar from a right one without colour. */
const DEFS = `<defs><pattern id="stripes" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="${TINT}"/><rect width="3" height="7" fill="${GREY}"/></pattern></defs>`

export interface TextStyle {
  readonly size: number
  readonly weight?: Weight
  readonly fill?: string
  readonly anchor?: 'start' | 'middle' | 'end'
}

/**
 * Draws one line; `y` is its baseline. A line runs from left to right: text in the other direction, or a part
 * of such a text, is isolated in it. Each line has its own element, since one character without a font spoils
 * a whole element.
 */
export function line(
  x: number,
  y: number,
  content: string,
  { size, weight = 'regular', fill = INK, anchor = 'start' }: TextStyle,
): string {
  const bold = weight === 'bold' ? ' font-weight="700"' : ''
  return `<text x="${n(x)}" y="${n(y)}" font-size="${size}"${bold} fill="${fill}" text-anchor="${anchor}">${escaped(isolated(balanced(content)))}</text>`
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
  fill: string,
  stroke?: string,
): string {
  const edge = stroke === undefined ? '' : ` stroke="${stroke}" stroke-width="1.5"`
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(Math.max(0, width))}" height="${n(height)}" rx="${radius}" fill="${fill}"${edge}/>`
}

/** Returns the shortest form of a number, so that the same picture is the same text everywhere. */
export function n(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** Returns the part of a text that the fonts can draw; a neutral mark if that is empty. */
export function shown(content: string): string {
  return drawable(content) || '•'
}

function escaped(content: string): string {
  return content.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
}
