/** An extension of the Markdown parser for `[[note#heading|label]]` and `![[file]]`, as vaults write them. */
import type { Literal } from 'mdast'
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown'
import type { Code, Construct, Effects, Extension, State } from 'micromark-util-types'
import type { Processor } from 'unified'

/** `value` is the text that a reader sees: the label, else the heading, else the name of the note. */
export interface WikiLink extends Literal {
  type: 'wikiLink'
  /** The whole link with its brackets. */
  raw: string
  embed: boolean
  /** The note, with its folder if one is given; empty for a heading of the same note. */
  target: string
  anchor: string | null
  label: string | null
}

declare module 'mdast' {
  interface PhrasingContentMap {
    wikiLink: WikiLink
  }
  interface RootContentMap {
    wikiLink: WikiLink
  }
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    wikiLink: 'wikiLink'
  }
}

const [BANG, OPEN, CLOSE] = [33, 91, 93]

/** A plugin for unified, used with `remark-parse`. */
export function wikiLinks(this: Processor): void {
  const data = this.data() as {
    micromarkExtensions?: Extension[]
    fromMarkdownExtensions?: (FromMarkdown | FromMarkdown[])[]
  }
  data.micromarkExtensions = [
    ...(data.micromarkExtensions ?? []),
    { text: { [BANG]: construct, [OPEN]: construct } },
  ]
  data.fromMarkdownExtensions = [
    ...(data.fromMarkdownExtensions ?? []),
    { enter: { wikiLink: enter }, exit: { wikiLink: exit } },
  ]
}

const construct: Construct = { name: 'wikiLink', tokenize }

/** Reads an optional `!`, two brackets, text other than brackets on one line, and two brackets. */
function tokenize(effects: Effects, ok: State, nok: State): State {
  let written = false
  return (code: Code) => {
    effects.enter('wikiLink')
    if (code !== BANG) return open(code)
    effects.consume(code)
    return open
  }
  function open(code: Code): State | undefined {
    return bracket(code, OPEN, (next) => bracket(next, OPEN, inside))
  }
  function inside(code: Code): State | undefined {
    if (code === CLOSE) return written ? bracket(code, CLOSE, last) : nok(code)
    // Codes below zero are line ends and tabs.
    if (code === null || code === OPEN || (code < 0 && code > -6 && code !== -2 && code !== -1))
      return nok(code)
    if (code > 32) written = true
    effects.consume(code)
    return inside
  }
  function last(code: Code): State | undefined {
    if (code !== CLOSE) return nok(code)
    effects.consume(code)
    effects.exit('wikiLink')
    return ok
  }
  function bracket(code: Code, wanted: number, next: State): State | undefined {
    if (code !== wanted) return nok(code)
    effects.consume(code)
    return next
  }
}

/** `raw`: the whole link with its brackets. */
export function wikiLinkOf(raw: string): WikiLink {
  // In a table, the bar before a label is written with a backslash.
  const inner = raw.replace(/^!?\[\[|\]\]$/g, '').replaceAll('\\|', '|')
  const [, path = '', label] = /^([^|]*)(?:\|(.*))?$/s.exec(inner) ?? []
  const [, target = '', anchor] = /^([^#]*)(?:#(.*))?$/s.exec(path) ?? []
  const known = { target: target.trim(), anchor: anchor?.trim() || null, label: label?.trim() || null }
  const value = known.label ?? known.anchor ?? known.target.split('/').at(-1) ?? ''
  return { type: 'wikiLink', raw, embed: raw.startsWith('!'), ...known, value }
}

function enter(this: CompileContext, token: Token): void {
  this.enter(wikiLinkOf(this.sliceSerialize(token)), token)
}

function exit(this: CompileContext, token: Token): void {
  this.exit(token)
}
