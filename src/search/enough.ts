/** How much of a question a topic must cover to be its answer; in few words each must tell more. */
const COVERED = [2, 0.6, 0.53, 0.46, 0.38, 0.33]
/** Whole sentences hold words that say little; the notes need not have them. */
const COVERED_SENTENCE = [2, 0.45, 0.4, 0.38, 0.35, 0.32, 0.3]
/** A sentence is answered by a topic that covers so much of it, though a word in it stands nowhere. */
export const CERTAIN = 0.6
/**
 * Short queries are names half remembered, so close ones are offered; a longer question gets its best topic.
 */
export const SHORT_QUERY_WORDS = 2

/** The share that is enough for an answer to so many words that tell something. */
export function enoughFor(told: number, isSentence: boolean): number {
  const limits = isSentence ? COVERED_SENTENCE : COVERED
  return limits[Math.min(told, limits.length - 1)] ?? 1
}
