import { describe, expect, it } from 'vitest'
import type { ChoiceItem } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { drawTemplate, templateFamilies } from '../../src/core/template.js'

const EVEN = templateFamilies.filter((family) => family.endsWith('-even'))
/** Their choices are expressions, which have no rank. */
const EXPRESSIONS = ['eventbridge-cron-even', 'eventbridge-rate-even']
const NUMERIC = EVEN.filter((family) => !EXPRESSIONS.includes(family))

const DRAWN = new Map<string, ChoiceItem[]>()

/** What the family draws for the seeds from 0. */
function draws(family: string, count: number): ChoiceItem[] {
  const items =
    DRAWN.get(family) ?? Array.from({ length: 500 }, (_, seed) => drawTemplate(family, seeded(seed)))
  DRAWN.set(family, items)
  return items.slice(0, count)
}

const texts = (item: ChoiceItem) => item.choices.map((choice) => choice.text)
const keyOf = (item: ChoiceItem) => item.choices.find((choice) => choice.right)?.text ?? ''
const wrongOf = (item: ChoiceItem) => item.choices.filter((choice) => !choice.right).map((c) => c.text)
const NUMBER = /-?\d[\d,]*(?:\.(\d+))?/
const number = (text: string) => Number(NUMBER.exec(text)?.[0].replaceAll(',', ''))
const decimals = (text: string) => NUMBER.exec(text)?.[1] ?? ''
const share = <T>(all: readonly T[], has: (one: T) => boolean) => all.filter(has).length / all.length

/** How often the key has each of the four ranks, the lowest first; the ranks of equal numbers are shared. */
function rankShares(items: readonly ChoiceItem[]): number[] {
  const shares = [0, 0, 0, 0]
  for (const item of items) {
    const key = number(keyOf(item))
    const below = texts(item).filter((text) => number(text) < key).length
    const alike = texts(item).filter((text) => number(text) === key).length
    for (let rank = below; rank < below + alike; rank++)
      shares[rank] = (shares[rank] ?? 0) + 1 / alike / items.length
  }
  return shares
}

describe.each(NUMERIC)('the numbers of %s', (family) => {
  it('have the key at each rank about equally often', () => {
    for (const rank of rankShares(draws(family, 120))) {
      expect(rank).toBeGreaterThanOrEqual(0.15)
      expect(rank).toBeLessThanOrEqual(0.35)
    }
  })

  it('make the key negative as often as chance would, however many of the four are', () => {
    for (const count of [1, 2, 3]) {
      const mixed = draws(family, 500).filter(
        (item) => texts(item).filter((t) => t.startsWith('-')).length === count,
      )
      if (mixed.length === 0) continue
      expect(Math.abs(share(mixed, (item) => keyOf(item).startsWith('-')) - count / 4)).toBeLessThan(0.1)
    }
  })

  it('are all shown with as many decimals', () => {
    for (const item of draws(family, 500))
      expect(new Set(texts(item).map((text) => decimals(text).length)).size).toBe(1)
  })

  it('end in a zero after the point about as often in the key as in the others', () => {
    const items = draws(family, 500)
    const round = (text: string) => decimals(text).endsWith('0')
    expect(Math.abs(share(items.map(keyOf), round) - share(items.flatMap(wrongOf), round))).toBeLessThan(0.12)
  })

  it('stand in the same words, or in each wording twice', () => {
    for (const item of draws(family, 500)) {
      const wordings = texts(item).map((text) => text.replace(NUMBER, ''))
      const count = (wording: string) => wordings.filter((other) => other === wording).length
      expect([...new Set(wordings.map(count))]).toEqual([new Set(wordings).size === 1 ? 4 : 2])
    }
  })
})

describe('the expressions of', () => {
  const fields = (text: string) => text.split(' ')
  const common = (a: string, b: string) => fields(a).filter((field, i) => field === fields(b)[i]).length

  it('eventbridge-cron-even are equally long, and have as much in common, whichever one takes', () => {
    for (const item of draws('eventbridge-cron-even', 500)) {
      expect(new Set(texts(item).map((text) => `${fields(text).length} of ${text.length}`)).size).toBe(1)
      const sums = texts(item).map((a) => texts(item).reduce((sum, b) => sum + common(a, b), 0))
      expect(new Set(sums).size).toBe(1)
    }
  })

  it('eventbridge-rate-even are two rates and two times; either is right in half of the draws, as the plural is', () => {
    const isRate = (text: string) => text.startsWith('rate(')
    const items = draws('eventbridge-rate-even', 500)
    for (const item of items) {
      expect(texts(item).filter(isRate)).toHaveLength(2)
      const times = texts(item).filter((text) => !isRate(text))
      expect(new Set(times.map((text) => `${fields(text).length} of ${text.length}`)).size).toBe(1)
    }
    const rates = items.map(keyOf).filter(isRate)
    expect(Math.abs(rates.length / items.length - 0.5)).toBeLessThan(0.1)
    expect(Math.abs(share(rates, (text) => text.endsWith('s)')) - 0.5)).toBeLessThan(0.1)
  })
})

describe.each(EVEN)('%s', (family) => {
  it('is no longer than a question may be, and says "must" or "should"', () => {
    for (const { stem, choices } of draws(family, 500)) {
      expect(stem.length).toBeLessThanOrEqual(900)
      expect(stem).not.toMatch(/\bshall\b|\ban own\b|^.*\bWhich (share|saving|weight)\b/)
      for (const { text, why } of choices) {
        expect(text.length).toBeLessThanOrEqual(240)
        expect(why.length).toBeLessThanOrEqual(320)
      }
    }
  })
})

describe.each(['class-imbalance-even', 'label-proportions-even', 'conditional-disparity-even'])(
  '%s',
  (family) => {
    it('says of just those choices that their sign is turned round that have not the sign of the key', () => {
      for (const item of draws(family, 500))
        for (const { text, why } of item.choices)
          expect(why.includes('The sign is turned round')).toBe(number(text) * number(keyOf(item)) < 0)
    })
  },
)

describe('the end of a canary', () => {
  it('says from when the termination wait counts', () => {
    for (const { stem } of draws('canary-timeline-even', 20))
      expect(stem).toContain('the termination wait counts from the end of the last baking period')
  })
})
