/** Finds links between notes, as vaults, repositories and sites write them. */
import type { Root, RootContent } from 'mdast'
import { visit } from 'unist-util-visit'
import { lineOf } from '../note-topic.js'

export interface Link {
  readonly kind: 'wiki' | 'path'
  /** A name or a path; empty for a link within the file. */
  readonly target: string
  /** A heading, or its anchor; empty for none. */
  readonly anchor: string
  readonly line: number
  /** The link as it is written. */
  readonly raw: string
}

/** A link to a picture or to the web is not a link between notes. */
export function linksIn(nodes: readonly RootContent[], definitions: ReadonlyMap<string, string>): Link[] {
  const links: Link[] = []
  const root: Root = { type: 'root', children: [...nodes] }
  visit(root, (node) => {
    const line = lineOf(node)
    if (node.type === 'wikiLink') {
      if (!/\.(?:png|jpe?g|gif|svg|webp|pdf|mp4|excalidraw)$/i.test(node.target))
        links.push({ kind: 'wiki', target: node.target, anchor: node.anchor ?? '', line, raw: node.raw })
    } else if (node.type === 'link' || node.type === 'linkReference') {
      const url = node.type === 'link' ? node.url : (definitions.get(node.identifier) ?? '')
      const link = pathLink(url, line)
      if (link) links.push(link)
    }
  })
  return links
}

function pathLink(url: string, line: number): Link | undefined {
  if (url === '' || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) return undefined
  const [, target = '', anchor = ''] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(decoded(url)) ?? []
  const extension = /\.([a-z0-9]+)$/i.exec(target)?.[1] ?? ''
  if (extension !== '' && !/^(?:md|mdx|markdown|html?)$/i.test(extension)) return undefined
  return { kind: 'path', target, anchor, line, raw: url }
}

function decoded(url: string): string {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}
