/**
 * Opens boxes of other generators: `::: tip Title`, `!!! note "Title"` with indented text below it,
 * `<details>`, `{% hint %}`. A chat has no boxes, so the title, or the kind, stands in bold before the
 * content.
 */
import { inCode, lineOf } from './lines.js'

/** Boxes that arrange a page and say nothing. */
const FRAMES = new Set(
  'code-group,tabs,tab,tab-set,tab-item,grid,cards,card,columns,column,raw,v-pre,div,row,col,center,steps'.split(
    ',',
  ),
)

/** Changes the lines in place; the number of lines stays the same. */
export function openBoxes(lines: string[]): void {
  if (!lines.some((line) => /:::|!!!|\?\?\?|===|details|summary|\{%/.test(line))) return
  const code = inCode(lines)
  for (let i = 0; i < lines.length; i++) {
    if (code[i]) continue
    const { indent, rest } = lineOf(lines[i] ?? '')
    const indented = indentedBox(rest)
    if (indented !== undefined) {
      dedent(lines, i, indent.length)
      lines[i] = indent + indented
    } else lines[i] = indent + withoutFrame(rest)
  }
}

function withoutFrame(rest: string): string {
  if (/^:{3,}/.test(rest)) return colons(rest)
  if (/<\/?(?:details|summary)\b/i.test(rest)) return details(rest)
  if (/^\{%-?\s*(?:end)?(?:hint|tabs?|content-ref|code|stepper|step|highlight|raw)\b/.test(rest))
    return liquid(rest)
  return rest
}

/** Opens `::: tip Title`, `:::tip[Title]`, `::: {.note title="Title"}`; the end of a box becomes empty. */
function colons(rest: string): string {
  const [, words = ''] = /^:{3,}[ \t]*(.*)$/.exec(rest) ?? []
  const attributes = /^\{(.*)\}\s*$/.exec(words)?.[1]
  if (attributes !== undefined)
    return label(/\.([\w-]+)/.exec(attributes)?.[1] ?? 'div', /title="([^"]*)"/.exec(attributes)?.[1] ?? '')
  const [, kind = '', bracketed, plain = ''] =
    /^([\w-]*)[ \t]*(?:\[(.*)\]|(.*))[ \t]*(?:\{.*\})?$/.exec(words) ?? []
  return label(kind, bracketed ?? plain.replace(/\{.*\}\s*$/, ''))
}

/** Opens `!!! note "Title"`, `??? tip`, `=== "Tab"`. */
function indentedBox(rest: string): string | undefined {
  const [, kind = '', title] =
    /^(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)[\w \t-]*(?:"([^"]*)")?[ \t]*$/.exec(rest) ?? []
  if (kind !== '') return title === '' ? '' : label(kind, title ?? '')
  const [, tab] = /^===[!+]?[ \t]+"([^"]+)"[ \t]*$/.exec(rest) ?? []
  return tab === undefined ? undefined : label('tab', tab)
}

/** The content of a box of this kind is indented by four. */
function dedent(lines: string[], from: number, indent: number): void {
  const inside = new RegExp(`^[ \\t>]{${indent}}(?: {4}|\\t)`)
  for (let i = from + 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '') continue
    if (!inside.test(line)) return
    lines[i] = line.slice(0, indent) + line.slice(indent).replace(/^(?: {4}|\t)/, '')
  }
}

function details(rest: string): string {
  return rest
    .replace(/<summary\b[^>]*>(.*?)<\/summary>/gi, (_whole, title: string) => `${label('', title)} `)
    .replace(/<\/?(?:details|summary)\b[^>]*>/gi, '')
    .trim()
}

function liquid(rest: string): string {
  const [, name = '', words = ''] = /^\{%-?\s*(\w+)\s*(.*?)-?%\}/.exec(rest) ?? []
  if (name === 'hint') return label(/style="(\w+)"/.exec(words)?.[1] ?? 'note', '')
  if (name === 'tab' || name === 'code') return label('tab', /title="([^"]*)"/.exec(words)?.[1] ?? '')
  return name === 'highlight' ? `\`\`\`${words.trim().split(' ')[0]}` : name === 'endhighlight' ? '```' : ''
}

/** The label ends with a colon, since the content of the box may follow on the same line. */
function label(kind: string, title: string): string {
  const text = title
    .replace(/<[^>]{0,200}>/g, '')
    .replace(/^\*\*|\*\*$/g, '')
    .trim()
  const shown =
    text ||
    (FRAMES.has(kind) || kind === 'details' ? '' : `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`)
  if (shown === '') return ''
  return /[*_`[\]]/.test(shown) ? shown : `**${shown}${/[:.?!]$/.test(shown) ? '' : ':'}**`
}
