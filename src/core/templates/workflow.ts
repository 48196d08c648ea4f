/** Waits and parallel work in AWS Step Functions. */
import { between, oneOf } from '../random.js'
import { type Draw, sum, whole } from './ask.js'

/**
 * Seconds of each wait: `interval * rate ** k` before retry `k + 1`, and never more than `longest`.
 * Source: Step Functions, "Handling errors in Step Functions workflows", fields of a retrier.
 */
export function backoffWaits(
  interval: number,
  rate: number,
  attempts: number,
  longest = Number.POSITIVE_INFINITY,
): number[] {
  return Array.from({ length: attempts }, (_, k) => Math.min(longest, interval * rate ** k))
}

const seconds = (n: number) => `${whole(n)} seconds`

const askedWait = {
  first: 'Every try fails at once. How long does the state wait in all before it gives up?',
  even: 'Every attempt fails immediately. How long does the state wait in total before it gives up?',
}

export const stepFunctionsBackoff: Draw = (random, edition) => {
  const interval = between(2, 10, random)
  const rate = oneOf([2, 3], random)
  const attempts = between(3, 4, random)
  const waits = backoffWaits(interval, rate, attempts)
  return {
    stem: `A task state of Step Functions retries with IntervalSeconds ${interval}, BackoffRate ${rate} and MaxAttempts ${attempts}; there is no jitter and no MaxDelaySeconds. ${askedWait[edition]}`,
    key: [
      seconds(sum(waits)),
      `${waits.join(' + ')}: the first wait is the interval, each further one ${rate} times the one before.`,
    ],
    slips: [
      [
        seconds(interval * attempts),
        'That keeps the wait the same each time, as a back-off rate of 1 would.',
      ],
      [
        seconds(sum(waits.slice(0, -1))),
        'That counts the first try as one of the attempts; MaxAttempts counts retries.',
      ],
      [seconds(sum(waits.map((wait) => wait * rate))), 'That multiplies before the first wait already.'],
    ],
    more: [
      [
        seconds(interval * rate ** (attempts - 1)),
        'That is the last wait only; the state waits before each retry.',
      ],
      [
        seconds(sum(waits.map((_, k) => interval + k * rate))),
        'That adds the back-off rate to each wait; it multiplies them.',
      ],
      [
        seconds(sum(backoffWaits(interval, rate, attempts + 1))),
        'That waits once more after the last retry; when it has failed, the state gives up without waiting.',
      ],
      [
        seconds(interval * rate ** attempts),
        'That is the wait that would come next, not the sum of those before.',
      ],
    ],
  }
}

export const cappedBackoff: Draw = (random, edition) => {
  const interval = between(2, 9, random)
  const attempts = between(4, 6, random)
  const free = backoffWaits(interval, 2, attempts)
  const longest = (free[attempts - 2] ?? 0) - between(1, interval, random)
  const waits = backoffWaits(interval, 2, attempts, longest)
  return {
    stem: `A task state of Step Functions retries with IntervalSeconds ${interval}, BackoffRate 2, MaxAttempts ${attempts} and MaxDelaySeconds ${longest}; there is no jitter. ${askedWait[edition]}`,
    key: [seconds(sum(waits)), `${waits.join(' + ')}: no single wait is longer than ${longest} seconds.`],
    slips: [
      [
        seconds(sum(free)),
        'That lets the waits double without end; MaxDelaySeconds holds each of them down.',
      ],
      [seconds(longest), 'That takes MaxDelaySeconds for the sum; it limits each single wait.'],
      [
        seconds(longest * attempts),
        'That waits the longest time before every retry; the first waits are shorter.',
      ],
    ],
    more: [
      [
        seconds(interval * attempts),
        'That keeps the wait the same each time, as a back-off rate of 1 would.',
      ],
      [
        seconds(sum(waits.slice(0, -1))),
        'That counts the first try as one of the attempts; MaxAttempts counts retries.',
      ],
      [
        seconds(sum(waits) + longest),
        'That waits once more after the last retry; when it has failed, the state gives up without waiting.',
      ],
    ],
  }
}

/**
 * Iterations of an inline map that run at a time. Source: Step Functions, "Map workflow state", inline mode.
 */
const INLINE_LIMIT = 40
/**
 * Child executions of a distributed map that run at a time. Source: Step Functions, "Map workflow state",
 * distributed mode.
 */
const DISTRIBUTED_LIMIT = 10_000

/**
 * Seconds that a map takes when all its iterations take the same time: `ceil(items / at a time) * each`.
 * `MaxConcurrency` 0 sets no limit beyond that of the mode. Source: Step Functions, "Map workflow state".
 */
export function mapTime(items: number, maxConcurrency: number, each: number, limit: number): number {
  const atATime = maxConcurrency === 0 ? limit : Math.min(limit, maxConcurrency)
  return Math.ceil(items / atATime) * each
}

export const inlineMap: Draw = (random) => {
  const maxConcurrency = oneOf([0, 5, 8, 12, 25], random)
  const items = between(50, 190, random)
  const each = between(3, 20, random)
  const atATime = maxConcurrency || INLINE_LIMIT
  if (items % atATime === 0) return undefined
  const rounds = Math.ceil(items / atATime)
  return {
    stem: `A Map state in inline mode gets ${items} items, with MaxConcurrency ${maxConcurrency}. Each iteration takes exactly ${each} seconds, and the inline mode runs at most ${INLINE_LIMIT} iterations at a time. How long does the Map state take, without overhead?`,
    key: [
      seconds(mapTime(items, maxConcurrency, each, INLINE_LIMIT)),
      `${atATime} at a time make ${rounds} rounds of ${each} seconds.`,
    ],
    slips: [
      [seconds((rounds - 1) * each), 'That leaves out the last round, which is not full but takes as long.'],
      [seconds(items * each), 'That runs the items one after another, as MaxConcurrency 1 would.'],
      [
        maxConcurrency === 0 ? seconds(each) : seconds(mapTime(items, 0, each, INLINE_LIMIT)),
        maxConcurrency === 0
          ? 'That runs all items at once; MaxConcurrency 0 sets no limit of its own, but that of the mode holds.'
          : 'That uses all that the inline mode allows; MaxConcurrency is lower here.',
      ],
    ],
    more: [
      [
        seconds((items * each) / atATime),
        'That divides without rounding up: the last round takes as long with fewer items.',
      ],
      [
        seconds((rounds + 1) * each),
        'That adds a round for the items left over, which have been rounded up already.',
      ],
      [seconds(atATime * each), `That takes the ${atATime} iterations at a time for the number of rounds.`],
    ],
  }
}

/**
 * Child executions of a distributed map: `ceil(items / items a batch)`. Source: Step Functions, "ItemBatcher
 * (Map)".
 */
export function childExecutions(items: number, perBatch: number): number {
  return Math.ceil(items / perBatch)
}

export const distributedMap: Draw = (random) => {
  const perBatch = oneOf([20, 50, 100, 200], random)
  const maxConcurrency = oneOf([200, 250, 500, 800, 1000], random)
  const items = 1000 * between(90, 900, random)
  const each = between(2, 15, random)
  const children = childExecutions(items, perBatch)
  if (children <= 2 * maxConcurrency || children % maxConcurrency === 0) return undefined
  const minutes = (n: number) => `${whole(n)} minutes`
  return {
    stem: `A Map state in distributed mode reads ${whole(items)} objects, with MaxItemsPerBatch ${perBatch} and MaxConcurrency ${maxConcurrency}. Each child workflow execution takes exactly ${each} minutes. How long does the Map state take, without overhead?`,
    key: [
      minutes(mapTime(children, maxConcurrency, each, DISTRIBUTED_LIMIT)),
      `${whole(children)} batches, ${maxConcurrency} at a time, make ${Math.ceil(children / maxConcurrency)} rounds of ${each} minutes.`,
    ],
    slips: [
      [
        minutes(mapTime(items, maxConcurrency, each, DISTRIBUTED_LIMIT)),
        'That gives each object an execution of its own; a batch shares one.',
      ],
      [
        minutes(mapTime(children, 0, each, INLINE_LIMIT)),
        'That holds to the limit of the inline mode, which is not used here.',
      ],
      [
        minutes((Math.ceil(children / maxConcurrency) - 1) * each),
        'That leaves out the last round, which is not full but takes as long.',
      ],
    ],
    more: [
      [
        minutes(mapTime(children, 0, each, DISTRIBUTED_LIMIT)),
        'That uses all that the distributed mode allows; MaxConcurrency is lower here.',
      ],
      [
        minutes((children * each) / maxConcurrency),
        'That divides without rounding up: the last round takes as long with fewer batches.',
      ],
      [
        minutes((Math.ceil(children / maxConcurrency) + 1) * each),
        'That adds a round for the batches left over, which have been rounded up already.',
      ],
    ],
  }
}
