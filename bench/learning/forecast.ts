/** Measures how often the printed range of readiness contains the result of a made-up learner. */

import { seeded } from '../../src/core/random.js'
import { DOMAIN_NEEDED, type ExamShape, itemsByDomain, readiness } from '../../src/core/readiness.js'
import { DAY_MS } from '../../src/core/time.js'

export const EXAM: ExamShape = {
  items: 65,
  domains: [28, 26, 22, 24].map((weight, i) => ({ number: i + 1, weight })),
}
/** The distribution of answers over the domains: equal, or by the shares of today's bank. */
export const SPREADS = { evenly: [1, 1, 1, 1], 'by the bank': [8, 8, 94, 34] } as const
export const AMOUNTS = [40, 60, 100, 200] as const

export interface Held {
  /** Of 100 exams, the number whose share of right answers was in the printed range of 80 %. */
  readonly held: number
  /** The mean difference between the middle of the printed range and the true share, in points. */
  readonly bias: number
}

const NOW = Date.parse('2026-11-02T12:00:00Z')

export function forecast(spread: readonly number[], amount: number, learners: number, seed: number): Held {
  const random = seeded(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const sizes = itemsByDomain(EXAM)
  const counts = answersByDomain(spread, amount)
  let [held, bias] = [0, 0]
  for (let i = 0; i < learners; i++) {
    const mu = 0.7 + 1.2 * normal()
    const chances = EXAM.domains.map(() => 1 / (1 + Math.exp(-(mu + 0.5 * normal()))))
    const answers = counts.flatMap((count, d) =>
      Array.from({ length: count }, () => ({
        domain: d + 1,
        right: random() < (chances[d] ?? 0),
        at: NOW - random() * DAY_MS,
      })),
    )
    const ready = readiness(answers, EXAM, NOW)
    if (ready.kind === 'missing') throw new Error('as many answers as a range needs')
    const right = sizes.reduce((sum, size, d) => {
      let got = 0
      for (let item = 0; item < size; item++) if (random() < (chances[d] ?? 0)) got++
      return sum + got
    }, 0)
    const share = Math.round((100 * right) / EXAM.items)
    if (share >= ready.range.low && share <= ready.range.high) held++
    const expected = EXAM.domains.reduce((sum, { weight }, d) => sum + weight * (chances[d] ?? 0), 0)
    bias += (ready.range.low + ready.range.high) / 2 - expected
  }
  return { held: (100 * held) / learners, bias: bias / learners }
}

/** Returns whole numbers of answers by the shares, with at least as many per domain as a range needs. */
function answersByDomain(spread: readonly number[], amount: number): number[] {
  const total = spread.reduce((sum, share) => sum + share, 0)
  const counts = spread.map((share) => Math.max(DOMAIN_NEEDED, Math.floor((amount * share) / total)))
  const largest = spread.indexOf(Math.max(...spread))
  const sum = counts.reduce((all, count) => all + count, 0)
  counts[largest] = (counts[largest] ?? 0) + amount - sum
  return counts
}
