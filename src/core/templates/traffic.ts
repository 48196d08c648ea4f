/** How much traffic a new fleet or variant gets, and when. */
import { between, oneOf } from '../random.js'
import { ask, type Draw, digits, sum, whole } from './ask.js'

/**
 * Requests that the new fleet serves during the baking period of the canary: `rate * minutes * 60 * percent /
 * 100`. Source: SageMaker AI, "Use canary traffic shifting".
 */
export function canaryRequests(perSecond: number, bakingMinutes: number, canaryPercent: number): number {
  return (perSecond * bakingMinutes * 60 * canaryPercent) / 100
}

export const canarySchedule: Draw = (random) => {
  const rate = 20 * between(1, 10, random)
  const minutes = 5 * between(1, 6, random)
  const percent = oneOf([5, 10, 15, 20, 25], random)
  const show = (n: number) => `${whole(n)} requests`
  const key = canaryRequests(rate, minutes, percent)
  return ask(
    `An endpoint gets a steady ${rate} requests a second. A deployment shifts traffic by canary: ${percent} % of the traffic goes to the new fleet at once, the baking period of the canary lasts ${minutes} minutes, then all traffic follows. How many requests does the new fleet serve during the baking period of the canary?`,
    [show(key), `${rate} a second × ${minutes} minutes × 60 seconds × ${percent} %.`],
    [
      [
        show(canaryRequests(rate, minutes, 100 - percent)),
        `That is what the old fleet serves meanwhile: the other ${100 - percent} %.`,
      ],
      [
        show(canaryRequests(rate, minutes, 100)),
        'That is all the traffic of the baking period, as with all at once.',
      ],
      [show(key / 60), 'That takes the rate for one a minute: the seconds are missing.'],
    ],
  )
}

/**
 * Minutes from the first shift of a canary until the old fleet ends: `2 * baking + termination wait`, since a
 * baking period follows both shifts. Source: SageMaker AI, "Use canary traffic shifting"
 * (WaitIntervalInSeconds, TerminationWaitInSeconds).
 */
export function canaryEnd(bakingMinutes: number, terminationMinutes: number): number {
  return 2 * bakingMinutes + terminationMinutes
}

export const canaryTimeline: Draw = (random) => {
  const baking = 5 * between(1, 6, random)
  const wait = between(1, 9, random) * 2
  const show = (n: number) => `${n} minutes`
  return ask(
    `An endpoint update shifts traffic by canary, with WaitIntervalInSeconds ${baking * 60} and TerminationWaitInSeconds ${wait * 60}. A baking period of the wait interval follows each of the two shifts, the last one too; the shifts themselves take no time, and no alarm goes off. How long after the first shift does the old fleet end?`,
    [
      show(canaryEnd(baking, wait)),
      `Two baking periods of ${baking} minutes, then the termination wait of ${wait} minutes.`,
    ],
    [
      [
        show(baking + wait),
        'That counts the baking of the canary only; the whole green fleet has a baking period too.',
      ],
      [show(2 * baking), 'That is when the last baking ends; the termination wait still follows.'],
      [show(2 * (baking + wait)), 'That waits for termination twice; the wait comes once, at the end.'],
    ],
  )
}

/**
 * Minutes from the first step until the new fleet has all traffic, when each step takes `percent` and a wait
 * follows each step:
 * `(100 / percent - 1) * wait`. Source: SageMaker AI, "Use linear traffic shifting".
 */
export function linearFullTraffic(percent: number, waitMinutes: number): number {
  return (100 / percent - 1) * waitMinutes
}

export const linearSchedule: Draw = (random) => {
  const percent = oneOf([10, 20, 25], random)
  const wait = between(2, 15, random)
  const steps = 100 / percent
  const show = (n: number) => `${n} minutes`
  return ask(
    `A deployment shifts traffic in linear steps of ${percent} %. The first step is taken at once, and a baking period of ${wait} minutes follows each step. No alarm goes off. How long after the first step does the new fleet get all the traffic?`,
    [
      show(linearFullTraffic(percent, wait)),
      `${steps} steps have ${steps - 1} baking periods between them: ${steps - 1} × ${wait} minutes.`,
    ],
    [
      [
        show(steps * wait),
        'That counts a baking period for each step; the one after the last step comes when all traffic is there already.',
      ],
      [show(wait), 'That is a canary: a first step, one baking period, and then the rest.'],
      [
        show((steps - 2) * wait),
        `That leaves out a baking period: ${steps} steps have ${steps - 1} between them.`,
      ],
    ],
  )
}

/**
 * Share of the traffic, in percent, that the new fleet has so many minutes after the first step:
 * `min(100, percent * (floor(minutes / wait) + 1))`. Source: SageMaker AI, "Use linear traffic shifting".
 */
export function linearShareAt(minutes: number, percent: number, waitMinutes: number): number {
  return Math.min(100, percent * (Math.floor(minutes / waitMinutes) + 1))
}

export const linearShare: Draw = (random) => {
  const percent = oneOf([10, 20, 25], random)
  const steps = 100 / percent
  const wait = between(4, 15, random)
  const minutes = wait * between(1, steps - 2, random) + between(1, wait - 1, random)
  const share = linearShareAt(minutes, percent, wait)
  const show = (n: number) => `${digits(n, 0)} %`
  return ask(
    `A deployment shifts traffic in linear steps of ${percent} %. The first step is taken at once, and a baking period of ${wait} minutes follows each step. No alarm goes off. Which share of the traffic does the new fleet get ${minutes} minutes after the first step?`,
    [
      show(share),
      `${share / percent} steps have been taken: one at once, and one after each full ${wait} minutes.`,
    ],
    [
      [show(share - percent), 'That forgets that the first step is taken at once, before any waiting.'],
      [show(100 - share), 'That is what the old fleet still has.'],
      [
        show(Math.min(100, share + percent)),
        'That takes the next step already, whose baking period is not over yet.',
      ],
      [
        show((100 * minutes) / (steps * wait)),
        'That lets the share grow evenly with time; it grows by steps.',
      ],
    ],
  )
}

/**
 * Requests that the new fleet serves before it has all traffic, over the `100 / percent - 1` baking periods
 * with
 * `percent, 2 percent, …`: `rate * wait * 60 * sum(k * percent / 100)`. Source: SageMaker AI, "Use linear
 * traffic shifting".
 */
export function linearRequests(perSecond: number, percent: number, waitMinutes: number): number {
  const steps = Math.round(100 / percent)
  return sum(
    Array.from({ length: steps - 1 }, (_, k) => (perSecond * waitMinutes * 60 * (k + 1) * percent) / 100),
  )
}

export const linearExposure: Draw = (random) => {
  const rate = 10 * between(1, 12, random)
  const percent = oneOf([20, 25, 50], random)
  const wait = between(2, 12, random)
  const steps = 100 / percent
  const each = rate * wait * 60
  const shares = Array.from({ length: steps - 1 }, (_, k) => `${(k + 1) * percent} %`)
  const show = (n: number) => `${whole(n)} requests`
  return ask(
    `An endpoint gets a steady ${rate} requests a second. A deployment shifts traffic in linear steps of ${percent} %: the first step at once, and a baking period of ${wait} minutes after each step. How many requests does the new fleet serve before it gets all the traffic?`,
    [
      show(linearRequests(rate, percent, wait)),
      `${whole(each)} requests a baking period, of which it gets ${shares.join(', then ')}.`,
    ],
    [
      [
        show(linearRequests(rate, percent, wait) + each),
        'That adds the baking period after the last step, when it gets all the traffic.',
      ],
      [
        show((steps - 1) * each),
        'That is all the traffic of these baking periods; the old fleet still serves its share.',
      ],
      [show((each * percent) / 100), 'That is the first baking period only.'],
      [
        show(((steps - 1) * each * percent) / 100),
        'That keeps the share of the first step through all of them.',
      ],
    ],
  )
}

/**
 * The share of one variant: its weight over the sum of all weights. Source: SageMaker AI, "Production
 * variants".
 */
export function variantShare(weights: readonly number[], index: number): number {
  return (weights[index] ?? 0) / sum(weights)
}

export const variantWeights: Draw = (random) => {
  const weights = [between(4, 9, random), between(1, 3, random), between(1, 3, random)]
  const [first = 0, second = 0, third = 0] = weights
  const show = (share: number) => `${digits(100 * share, 1)} %`
  return ask(
    `An endpoint has three production variants with the weights ${first}, ${second} and ${third}. No request names a variant. Which share of the requests, rounded to one decimal, goes to the variant with the weight ${first}?`,
    [show(variantShare(weights, 0)), `Weights are relative: ${first} of ${first + second + third}.`],
    [
      [show(first / 10), 'That reads the weight as tenths, but weights need not add up to ten.'],
      [show(1 / 3), 'That shares evenly, which holds only for equal weights.'],
      [show(first / (first + second)), 'That leaves the third variant out of the sum.'],
    ],
  )
}

/**
 * The weight that gives a new variant so many percent beside one old variant: `old * percent / (100 -
 * percent)`. Source: SageMaker AI, "Production variants".
 */
export function weightFor(oldWeight: number, percent: number): number {
  return (oldWeight * percent) / (100 - percent)
}

export const variantRamp: Draw = (random) => {
  const percent = oneOf([10, 20, 25, 40], random)
  const multiple = { 10: 9, 20: 4, 25: 3, 40: 3 }[percent] ?? 1
  const old = multiple * between(2, 12, random)
  const key = weightFor(old, percent)
  const show = (n: number) => `A weight of ${Number(n.toFixed(1))}`
  return ask(
    `An endpoint has one production variant, with the weight ${old}. A team adds a second variant that shall get ${percent} % of the requests, and leaves the weight of the first as it is. Which weight does the new variant need?`,
    [
      show(key),
      `${Number(key.toFixed(1))} of ${Number((old + key).toFixed(1))} is ${percent} % of all weights.`,
    ],
    [
      [
        show((old * percent) / 100),
        `That takes ${percent} % of the old weight; of the new sum it is less than ${percent} %.`,
      ],
      [show(percent), 'That takes weights for percentages; they are relative to their sum.'],
      [show((old * (100 - percent)) / 100), 'That takes what would be left for the old variant.'],
    ],
  )
}
