/**
 * The divergences of SageMaker Clarify that compare the label distributions `P` of facet value `a` and `Q` of
 * `d` before training. Sources: SageMaker AI, "Pretraining Bias Metrics" and the page of each metric.
 */
import { between } from '../random.js'
import { type Draw, digits, sum } from './ask.js'

/** `sum(P(y) * ln(P(y) / Q(y)))`, in nats, 0 or more. Source: "Kullback-Leibler Divergence (KL)". */
export function klDivergence(p: readonly number[], q: readonly number[]): number {
  return sum(p.map((share, y) => (share === 0 ? 0 : share * Math.log(share / (q[y] ?? 0)))))
}

/**
 * `(KL(P || M) + KL(Q || M)) / 2` with `M = (P + Q) / 2`, in nats, from 0 to ln 2. Source: "Jensen-Shannon
 * Divergence (JS)".
 */
export function jsDivergence(p: readonly number[], q: readonly number[]): number {
  const mean = p.map((share, y) => (share + (q[y] ?? 0)) / 2)
  return (klDivergence(p, mean) + klDivergence(q, mean)) / 2
}

/** Removes the noise of binary fractions, so that 0.15 shows as `0.15`. */
function short(share: number): number {
  return Number(share.toFixed(4))
}

export const kullbackLeibler: Draw = (random) => {
  const [a, d] = [between(10, 18, random) / 20, between(2, 10, random) / 20]
  const [p, q] = [
    [a, 1 - a],
    [d, 1 - d],
  ]
  const key = klDivergence(p, q)
  const show = (n: number) => digits(n, 3)
  return {
    stem: `In a data set, the share of positive labels is ${a} for the facet value a and ${d} for the facet value d; all other labels are negative. What is the Kullback-Leibler divergence KL(Pa || Pd), with the natural logarithm and rounded to three decimals?`,
    key: [show(key), `${a} × ln(${a} / ${d}) + ${short(1 - a)} × ln(${short(1 - a)} / ${short(1 - d)}).`],
    slips: [
      [
        show(klDivergence(q, p)),
        'That is KL(Pd || Pa): KL is not symmetric, and the first distribution does the weighing.',
      ],
      [show(key / Math.LN2), 'That is in bits, by the logarithm to base 2.'],
      [
        show(a * Math.log(a / d)),
        'That is the term of the positive label only; the negative label has a term too.',
      ],
      [show(jsDivergence(p, q)), 'That is the Jensen-Shannon divergence.'],
    ],
    more: [
      [show(key / Math.LN10), 'That is by the logarithm to base 10.'],
      [show(Math.SQRT2 * Math.abs(a - d)), 'That is the Lp-norm for p = 2.'],
      [
        show((key + klDivergence(q, p)) / 2),
        'That is the mean of both directions; KL has one, and the first distribution does the weighing.',
      ],
      [
        show(key + klDivergence(q, p)),
        'That is the sum of both directions; KL has one, and the first distribution does the weighing.',
      ],
    ],
  }
}

export const jensenShannon: Draw = (random) => {
  const [a, d] = [between(10, 18, random) / 20, between(2, 9, random) / 20]
  const [p, q] = [
    [a, 1 - a],
    [d, 1 - d],
  ]
  const key = jsDivergence(p, q)
  const mixture = (a + d) / 2
  const show = (n: number) => digits(n, 3)
  return {
    stem: `In a data set, the share of positive labels is ${a} for the facet value a and ${d} for the facet value d; all other labels are negative. What is the Jensen-Shannon divergence (JS) of the two label distributions, with the natural logarithm and rounded to three decimals?`,
    key: [
      show(key),
      `The mean of the KL divergences of both from their mixture, which has ${short(mixture)} positive labels.`,
    ],
    slips: [
      [show(klDivergence(p, q)), 'That is KL(Pa || Pd), without the mixture of the two.'],
      [
        show((klDivergence(p, q) + klDivergence(q, p)) / 2),
        'That takes the mean of both KL divergences of one from the other; JS measures each from the mixture.',
      ],
      [show(2 * key), 'That is the sum of the two divergences from the mixture; JS is their mean.'],
    ],
    more: [
      [show(key / Math.LN10), 'That is by the logarithm to base 10.'],
      [
        show((a * Math.log(a / mixture) + d * Math.log(d / mixture)) / 2),
        'That has the terms of the positive label only; the negative label has terms too.',
      ],
      [
        show(klDivergence(p, [mixture, 1 - mixture])),
        'That is the divergence of Pa from the mixture; JS is the mean of this and that of Pd.',
      ],
      [
        show(klDivergence(q, [mixture, 1 - mixture])),
        'That is the divergence of Pd from the mixture; JS is the mean of this and that of Pa.',
      ],
      [show(key / Math.LN2), 'That is in bits, by the logarithm to base 2.'],
      [show(Math.sqrt(key)), 'That is the Jensen-Shannon distance, the root of the divergence.'],
    ],
  }
}
