/**
 * Inverted index: which topics hold a term, and how well each fits it, by BM25+. The fields weigh the same in
 * every question, so the index precomputes the score of a term for a topic, and a look-up only adds these
 * scores.
 */

/**
 * `topics` are in ascending order. In parallel arrays, `masses` has the weighted number of occurrences in
 * each, and `fits` how well each fits the term.
 */
export interface Posting {
  readonly topics: readonly number[]
  readonly masses: readonly number[]
  readonly fits: readonly number[]
  /** The sum of all masses. */
  readonly mass: number
  /** 1 for a term of a single topic, less for common ones. */
  readonly rarity: number
}

/** One of the fields of all documents. */
export interface Column {
  readonly weight: number
  /** The terms of each topic. */
  readonly terms: readonly (readonly string[])[]
}

/**
 * BM25+ parameters: how soon repetitions stop counting, how much the length of a field counts, and the
 * minimum that a term counts.
 */
const [SATURATION, LENGTH, LEAST] = [1.2, 0.7, 0.5]

interface Growing {
  readonly topics: number[]
  readonly masses: number[]
  readonly fits: number[]
  mass: number
  rarity: number
}

export function createIndex(columns: readonly Column[]): ReadonlyMap<string, Posting> {
  const sums = new Map<string, Map<number, { mass: number; fit: number }>>()
  for (const column of columns) addColumn(sums, column)
  const topics = columns[0]?.terms.length ?? 0
  const index = new Map<string, Posting>()
  for (const [term, held] of sums) {
    const posting: Growing = {
      topics: [],
      masses: [],
      fits: [],
      mass: 0,
      rarity: Math.log(1 + topics / held.size) / Math.log(1 + topics),
    }
    for (const [topic, { mass, fit }] of [...held].sort(([a], [b]) => a - b)) {
      posting.topics.push(topic)
      posting.masses.push(mass)
      posting.fits.push(fit)
      posting.mass += mass
    }
    index.set(term, posting)
  }
  return index
}

function addColumn(
  sums: Map<string, Map<number, { mass: number; fit: number }>>,
  { weight, terms }: Column,
): void {
  const counted = terms.map(counts)
  const holding = new Map<string, number>()
  for (const counts of counted)
    for (const term of counts.keys()) holding.set(term, (holding.get(term) ?? 0) + 1)
  const mean = counted.reduce((sum, counts) => sum + Math.max(1, counts.size), 0) / counted.length
  counted.forEach((counts, topic) => {
    const saturation = SATURATION * (1 - LENGTH + (LENGTH * Math.max(1, counts.size)) / mean)
    for (const [term, count] of counts) {
      const topics = holding.get(term) ?? 0
      const rarity = Math.log(1 + (counted.length - topics + 0.5) / (topics + 0.5))
      const held = sums.get(term) ?? new Map<number, { mass: number; fit: number }>()
      sums.set(term, held)
      const sum = held.get(topic) ?? { mass: 0, fit: 0 }
      held.set(topic, sum)
      sum.mass += weight * count
      sum.fit += weight * rarity * (LEAST + (count * (SATURATION + 1)) / (count + saturation))
    }
  })
}

function counts(terms: readonly string[]): Map<string, number> {
  const counted = new Map<string, number>()
  for (const term of terms) counted.set(term, (counted.get(term) ?? 0) + 1)
  return counted
}

/** Returns the topic's position in the posting; -1 if it is absent. */
export function placeOf({ topics }: Posting, topic: number): number {
  let [low, high] = [0, topics.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = topics[middle] ?? 0
    if (found === topic) return middle
    if (found < topic) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/**
 * Returns the topics that hold any of the terms (or all of them), best first. The score is the sum of the
 * fits, multiplied by the number of terms that the topic holds.
 */
export function ranked(
  postings: readonly { readonly posting: Posting; readonly boost: number }[],
  all = false,
): { topic: number; score: number }[] {
  const sums = new Map<number, { topic: number; fit: number; held: number }>()
  for (const { posting, boost } of postings) {
    for (let i = 0; i < posting.topics.length; i++) {
      const topic = posting.topics[i] ?? 0
      const fit = boost * (posting.fits[i] ?? 0)
      const sum = sums.get(topic)
      if (!sum) sums.set(topic, { topic, fit, held: 1 })
      else {
        sum.fit += fit
        sum.held++
      }
    }
  }
  const found = [...sums.values()].filter(({ held }) => !all || held === postings.length)
  return found.map(({ topic, fit, held }) => ({ topic, score: fit * held })).sort((a, b) => b.score - a.score)
}
