/** Writes trees of Markdown as text. */
import type { RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { quickText } from './quick-text.js'

const writer = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '-', emphasis: '*', rule: '-', listItemIndent: 'one', resourceLink: true })

/** The text ends with a line feed, unless it is empty. */
export function markdownText(children: readonly RootContent[]): string {
  const texts: string[] = []
  let rest: RootContent[] = []
  const flush = () => {
    if (rest.length > 0) texts.push(writer.stringify({ type: 'root', children: rest }).trimEnd())
    rest = []
  }
  children.forEach((node, i) => {
    // Lists that follow one another need different marks, so the library writes them.
    const isBeside =
      node.type === 'list' && [children[i - 1], children[i + 1]].some((one) => one?.type === 'list')
    const text = isBeside ? undefined : quickText(node)
    if (text === undefined) rest.push(node)
    else {
      flush()
      texts.push(text)
    }
  })
  flush()
  const text = texts.filter((one) => one !== '').join('\n\n')
  return text === '' ? '' : `${text}\n`
}
