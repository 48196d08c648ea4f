/** Whether the features still matter in the order that they had in training. */
import { oneOf, shuffle } from '../random.js'
import { crossed, type Draw, digits, type Slip, sum } from './ask.js'

/**
 * Model Monitor reports feature attribution drift below this score. Source: SageMaker AI, "Model Feature
 * Attribution Drift Violations".
 */
const NDCG_ALERT = 0.9

/** `sum(score at place i / log2(i + 1))`, places from 1. */
function dcg(scores: readonly number[]): number {
  return sum(scores.map((score, i) => score / Math.log2(i + 2)))
}

/**
 * Normalized discounted cumulative gain: `dcg(live order) / dcg(training order)`, both with the attribution
 * scores of training.
 * `live` lists the training scores in the order that the features have on live data. The result is 1 when the
 * order is the same.
 * Source: SageMaker AI, "Feature attribution drift for models in production".
 */
export function ndcg(live: readonly number[]): number {
  return dcg(live) / dcg([...live].sort((a, b) => b - a))
}

const ATTRIBUTIONS = [
  [0.7, 0.15, 0.1, 0.05],
  [0.6, 0.2, 0.15, 0.05],
  [0.55, 0.25, 0.15, 0.05],
  [0.5, 0.3, 0.15, 0.05],
  [0.45, 0.3, 0.15, 0.1],
  [0.4, 0.3, 0.2, 0.1],
  [0.65, 0.2, 0.1, 0.05],
]
const FEATURES = [
  ['income', 'age', 'tenure', 'region'],
  ['price', 'season', 'stock', 'weekday'],
  ['distance', 'weight', 'carrier', 'hour'],
]

/** A slip that is not shown yet. */
type Value = readonly [score: number, why: string]

function show(score: number, alert = score < NDCG_ALERT): string {
  return `${digits(score, 2)}, ${alert ? 'an alert' : 'no alert'}`
}

/**
 * The even edition's slips: another score, the wrong verdict, or both, so that each number and each verdict
 * occurs in two choices.
 */
function withAlerts(score: number, others: readonly Value[], random: () => number): readonly Slip[] {
  const [wrong, why] = oneOf(others, random)
  return crossed(
    show,
    { right: score, wrong, why },
    {
      right: score < NDCG_ALERT,
      wrong: score >= NDCG_ALERT,
      why: `Alerts are raised below 0.90: the right score, ${digits(score, 2)}, raises ${score < NDCG_ALERT ? 'one' : 'none'}.`,
    },
  )
}

export const attributionDrift: Draw = (random, edition) => {
  const scores = oneOf(ATTRIBUTIONS, random)
  const names = oneOf(FEATURES, random)
  const order = shuffle([0, 1, 2, 3], random)
  const live = order.map((i) => scores[i] ?? 0)
  const score = ndcg(live)
  // If the score rounds to the limit, a hidden digit would decide about the alert.
  if (score > 0.999 || Math.abs(score - NDCG_ALERT) < 0.006) return undefined
  const inPlace = order.filter((feature, place) => feature === place).length / order.length
  const others: Value[] = [
    [dcg(live), 'That is the gain of the live order, not yet divided by that of the order of training.'],
    [inPlace, 'That is the share of features that kept their place; NDCG weighs them by score and place.'],
    [
      sum(live.map((gain, i) => gain / (i + 1))) / sum(scores.map((gain, i) => gain / (i + 1))),
      'That divides by the place; the discount is the logarithm.',
    ],
  ]
  const ranked = (features: readonly number[]) => dcg(features.map((feature) => order.length - feature))
  const more: Value[] = [
    [dcg(scores), 'That is the gain of the order of training, by which that of the live order is divided.'],
    [
      ranked(order) / ranked([...order].sort()),
      'That takes the ranks of training as gains, from 4 down to 1; the gains are the attribution scores.',
    ],
    [
      (live[0] ?? 0) / (scores[0] ?? 1),
      'That looks at the first place only; the gains of the other places count as well, though less.',
    ],
  ]
  const possible = [...others, ...more].filter(([value]) => value > 0 && value < 1)
  return {
    stem: `Attribution scores in training: ${names.map((name, i) => `${name} ${scores[i]}`).join(', ')}. On live data the features rank ${order.map((i) => names[i]).join(', ')}, the most important first. The score is NDCG with the training scores as gains, divided by log2(place + 1), places from 1. What is it, rounded to two decimals, and does SageMaker Model Monitor raise an alert?`,
    key: [
      show(score),
      `The live order gives ${digits(dcg(live), 3)}, the order of training ${digits(dcg(scores), 3)}; alerts are raised below 0.90.`,
    ],
    slips:
      edition === 'first'
        ? [
            [
              show(score, score >= NDCG_ALERT),
              'The score is right, but the limit is 0.90: below it an alert is raised.',
            ],
            ...others.map(([value, why]): Slip => [show(value), why]),
          ]
        : withAlerts(score, possible, random),
  }
}
