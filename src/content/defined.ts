/** Links and footnotes that one part of a text defines, and another uses. */
import type { Root } from 'mdast'
import type { Code as Character, Construct, Extension, State, TokenizeContext } from 'micromark-util-types'
import type { Processor } from 'unified'
import { visit } from 'unist-util-visit'

type Defined = ReadonlySet<string>

/** Returns the names that are defined; those of footnotes begin with `^`. */
export function definedIn(groups: readonly { readonly root: Root; readonly isQuick?: true }[]): Defined {
  const defined = new Set<string>()
  for (const { root, isQuick } of groups)
    if (!isQuick)
      visit(root, (node) => {
        if (node.type === 'definition') defined.add(node.identifier.toUpperCase())
        if (node.type === 'footnoteDefinition') defined.add(`^${node.identifier.toUpperCase()}`)
      })
  return defined
}

/**
 * A plugin for unified: the parser treats what other parts define as defined, before it reads the first
 * bracket.
 */
export function definedElsewhere(this: Processor, defined: Defined): void {
  const data = this.data() as { micromarkExtensions?: Extension[] }
  const seen = new WeakSet<object>()
  function tokenize(this: TokenizeContext, _effects: unknown, _ok: State, nok: State): State {
    const parser: TokenizeContext['parser'] & { gfmFootnotes?: string[] } = this.parser
    if (!seen.has(parser)) {
      seen.add(parser)
      parser.gfmFootnotes ??= []
      for (const name of defined) {
        if (name.startsWith('^')) parser.gfmFootnotes.push(name.slice(1))
        else parser.defined.push(name)
      }
    }
    return (code: Character) => nok(code)
  }
  const construct: Construct = { name: 'definedElsewhere', tokenize }
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { text: { 33: construct, 91: construct } }]
}
