/**
 * Splits a Markdown source into parts. The parser takes time and memory by the square of what it reads at
 * once, so a long text is read part by part. A part begins at a line that is a heading or an item of a list,
 * and at a line without indentation after a blank line.
 */

export interface Part {
  readonly text: string
  /** The number of lines and of characters of the source above it. */
  readonly line: number
  readonly offset: number
  /** The number of signs and line ends, which decide the parsing time. */
  readonly weight: number
}

/** The signs of emphasis, links, tables and lists, and space that no reader sees. */
const SIGN = /[^\p{L}\p{N}\s]|\s\s/gu
const HEADING = /^#{1,6}(?:[ \t]|$)/
const ITEM = /^(?:[-*+]|\d{1,9}([.)]))(?=\s|$)/
const FENCE = /^(`{3,})[^`]*$|^(~{3,})/
const HTML = /^ {0,3}</
/** Comments and some elements continue over blank lines. */
const LONG_HTML = /^ {0,3}<(?:[!?]|script|pre|style|textarea)/i

export function partsOf(source: string): Part[] {
  const lines = source.split('\n')
  const state = reader(frontLines(lines))
  const parts: Part[] = []
  let [text, from, offset, weight] = ['', 0, 0, 0]
  lines.forEach((line, i) => {
    const whole = i < lines.length - 1 ? `${line}\n` : line
    const { begins, signs } = state(line, i)
    if (begins && i > from) {
      parts.push({ text, line: from, offset, weight })
      offset += text.length
      ;[text, from, weight] = ['', i, 0]
    }
    text += whole
    weight += signs
  })
  return [...parts, { text, line: from, offset, weight }]
}

/** Returns the number of lines of the front matter. */
function frontLines(lines: readonly string[]): number {
  const isFence = (line: string | undefined) => line !== undefined && /^---[ \t]*$/.test(line)
  return isFence(lines[0]) ? lines.findIndex((line, i) => i > 0 && isFence(line)) + 1 : 0
}

/** Reads line after line, and returns whether a part may begin there and how much the line holds. */
function reader(front: number): (line: string, number: number) => { begins: boolean; signs: number } {
  let [blank, html, unsure] = [true, false, false]
  let fence: string | undefined
  let list: string | undefined
  return (line, number) => {
    if (number < front) return { begins: false, signs: 1 }
    if (fence !== undefined) {
      if (isEnd(line, fence)) fence = undefined
      blank = false
      return { begins: false, signs: 1 }
    }
    // The parser takes a line of --- at the start of its input for front matter.
    const marker = markerOf(line)
    const begins =
      HEADING.test(line) ||
      (blank ? /^\S/.test(line) && !line.startsWith('---') : marker !== undefined && marker === list)
    if (marker !== undefined || begins) list = marker
    blank = line.trim() === ''
    html = !blank && (html || HTML.test(line))
    unsure ||= LONG_HTML.test(line)
    if (!html && !unsure) fence = opened(line)
    return { begins, signs: 1 + (line.match(SIGN)?.length ?? 0) }
  }
}

/**
 * Returns what the items of a list have in common, if the text begins with an item: the bullet, or the sign
 * after the number.
 */
export function markerOf(text: string): string | undefined {
  const [item, behind] = ITEM.exec(text) ?? []
  return behind ?? item?.[0]
}

function opened(line: string): string | undefined {
  const [, ticks, tildes] = FENCE.exec(line) ?? []
  return ticks ?? tildes
}

function isEnd(line: string, fence: string): boolean {
  const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1]
  return end?.startsWith(fence) === true
}
