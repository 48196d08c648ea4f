/** The name of a heading. */
import type { Heading } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'

export interface HeadingName {
  /** The text without tags, anchors, block ids and pictures. */
  readonly title: string
  /** `{#anchor}`, as some generators write it, or `^block` of a vault; empty for none. */
  readonly anchor: string
}

/** Matches `#mlops`, not `#12`. */
const TAGS = /(?:(?:^|\s+)#(?=[\p{N}_/-]*[\p{L}_])[\p{L}\p{N}_/-]+)+$/u
/** Matches `^intro`, not `^2`. */
const BLOCK = /\s+(\^(?=[\w-]*[a-z])[\w-]+)$/i

export function headingName(heading: Heading): HeadingName {
  const text = textOf(heading, { includeHtml: false, includeImageAlt: false }).replace(/\s+/g, ' ').trim()
  const [, named = text, anchor = ''] = /^(.*?)\s*\{(?:#([\w.:-]+))?[^{}]*\}$/.exec(text) ?? []
  const [, block = ''] = BLOCK.exec(named) ?? BLOCK.exec(named.replace(TAGS, '')) ?? []
  const title = named.replace(BLOCK, '').replace(TAGS, '').replace(BLOCK, '').trim()
  // A heading that has only tags is called by them.
  return { title: title || named || text, anchor: anchor || block.toLowerCase() }
}
