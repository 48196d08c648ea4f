/**
 * Questions whose numbers are drawn anew for each posting. A family states every convention in its text, computes the key by its
 * formula, and takes the wrong choices from the slips that people typically make.
 */
import type { Choice, ChoiceItem } from './model.js'
import { between, oneOf } from './random.js'

type Draw = (random: () => number) => ChoiceItem

/** The families, by the name that a question of kind `template` gives. */
const FAMILIES: ReadonlyMap<string, Draw> = new Map([
  ['canary-schedule', canarySchedule],
  ['variant-weights', variantWeights],
  ['class-imbalance', classImbalance],
  ['step-functions-backoff', stepFunctionsBackoff],
])

export const templateFamilies: readonly string[] = [...FAMILIES.keys()]

/** Draws again until the four choices differ; throws when the family is unknown. */
export function drawTemplate(family: string, random: () => number): ChoiceItem {
  const draw = FAMILIES.get(family)
  if (!draw) throw new Error(`there is no template family ${family}`)
  for (let tries = 0; tries < 100; tries++) {
    const item = draw(random)
    if (new Set(item.choices.map((choice) => choice.text)).size === item.choices.length) return item
  }
  throw new Error(`template family ${family} finds no four different choices`)
}

function choice(right: boolean, text: string, why: string): Choice {
  return { text, right, why }
}

/**
 * Requests that the new fleet serves up to full traffic, in canary shifting:
 * `rate * baking minutes * 60 * canary share`. Source: SageMaker AI, "Use canary traffic shifting".
 */
export function canaryRequests(perSecond: number, bakingMinutes: number, canaryPercent: number): number {
  return (perSecond * bakingMinutes * 60 * canaryPercent) / 100
}

function canarySchedule(random: () => number): ChoiceItem {
  const rate = 20 * between(1, 10, random)
  const minutes = 5 * between(1, 6, random)
  const percent = oneOf([5, 10, 15, 20, 25], random)
  const show = (n: number) => `${n.toLocaleString('en-US')} requests`
  const key = canaryRequests(rate, minutes, percent)
  return {
    kind: 'choice',
    stem: `An endpoint gets a steady ${rate} requests a second. A deployment shifts traffic by canary: ${percent} % of the traffic goes to the new fleet at once, the baking period of the canary lasts ${minutes} minutes, then all traffic follows. How many requests does the new fleet serve during the baking period of the canary?`,
    choices: [
      choice(true, show(key), `${rate} a second × ${minutes} minutes × 60 seconds × ${percent} %.`),
      choice(
        false,
        show(canaryRequests(rate, minutes, 100 - percent)),
        `That is what the old fleet serves meanwhile: the other ${100 - percent} %.`,
      ),
      choice(false, show(canaryRequests(rate, minutes, 100)), 'That is all the traffic of the baking period, as with all at once.'),
      choice(false, show(key / 60), 'That takes the rate for one a minute: the seconds are missing.'),
    ],
  }
}

/** The share of one variant: its weight over the sum of all weights. Source: SageMaker AI, "Production variants". */
export function variantShare(weights: readonly number[], index: number): number {
  return (weights[index] ?? 0) / weights.reduce((a, b) => a + b, 0)
}

function variantWeights(random: () => number): ChoiceItem {
  const weights = [between(4, 9, random), between(1, 3, random), between(1, 3, random)]
  const [first = 0, second = 0, third = 0] = weights
  const show = (share: number) => `${(100 * share).toFixed(1)} %`
  return {
    kind: 'choice',
    stem: `An endpoint has three production variants with the weights ${first}, ${second} and ${third}. No request names a variant. Which share of the requests, rounded to one decimal, goes to the variant with the weight ${first}?`,
    choices: [
      choice(true, show(variantShare(weights, 0)), `Weights are relative: ${first} of ${first + second + third}.`),
      choice(false, show(first / 10), 'That reads the weight as tenths, but weights need not add up to ten.'),
      choice(false, show(1 / 3), 'That shares evenly, which holds only for equal weights.'),
      choice(false, show(first / (first + second)), `That leaves the third variant out of the sum.`),
    ],
  }
}

/**
 * Class imbalance of a facet, `(na - nd) / (na + nd)`: `na` members of the favoured facet value, `nd` of the other; from -1 to 1.
 * Source: SageMaker AI, "Class imbalance (CI)".
 */
export function classImbalanceOf(favoured: number, other: number): number {
  return (favoured - other) / (favoured + other)
}

function classImbalance(random: () => number): ChoiceItem {
  const other = 50 * between(2, 8, random)
  const favoured = other + 50 * between(2, 12, random)
  const show = (n: number) => n.toFixed(2)
  return {
    kind: 'choice',
    stem: `A training set holds ${favoured} rows of the favoured facet value a and ${other} rows of the other facet value d. What is its class imbalance (CI), rounded to two decimals?`,
    choices: [
      choice(true, show(classImbalanceOf(favoured, other)), `(${favoured} − ${other}) / (${favoured} + ${other}).`),
      choice(false, show(classImbalanceOf(other, favoured)), 'The sign is turned round: CI is positive when a has more rows.'),
      choice(false, show(favoured / (favoured + other)), 'That is the share of a, not the difference over the sum.'),
      choice(false, show(other / favoured), 'That is the ratio of the two counts.'),
    ],
  }
}

/** Seconds of each wait: `interval * rate ** k` before retry `k + 1`. Source: Step Functions, "Handling errors", Retry fields. */
export function backoffWaits(interval: number, rate: number, attempts: number): number[] {
  return Array.from({ length: attempts }, (_, k) => interval * rate ** k)
}

function stepFunctionsBackoff(random: () => number): ChoiceItem {
  const interval = between(2, 10, random)
  const rate = oneOf([2, 3], random)
  const attempts = between(3, 4, random)
  const waits = backoffWaits(interval, rate, attempts)
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)
  const show = (n: number) => `${n} seconds`
  return {
    kind: 'choice',
    stem: `A task state of Step Functions retries with IntervalSeconds ${interval}, BackoffRate ${rate} and MaxAttempts ${attempts}; there is no jitter and no MaxDelaySeconds. Every try fails at once. How long does the state wait in all before it gives up?`,
    choices: [
      choice(
        true,
        show(sum(waits)),
        `${waits.join(' + ')}: the first wait is the interval, each further one ${rate} times the one before.`,
      ),
      choice(false, show(interval * attempts), 'That keeps the wait the same each time, as a back-off rate of 1 would.'),
      choice(false, show(sum(waits.slice(0, -1))), 'That counts the first try as one of the attempts; MaxAttempts counts retries.'),
      choice(false, show(sum(waits.map((wait) => wait * rate))), 'That multiplies before the first wait already.'),
    ],
  }
}
