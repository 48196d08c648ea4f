/** Reads words that need no parser: plain text, and the marks that mean the same wherever they stand. */
import type { PhrasingContent, Text } from 'mdast'
import { wikiLinkOf } from './wikilink.js'

/** The position of a piece of text. */
export interface Place {
  readonly line: number
  readonly offset: number
  /** The column of its first character; 1 if left out. */
  readonly column?: number
}

/** Matches text without a mark, an entity, an address or a line end that breaks the line. */
const PLAIN = /^(?:[^\\`*_[\]<>&!~@|]|!(?!\[)|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))*$/u
const ADDRESS = /www\.|:\/\/|\bhttps?:|\bmailto:|\bxmpp:/i
const BREAK = /[ \t]\n|\n[ \t]/

const WORDS = '[^\\\\`*_\\[\\]<>&!~@|\\n]'
const EDGE = '[\\p{L}\\p{N}]'
const BEFORE = '(?<=^|[\\s(])'
const AFTER = '(?=$|[\\s.,;:?)])'
/** Each mark has its own group: code, bold, italic, a link, a link between notes. */
const MARKS = new RegExp(
  [
    '(?<!`)`([^`\\n]+)`(?!`)',
    `${BEFORE}\\*\\*(?=${EDGE})(${WORDS}*${EDGE}:?)\\*\\*${AFTER}`,
    `${BEFORE}\\*(?=${EDGE})(${WORDS}*${EDGE})\\*${AFTER}`,
    `(?<!!)\\[(?=${EDGE})(${WORDS}+)\\]\\((?=[\\p{L}\\p{N}./#])([^\\s()<>\\\\&*"'\`\\[\\]|]+)\\)`,
    '(!?\\[\\[[^[\\]\\n]*\\]\\])',
  ].join('|'),
  'gu',
)

/**
 * Returns undefined if the parser must read the text. `at`: where the text begins; `wiki`: whether
 * `[[notes]]` are links.
 */
export function quickInline(text: string, at: Place, wiki: boolean): PhrasingContent[] | undefined {
  if (BREAK.test(text)) return undefined
  if (PLAIN.test(text)) return ADDRESS.test(text) ? undefined : [textNode(text, at, 0, text)]
  const nodes: PhrasingContent[] = []
  let from = 0
  for (const match of text.matchAll(MARKS)) {
    const before = text.slice(from, match.index)
    if (!isPlain(text, from, match.index)) return undefined
    const node = markNode(match, text, at, wiki)
    if (!node) return undefined
    if (before !== '') nodes.push(textNode(before, at, from, text))
    nodes.push(node)
    from = match.index + match[0].length
  }
  if (from === 0 || !isPlain(text, from, text.length)) return undefined
  if (from < text.length) nodes.push(textNode(text.slice(from), at, from, text))
  return nodes
}

/** Checks the text together with what precedes it, since an underscore inside a word is no mark. */
function isPlain(text: string, from: number, to: number): boolean {
  const part = text.slice(from, to)
  return PLAIN.test(part) && !ADDRESS.test(part) && !part.endsWith('!')
}

function markNode(
  match: RegExpExecArray,
  text: string,
  at: Place,
  wiki: boolean,
): PhrasingContent | undefined {
  const [whole, code, bold, italic, label, url, raw] = match
  const position = placeOf(text, at, match.index, match.index + whole.length)
  const inside = (words: string, skip: number) =>
    PLAIN.test(words) && !ADDRESS.test(words) ? [textNode(words, at, match.index + skip, text)] : undefined
  if (code !== undefined) {
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== ''
    return { type: 'inlineCode', value: isPadded ? code.slice(1, -1) : code, position }
  }
  if (bold !== undefined) {
    const children = inside(bold, 2)
    return children && { type: 'strong', children, position }
  }
  if (italic !== undefined) {
    const children = inside(italic, 1)
    return children && { type: 'emphasis', children, position }
  }
  if (label !== undefined && url !== undefined) {
    const children = inside(label, 1)
    return children && { type: 'link', title: null, url, children, position }
  }
  if (raw === undefined || !wiki || !/[^\s]/.test(raw.replace(/^!?\[\[|\]\]$/g, ''))) return undefined
  return { ...wikiLinkOf(raw), position }
}

function textNode(value: string, at: Place, index: number, whole: string): Text {
  return { type: 'text', value, position: placeOf(whole, at, index, index + value.length) }
}

export function placeOf(text: string, at: Place, from: number, to: number) {
  const start = pointAt(text, at, from)
  return { start, end: pointAt(text, at, to) }
}

function pointAt(text: string, { line, offset, column = 1 }: Place, index: number) {
  const before = text.lastIndexOf('\n', index - 1)
  if (index === 0 || before < 0) return { line, column: column + index, offset: offset + index }
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < before; at = text.indexOf('\n', at + 1)) lines++
  return { line: line + lines, column: index - before, offset: offset + index }
}
