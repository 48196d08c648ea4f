/** How much of a question a topic must cover to be its answer; with few words, each must count for more. */
const COVERED = [2, 0.6, 0.53, 0.46, 0.38, 0.33]
/** Whole sentences contain words that say little, which the notes need not have. */
const COVERED_SENTENCE = [2, 0.45, 0.4, 0.38, 0.35, 0.32, 0.3]
/**
 * A topic that covers this much of a sentence answers it, even if one of its words is nowhere in the notes.
 */
export const CERTAIN = 0.6
/**
 * Short queries are half-remembered names, so close ones are offered; a longer question gets its best topic.
 */
export const SHORT_QUERY_WORDS = 2

/** Returns the share that suffices for an answer, by the number of meaningful words. */
export function enoughFor(told: number, isSentence: boolean): number {
  const limits = isSentence ? COVERED_SENTENCE : COVERED
  return limits[Math.min(told, limits.length - 1)] ?? 1
}
