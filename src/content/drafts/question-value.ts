/** Converts a draft to an entry of a `.questions.yaml`. */
import type { Sources } from '../../core/model.js'
import { answersOf } from '../formats/to-yaml.js'
import type { DraftQuestion } from './draft.js'

export function questionValue({ id, topics, concept, item, sources }: DraftQuestion) {
  const { kind, stem } = item
  return { id, kind, topics, concept, stem, ...answersOf(item), ...sourcesOf(sources) }
}

function sourcesOf({ notes, documents }: Sources) {
  if (notes.length + documents.length === 0) return {}
  return {
    sources: { ...(notes.length > 0 && { notes }), ...(documents.length > 0 && { documents }) },
  }
}
