/** Makes drafts of questions for a pack of notes. */
import type { Topic } from '../../core/model.js'
import { question as questionSchema } from '../schema.js'
import { choiceDraft } from './choices.js'
import type { DraftQuestion } from './draft.js'
import { createKeywords } from './keywords.js'
import { neighboursIn } from './neighbours.js'
import { questionValue } from './question-value.js'
import { stepDrafts } from './steps.js'
import { tableDrafts } from './tables.js'
import { termsOf } from './terms.js'

/**
 * Returns the drafts in the order of the topics; only those that the bot could ask unchanged. `makers`: as in
 * the pack.
 */
export function makeDrafts(topics: readonly Topic[], makers: readonly string[] = []): DraftQuestion[] {
  const keywords = createKeywords(makers)
  const terms = termsOf(topics)
  const neighbours = neighboursIn(terms, keywords)
  const byTopic = new Map<string, DraftQuestion[]>()
  for (const term of terms) {
    const made = byTopic.get(term.topic.slug) ?? []
    made.push(...choiceDraft(term, neighbours, keywords))
    byTopic.set(term.topic.slug, made)
  }
  const all = topics.flatMap((topic) => [
    ...tableDrafts(topic, keywords),
    ...(byTopic.get(topic.slug) ?? []),
    ...stepDrafts(topic),
  ])
  return once(all).filter((draft) => questionSchema.safeParse(questionValue(draft)).success)
}

/** Removes duplicates, since notes often say the same twice. */
function once(drafts: readonly DraftQuestion[]): DraftQuestion[] {
  const seen = new Set<string>()
  return drafts.filter(({ id, item }) => {
    const keys = [id, JSON.stringify(item)]
    const isNew = !keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return isNew
  })
}
