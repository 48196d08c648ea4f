import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Question } from '../../src/core/model.js'
import { type AskedBefore, pickQuestions } from '../../src/core/pick.js'
import { seeded } from '../../src/core/random.js'
import { plainQuestion } from './questions.js'

const NOTHING: ReadonlyMap<string, AskedBefore> = new Map()
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const sized = fc.record({
  size: fc.integer({ min: 1, max: 12 }),
  count: fc.integer({ min: 1, max: 5 }),
  from: seed,
})

function pool(size: number, topic = 'canary'): Question[] {
  return Array.from({ length: size }, (_, i) => plainQuestion({ id: `${topic}-${i}`, topics: [topic] }))
}
const ids = (questions: readonly Question[]) => questions.map((q) => q.id)
const asked = (uses: number, answered = 0, right = 0): AskedBefore => ({ uses, answered, right })

/** The questions of so many days, each day remembering the ones before. */
function daily(from: readonly Question[], count: number, days: number, random: () => number): string[][] {
  const history = new Map<string, AskedBefore>()
  return Array.from({ length: days }, () => {
    const today = ids(pickQuestions({ pool: from, history, count, random }))
    for (const id of today) history.set(id, asked((history.get(id)?.uses ?? 0) + 1))
    return today
  })
}

describe('the questions of a day', () => {
  it('are as many as asked for, or all there are, each once', () => {
    fc.assert(
      fc.property(sized, ({ size, count, from }) => {
        const picked = ids(pickQuestions({ pool: pool(size), history: NOTHING, count, random: seeded(from) }))
        expect(picked).toHaveLength(Math.min(count, size))
        expect(new Set(picked).size).toBe(picked.length)
      }),
    )
  })

  it('are none from an empty pool', () => {
    expect(pickQuestions({ pool: [], history: NOTHING, count: 3, random: seeded(1) })).toEqual([])
  })

  it('are the same for the same chance', () => {
    fc.assert(
      fc.property(sized, ({ size, count, from }) => {
        const pick = () =>
          ids(pickQuestions({ pool: pool(size), history: NOTHING, count, random: seeded(from) }))
        expect(pick()).toEqual(pick())
      }),
    )
  })

  it('do not come again before the pool is used up', () => {
    fc.assert(
      fc.property(sized, ({ size, count, from }) => {
        const all = daily(pool(size), count, 30, seeded(from)).flat()
        for (let i = 0; i + size <= all.length; i += size)
          expect(new Set(all.slice(i, i + size)).size).toBe(size)
      }),
    )
  })

  it('begin with a question that is new in the pool', () => {
    const old = pool(5)
    const history = new Map(old.map((q) => [q.id, asked(2)]))
    const fresh = plainQuestion({ id: 'fresh' })
    const picked = pickQuestions({ pool: [...old, fresh], history, count: 2, random: seeded(3) })
    expect(ids(picked)[0]).toBe('fresh')
  })

  it('take no heed of questions that left the pool', () => {
    const history = new Map([['gone', asked(9, 9, 0)]])
    expect(pickQuestions({ pool: pool(3), history, count: 5, random: seeded(1) })).toHaveLength(3)
  })

  it('are of different concepts while there are any', () => {
    const twins = [1, 2, 3].map((n) => plainQuestion({ id: `twin-${n}`, concept: 'same' }))
    const others = [1, 2].map((n) => plainQuestion({ id: `other-${n}` }))
    for (let from = 0; from < 50; from++) {
      const picked = pickQuestions({
        pool: [...twins, ...others],
        history: NOTHING,
        count: 3,
        random: seeded(from),
      })
      expect(picked.filter((q) => q.concept === 'same')).toHaveLength(1)
    }
  })

  it('are of one concept when there is no other', () => {
    const twins = [1, 2, 3].map((n) => plainQuestion({ id: `twin-${n}`, concept: 'same' }))
    expect(pickQuestions({ pool: twins, history: NOTHING, count: 3, random: seeded(1) })).toHaveLength(3)
  })
})

describe('an indexed pool', () => {
  /** The rule as it is told, with nothing prepared. */
  function plainly(
    from: readonly Question[],
    history: ReadonlyMap<string, AskedBefore>,
    count: number,
    random: () => number,
  ): string[] {
    const of = (topic: string) =>
      from.filter((q) => q.topics.includes(topic)).flatMap((q) => history.get(q.id) ?? [])
    const sum = (all: readonly number[]) => all.reduce((a, b) => a + b, 0)
    const weakness = (topic: string) =>
      1 - (sum(of(topic).map((a) => a.right)) + 1) / (sum(of(topic).map((a) => a.answered)) + 2)
    const weigh = (q: Question) => 1 + 3 * (sum(q.topics.map(weakness)) / q.topics.length)
    const chosen: Question[] = []
    while (chosen.length < Math.min(count, from.length)) {
      const left = from.filter((q) => !chosen.includes(q))
      const uses = (q: Question) => history.get(q.id)?.uses ?? 0
      const least = left.filter((q) => uses(q) === Math.min(...left.map(uses)))
      const fresh = least.filter((q) => chosen.every((c) => c.concept !== q.concept))
      const eligible = fresh.length > 0 ? fresh : least
      let at = random() * sum(eligible.map(weigh))
      const hit =
        eligible.find((q) => {
          at -= weigh(q)
          return at < 0
        }) ?? eligible.at(-1)
      if (hit) chosen.push(hit)
    }
    return ids(chosen)
  }

  const record = fc.record({
    uses: fc.nat(2),
    answered: fc.nat(9),
    share: fc.float({ min: 0, max: 1, noNaN: true }),
  })
  const asking = fc.record({
    topics: fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), {
      minLength: 1,
      maxLength: 12,
    }),
    concepts: fc.array(fc.constantFrom('x', 'y', 'z'), { minLength: 12, maxLength: 12 }),
    records: fc.array(fc.option(record), { minLength: 12, maxLength: 12 }),
    count: fc.integer({ min: 1, max: 5 }),
    from: seed,
  })

  it('gives what the rule gives, time after time', () => {
    fc.assert(
      fc.property(asking, ({ topics, concepts, records, count, from }) => {
        const made = topics.map((of, i) =>
          plainQuestion({ id: `q${i}`, topics: of, concept: concepts[i] ?? 'x' }),
        )
        const history = new Map(
          records.flatMap((one, i) =>
            one
              ? [[`q${i}`, asked(one.uses, one.answered, Math.floor(one.share * one.answered))] as const]
              : [],
          ),
        )
        const [fast, plain] = [seeded(from), seeded(from)]
        for (const known of [NOTHING, history, NOTHING]) {
          const picked = pickQuestions({ pool: made, history: known, count, random: fast })
          expect(ids(picked)).toEqual(plainly(made, known, count, plain))
        }
      }),
    )
  })
})

describe('weak topics', () => {
  /**
   * How often, of 4,000 first questions, one about the topic `weak` comes; both topics have ten questions not
   * asked yet.
   */
  function share(
    weak: readonly [answered: number, right: number],
    strong: readonly [answered: number, right: number],
  ): number {
    const [asWeak, asStrong] = [pool(11, 'weak'), pool(11, 'strong')]
    const history = new Map([
      ['weak-0', asked(1, ...weak)],
      ['strong-0', asked(1, ...strong)],
    ])
    const random = seeded(2026)
    let hits = 0
    for (let i = 0; i < 4000; i++) {
      const [first] = pickQuestions({ pool: [...asWeak, ...asStrong], history, count: 1, random })
      if (first?.topics.includes('weak')) hits += 1
    }
    return hits / 4000
  }

  // Weights 1 + 3w by the rule; 0.03 is about four standard deviations of 4,000 draws.
  it.each([
    ['all wrong against all right', [8, 0], [8, 8], (1 + 3 * 0.9) / (1 + 3 * 0.9 + (1 + 3 * 0.1))],
    ['half right against all right', [8, 4], [8, 8], (1 + 3 * 0.5) / (1 + 3 * 0.5 + (1 + 3 * 0.1))],
    ['never answered against all right', [0, 0], [8, 8], (1 + 3 * 0.5) / (1 + 3 * 0.5 + (1 + 3 * 0.1))],
    ['equals', [8, 4], [8, 4], 0.5],
  ] as const)('come as much more often as the rule says: %s', (_name, weak, strong, expected) => {
    expect(Math.abs(share(weak, strong) - expected)).toBeLessThan(0.03)
  })

  it('take a topic never asked for half known', { tags: ['slow'] }, () => {
    const history = new Map([['strong-0', asked(1, 8, 8)]])
    const random = seeded(7)
    const fresh = pool(11, 'strong').slice(1)
    const draws = Array.from({ length: 4000 }, () =>
      pickQuestions({
        pool: [...pool(10, 'new'), ...pool(1, 'strong'), ...fresh],
        history,
        count: 1,
        random,
      }),
    )
    const hits = draws.filter(([first]) => first?.topics.includes('new')).length
    expect(Math.abs(hits / 4000 - (1 + 3 * 0.5) / (1 + 3 * 0.5 + (1 + 3 * 0.1)))).toBeLessThan(0.03)
  })

  it('never bring back a question before its time', () => {
    const weak = plainQuestion({ id: 'weak', topics: ['weak'] })
    const history = new Map([['weak', asked(1, 10, 0)]])
    for (let from = 0; from < 50; from++) {
      expect(
        ids(pickQuestions({ pool: [weak, ...pool(3)], history, count: 3, random: seeded(from) })),
      ).not.toContain('weak')
    }
  })
})
