/** The promises of the plan and the forecast, as the benchmark and the tests check them. */
import type { Held } from './forecast.js'
import { type ConceptBank, FROZEN, type Outcome } from './simulate.js'

/** The points above a random draw on exam day, if almost nothing is known before. */
const ABOVE_RANDOM = new Map([
  ['30 x 10', 4],
  ['90 x 10', 4],
  ['60 x 5', 3.5],
])
const LOW_PRIOR = 0.35

interface Course {
  readonly bank: ConceptBank
  readonly days: number
  readonly answers: number
  readonly prior: number
}

export function brokenPlan(
  { bank, days, answers, prior }: Course,
  outcomes: ReadonlyMap<string, Outcome>,
): string[] {
  const [plan, random] = [outcomes.get('plan'), outcomes.get('random')]
  if (!plan || !random) return ['the plan or the random draw was not simulated']
  // The difference depends on the number of concepts; these values were measured on the frozen bank.
  const isMeasured = bank === FROZEN && prior === LOW_PRIOR
  const least = isMeasured ? (ABOVE_RANDOM.get(`${days} x ${answers}`) ?? -1) : -1
  const above = plan.right - random.right
  const all = bank.concepts.length
  const isTimeForAll = Math.ceil(0.7 * answers) * (days - 7) >= all
  return [
    ...(above < least ? [`${above.toFixed(1)} points above a random draw, not ${least}`] : []),
    ...(isTimeForAll && plan.leastMet < all ? [`${plan.leastMet} concepts met by somebody`] : []),
    ...(plan.again > 0 ? ['a concept came twice on one day'] : []),
  ]
}

export function brokenForecast({ held, bias }: Held): string[] {
  return [
    ...(held < 76 || held > 88 ? [`${held.toFixed(1)} % lie in the range`] : []),
    ...(Math.abs(bias) > 1.5 ? [`biased by ${bias.toFixed(2)} points`] : []),
  ]
}
