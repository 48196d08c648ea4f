/** Reading an SVG back: a strict look at its text, and the words in it. */

import { withoutMarks } from '../../src/core/text.js'

const ELEMENTS = new Set(['svg', 'defs', 'pattern', 'rect', 'g', 'path', 'circle', 'text'])
const TAG = /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<>&]*")*)(\/?)>/y
const WORDS = /(?:[^<>&]|&#\d+;)+/y
/** What XML forbids outright, escaped or not. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * What is wrong with an SVG as XML; undefined when nothing is. Far stricter than XML: only what the pictures
 * use is let through.
 */
export function faultOf(svg: string): string | undefined {
  if (FORBIDDEN.test(svg)) return `a character that XML forbids at ${svg.search(FORBIDDEN)}`
  const open: string[] = []
  let at = 0
  while (at < svg.length) {
    TAG.lastIndex = WORDS.lastIndex = at
    const tag = TAG.exec(svg)
    if (!tag && !WORDS.test(svg)) return `neither element nor text: ${svg.slice(at, at + 40)}`
    at = tag ? TAG.lastIndex : WORDS.lastIndex
    const fault = tag
      ? tagFault(tag, open)
      : open.at(-1) === 'text'
        ? undefined
        : 'text outside of a text element'
    if (fault !== undefined) return fault
    if (open.length === 0 && at < svg.length) return 'more than one root'
  }
  return open.length > 0 ? `left open: ${open.join(', ')}` : undefined
}

function tagFault(
  [whole, slash, name = '', attributes = '', closed]: RegExpExecArray,
  open: string[],
): string | undefined {
  if (!ELEMENTS.has(name)) return `unknown element: ${whole}`
  const names = [...attributes.matchAll(/ ([a-zA-Z-]+)=/g)].map((m) => m[1])
  if (new Set(names).size < names.length) return `an attribute twice: ${whole}`
  if (/NaN|Infinity|undefined/.test(attributes)) return `no number: ${whole}`
  if (slash === '/') return open.pop() === name ? undefined : `closes what is not open: ${whole}`
  if (closed !== '/') open.push(name)
  return undefined
}

/** The content of every text element, in order, as it is read: without marks that nobody sees. */
export const textsOf = (svg: string): string[] => markedTextsOf(svg).map(withoutMarks)

export function markedTextsOf(svg: string): string[] {
  const found = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((m) => m[1] ?? '')
  return found.map((t) => t.replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number))))
}

export function times(part: string, svg: string): number {
  return svg.split(part).length - 1
}
