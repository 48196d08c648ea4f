/**
 * The metrics of SageMaker Clarify that compare the shares of several outcomes before training, `P` of facet
 * value `a` and `Q` of `d`. Sources: SageMaker AI, "Pretraining Bias Metrics" and the page of each metric.
 */
import { between } from '../random.js'
import { type Draw, digits, type Edition, sum } from './ask.js'

/** `sum(|P(y) - Q(y)| ** power) ** (1 / power)` over label shares. Source: "Lp-norm (LP)". */
export function lpNorm(p: readonly number[], q: readonly number[], power: number): number {
  return sum(differences(p, q).map((d) => d ** power)) ** (1 / power)
}

/** `sum(|P(y) - Q(y)|) / 2`, from 0 to 1. Source: "Total Variation Distance (TVD)". */
export function totalVariation(p: readonly number[], q: readonly number[]): number {
  return lpNorm(p, q, 1) / 2
}

/** `max(|P(y) - Q(y)|)` over label shares, from 0 to 1. Source: "Kolmogorov-Smirnov (KS)". */
export function kolmogorovSmirnov(p: readonly number[], q: readonly number[]): number {
  return Math.max(...differences(p, q))
}

function differences(p: readonly number[], q: readonly number[]): number[] {
  return p.map((share, y) => Math.abs(share - (q[y] ?? 0)))
}

const OUTCOMES = ['approved', 'deferred', 'withdrawn', 'rejected']

/** Splits a whole number into so many parts of one or more each. */
function split(whole: number, parts: number, random: () => number): number[] {
  const cuts = new Set<number>()
  while (cuts.size < parts - 1) cuts.add(between(1, whole - 1, random))
  const ends = [...cuts].sort((x, y) => x - y).concat(whole)
  return ends.map((end, i) => end - (ends[i - 1] ?? 0))
}

/**
 * Returns the label shares of both facet values, and the sentence that states them. The first edition uses
 * tenths; the even one hundredths, since sums of tenths end in zeros and a root does not.
 */
function table(
  parts: number,
  random: () => number,
  edition: Edition,
): { p: number[]; q: number[]; told: string } {
  const whole = edition === 'first' ? 10 : 100
  const [p, q] = [split(whole, parts, random), split(whole, parts, random)]
  const outcomes = parts === OUTCOMES.length ? OUTCOMES : OUTCOMES.filter((name) => name !== 'withdrawn')
  const row = (shares: readonly number[]) => shares.map((n, y) => `${outcomes[y]} ${n / whole}`).join(', ')
  return {
    p: p.map((n) => n / whole),
    q: q.map((n) => n / whole),
    told: `Requests have ${parts} outcomes. Shares for the facet value a: ${row(p)}. Shares for the facet value d: ${row(q)}.`,
  }
}

function apart(p: readonly number[], q: readonly number[], edition: Edition): string {
  return differences(p, q)
    .map((n) => digits(n, edition === 'first' ? 1 : 2))
    .join(', ')
}

/** Returns the differences between the running sums of the shares, outcome by outcome. */
function runningGaps(p: readonly number[], q: readonly number[]): number[] {
  return p.map((_, y) => Math.abs(sum(p.slice(0, y + 1)) - sum(q.slice(0, y + 1))))
}

export const euclideanNorm: Draw = (random, edition) => {
  const { p, q, told } = table(3, random, edition)
  const places = edition === 'first' ? 3 : 2
  const show = (n: number) => digits(n, places)
  const key = lpNorm(p, q, 2)
  return {
    stem: `${told} What is the Lp-norm (LP) of the two label distributions for p = 2, rounded to ${places === 3 ? 'three' : 'two'} decimals?`,
    key: [show(key), `The differences are ${apart(p, q, edition)}; the root of the sum of their squares.`],
    slips: [
      [show(key ** 2), 'That is the sum of the squares; the root is missing.'],
      [show(lpNorm(p, q, 1)), 'That is the sum of the differences, which is the norm for p = 1.'],
      [show(kolmogorovSmirnov(p, q)), 'That is the largest difference, which is KS.'],
    ],
    more: [
      [show(lpNorm(p, q, 1) / p.length), 'That is the mean of the differences.'],
      [
        show(key / Math.sqrt(p.length)),
        'That divides by the number of outcomes before the root; the norm takes the root of the sum.',
      ],
      [
        show(Math.sqrt(lpNorm(p, q, 1))),
        'That is the root of the sum of the differences, which have not been squared.',
      ],
      [
        show(Math.sqrt(sum([...p, ...q].map((share) => share ** 2)))),
        'That squares the shares themselves; the norm squares their differences.',
      ],
    ],
    limits: [0.01, 1.41],
  }
}

export const variationDistance: Draw = (random, edition) => {
  const { p, q, told } = table(4, random, edition)
  const show = (n: number) => digits(n, 2)
  return {
    stem: `${told} What is the total variation distance (TVD) of the two label distributions, rounded to two decimals?`,
    key: [show(totalVariation(p, q)), `Half of the sum of the differences ${apart(p, q, edition)}.`],
    slips: [
      [show(lpNorm(p, q, 1)), 'That is the sum of the differences; TVD is half of it.'],
      [show(kolmogorovSmirnov(p, q)), 'That is the largest difference, which is KS.'],
      [show(lpNorm(p, q, 2)), 'That is the Lp-norm for p = 2.'],
    ],
    more: [
      [show(lpNorm(p, q, 1) / p.length), 'That is the mean of the differences.'],
      [
        show(Math.max(...runningGaps(p, q))),
        'That is the largest difference of the running sums; TVD takes the outcomes one by one.',
      ],
      [show(1 - totalVariation(p, q)), 'That is what both distributions have in common.'],
      [
        show(sum(runningGaps(p, q))),
        'That is the sum of the differences of the running sums; TVD takes the outcomes one by one.',
      ],
    ],
    limits: [0.01, 1],
  }
}

export const largestDifference: Draw = (random, edition) => {
  const { p, q, told } = table(4, random, edition)
  const show = (n: number) => digits(n, 2)
  return {
    stem: `${told} What is the Kolmogorov-Smirnov metric (KS) of SageMaker Clarify, which compares the shares label by label, rounded to two decimals?`,
    key: [show(kolmogorovSmirnov(p, q)), `The largest of the differences ${apart(p, q, edition)}.`],
    slips: [
      [show(totalVariation(p, q)), 'That is half of the sum of the differences, which is TVD.'],
      [
        show(Math.max(...runningGaps(p, q))),
        'That is the largest difference of the running sums, as the statistical test has it; Clarify compares label by label.',
      ],
      [show(lpNorm(p, q, 1)), 'That is the sum of all the differences.'],
      [show(lpNorm(p, q, 2)), 'That is the Lp-norm for p = 2.'],
    ],
    more: [
      [show(lpNorm(p, q, 1) / p.length), 'That is the mean of the differences.'],
      [show(Math.min(...differences(p, q))), 'That is the smallest difference; KS is the largest.'],
      [
        show(lpNorm(p, q, 2) ** 2),
        'That is the sum of the squares of the differences, which KS does not add up.',
      ],
      [
        show(Math.max(...p.map((share, y) => share - (q[y] ?? 0)))),
        'That looks only at outcomes with a larger share for a; KS takes the differences without their sign.',
      ],
      [
        show(Math.max(...q.map((share, y) => share - (p[y] ?? 0)))),
        'That looks only at outcomes with a larger share for d; KS takes the differences without their sign.',
      ],
    ],
    limits: [0.01, 1],
  }
}
