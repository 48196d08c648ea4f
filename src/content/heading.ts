/** What a heading is called. */
import type { Heading } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'

export interface HeadingName {
  /** Without tags, anchors and pictures. */
  readonly title: string
  /** `{#anchor}`, as some generators have it; empty for none. */
  readonly anchor: string
}

/** `#mlops`, not `#12`. */
const TAGS = /(?:(?:^|\s+)#(?=[\p{N}_/-]*[\p{L}_])[\p{L}\p{N}_/-]+)+$/u

export function headingName(heading: Heading): HeadingName {
  const text = textOf(heading, { includeHtml: false, includeImageAlt: false }).replace(/\s+/g, ' ').trim()
  const [, named = text, anchor = ''] = /^(.*?)\s*\{(?:#([\w.:-]+))?[^{}]*\}$/.exec(text) ?? []
  const title = named.replace(TAGS, '').trim()
  // A heading of tags alone is called by them.
  return { title: title || named || text, anchor }
}
