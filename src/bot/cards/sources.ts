/** The sources of content, as a note; empty if none are named. */
import type { Question, SourceDocument, Sources } from '../../core/model.js'
import { type Inline, isolated, sentence, short, type Text } from '../../core/text.js'
import { type Block, note } from '../ui/card.js'

/** The note of a topic. */
export function sourceNote({ checked, documents }: Sources): Block[] {
  const told = [
    ...(checked === 'none' ? [] : [[`Checked ${checked}.`]]),
    ...(documents.length === 0 ? [] : [['Sources: ', ...named(documents)]]),
  ]
  return told.length === 0 ? [] : [note(...told.flatMap((one, i) => (i > 0 ? [' ', ...one] : one)))]
}

/** The note of a question that came from a file of another program. */
export function importNote({ origin }: Question): Block[] {
  if (origin.kind === 'team')
    return origin.isImported ? [note(sentence`Imported from ${short(origin.source, 100)}.`)] : []
  if (!origin.imported) return []
  const { documents } = origin.sources
  return [note(...(documents.length === 0 ? ['Imported.'] : ['Imported from ', ...named(documents)]))]
}

function named(documents: readonly SourceDocument[]): Text {
  return documents.flatMap((one, i): Text => [...(i > 0 ? ['; '] : []), sourceText(one)])
}

function sourceText(source: SourceDocument): Inline {
  return typeof source === 'string' ? isolated(source) : { link: source.url, text: [isolated(source.title)] }
}
