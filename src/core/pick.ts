/** Chooses the next questions of a team. */
import type { Question } from './model.js'

export interface AskedBefore {
  readonly uses: number
  readonly answered: number
  readonly right: number
}

export interface Picking {
  readonly pool: readonly Question[]
  /** The questions that the team was asked before, by question id. */
  readonly history: ReadonlyMap<string, AskedBefore>
  readonly count: number
  readonly random: () => number
}

/** How much more often the weakest topic comes than the strongest, at most. */
const WEAKNESS_PULL = 3
/** Replaces the use count of a question that is already chosen. */
const CHOSEN = 0xffff_ffff

/**
 * Chooses the least used questions first, so that none comes again before the pool is used up; a new question
 * counts as unused. Among them the choice is random with the weight `1 + 3 * w`, where `w` is the mean over
 * the question's topics of the team's estimated share of wrong answers, `1 - (right + 1) / (answered + 2)`
 * (Laplace's rule of succession: 0.5 for a topic never asked). Two questions of a day avoid the same concept
 * while there is another. The index of a pool is cached by the identity of the array.
 */
export function pickQuestions({ pool, history, count, random }: Picking): Question[] {
  const index = indexOf(pool)
  const uses = new Uint32Array(pool.length)
  for (const [id, asked] of history) {
    const place = index.places.get(id)
    if (place !== undefined) uses[place] = asked.uses
  }
  const weakness = topicWeakness(index, history)
  const weigh = (place: number) => weight(place, index, weakness)
  const chosen: Question[] = []
  while (chosen.length < Math.min(count, pool.length)) {
    const least = leastUsed(uses)
    const fresh =
      chosen.length === 0
        ? least
        : least.filter((place) => chosen.every((c) => c.concept !== pool[place]?.concept))
    const place = weighted(fresh.length > 0 ? fresh : least, weigh, random)
    const question = pool[place]
    if (!question) throw new Error('nothing to choose from')
    chosen.push(question)
    uses[place] = CHOSEN
  }
  return chosen
}

/** Questions and topics of a pool by number: the number of a question is its position in the pool. */
interface Index {
  readonly places: ReadonlyMap<string, number>
  readonly topicCount: number
  /**
   * The topics of the question at `place` are `topics[ends[place - 1] ?? 0]` up to, not including,
   * `topics[ends[place]]`.
   */
  readonly topics: Uint32Array
  readonly ends: Uint32Array
}

const indexes = new WeakMap<readonly Question[], Index>()

function indexOf(pool: readonly Question[]): Index {
  const known = indexes.get(pool)
  if (known) return known
  const numbers = new Map<string, number>()
  const numberOf = (topic: string) => {
    const number = numbers.get(topic) ?? numbers.size
    numbers.set(topic, number)
    return number
  }
  const topics = Uint32Array.from(pool.flatMap((q) => q.topics.map(numberOf)))
  let end = 0
  const ends = Uint32Array.from(pool, (q) => {
    end += q.topics.length
    return end
  })
  const index = {
    places: new Map(pool.map((q, place) => [q.id, place])),
    topicCount: numbers.size,
    topics,
    ends,
  }
  indexes.set(pool, index)
  return index
}

/** Returns the weakness of each topic, by topic number. */
function topicWeakness(
  { places, topicCount, topics, ends }: Index,
  history: Picking['history'],
): Float64Array {
  const right = new Uint32Array(topicCount)
  const answered = new Uint32Array(topicCount)
  for (const [id, asked] of history) {
    const place = places.get(id)
    if (place === undefined) continue
    for (let i = place === 0 ? 0 : (ends[place - 1] ?? 0); i < (ends[place] ?? 0); i++) {
      const topic = topics[i] ?? 0
      right[topic] = (right[topic] ?? 0) + asked.right
      answered[topic] = (answered[topic] ?? 0) + asked.answered
    }
  }
  const weakness = new Float64Array(topicCount)
  for (let topic = 0; topic < topicCount; topic++)
    weakness[topic] = 1 - ((right[topic] ?? 0) + 1) / ((answered[topic] ?? 0) + 2)
  return weakness
}

function weight(place: number, { topics, ends }: Index, weakness: Float64Array): number {
  const start = place === 0 ? 0 : (ends[place - 1] ?? 0)
  const end = ends[place] ?? 0
  if (start === end) return 1 + WEAKNESS_PULL * 0.5
  let sum = 0
  for (let i = start; i < end; i++) sum += weakness[topics[i] ?? 0] ?? 0.5
  return 1 + WEAKNESS_PULL * (sum / (end - start))
}

/** Returns the positions of the least used questions, in order. */
function leastUsed(uses: Uint32Array): number[] {
  let fewest = CHOSEN
  for (let place = 0; place < uses.length; place++) fewest = Math.min(fewest, uses[place] ?? CHOSEN)
  const places: number[] = []
  for (let place = 0; place < uses.length; place++) if (uses[place] === fewest) places.push(place)
  return places
}

function weighted(places: readonly number[], weigh: (place: number) => number, random: () => number): number {
  const weights = new Float64Array(places.length)
  let sum = 0
  for (let i = 0; i < places.length; i++) {
    weights[i] = weigh(places[i] ?? 0)
    sum += weights[i] ?? 0
  }
  let at = random() * sum
  const index = weights.findIndex((weight) => {
    at -= weight
    return at < 0
  })
  return places[index < 0 ? places.length - 1 : index] ?? Number.NaN
}
