import { describe, expect, it } from 'vitest'
import {
  chanceRight,
  type Flag,
  type ItemAnswer,
  itemStats,
  NEWCOMER,
  type Rating,
  rated,
  startOf,
} from '../../src/core/items.js'
import type { Difficulty } from '../../src/core/model.js'
import { between, seeded, shuffle } from '../../src/core/random.js'

const OPTIONS = ['a', 'b', 'c', 'd']

type Plant = 'sound' | 'wrong key' | 'dead option' | 'too easy'

interface Made {
  readonly plant: Plant
  readonly d: number
  readonly difficulty: Difficulty
  /** What is right in truth, and what the file says. */
  readonly truth: string
  readonly key: string
  /** How much each wrong option draws those who do not know. */
  readonly pull: Readonly<Record<string, number>>
}

const ITEMS = 300
const PEOPLE = 200
const EACH = 6

/** Six of each flaw among 300; people with a knowledge of their own answer all of them. */
function made(random: () => number): Made[] {
  const plants = shuffle<Plant>(
    Array.from({ length: ITEMS }, (_, i) =>
      i < EACH ? 'wrong key' : i < 2 * EACH ? 'dead option' : i < 3 * EACH ? 'too easy' : 'sound',
    ),
    random,
  )
  return plants.map((plant) => {
    const d = -1 + 2.2 * random()
    const [truth = '', ...others] = shuffle(OPTIONS, random)
    const isDead = (option: string) => plant === 'dead option' && option === others[0]
    return {
      ...{ plant, d, truth, key: plant === 'wrong key' ? (others[0] ?? '') : truth },
      difficulty: d < -0.4 ? 1 : d < 0.5 ? 2 : 3,
      pull: Object.fromEntries(OPTIONS.map((one) => [one, isDead(one) ? 0.01 : 0.85 + 0.3 * random()])),
    }
  })
}

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Knows it, or picks one. */
function pick({ plant, d, truth, pull }: Made, theta: number, random: () => number): string {
  if (plant === 'too easy') return random() < 0.97 ? truth : (OPTIONS[between(0, 3, random)] ?? '')
  if (random() < 1 / (1 + Math.exp(d - theta))) return truth
  let left = random() * OPTIONS.reduce((sum, one) => sum + (pull[one] ?? 0), 0)
  for (const one of OPTIONS) {
    left -= pull[one] ?? 0
    if (left < 0) return one
  }
  return truth
}

function simulated(seed: number) {
  const random = seeded(seed)
  const items = made(random)
  const people = Array.from({ length: PEOPLE }, () => normal(random))
  const order = shuffle(
    people.flatMap((_, person) => items.map((__, item) => [person, item] as const)),
    random,
  )
  const theta: Rating[] = people.map(() => NEWCOMER)
  const d: Rating[] = items.map(({ difficulty }) => startOf(difficulty))
  const picks = new Map<Made, { person: number; answer: string }[]>(items.map((item) => [item, []]))
  for (const [person, at] of order) {
    const item = items[at] as Made
    const answer = pick(item, people[person] ?? 0, random)
    picks.get(item)?.push({ person, answer })
    const both = rated(theta[person] ?? NEWCOMER, d[at] ?? NEWCOMER, 1 / 4, answer === item.key)
    theta[person] = both.person
    d[at] = both.item
  }
  const stats = items.map((item) => ({
    item,
    ...itemStats(
      (picks.get(item) ?? []).map(({ person, answer }) => ({
        ...{ answer, chosen: [answer], right: answer === item.key, theta: theta[person]?.value ?? 0 },
      })),
      OPTIONS,
      item.key,
    ),
  }))
  return { items, people, theta, d, stats }
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((x, y) => x + y, 0) / list.length
  const [ma, mb] = [mean(a), mean(b)]
  const sum = (f: (i: number) => number) => a.reduce((total, _, i) => total + f(i), 0)
  const [da, db] = [(i: number) => (a[i] ?? 0) - ma, (i: number) => (b[i] ?? 0) - mb]
  return sum((i) => da(i) * db(i)) / Math.sqrt(sum((i) => da(i) ** 2) * sum((i) => db(i) ** 2))
}

describe.each([1, 2, 3])('300 items with 200 answers each (seed %d)', (seed) => {
  const { items, people, theta, d, stats } = simulated(seed)
  const flagged = (flag: Flag) => stats.filter(({ flags }) => flags.includes(flag))
  const found = (flag: Flag, plant: Plant) => flagged(flag).filter(({ item }) => item.plant === plant).length

  it('have all wrong keys among the first ten', () => {
    const first = [...stats].sort((a, b) => b.suspicion - a.suspicion).slice(0, 10)
    expect(first.filter(({ item }) => item.plant === 'wrong key')).toHaveLength(EACH)
    expect(found('key', 'wrong key')).toBe(EACH)
  })

  it('have their dead options and what everybody knows found', () => {
    expect(found('option', 'dead option')).toBe(EACH)
    expect(found('discrimination', 'too easy')).toBe(EACH)
  })

  it('have three false alarms a flag at most', () => {
    for (const flag of ['key', 'discrimination', 'option'] as const)
      expect(found(flag, 'sound'), flag).toBeLessThanOrEqual(3)
  })

  it('tell how hard items and how able people are', () => {
    const sound = items.flatMap((item, i) => (item.plant === 'sound' ? [i] : []))
    expect(
      correlation(
        sound.map((i) => items[i]?.d ?? 0),
        sound.map((i) => d[i]?.value ?? 0),
      ),
    ).toBeGreaterThan(0.85)
    expect(
      correlation(
        people,
        theta.map(({ value }) => value),
      ),
    ).toBeGreaterThan(0.9)
  })
})

describe('a rating', () => {
  it('starts by the difficulty of its author', () => {
    expect(([1, 2, 3] as const).map((one) => startOf(one).value)).toEqual([-1, 0, 1])
  })

  it('moves by the surprise, and less with each answer', () => {
    expect(chanceRight(0, 0, 0.25)).toBe(0.625)
    const { person, item } = rated(NEWCOMER, { value: 0, n: 20 }, 0.25, true)
    expect(person).toEqual({ value: 0.375, n: 1 })
    expect(item.value).toBeCloseTo(-0.375 / 2, 10)
    expect(rated(NEWCOMER, NEWCOMER, 0.25, false).person.value).toBe(-0.625)
  })
})

describe('flags', () => {
  /** Those who know choose `b`, whose key is `a`. */
  const wrong = (count: number): ItemAnswer[] =>
    Array.from({ length: count }, (_, i) => {
      const answer = i < count / 2 ? 'b' : 'a'
      return { theta: -i, right: answer === 'a', answer, chosen: [answer] }
    })

  it('come from thirty answers on', () => {
    expect(itemStats(wrong(29), OPTIONS, 'a').flags).toEqual([])
    expect(itemStats(wrong(30), OPTIONS, 'a').flags).toContain('key')
  })

  it('say nothing of a key or of options that each posing draws anew', () => {
    expect(itemStats(wrong(60), [], undefined).flags).toEqual(['discrimination'])
  })
})
