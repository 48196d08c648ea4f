/** What the simplification of a topic has to know of its file. */
import type { FootnoteDefinition } from 'mdast'
import type { Report } from './problem.js'

export interface Context {
  readonly definitions: ReadonlyMap<string, string>
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>
  readonly warn: Report
}
