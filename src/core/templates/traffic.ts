/** How much traffic a new fleet or variant gets, and when. */
import { between, oneOf } from '../random.js'
import { type Draw, digits, sum, whole } from './ask.js'

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
  return {
    stem: `An endpoint gets a steady ${rate} requests a second. A deployment shifts traffic by canary: ${percent} % of the traffic goes to the new fleet at once, the baking period of the canary lasts ${minutes} minutes, then all traffic follows. How many requests does the new fleet serve during the baking period of the canary?`,
    key: [show(key), `${rate} a second × ${minutes} minutes × 60 seconds × ${percent} %.`],
    slips: [
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
    more: [
      [
        show(canaryRequests(rate, minutes, 100 + percent)),
        'That adds the last baking period, in which the new fleet already gets all the traffic.',
      ],
      [
        show(2 * key),
        'That counts two baking periods at the share of the canary; the question is about the first.',
      ],
      [show(key / minutes), 'That is what the canary serves in one minute of the baking period.'],
      [
        show((key * percent) / 100),
        `That takes ${percent} % of the time as well; the canary gets its share for the whole baking period.`,
      ],
    ],
  }
}

/**
 * Minutes from the first shift of a canary until the old fleet ends: `2 * baking + termination wait`, since a
 * baking period follows both shifts, and the termination wait counts from the end of the last one. Source:
 * SageMaker AI, "Use canary traffic shifting" (WaitIntervalInSeconds, TerminationWaitInSeconds).
 */
export function canaryEnd(bakingMinutes: number, terminationMinutes: number): number {
  return 2 * bakingMinutes + terminationMinutes
}

export const canaryTimeline: Draw = (random, edition) => {
  const baking = 5 * between(1, 6, random)
  const wait = between(1, 9, random) * 2
  const show = (n: number) => `${n} minutes`
  const told = `An endpoint update shifts traffic by canary, with WaitIntervalInSeconds ${baking * 60} and TerminationWaitInSeconds ${wait * 60}. A baking period of the wait interval follows each of the two shifts, the last one too;`
  return {
    stem:
      edition === 'first'
        ? `${told} the shifts themselves take no time, and no alarm goes off. How long after the first shift does the old fleet end?`
        : `${told} the termination wait counts from the end of the last baking period. The shifts themselves take no time, and no alarm goes off. How long after the first shift does SageMaker AI terminate the old fleet?`,
    key: [
      show(canaryEnd(baking, wait)),
      `Two baking periods of ${baking} minutes, then the termination wait of ${wait} minutes.`,
    ],
    slips: [
      [
        show(baking + wait),
        'That counts the baking of the canary only; the whole green fleet has a baking period too.',
      ],
      [show(2 * baking), 'That is when the last baking ends; the termination wait still follows.'],
      [show(2 * (baking + wait)), 'That waits for termination twice; the wait comes once, at the end.'],
    ],
    more: [
      [
        show(baking),
        'That is when the rest of the traffic follows; the old fleet stays until it is terminated.',
      ],
      [
        show(3 * baking + wait),
        'That counts three baking periods; a canary has two shifts, with one after each.',
      ],
      [
        show(3 * baking),
        'That takes another wait interval for the termination wait, which has a length of its own.',
      ],
      [
        show(3 * (baking + wait)),
        'That has three shifts, and a termination wait after each; a canary has two, and one wait at the end.',
      ],
    ],
  }
}

/**
 * Minutes from the first step until the new fleet has all traffic, when each step shifts `percent` and a wait
 * follows each step: `(100 / percent - 1) * wait`. Source: SageMaker AI, "Use linear traffic shifting".
 */
export function linearFullTraffic(percent: number, waitMinutes: number): number {
  return (100 / percent - 1) * waitMinutes
}

export const linearSchedule: Draw = (random) => {
  const percent = oneOf([10, 20, 25], random)
  const wait = between(2, 15, random)
  const steps = 100 / percent
  const show = (n: number) => `${n} minutes`
  return {
    stem: `A deployment shifts traffic in linear steps of ${percent} %. The first step is taken at once, and a baking period of ${wait} minutes follows each step. No alarm goes off. How long after the first step does the new fleet get all the traffic?`,
    key: [
      show(linearFullTraffic(percent, wait)),
      `${steps} steps have ${steps - 1} baking periods between them: ${steps - 1} × ${wait} minutes.`,
    ],
    slips: [
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
    more: [
      [show(2 * wait), 'That is a canary with the baking period after its second shift.'],
      [
        show((Math.ceil(steps / 2) - 1) * wait),
        'That is when half of the traffic or more has been shifted; further steps follow until all of it is.',
      ],
      [
        show((steps + 1) * wait),
        'That adds a baking period before the first step, which is taken at once, and one after the last.',
      ],
      [show(percent * wait), `That takes the ${percent} % for the number of steps.`],
      [
        show(2 * (steps - 1) * wait),
        'That counts each baking period for either fleet; both fleets run through it together.',
      ],
    ],
  }
}

/**
 * Share of the traffic, in percent, that the new fleet has `minutes` after the first step: `min(100, percent
 * * (floor(minutes / wait) + 1))`. Source: SageMaker AI, "Use linear traffic shifting".
 */
export function linearShareAt(minutes: number, percent: number, waitMinutes: number): number {
  return Math.min(100, percent * (Math.floor(minutes / waitMinutes) + 1))
}

export const linearShare: Draw = (random, edition) => {
  const percent = oneOf([10, 20, 25], random)
  const steps = 100 / percent
  const wait = between(4, 15, random)
  const minutes = wait * between(1, steps - 2, random) + between(1, wait - 1, random)
  const share = linearShareAt(minutes, percent, wait)
  const show = (n: number) => `${digits(n, 0)} %`
  return {
    stem: `A deployment shifts traffic in linear steps of ${percent} %. The first step is taken at once, and a baking period of ${wait} minutes follows each step. No alarm goes off. ${edition === 'first' ? 'Which' : 'What'} share of the traffic does the new fleet get ${minutes} minutes after the first step?`,
    key: [
      show(share),
      `${share / percent} steps have been taken: one at once, and one after each full ${wait} minutes.`,
    ],
    slips: [
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
    more: [
      [show(percent), 'That is the first step only; further ones have been taken since.'],
      [
        show(percent + (100 * minutes) / (steps * wait)),
        'That adds even growth to the first step; between two steps the share stays as it is.',
      ],
      [show(100), 'That is a canary: after the first baking period all the rest follows.'],
    ],
  }
}

/**
 * Requests that the new fleet serves before it has all traffic, over the `100 / percent - 1` baking periods
 * with `percent, 2 percent, …`: `rate * wait * 60 * sum(k * percent / 100)`. Source: SageMaker AI, "Use
 * linear traffic shifting".
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
  return {
    stem: `An endpoint gets a steady ${rate} requests a second. A deployment shifts traffic in linear steps of ${percent} %: the first step at once, and a baking period of ${wait} minutes after each step. How many requests does the new fleet serve before it gets all the traffic?`,
    key: [
      show(linearRequests(rate, percent, wait)),
      `${whole(each)} requests a baking period, of which it gets ${shares.join(', then ')}.`,
    ],
    slips: [
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
    more: [
      [
        show(linearRequests(rate, percent, wait) / 60),
        'That takes the rate for one a minute: the seconds are missing.',
      ],
      [
        show(linearRequests(rate, percent, wait) - ((steps - 1) * each * percent) / 100),
        'That takes the first step after the first baking period; it is taken at once.',
      ],
      [
        show((steps * each) / 2),
        `That takes half of the traffic over ${steps} baking periods; only ${steps - 1} of them come before all of it.`,
      ],
      [
        show(steps * each),
        `That is all the traffic of ${steps} baking periods; the old fleet serves its share until the last step.`,
      ],
    ],
    limits: [1, Number.POSITIVE_INFINITY],
  }
}
