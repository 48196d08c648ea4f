/** Whether a block that one part of Markdown begins continues in the next part. */
import type { Code, Html, List, Root } from 'mdast'
import { markerOf } from './parts.js'

/** Whether the last block of a text continues in the next text. */
export function goesOn({ children }: Root, text: string, next: string): boolean {
  const last = children.at(-1)
  const isParted = /\n[ \t]*\n$/.test(text)
  switch (last?.type) {
    case 'code':
      return isOpenFence(last, text)
    case 'html':
      return isOpenHtml(last) ?? !isParted
    default: {
      const marker = markerOf(next)
      return (
        !isParted && marker !== undefined && !(last?.type === 'list' && markerOfList(last, text) === marker)
      )
    }
  }
}

function isOpenFence({ position }: Code, text: string): boolean {
  const [first = '', ...lines] = text.slice(position?.start.offset, position?.end.offset).split('\n')
  const fence = /^ *(`{3,}|~{3,})/.exec(first)?.[1]
  if (fence === undefined) return false
  const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(lines.at(-1) ?? '')?.[1]
  return !end?.startsWith(fence)
}

const LONG: readonly (readonly [begin: RegExp, end: RegExp])[] = [
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
  [/^<(?:script|pre|style|textarea)(?=[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
]

/** Returns undefined for HTML that ends at a blank line. */
function isOpenHtml(html: Html): boolean | undefined {
  const value = html.value.trimStart()
  const [, end] = LONG.find(([begin]) => begin.test(value)) ?? []
  return end && !end.test(value.slice(2))
}

/** `begin`: the offset of the source in the whole text. */
export function markerOfList(list: List, source: string, begin = 0): string | undefined {
  const at = (list.children[0]?.position?.start.offset ?? begin) - begin
  return markerOf(source.slice(at, at + 12))
}

/** Like `goesOn`, for a text that was read without the parser: its fences are closed. */
export function quickGoesOn({ children }: Root, text: string, next: string): boolean {
  const marker = markerOf(next)
  const last = children.at(-1)
  if (last === undefined || last.type === 'code' || /\n[ \t]*\n$/.test(text) || marker === undefined)
    return false
  return !(last.type === 'list' && children.length === 1 && markerOf(text) === marker)
}
