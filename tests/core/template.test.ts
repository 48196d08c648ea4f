import { describe, expect, it } from 'vitest'
import type { ChoiceItem } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { drawTemplate, templateFamilies } from '../../src/core/template.js'

const SEEDS = Array.from({ length: 500 }, (_, seed) => seed)
const draw = (family: string, seed: number) => drawTemplate(family, seeded(seed))
const rightOf = (item: ChoiceItem) => item.choices.filter((c) => c.right).map((c) => c.text)

/** The numbers in the stem that the pattern names, in order. */
function read(stem: string, pattern: RegExp): number[] {
  const match = pattern.exec(stem)
  if (!match) throw new Error(`the stem reads otherwise: ${stem}`)
  return match.slice(1).map(Number)
}

/** The right answer worked out step by step from the words of the stem. */
const SOLVED: Readonly<Record<string, (stem: string) => string>> = {
  'canary-schedule': (stem) => {
    const [rate = 0, percent = 0, minutes = 0] = read(stem, /steady (\d+) requests a second.* canary: (\d+) % .* lasts (\d+) minutes/)
    let served = 0
    for (let second = 0; second < minutes * 60; second++) served += rate * percent
    return `${(served / 100).toLocaleString('en-US')} requests`
  },
  'variant-weights': (stem) => {
    const [first = 0, second = 0, third = 0, asked = 0] = read(stem, /weights (\d+), (\d+) and (\d+)\..* with the weight (\d+)\?/)
    const tenths = Math.floor((asked * 2000 + first + second + third) / (2 * (first + second + third)))
    return `${Math.floor(tenths / 10)}.${tenths % 10} %`
  },
  'class-imbalance': (stem) => {
    const [a = 0, d = 0] = read(stem, /holds (\d+) rows of the favoured facet value a and (\d+) rows of the other facet value d/)
    const hundredths = Math.floor((200 * (a - d) + a + d) / (2 * (a + d)))
    return `0.${`${hundredths}`.padStart(2, '0')}`
  },
  'step-functions-backoff': (stem) => {
    const [interval = 0, rate = 0, attempts = 0] = read(stem, /IntervalSeconds (\d+), BackoffRate (\d+) and MaxAttempts (\d+)/)
    let [waited, wait] = [0, interval]
    for (let retry = 1; retry <= attempts; retry++) {
      waited += wait
      wait *= rate
    }
    return `${waited} seconds`
  },
}

describe('template families', () => {
  it('are all worked out here', () => {
    expect(Object.keys(SOLVED).sort()).toEqual([...templateFamilies].sort())
  })

  it('unknown ones are refused by name', () => {
    expect(() => draw('dice', 1)).toThrow('there is no template family dice')
    expect(() => draw('toString', 1)).toThrow('there is no template family toString')
  })
})

describe.each(templateFamilies)('%s', (family) => {
  it('has the key that follows from the words of its stem', () => {
    for (const seed of SEEDS) {
      const item = draw(family, seed)
      expect({ seed, right: rightOf(item) }).toEqual({ seed, right: [SOLVED[family]?.(item.stem)] })
    }
  })

  it('has four choices, no two alike as they are shown', () => {
    for (const seed of SEEDS) {
      const values = draw(family, seed).choices.map((c) => Number(c.text.replace(/[^\d.-]/g, '')))
      expect({ seed, different: new Set(values).size }).toEqual({ seed, different: 4 })
      expect(values.every(Number.isFinite)).toBe(true)
    }
  })

  it('draws the same for the same seed, and varies', () => {
    expect(draw(family, 7)).toEqual(draw(family, 7))
    expect(new Set(SEEDS.map((seed) => draw(family, seed).stem)).size).toBeGreaterThan(20)
  })

  it('gives a reason for every choice', () => {
    for (const seed of SEEDS) expect(draw(family, seed).choices.every((c) => c.why.length > 20 && !/NaN|undefined/.test(c.why))).toBe(true)
  })
})
