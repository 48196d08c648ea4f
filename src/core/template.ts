/**
 * Questions whose numbers are drawn again for each posting. A family states every convention in its text,
 * computes the key by its formula, and takes the wrong choices from typical slips. The families are in
 * `templates/`. Each has two names, one for each edition: `canary-schedule` for questions posted before,
 * `canary-schedule-even` for new ones.
 */
import type { ChoiceItem } from './model.js'
import { type Draw, type Edition, type Take, takeEvenly, takeFirst } from './templates/ask.js'
import { classImbalance, conditionalDemographic, labelProportions } from './templates/bias.js'
import { jensenShannon, kullbackLeibler } from './templates/divergence.js'
import { attributionDrift } from './templates/drift.js'
import { euclideanNorm, largestDifference, variationDistance } from './templates/outcomes.js'
import { cronExpression, rateOf } from './templates/schedules.js'
import { serverlessConcurrency } from './templates/serverless.js'
import { billableTime, checkpointRestart } from './templates/spot.js'
import {
  canarySchedule,
  canaryTimeline,
  linearExposure,
  linearSchedule,
  linearShare,
} from './templates/traffic.js'
import { variantRamp, variantWeights } from './templates/variants.js'
import { cappedBackoff, distributedMap, inlineMap, stepFunctionsBackoff } from './templates/workflow.js'

/** Keyed by name, in the first edition. */
const DRAWS: readonly (readonly [name: string, draw: Draw])[] = [
  ['canary-schedule', canarySchedule],
  ['canary-timeline', canaryTimeline],
  ['linear-schedule', linearSchedule],
  ['linear-share', linearShare],
  ['linear-exposure', linearExposure],
  ['variant-weights', variantWeights],
  ['variant-ramp', variantRamp],
  ['class-imbalance', classImbalance],
  ['label-proportions', labelProportions],
  ['kl-divergence', kullbackLeibler],
  ['js-divergence', jensenShannon],
  ['lp-norm', euclideanNorm],
  ['total-variation', variationDistance],
  ['kolmogorov-smirnov', largestDifference],
  ['conditional-disparity', conditionalDemographic],
  ['attribution-drift', attributionDrift],
  ['spot-billable-time', billableTime],
  ['spot-restart', checkpointRestart],
  ['step-functions-backoff', stepFunctionsBackoff],
  ['step-functions-capped-backoff', cappedBackoff],
  ['map-inline', inlineMap],
  ['map-distributed', distributedMap],
  ['eventbridge-cron', cronExpression],
  ['eventbridge-rate', rateOf],
  ['serverless-concurrency', serverlessConcurrency],
]

/**
 * Families whose choices are not numbers, so there is no rank: the even edition has just three slips, of one
 * form.
 */
const UNRANKED: ReadonlySet<Draw> = new Set([cronExpression, rateOf])

interface Family {
  readonly draw: Draw
  readonly edition: Edition
  /** Called before the numbers are drawn. */
  readonly taking: (random: () => number) => Take
}

/** The families, keyed by the name that a question of kind `template` has. */
const FAMILIES: ReadonlyMap<string, Family> = new Map(
  DRAWS.flatMap(([name, draw]): [string, Family][] => [
    [name, { draw, edition: 'first', taking: () => takeFirst }],
    [`${name}-even`, { draw, edition: 'even', taking: UNRANKED.has(draw) ? () => takeFirst : takeEvenly }],
  ]),
)

export const templateFamilies: readonly string[] = [...FAMILIES.keys()]

/** Draws until the numbers make a good question; throws if the family is unknown. */
export function drawTemplate(name: string, random: () => number): ChoiceItem {
  const family = FAMILIES.get(name)
  if (!family) throw new Error(`there is no template family ${name}`)
  const take = family.taking(random)
  for (let tries = 0; tries < 1000; tries++) {
    const drawing = family.draw(random, family.edition)
    const item = drawing && take(drawing)
    if (item) return item
  }
  throw new Error(`template family ${name} finds no four different choices`)
}
