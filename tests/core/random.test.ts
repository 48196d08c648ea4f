import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { between, oneOf, seeded, shuffle } from '../../src/core/random.js'

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const draw = (from: number, count: number) => Array.from({ length: count }, seeded(from))

/** "mulberry32" once more, in whole numbers of any size, cut to 32 bits by hand. */
function mulberry32(from: number): () => number {
  const cut = (n: bigint) => n & 0xffff_ffffn
  let state = BigInt(from)
  return () => {
    state = cut(state + 0x6d2b_79f5n)
    let t = cut((state ^ (state >> 15n)) * (state | 1n))
    t ^= cut(t + cut((t ^ (t >> 7n)) * (t | 61n)))
    return Number(cut(t ^ (t >> 14n))) / 2 ** 32
  }
}

describe('numbers from a seed', () => {
  it('are those of the generator it names', () => {
    fc.assert(
      fc.property(seed, (from) => {
        expect(draw(from, 20)).toEqual(Array.from({ length: 20 }, mulberry32(from)))
      }),
    )
  })

  it('are spread evenly from 0 to below 1', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const n of draw(42, 10_000)) tenths[Math.floor(n * 10)] = (tenths[Math.floor(n * 10)] ?? 0) + 1
    // Four standard deviations of a fair draw: 4 * sqrt(10000 * 0.1 * 0.9) = 120.
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})

describe('shuffling', () => {
  it('loses nothing, doubles nothing and leaves the list alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), seed, (list, from) => {
        const before = [...list]
        expect(shuffle(list, seeded(from)).sort()).toEqual([...list].sort())
        expect(list).toEqual(before)
      }),
    )
  })

  it('gives each of six orders about as often', () => {
    const random = seeded(9)
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = shuffle(['a', 'b', 'c'], random).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    // Four standard deviations of a fair draw: 4 * sqrt(6000 * 1/6 * 5/6) = 115.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(115)
  })
})

describe('drawing', () => {
  it('a whole number reaches both ends and nothing beyond', () => {
    const random = seeded(1)
    expect([...new Set(Array.from({ length: 300 }, () => between(3, 6, random)))].sort()).toEqual([
      3, 4, 5, 6,
    ])
  })

  it('one of a list reaches each', () => {
    const random = seeded(1)
    expect([...new Set(Array.from({ length: 100 }, () => oneOf(['x', 'y', 'z'], random)))].sort()).toEqual([
      'x',
      'y',
      'z',
    ])
  })

  it('one of an empty list is a mistake of the caller', () => {
    expect(() => oneOf([], seeded(1))).toThrow('nothing to choose from')
  })
})
