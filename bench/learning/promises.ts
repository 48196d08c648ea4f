/** What the plan and the forecast promise, as the benchmark and the tests hold them. */
import type { Held } from './forecast.js'
import type { Outcome } from './simulate.js'

/** Points above a random draw on exam day, where next to nothing is known before. */
const ABOVE_RANDOM = new Map([
  ['30 x 10', 4],
  ['90 x 10', 4],
  ['60 x 5', 3.5],
])
const LOW_PRIOR = 0.35
const CONCEPTS = 144

interface Course {
  readonly days: number
  readonly answers: number
  readonly prior: number
}

export function brokenPlan(
  { days, answers, prior }: Course,
  outcomes: ReadonlyMap<string, Outcome>,
): string[] {
  const [plan, random] = [outcomes.get('plan'), outcomes.get('random')]
  if (!plan || !random) return ['the plan or the random draw was not simulated']
  const least = prior === LOW_PRIOR ? (ABOVE_RANDOM.get(`${days} x ${answers}`) ?? -1) : -1
  const above = plan.right - random.right
  const isTimeForAll = Math.ceil(0.7 * answers) * (days - 7) >= CONCEPTS
  return [
    ...(above < least ? [`${above.toFixed(1)} points above a random draw, not ${least}`] : []),
    ...(isTimeForAll && plan.leastMet < CONCEPTS ? [`${plan.leastMet} concepts met by somebody`] : []),
    ...(plan.again > 0 ? ['a concept came twice on one day'] : []),
  ]
}

export function brokenForecast({ held, bias }: Held): string[] {
  return [
    ...(held < 76 || held > 88 ? [`${held.toFixed(1)} % lie in the range`] : []),
    ...(Math.abs(bias) > 1.5 ? [`biased by ${bias.toFixed(2)} points`] : []),
  ]
}
