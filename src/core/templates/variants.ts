/** How production variants share the traffic of an endpoint by weight. */
import { between, oneOf } from '../random.js'
import { type Draw, digits, sum } from './ask.js'

/**
 * The share of one variant: its weight over the sum of all weights. Source: SageMaker AI, "Production
 * variants".
 */
export function variantShare(weights: readonly number[], index: number): number {
  return (weights[index] ?? 0) / sum(weights)
}

export const variantWeights: Draw = (random, edition) => {
  const weights = [between(4, 9, random), between(1, 3, random), between(1, 3, random)]
  const [first = 0, second = 0, third = 0] = weights
  const even = edition === 'even'
  // A decimal would reveal which choices are shares and which are weights taken for shares.
  const show = (share: number) => `${digits(100 * share, even ? 0 : 1)} %`
  return {
    stem: `An endpoint has three production variants with the weights ${first}, ${second} and ${third}. No request names a variant. ${even ? 'What share of the requests, rounded to whole percent,' : 'Which share of the requests, rounded to one decimal,'} goes to the variant with the weight ${first}?`,
    key: [show(variantShare(weights, 0)), `Weights are relative: ${first} of ${first + second + third}.`],
    slips: [
      [show(first / 10), 'That reads the weight as tenths, but weights need not add up to ten.'],
      [show(1 / 3), 'That shares evenly, which holds only for equal weights.'],
      [show(first / (first + second)), 'That leaves the third variant out of the sum.'],
    ],
    more: [
      [show(first / (first + third)), 'That leaves the second variant out of the sum.'],
      [
        show(first / (second + third)),
        'That sets the weight against the other two; its share is a part of all three.',
      ],
      [show((second + third) / sum(weights)), 'That is what goes to the other two variants together.'],
      [
        show(variantShare(weights, 1)),
        `That is the share of the variant with the weight ${second}; the question is about the first.`,
      ],
    ],
    limits: [0, 99],
  }
}

/**
 * Returns the weight that gives a new variant the given percentage next to one old variant: `old * percent /
 * (100 - percent)`. Source: SageMaker AI, "Production variants".
 */
export function weightFor(oldWeight: number, percent: number): number {
  return (oldWeight * percent) / (100 - percent)
}

/**
 * The even edition takes multiples of these as old weights, so that the slips are whole numbers like the key.
 */
const WHOLE_STEPS: Readonly<Record<number, number>> = { 10: 90, 20: 60, 25: 60, 40: 60 }

export const variantRamp: Draw = (random, edition) => {
  const percent = oneOf([10, 20, 25, 40], random)
  const even = edition === 'even'
  const multiple = (even ? WHOLE_STEPS : { 10: 9, 20: 4, 25: 3, 40: 3 })[percent] ?? 1
  const old = multiple * between(2, 12, random)
  const key = weightFor(old, percent)
  const show = (n: number) => `A weight of ${Number(n.toFixed(1))}`
  return {
    stem: `An endpoint has one production variant, with the weight ${old}. A team adds a second variant that ${even ? 'should' : 'shall'} get ${percent} % of the requests, and leaves the weight of the first as it is. ${even ? 'What' : 'Which'} weight does the new variant need?`,
    key: [
      show(key),
      `${Number(key.toFixed(1))} of ${Number((old + key).toFixed(1))} is ${percent} % of all weights.`,
    ],
    slips: [
      [
        show((old * percent) / 100),
        `That takes ${percent} % of the old weight; of the new sum it is less than ${percent} %.`,
      ],
      [show(percent), 'That takes weights for percentages; they are relative to their sum.'],
      [show((old * (100 - percent)) / 100), 'That takes what would be left for the old variant.'],
    ],
    more: [
      [show(old), 'That is the weight of the first variant; equal weights get equal shares.'],
      [
        show((old * (100 - percent)) / percent),
        'That turns the proportion round: it makes the new variant the larger one.',
      ],
      [
        show(100 - percent),
        'That is the share of the first variant in percent; weights are relative to their sum.',
      ],
    ],
  }
}
