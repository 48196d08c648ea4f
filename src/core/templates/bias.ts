/**
 * The bias metrics of SageMaker Clarify that look at a data set before training. `a` is the favoured facet
 * value, `d` the other; label 1 is the positive outcome. Sources: SageMaker AI, "Pretraining Bias Metrics"
 * and the page of each metric.
 */
import { between, oneOf } from '../random.js'
import { crossed, type Draw, digits, type Edition, type Slip, sum } from './ask.js'

const show = (n: number) => digits(n, 2)

/** A slip that is not shown yet. */
type Value = readonly [value: number, why: string]

const shown = ([value, why]: Value): Slip => [show(value), why]

/**
 * The even edition's slips of a metric from -1 to 1: another value of the same sign, the opposite sign, or
 * both. So two of the four choices are negative, and the key is one of them half of the time.
 */
function signed(
  key: number,
  turned: string,
  others: readonly Value[],
  random: () => number,
): readonly Slip[] {
  const possible = others.filter(([value]) => Math.sign(value) === Math.sign(key) && Math.abs(value) <= 1)
  if (possible.length === 0) return []
  const [wrong, why] = oneOf(possible, random)
  return crossed(
    (value, sign) => show(sign * value),
    { right: key, wrong, why },
    { right: 1, wrong: -1, why: turned },
  )
}

/** `(na - nd) / (na + nd)`, from -1 to 1. Source: "Class Imbalance (CI)". */
export function classImbalanceOf(favoured: number, other: number): number {
  return (favoured - other) / (favoured + other)
}

export const classImbalance: Draw = (random, edition) => {
  const smaller = 50 * between(2, 8, random)
  const larger = smaller + 50 * between(2, 12, random)
  const turn = edition === 'even' && random() < 0.5
  const [favoured, other] = turn ? [smaller, larger] : [larger, smaller]
  const key = classImbalanceOf(favoured, other)
  const sign = Math.sign(key)
  const turned = 'The sign is turned round: CI is positive when a has more rows.'
  const others: Value[] = [
    [(sign * favoured) / (favoured + other), 'That is the share of a, not the difference over the sum.'],
    [(sign * other) / favoured, 'That is the ratio of the two counts.'],
  ]
  const more: Value[] = [
    [(sign * other) / (favoured + other), 'That is the share of d, not the difference over the sum.'],
    [(favoured - other) / favoured, 'That is the difference over the rows of a, not over all rows.'],
    [(favoured - other) / other, 'That is the difference over the rows of d, not over all rows.'],
  ]
  return {
    stem: `A training set holds ${favoured} rows of the favoured facet value a and ${other} rows of the other facet value d. What is its class imbalance (CI), rounded to two decimals?`,
    key: [show(key), `(${favoured} − ${other}) / (${favoured} + ${other}).`],
    slips:
      edition === 'first'
        ? [[show(-key), turned], ...others.map(shown)]
        : signed(key, turned, [...others, ...more], random),
  }
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

export const labelProportions: Draw = (random, edition) => {
  // Steps of 5 % would make the key always end in 0 or 5, which most slips do not.
  const step = edition === 'first' ? 5 : 1
  const percent = (from: number, to: number) => step * between(from / step, to / step, random)
  const larger = { all: 100 * between(3, 9, random), positive: 0 }
  const smaller = { all: 100 * between(1, 4, random), positive: 0 }
  larger.positive = (larger.all / 100) * percent(40, 85)
  smaller.positive = (smaller.all / 100) * percent(15, 60)
  if (larger.positive / larger.all <= smaller.positive / smaller.all) return undefined
  const turn = edition === 'even' && random() < 0.5
  const [a, d] = turn ? [smaller, larger] : [larger, smaller]
  const key = differenceInProportions(a.positive, a.all, d.positive, d.all)
  const sign = Math.sign(key)
  const turned = 'The sign is turned round: DPL is positive when a has the larger share of positive labels.'
  const others: Value[] = [
    [
      (a.positive - d.positive) / (a.all + d.all),
      'That sets the difference of the counts against all rows; each facet value has a share of its own.',
    ],
    [classImbalanceOf(a.all, d.all), 'That is the class imbalance, which does not look at labels.'],
    [
      (sign * (d.positive / d.all)) / (a.positive / a.all),
      'That is the ratio of the two shares, not their difference.',
    ],
  ]
  const more: Value[] = [
    [
      (sign * (a.positive + d.positive)) / (a.all + d.all),
      'That is the share of positive labels in all rows, whichever facet value they have.',
    ],
    [
      classImbalanceOf(a.positive, d.positive),
      'That is the imbalance of the positive rows, which does not look at how many rows each facet value has.',
    ],
  ]
  return {
    stem: `In a data set of loan requests, ${a.positive} of ${a.all} rows of the favoured facet value a have the positive label, and ${d.positive} of ${d.all} rows of the facet value d. What is the difference in proportions of labels (DPL), rounded to two decimals?`,
    key: [show(key), `${a.positive} / ${a.all} − ${d.positive} / ${d.all}.`],
    slips:
      edition === 'first'
        ? [[show(-key), turned], ...others.map(shown)]
        : signed(key, turned, [...others, ...more], random),
  }
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
 * `d`'s share of the rejected minus its share of the accepted, from -1 to 1. Source: "Conditional Demographic
 * Disparity (CDD)".
 */
function demographicDisparity(group: Subgroup): number {
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

/** The even edition draws similar shares for both labels, so that the disparity has either sign. */
function subgroup(scale: number, random: () => number, edition: Edition): Subgroup {
  const rejected = scale * between(2, 8, random)
  const accepted = scale * (10 - rejected / scale)
  if (edition === 'even') {
    const some = (all: number) => between(all / 10, (9 * all) / 10, random)
    return { rejected, rejectedD: some(rejected), accepted, acceptedD: some(accepted) }
  }
  return {
    rejected,
    rejectedD: (rejected * between(2, 9, random)) / 10,
    accepted,
    acceptedD: (accepted * between(1, 7, random)) / 10,
  }
}

export const conditionalDemographic: Draw = (random, edition) => {
  const first = subgroup(10, random, edition)
  const second = subgroup(10 * between(2, 4, random), random, edition)
  const key = conditionalDisparity([first, second])
  const [x, y] = [demographicDisparity(first), demographicDisparity(second)]
  const together = demographicDisparity({
    rejected: first.rejected + second.rejected,
    rejectedD: first.rejectedD + second.rejectedD,
    accepted: first.accepted + second.accepted,
    acceptedD: first.acceptedD + second.acceptedD,
  })
  const told = (group: Subgroup) =>
    `${group.rejected} rejected, ${group.rejectedD} of them of facet value d; ${group.accepted} accepted, ${group.acceptedD} of them of d`
  const mean: Value = [(x + y) / 2, 'That weighs both departments alike, whatever their size.']
  const pooled: Value = [
    together,
    'That is the disparity of all rows together; CDD takes it department by department.',
  ]
  const turned =
    'The sign is turned round: a positive value means that d is rejected more than it is accepted.'
  const added: Value = [x + y, 'That adds the disparities without weights.']
  const more: Value[] = [
    [x, 'That is the disparity of department 1 only.'],
    [y, 'That is the disparity of department 2 only.'],
  ]
  return {
    stem: `Applications went to two departments. Department 1: ${told(first)}. Department 2: ${told(second)}. The disparity of a department is d's share of the rejected less its share of the accepted. What is the conditional demographic disparity (CDD) over the departments, each weighted by its rows, rounded to two decimals?`,
    key: [
      show(key),
      `The disparities ${show(x)} and ${show(y)}, weighted by ${first.rejected + first.accepted} and ${second.rejected + second.accepted} rows.`,
    ],
    slips:
      edition === 'first'
        ? [shown(mean), shown(pooled), [show(-key), turned], shown(added)]
        : signed(key, turned, [mean, pooled, added, ...more], random),
  }
}
