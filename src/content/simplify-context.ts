/** The facts about its file that the simplification of a topic needs. */
import type { FootnoteDefinition } from 'mdast'
import type { Report } from './problem.js'

export interface Context {
  readonly definitions: ReadonlyMap<string, string>
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>
  readonly warn: Report
}
