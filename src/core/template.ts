/**
 * Questions whose numbers are drawn anew for each posting. A family states every convention in its text,
 * computes the key by its formula, and takes the wrong choices from the slips that people typically make. The
 * families stand in `templates/`.
 */
import type { ChoiceItem } from './model.js'
import type { Draw } from './templates/ask.js'
import {
  classImbalance,
  conditionalDemographic,
  euclideanNorm,
  jensenShannon,
  kullbackLeibler,
  labelProportions,
  largestDifference,
  variationDistance,
} from './templates/bias.js'
import { attributionDrift } from './templates/drift.js'
import { cronExpression, rateOf } from './templates/schedules.js'
import { serverlessConcurrency } from './templates/serverless.js'
import { billableTime, checkpointRestart } from './templates/spot.js'
import {
  canarySchedule,
  canaryTimeline,
  linearExposure,
  linearSchedule,
  linearShare,
  variantRamp,
  variantWeights,
} from './templates/traffic.js'
import { cappedBackoff, distributedMap, inlineMap, stepFunctionsBackoff } from './templates/workflow.js'

/** The families, by the name that a question of kind `template` gives. */
const FAMILIES: ReadonlyMap<string, Draw> = new Map([
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
])

export const templateFamilies: readonly string[] = [...FAMILIES.keys()]

/** Draws until the numbers make a good question; throws when the family is unknown. */
export function drawTemplate(family: string, random: () => number): ChoiceItem {
  const draw = FAMILIES.get(family)
  if (!draw) throw new Error(`there is no template family ${family}`)
  for (let tries = 0; tries < 1000; tries++) {
    const item = draw(random)
    if (item) return item
  }
  throw new Error(`template family ${family} finds no four different choices`)
}
