/** Writes simple blocks as Markdown like `remark-stringify`, which takes fifty times as long. */
import type { List, PhrasingContent, RootContent, Table } from 'mdast'

/** Matches text that needs no backslash wherever it stands in a line. */
const PLAIN = /^(?:[^\\`*_[\]<>&!~@|#+\n]|!(?!$)(?!\[)|(?<=[\p{L}\p{N}])_(?=[\p{L}\p{N}]))*$/u
const ADDRESS = /www\.|:\/\/|https?:|mailto:|xmpp:/i
/** Matches text that would begin a block. */
const BEGINS = /^(?:[\s=$:|~>-]|\d+[.)])/

/** Returns undefined if the library must write the block. */
export function quickText(node: RootContent): string | undefined {
  switch (node.type) {
    case 'paragraph': {
      const text = words(node.children)
      return text === undefined || BEGINS.test(text) ? undefined : text
    }
    case 'heading': {
      const text = words(node.children)
      return text === undefined || text === '' ? undefined : `${'#'.repeat(node.depth)} ${text}`
    }
    case 'code': {
      const lang = node.lang ?? ''
      if (node.value.includes('```') || !/^[\w+#.-]*$/.test(lang) || node.meta) return undefined
      return `\`\`\`${lang}\n${node.value}\n\`\`\``
    }
    case 'list':
      return list(node)
    case 'table':
      return table(node)
    default:
      return undefined
  }
}

function words(nodes: readonly PhrasingContent[]): string | undefined {
  let text = ''
  for (const [i, node] of nodes.entries()) {
    const more = inline(node, text, nodes[i + 1])
    if (more === undefined) return undefined
    text += more
  }
  return /^\s|\s$/.test(text) ? undefined : text
}

function inline(
  node: PhrasingContent,
  before: string,
  next: PhrasingContent | undefined,
): string | undefined {
  switch (node.type) {
    case 'text':
      return PLAIN.test(node.value) && !ADDRESS.test(node.value) ? node.value : undefined
    case 'inlineCode':
      return /^(?! )[^`\n]+(?<! )$/.test(node.value) ? `\`${node.value}\`` : undefined
    case 'strong':
      return marked('**', node.children, before, next)
    case 'emphasis':
      return marked('*', node.children, before, next)
    case 'link': {
      const text = words(node.children)
      if (text === undefined || node.title || !/^https?:\/\/[\w./#=%,-]+$/.test(node.url)) return undefined
      return node.children.length === 1 && node.children[0]?.type === 'text'
        ? `[${text}](${node.url})`
        : undefined
    }
    default:
      return undefined
  }
}

/** Writes marks only between spaces and signs, where no mark can be taken for another. */
function marked(
  mark: string,
  children: readonly PhrasingContent[],
  before: string,
  next: PhrasingContent | undefined,
): string | undefined {
  const [only, ...others] = children
  if (only?.type !== 'text' || others.length > 0 || !/^[\p{L}\p{N}](?:.*[\p{L}\p{N}])?:?$/u.test(only.value))
    return undefined
  const isApart =
    /(?:^|[\s(])$/.test(before) &&
    (next === undefined || (next.type === 'text' && /^[\s.,;:?)]/.test(next.value)))
  const text = words(children)
  return isApart && text !== undefined ? `${mark}${text}${mark}` : undefined
}

function list({ children, ordered, start }: List): string | undefined {
  const lines: string[] = []
  for (const [i, item] of children.entries()) {
    const [only, ...others] = item.children
    if (only?.type !== 'paragraph' || others.length > 0 || typeof item.checked === 'boolean') return undefined
    const text = quickText(only)
    if (text === undefined || text === '') return undefined
    lines.push(`${ordered ? `${(start ?? 1) + i}.` : '-'} ${text}`)
  }
  return lines.join('\n')
}

/** Columns are as wide as their widest cell. */
function table({ children, align }: Table): string | undefined {
  if (align?.some((one) => one !== null && one !== undefined)) return undefined
  const rows: string[][] = []
  for (const row of children) {
    const cells: string[] = []
    for (const cell of row.children) {
      const text = words(cell.children)
      if (text === undefined || text.includes('|')) return undefined
      cells.push(text)
    }
    rows.push(cells)
  }
  const [header = []] = rows
  const widths = header.map((_cell, i) => Math.max(1, ...rows.map((cells) => (cells[i] ?? '').length)))
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '').padEnd(width)).join(' | ')} |`
  const border = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [line(header), border, ...rows.slice(1).map(line)].join('\n')
}
