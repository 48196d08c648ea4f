/** Sizing of SageMaker Serverless Inference. */
import { between } from '../random.js'
import { type Draw, digits } from './ask.js'

/**
 * The smallest `MaxConcurrency` that holds a steady load without throttling: requests in progress at a time
 * are arrivals a second times the seconds that each takes (Little's law), rounded up; one request takes one
 * place.
 * Source: SageMaker AI, "Deploy models with Amazon SageMaker Serverless Inference" (concurrency).
 */
export function concurrencyFor(perSecond: number, milliseconds: number): number {
  return Math.ceil((perSecond * milliseconds) / 1000)
}

export const serverlessConcurrency: Draw = (random) => {
  const rate = between(5, 60, random)
  const milliseconds = 50 * between(3, 60, random)
  const exact = (rate * milliseconds) / 1000
  if (Number.isInteger(exact) || exact < 3 || exact > 200) return undefined
  const show = (n: number) => `${digits(n, 0)}`
  return {
    stem: `A serverless endpoint gets ${rate} requests a second, evenly spread, and each one takes exactly ${milliseconds} ms. There are no cold starts. What is the smallest MaxConcurrency of the endpoint that throttles no request?`,
    key: [
      show(concurrencyFor(rate, milliseconds)),
      `${rate} a second × ${milliseconds / 1000} s are ${Number(exact.toFixed(2))} at a time, rounded up.`,
    ],
    slips: [
      [
        show(Math.floor(exact)),
        'Rounded down there is a moment with one request too many, which is throttled.',
      ],
      [
        show(rate),
        'That is the number of requests a second; how many run at a time depends on how long each takes.',
      ],
      [
        show(Math.ceil((rate * 1000) / milliseconds)),
        'That divides by the time of a request instead of multiplying.',
      ],
      [show(2 * concurrencyFor(rate, milliseconds)), 'That has room to spare, but it is not the smallest.'],
    ],
    more: [
      [show(concurrencyFor(rate, milliseconds) + 1), 'That adds one to a number that is rounded up already.'],
      [
        show(rate * Math.ceil(milliseconds / 1000)),
        'That rounds the time of a request up to whole seconds first, and so counts too many at a time.',
      ],
      [
        show(rate * Math.floor(milliseconds / 1000)),
        'That cuts the time of a request to whole seconds, and so counts too few at a time.',
      ],
      [
        show(Math.ceil(exact / 2)),
        'That takes half of the time of a request, as a mean would; each request keeps its place to its end.',
      ],
    ],
    limits: [1, Number.POSITIVE_INFINITY],
  }
}
