/**
 * The bias metrics of SageMaker Clarify that look at a data set before training. `a` is the favoured facet
 * value, `d` the other; label 1 is the positive outcome. Sources: SageMaker AI, "Pretraining Bias Metrics"
 * and the page of each metric.
 */
import { between } from '../random.js'
import { ask, type Draw, digits, sum } from './ask.js'

/** `(na - nd) / (na + nd)`, from -1 to 1. Source: "Class Imbalance (CI)". */
export function classImbalanceOf(favoured: number, other: number): number {
  return (favoured - other) / (favoured + other)
}

export const classImbalance: Draw = (random) => {
  const other = 50 * between(2, 8, random)
  const favoured = other + 50 * between(2, 12, random)
  const show = (n: number) => digits(n, 2)
  return ask(
    `A training set holds ${favoured} rows of the favoured facet value a and ${other} rows of the other facet value d. What is its class imbalance (CI), rounded to two decimals?`,
    [show(classImbalanceOf(favoured, other)), `(${favoured} − ${other}) / (${favoured} + ${other}).`],
    [
      [
        show(classImbalanceOf(other, favoured)),
        'The sign is turned round: CI is positive when a has more rows.',
      ],
      [show(favoured / (favoured + other)), 'That is the share of a, not the difference over the sum.'],
      [show(other / favoured), 'That is the ratio of the two counts.'],
    ],
  )
}

/**
 * `qa - qd`, the shares of positive labels, from -1 to 1. Source: "Difference in Proportions of Labels
 * (DPL)".
 */
export function differenceInProportions(
  positiveA: number,
  allA: number,
  positiveD: number,
  allD: number,
): number {
  return positiveA / allA - positiveD / allD
}

export const labelProportions: Draw = (random) => {
  const allA = 100 * between(3, 9, random)
  const allD = 100 * between(1, 4, random)
  const positiveA = (allA / 100) * 5 * between(8, 17, random)
  const positiveD = (allD / 100) * 5 * between(3, 12, random)
  if (positiveA / allA <= positiveD / allD) return undefined
  const show = (n: number) => digits(n, 2)
  const key = differenceInProportions(positiveA, allA, positiveD, allD)
  return ask(
    `In a data set of loan requests, ${positiveA} of ${allA} rows of the favoured facet value a have the positive label, and ${positiveD} of ${allD} rows of the facet value d. What is the difference in proportions of labels (DPL), rounded to two decimals?`,
    [show(key), `${positiveA} / ${allA} − ${positiveD} / ${allD}.`],
    [
      [
        show(-key),
        'The sign is turned round: DPL is positive when a has the larger share of positive labels.',
      ],
      [
        show((positiveA - positiveD) / (allA + allD)),
        'That sets the difference of the counts against all rows; each facet value has a share of its own.',
      ],
      [show(classImbalanceOf(allA, allD)), 'That is the class imbalance, which does not look at labels.'],
      [
        show(positiveD / allD / (positiveA / allA)),
        'That is the ratio of the two shares, not their difference.',
      ],
    ],
  )
}

/** `sum(P(y) * ln(P(y) / Q(y)))`, in nats, 0 or more. Source: "Kullback-Leibler Divergence (KL)". */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return sum(p.map((share, y) => (share === 0 ? 0 : share * Math.log(share / (q[y] ?? 0)))))
}

/**
 * `(KL(P || M) + KL(Q || M)) / 2` with `M = (P + Q) / 2`, in nats, from 0 to ln 2. Source: "Jensen-Shannon
 * Divergence (JS)".
 */
export function jsDivergence(p: readonly number[], q: readonly number[]): number {
  const mean = p.map((share, y) => (share + (q[y] ?? 0)) / 2)
  return (klDivergence(p, mean) + klDivergence(q, mean)) / 2
}

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

/** Without the noise of binary fractions: `0.15`. */
function short(share: number): number {
  return Number(share.toFixed(4))
}

export const kullbackLeibler: Draw = (random) => {
  const [a, d] = [between(10, 18, random) / 20, between(2, 10, random) / 20]
  const [p, q] = [
    [a, 1 - a],
    [d, 1 - d],
  ]
  const key = klDivergence(p, q)
  const show = (n: number) => digits(n, 3)
  return ask(
    `In a data set, the share of positive labels is ${a} for the facet value a and ${d} for the facet value d; all other labels are negative. What is the Kullback-Leibler divergence KL(Pa || Pd), with the natural logarithm and rounded to three decimals?`,
    [show(key), `${a} × ln(${a} / ${d}) + ${short(1 - a)} × ln(${short(1 - a)} / ${short(1 - d)}).`],
    [
      [
        show(klDivergence(q, p)),
        'That is KL(Pd || Pa): KL is not symmetric, and the first distribution does the weighing.',
      ],
      [show(key / Math.LN2), 'That is in bits, by the logarithm to base 2.'],
      [
        show(a * Math.log(a / d)),
        'That is the term of the positive label only; the negative label has a term too.',
      ],
      [show(jsDivergence(p, q)), 'That is the Jensen-Shannon divergence.'],
    ],
  )
}

export const jensenShannon: Draw = (random) => {
  const [a, d] = [between(10, 18, random) / 20, between(2, 9, random) / 20]
  const [p, q] = [
    [a, 1 - a],
    [d, 1 - d],
  ]
  const key = jsDivergence(p, q)
  const show = (n: number) => digits(n, 3)
  return ask(
    `In a data set, the share of positive labels is ${a} for the facet value a and ${d} for the facet value d; all other labels are negative. What is the Jensen-Shannon divergence (JS) of the two label distributions, with the natural logarithm and rounded to three decimals?`,
    [
      show(key),
      `The mean of the KL divergences of both from their mixture, which has ${short((a + d) / 2)} positive labels.`,
    ],
    [
      [show(klDivergence(p, q)), 'That is KL(Pa || Pd), without the mixture of the two.'],
      [
        show((klDivergence(p, q) + klDivergence(q, p)) / 2),
        'That takes the mean of both KL divergences of one from the other; JS measures each from the mixture.',
      ],
      [show(2 * key), 'That is the sum of the two divergences from the mixture; JS is their mean.'],
    ],
  )
}

const OUTCOMES = ['approved', 'deferred', 'withdrawn', 'rejected']

/** So many tenths, in as many parts of one or more each. */
function tenths(parts: number, random: () => number): number[] {
  const cuts = new Set<number>()
  while (cuts.size < parts - 1) cuts.add(between(1, 9, random))
  const ends = [...cuts].sort((x, y) => x - y).concat(10)
  return ends.map((end, i) => end - (ends[i - 1] ?? 0))
}

/** The label shares of both facet values in tenths, and the sentence that gives them. */
function table(parts: number, random: () => number): { p: number[]; q: number[]; told: string } {
  const [p, q] = [tenths(parts, random), tenths(parts, random)]
  const outcomes = parts === OUTCOMES.length ? OUTCOMES : OUTCOMES.filter((name) => name !== 'withdrawn')
  const row = (shares: readonly number[]) => shares.map((n, y) => `${outcomes[y]} ${n / 10}`).join(', ')
  return {
    p: p.map((n) => n / 10),
    q: q.map((n) => n / 10),
    told: `Requests have ${parts} outcomes. Shares for the facet value a: ${row(p)}. Shares for the facet value d: ${row(q)}.`,
  }
}

function apart(p: readonly number[], q: readonly number[]): string {
  return differences(p, q)
    .map((n) => digits(n, 1))
    .join(', ')
}

export const euclideanNorm: Draw = (random) => {
  const { p, q, told } = table(3, random)
  const show = (n: number) => digits(n, 3)
  const key = lpNorm(p, q, 2)
  return ask(
    `${told} What is the Lp-norm (LP) of the two label distributions for p = 2, rounded to three decimals?`,
    [show(key), `The differences are ${apart(p, q)}; the root of the sum of their squares.`],
    [
      [show(key ** 2), 'That is the sum of the squares; the root is missing.'],
      [show(lpNorm(p, q, 1)), 'That is the sum of the differences, which is the norm for p = 1.'],
      [show(kolmogorovSmirnov(p, q)), 'That is the largest difference, which is KS.'],
    ],
  )
}

export const variationDistance: Draw = (random) => {
  const { p, q, told } = table(4, random)
  const show = (n: number) => digits(n, 2)
  return ask(
    `${told} What is the total variation distance (TVD) of the two label distributions, rounded to two decimals?`,
    [show(totalVariation(p, q)), `Half of the sum of the differences ${apart(p, q)}.`],
    [
      [show(lpNorm(p, q, 1)), 'That is the sum of the differences; TVD is half of it.'],
      [show(kolmogorovSmirnov(p, q)), 'That is the largest difference, which is KS.'],
      [show(lpNorm(p, q, 2)), 'That is the Lp-norm for p = 2.'],
    ],
  )
}

export const largestDifference: Draw = (random) => {
  const { p, q, told } = table(4, random)
  const show = (n: number) => digits(n, 2)
  const cumulative = p.map((_, y) => Math.abs(sum(p.slice(0, y + 1)) - sum(q.slice(0, y + 1))))
  return ask(
    `${told} What is the Kolmogorov-Smirnov metric (KS) of SageMaker Clarify, which compares the shares label by label, rounded to two decimals?`,
    [show(kolmogorovSmirnov(p, q)), `The largest of the differences ${apart(p, q)}.`],
    [
      [show(totalVariation(p, q)), 'That is half of the sum of the differences, which is TVD.'],
      [
        show(Math.max(...cumulative)),
        'That is the largest difference of the running sums, as the statistical test has it; Clarify compares label by label.',
      ],
      [show(lpNorm(p, q, 1)), 'That is the sum of all the differences.'],
      [show(lpNorm(p, q, 2)), 'That is the Lp-norm for p = 2.'],
    ],
  )
}

/**
 * Rows of one subgroup: how many were rejected and accepted, and how many of each belong to facet value d.
 */
export interface Subgroup {
  readonly rejected: number
  readonly rejectedD: number
  readonly accepted: number
  readonly acceptedD: number
}

/**
 * `d`'s share of the rejected less its share of the accepted, from -1 to 1. Source: "Conditional Demographic
 * Disparity (CDD)".
 */
export function demographicDisparity(group: Subgroup): number {
  return group.rejectedD / group.rejected - group.acceptedD / group.accepted
}

/**
 * `sum(ni * DDi) / n`: the mean of the subgroups' disparities, weighted by rows. Source: "Conditional
 * Demographic Disparity (CDD)".
 */
export function conditionalDisparity(groups: readonly Subgroup[]): number {
  const rows = groups.map((group) => group.rejected + group.accepted)
  return sum(groups.map((group, i) => (rows[i] ?? 0) * demographicDisparity(group))) / sum(rows)
}

function subgroup(scale: number, random: () => number): Subgroup {
  const rejected = scale * between(2, 8, random)
  const accepted = scale * (10 - rejected / scale)
  return {
    rejected,
    rejectedD: (rejected * between(2, 9, random)) / 10,
    accepted,
    acceptedD: (accepted * between(1, 7, random)) / 10,
  }
}

export const conditionalDemographic: Draw = (random) => {
  const groups = [subgroup(10, random), subgroup(10 * between(2, 4, random), random)]
  const [first, second] = groups as [Subgroup, Subgroup]
  const show = (n: number) => digits(n, 2)
  const key = conditionalDisparity(groups)
  const [x, y] = [demographicDisparity(first), demographicDisparity(second)]
  const together = demographicDisparity({
    rejected: first.rejected + second.rejected,
    rejectedD: first.rejectedD + second.rejectedD,
    accepted: first.accepted + second.accepted,
    acceptedD: first.acceptedD + second.acceptedD,
  })
  const told = (group: Subgroup) =>
    `${group.rejected} rejected, ${group.rejectedD} of them of facet value d; ${group.accepted} accepted, ${group.acceptedD} of them of d`
  return ask(
    `Applications went to two departments. Department 1: ${told(first)}. Department 2: ${told(second)}. The disparity of a department is d's share of the rejected less its share of the accepted. What is the conditional demographic disparity (CDD) over the departments, each weighted by its rows, rounded to two decimals?`,
    [
      show(key),
      `The disparities ${show(x)} and ${show(y)}, weighted by ${first.rejected + first.accepted} and ${second.rejected + second.accepted} rows.`,
    ],
    [
      [show((x + y) / 2), 'That weighs both departments alike, whatever their size.'],
      [show(together), 'That is the disparity of all rows together; CDD takes it department by department.'],
      [
        show(-key),
        'The sign is turned round: a positive value means that d is rejected more than it is accepted.',
      ],
      [show(x + y), 'That adds the disparities without weights.'],
    ],
  )
}
