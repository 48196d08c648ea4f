/** Collects the topics that the index finds for the words of a question. */
import { type Posting, ranked } from './postings.js'
import { KINSHIP, type Terms } from './terms.js'

export const MAX_CANDIDATES = 15
const MAX_TOGETHER = 4
/**
 * Words are searched from the rarest on until their postings hold this many topics in total. More common
 * words add no candidates; they only help to judge those that were found.
 */
const MAX_POSTINGS = 500

/** Finds the topics worth judging, each with the index's score as a share of the best score. */
export function createCandidates(terms: Terms): (asked: readonly string[]) => Map<number, number> {
  return (asked) => {
    const rarestFirst = [...new Set(asked)].sort((a, b) => terms.rarity(b) - terms.rarity(a))
    const wanted = new Map<string, { posting: Posting; boost: number }>()
    let postings = 0
    const want = (term: string, boost: number) => {
      const posting = terms.posting(term)
      if (!posting || wanted.has(term) || postings + posting.topics.length > MAX_POSTINGS) return
      postings += posting.topics.length
      wanted.set(term, { posting, boost })
    }
    for (const term of rarestFirst) want(term, 1)
    for (const term of rarestFirst) for (const other of terms.kinOf(term)) want(other, KINSHIP / 2)
    const found = ranked([...wanted.values()])
    // For a few words, topics that hold all of them must not drown in topics that hold one of them often.
    const few = rarestFirst.length > 1 && rarestFirst.length <= MAX_TOGETHER
    const chosen = few ? rarestFirst.flatMap((term) => wanted.get(term) ?? []) : []
    const together = few && chosen.length === rarestFirst.length ? ranked(chosen, true) : []
    const candidates = [...found.slice(0, MAX_CANDIDATES), ...together.slice(0, MAX_CANDIDATES)]
    return new Map(candidates.map(({ topic, score }) => [topic, score / (found[0]?.score ?? 1)]))
  }
}
