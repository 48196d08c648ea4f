/**
 * The expected share of right answers on a new exam, as a range. A domain's ability is `theta_d = mu +
 * delta_d` with `mu ~ N(.7, 1.2^2)` and `delta_d ~ N(0, .5^2)`; an answer is right with the chance `1 / (1 +
 * e^-theta_d)`. So knowledge about one domain says something about the others, which one Beta distribution
 * per domain ignores (its 80 % range holds the truth in only 64 to 79 % of cases). Computed by Laplace's
 * approximation: Newton's method to the mode, then draws by the Hessian there. Measured in
 * `bench/learning/main.ts`.
 */

import { seeded } from './random.js'
import { DAY_MS } from './time.js'

const MU = { mean: 0.7, variance: 1.2 ** 2 }
const DELTA_VARIANCE = 0.5 ** 2
const HALF_LIFE_DAYS = 30
const DRAWS = 400
const STEPS = 25
/** Below this number of answers, people see what is missing instead of a range. */
const ANSWERS_NEEDED = 40
export const DOMAIN_NEEDED = 5
const LOW = 0.1
const HIGH = 0.9

/** The first answer to an item; later answers show what is remembered of that item. */
export interface FirstAnswer {
  readonly domain: number
  readonly right: boolean
  /** Epoch milliseconds. */
  readonly at: number
}

export interface ExamShape {
  readonly items: number
  /** Weights add up to 100. */
  readonly domains: readonly { readonly number: number; readonly weight: number }[]
}

/** Shares of right answers in whole per cent; eight exams of ten fall into the range. */
export interface Range {
  readonly low: number
  readonly high: number
}

export type Readiness =
  | { readonly kind: 'missing'; readonly answers: number; readonly domains: readonly Missing[] }
  | {
      readonly kind: 'range'
      readonly range: Range
      readonly domains: readonly (Range & { readonly number: number })[]
    }

export interface Missing {
  readonly number: number
  /** The number of answers that this domain still needs. */
  readonly answers: number
}

/**
 * The same answers always give the same range. `now`: epoch milliseconds; the weight of an answer halves in
 * 30 days.
 */
export function readiness(answers: readonly FirstAnswer[], exam: ExamShape, now: number): Readiness {
  const counted = exam.domains.map(({ number }) => answers.filter((one) => one.domain === number))
  const missing = exam.domains.flatMap(({ number }, i) => {
    const lacking = DOMAIN_NEEDED - (counted[i]?.length ?? 0)
    return lacking > 0 ? [{ number, answers: lacking }] : []
  })
  const lacking = Math.max(0, ANSWERS_NEEDED - counted.flat().length)
  if (lacking > 0 || missing.length > 0) return { kind: 'missing', answers: lacking, domains: missing }
  const told = counted.map((all) => weighed(all, now))
  const sizes = itemsByDomain(exam)
  const exams = drawExams(told, sizes)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const shares = exams.map((right) => right.reduce((sum, one) => sum + one, 0) / total)
  const domains = exam.domains.map(({ number }, d) => ({
    number,
    ...rangeOf(exams.map((right) => (right[d] ?? 0) / Math.max(1, sizes[d] ?? 1))),
  }))
  return { kind: 'range', range: rangeOf(shares), domains }
}

interface Told {
  readonly right: number
  readonly all: number
}

function weighed(answers: readonly FirstAnswer[], now: number): Told {
  let [right, all] = [0, 0]
  for (const { right: isRight, at } of answers) {
    const weight = 0.5 ** (Math.max(0, now - at) / DAY_MS / HALF_LIFE_DAYS)
    all += weight
    if (isRight) right += weight
  }
  return { right, all }
}

/** Returns the number of items of each domain by the exam's weights, by largest remainders. */
export function itemsByDomain({ items, domains }: ExamShape): number[] {
  const exact = domains.map(({ weight }) => (items * weight) / 100)
  const sizes = exact.map(Math.floor)
  const order = exact.map((size, i) => ({ i, rest: size - Math.floor(size) })).sort((a, b) => b.rest - a.rest)
  const left = items - sizes.reduce((sum, size) => sum + size, 0)
  for (const { i } of order.slice(0, left)) sizes[i] = (sizes[i] ?? 0) + 1
  return sizes
}

function rangeOf(shares: readonly number[]): Range {
  const sorted = [...shares].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return { low: Math.round(100 * at(LOW)), high: Math.round(100 * at(HIGH)) }
}

/** Returns the right answers by domain, for each simulated exam. */
function drawExams(told: readonly Told[], sizes: readonly number[]): number[][] {
  const { mode, root } = posterior(told)
  const random = seeded(1)
  return Array.from({ length: DRAWS }, () => {
    const z = mode.map(() => normal(random))
    const off = solveUpper(root, z)
    const mu = (mode[0] ?? 0) + (off[0] ?? 0)
    return sizes.map((size, d) => {
      const chance = logistic(mu + (mode[d + 1] ?? 0) + (off[d + 1] ?? 0))
      let right = 0
      for (let i = 0; i < size; i++) if (random() < chance) right++
      return right
    })
  })
}

/** Returns the mode of (mu, delta_1, …), and the Cholesky root of the Hessian there. */
function posterior(told: readonly Told[]): { readonly mode: number[]; readonly root: number[][] } {
  let mode = [MU.mean, ...told.map(() => 0)]
  let root: number[][] = []
  for (let step = 0; step < STEPS; step++) {
    const { gradient, hessian } = slopes(told, mode)
    root = cholesky(hessian)
    const move = solveUpper(root, solveLower(root, gradient))
    mode = mode.map((value, i) => value + (move[i] ?? 0))
    if (move.every((one) => Math.abs(one) < 1e-9)) break
  }
  return { mode, root }
}

/** Returns the gradient of the log posterior, and its negated Hessian. */
function slopes(told: readonly Told[], at: readonly number[]) {
  const mu = at[0] ?? 0
  const gradient = [(MU.mean - mu) / MU.variance, ...told.map((_, d) => -(at[d + 1] ?? 0) / DELTA_VARIANCE)]
  const hessian = at.map((_, i) =>
    at.map((_, j) => (i !== j ? 0 : 1 / (i === 0 ? MU.variance : DELTA_VARIANCE))),
  )
  const add = (i: number, j: number, value: number) => {
    const row = hessian[i]
    if (row) row[j] = (row[j] ?? 0) + value
  }
  told.forEach(({ right, all }, index) => {
    const d = index + 1
    const chance = logistic(mu + (at[d] ?? 0))
    const slope = right - all * chance
    gradient[0] = (gradient[0] ?? 0) + slope
    gradient[d] = (gradient[d] ?? 0) + slope
    const bend = all * chance * (1 - chance)
    for (const [i, j] of [
      [0, 0],
      [0, d],
      [d, 0],
      [d, d],
    ] as const)
      add(i, j, bend)
  })
  return { gradient, hessian }
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

/** Returns a standard normal number (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Returns the lower triangle `L` with `L L^T = matrix`, which must be symmetric and positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const root: number[][] = matrix.map((row) => row.map(() => 0))
  matrix.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      let sum = row[j] ?? 0
      for (let k = 0; k < j; k++) sum -= (root[i]?.[k] ?? 0) * (root[j]?.[k] ?? 0)
      const target = root[i]
      if (target) target[j] = i === j ? Math.sqrt(sum) : sum / (root[j]?.[j] ?? 1)
    }
  })
  return root
}

/** Returns `x` with `L x = b`. */
function solveLower(root: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x: number[] = []
  for (let i = 0; i < b.length; i++) {
    let sum = b[i] ?? 0
    for (let k = 0; k < i; k++) sum -= (root[i]?.[k] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (root[i]?.[i] ?? 1)
  }
  return x
}

/** Returns `x` with `L^T x = b`. */
function solveUpper(root: readonly (readonly number[])[], b: readonly number[]): number[] {
  const x = b.map(() => 0)
  for (let i = b.length - 1; i >= 0; i--) {
    let sum = b[i] ?? 0
    for (let k = i + 1; k < b.length; k++) sum -= (root[k]?.[i] ?? 0) * (x[k] ?? 0)
    x[i] = sum / (root[i]?.[i] ?? 1)
  }
  return x
}
