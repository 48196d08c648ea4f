import { describe, expect, it } from 'vitest'
import type { ChoiceItem } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { drawTemplate, templateFamilies } from '../../src/core/template.js'
import {
  classImbalanceOf,
  conditionalDisparity,
  differenceInProportions,
} from '../../src/core/templates/bias.js'
import { jsDivergence, klDivergence } from '../../src/core/templates/divergence.js'
import { ndcg } from '../../src/core/templates/drift.js'
import { kolmogorovSmirnov, lpNorm, totalVariation } from '../../src/core/templates/outcomes.js'
import { rateExpression, weeklyCron } from '../../src/core/templates/schedules.js'
import { concurrencyFor } from '../../src/core/templates/serverless.js'
import { savingWithRestart, spotSaving } from '../../src/core/templates/spot.js'
import {
  canaryEnd,
  canaryRequests,
  linearFullTraffic,
  linearRequests,
  linearShareAt,
} from '../../src/core/templates/traffic.js'
import { variantShare, weightFor } from '../../src/core/templates/variants.js'
import { backoffWaits, childExecutions, mapTime } from '../../src/core/templates/workflow.js'

const SEEDS = Array.from({ length: 500 }, (_, seed) => seed)
const draw = (family: string, seed: number) => drawTemplate(family, seeded(seed))
const rightOf = (item: ChoiceItem) => item.choices.filter((c) => c.right).map((c) => c.text)

/** The numbers in the stem that the pattern names, in order. */
function read(stem: string, pattern: RegExp): number[] {
  const match = pattern.exec(stem)
  if (!match) throw new Error(`the stem reads otherwise: ${stem}`)
  return match.slice(1).map(Number)
}

/** Half up, from a fraction of whole numbers, as text with so many digits. */
function rounded(numerator: number, denominator: number, digits: number): string {
  const scale = 10 ** digits
  const units = Math.floor((2 * Math.abs(numerator) * scale + denominator) / (2 * denominator))
  const text = `${Math.floor(units / scale)}.${String(units % scale).padStart(digits, '0')}`
  return numerator < 0 && units > 0 ? `-${text}` : text
}

const thousands = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, ',')
const number = (text: string) => Number(text.replaceAll(',', ''))

/**
 * Minute by minute: the share of the new fleet in percent when linear steps are taken at once and after each
 * wait.
 */
function* linearMinutes(percent: number, wait: number): Generator<number> {
  for (let share = percent; ; share = Math.min(100, share + percent))
    for (let i = 0; i < wait; i++) yield share
}

/** Entropy in bits. */
const entropy = (shares: readonly number[]) =>
  -shares.reduce((sum, p) => sum + (p === 0 ? 0 : p * Math.log2(p)), 0)
/** KL divergence by cross entropy less entropy, in nats. */
const divergence = (p: readonly number[], q: readonly number[]) =>
  (-p.reduce((sum, share, i) => sum + share * Math.log2(q[i] ?? 0), 0) - entropy(p)) * Math.LN2

/** The label shares of both facet values, in hundredths, as the stem tells them. */
function shares(stem: string): [number[], number[]] {
  const [a = '', d = ''] = stem.split('Shares for the facet value').slice(1)
  const hundredths = (text: string) =>
    [...text.matchAll(/\b0\.(\d+)/g)].map((match) => Number(match[1]?.padEnd(2, '0')))
  return [hundredths(a), hundredths(d)]
}
const gaps = (stem: string) => {
  const [a, d] = shares(stem)
  return a.map((n, i) => Math.abs(n - (d[i] ?? 0)))
}

/** A retrier at work: seconds waited over all its retries. */
function waited(
  interval: number,
  rate: number,
  attempts: number,
  longest = Number.POSITIVE_INFINITY,
): string {
  let [sum, wait] = [0, interval]
  for (let retry = 1; retry <= attempts; retry++) {
    sum += Math.min(wait, longest)
    wait *= rate
  }
  return `${thousands(sum)} seconds`
}

/** A map at work: how often a full house or what is left of the items is started. */
function roundsOf(items: number, atATime: number): number {
  let rounds = 0
  for (let left = items; left > 0; left -= atATime) rounds++
  return rounds
}

/**
 * The right answer worked out step by step from the words of the stem, by another way than the family's
 * formula. Both editions of a family are worked out alike.
 */
const SOLVED: Readonly<Record<string, (stem: string) => string>> = {
  'canary-schedule': (stem) => {
    const [rate = 0, percent = 0, minutes = 0] = read(
      stem,
      /steady (\d+) requests a second.* canary: (\d+) % .* lasts (\d+) minutes/,
    )
    let served = 0
    for (let second = 0; second < minutes * 60; second++) served += rate * percent
    return `${thousands(served / 100)} requests`
  },
  'canary-timeline': (stem) => {
    const [baking = 0, termination = 0] = read(
      stem,
      /WaitIntervalInSeconds (\d+) and TerminationWaitInSeconds (\d+)\./,
    )
    return `${(baking + baking + termination) / 60} minutes`
  },
  'linear-schedule': (stem) => {
    const [percent = 0, wait = 0] = read(stem, /linear steps of (\d+) %.* baking period of (\d+) minutes/)
    let minutes = 0
    for (const share of linearMinutes(percent, wait)) {
      if (share === 100) break
      minutes++
    }
    return `${minutes} minutes`
  },
  'linear-share': (stem) => {
    const [percent = 0, wait = 0, at = 0] = read(
      stem,
      /linear steps of (\d+) %.* baking period of (\d+) minutes.* get (\d+) minutes after/,
    )
    let minute = 0
    for (const share of linearMinutes(percent, wait)) if (minute++ === at) return `${share} %`
    return ''
  },
  'linear-exposure': (stem) => {
    const [rate = 0, percent = 0, wait = 0] = read(
      stem,
      /steady (\d+) requests .* linear steps of (\d+) %.* baking period of (\d+) minutes/,
    )
    let served = 0
    for (const share of linearMinutes(percent, wait)) {
      if (share === 100) break
      served += (rate * 60 * share) / 100
    }
    return `${thousands(served)} requests`
  },
  'variant-weights': (stem) => {
    const [first = 0, second = 0, third = 0, asked = 0] = read(
      stem,
      /weights (\d+), (\d+) and (\d+)\..* with the weight (\d+)\?/,
    )
    const share = (digits: number) => rounded(100 * asked, first + second + third, digits)
    return stem.includes('rounded to whole percent') ? `${share(0).split('.')[0]} %` : `${share(1)} %`
  },
  'variant-ramp': (stem) => {
    const [old = 0, percent = 0] = read(stem, /with the weight (\d+)\..* (?:shall|should) get (\d+) % of/)
    let weight = 0
    while (100 * weight < percent * (old + weight)) weight++
    return `A weight of ${weight}`
  },
  'class-imbalance': (stem) => {
    const [a = 0, d = 0] = read(
      stem,
      /holds (\d+) rows of the favoured facet value a and (\d+) rows of the other facet value d/,
    )
    return rounded(a - d, a + d, 2)
  },
  'label-proportions': (stem) => {
    const [a = 0, allA = 0, d = 0, allD = 0] = read(
      stem,
      /, (\d+) of (\d+) rows of the favoured .*, and (\d+) of (\d+) rows of the facet value d/,
    )
    return rounded(a * allD - d * allA, allA * allD, 2)
  },
  'kl-divergence': (stem) => {
    const [a = 0, d = 0] = read(stem, /is (0\.\d+) for the facet value a and (0\.\d+) for/)
    return divergence([a, 1 - a], [d, 1 - d]).toFixed(3)
  },
  'js-divergence': (stem) => {
    const [a = 0, d = 0] = read(stem, /is (0\.\d+) for the facet value a and (0\.\d+) for/)
    const mixture = (a + d) / 2
    return (
      (entropy([mixture, 1 - mixture]) - (entropy([a, 1 - a]) + entropy([d, 1 - d])) / 2) *
      Math.LN2
    ).toFixed(3)
  },
  'lp-norm': (stem) => (Math.hypot(...gaps(stem)) / 100).toFixed(stem.includes('two decimals') ? 2 : 3),
  'total-variation': (stem) => {
    const [a, d] = shares(stem)
    const gained = a.map((n, i) => Math.max(0, n - (d[i] ?? 0))).reduce((x, y) => x + y)
    return rounded(gained, 100, 2)
  },
  'kolmogorov-smirnov': (stem) =>
    rounded(
      gaps(stem)
        .sort((x, y) => x - y)
        .at(-1) ?? 0,
      100,
      2,
    ),
  'conditional-disparity': (stem) => {
    const groups = [
      ...stem.matchAll(/(\d+) rejected, (\d+) of them of facet value d; (\d+) accepted, (\d+) of them/g),
    ].map((match) => match.slice(1).map(Number))
    let [numerator, denominator, rows] = [0, 1, 0]
    for (const [rejected = 0, rejectedD = 0, accepted = 0, acceptedD = 0] of groups) {
      const part = (rejected + accepted) * (rejectedD * accepted - acceptedD * rejected)
      numerator = numerator * rejected * accepted + part * denominator
      denominator *= rejected * accepted
      rows += rejected + accepted
    }
    return rounded(numerator, denominator * rows, 2)
  },
  'attribution-drift': (stem) => {
    const trained = [...(/training: (.*?)\. On live/.exec(stem)?.[1] ?? '').matchAll(/(\w+) ([\d.]+)/g)].map(
      (match) => [match[1] ?? '', Number(match[2])] as const,
    )
    const live = /features rank (.*?), the most/.exec(stem)?.[1]?.split(', ') ?? []
    const gain = (names: readonly string[]) =>
      names.reduce(
        (sum, name, i) => sum + ((trained.find(([n]) => n === name)?.[1] ?? 0) * Math.LN2) / Math.log(i + 2),
        0,
      )
    const score = gain(live) / gain(trained.map(([name]) => name))
    return `${score.toFixed(2)}, ${score < 0.9 ? 'an' : 'no'} alert`
  },
  'spot-billable-time': (stem) => {
    const [, training = '', billable = ''] =
      /TrainingTimeInSeconds ([\d,]+) and BillableTimeInSeconds ([\d,]+)\./.exec(stem) ?? []
    return `${rounded(100 * (number(training) - number(billable)), number(training), 0).split('.')[0]} %`
  },
  'spot-restart': (stem) => {
    const [hours = 0, discount = 0, every = 0, ran = 0] = read(
      stem,
      /needs (\d+) hours.* costs ([\d.]+) % less.* after every (\d+) minutes.* once, after (\d+) minutes/,
    )
    let billed = 0
    for (let done = 1; done <= hours * 60; done++) if (++billed === ran) done -= done % every
    const price = 1000 - Math.round(10 * discount)
    return `${rounded(100 * (hours * 60_000 - billed * price), hours * 60_000, 1)} %`
  },
  'step-functions-backoff': (stem) => {
    const [interval = 0, rate = 0, attempts = 0] = read(
      stem,
      /IntervalSeconds (\d+), BackoffRate (\d+) and MaxAttempts (\d+)/,
    )
    return waited(interval, rate, attempts)
  },
  'step-functions-capped-backoff': (stem) => {
    const [interval = 0, rate = 0, attempts = 0, longest = 0] = read(
      stem,
      /IntervalSeconds (\d+), BackoffRate (\d+), MaxAttempts (\d+) and MaxDelaySeconds (\d+)/,
    )
    return waited(interval, rate, attempts, longest)
  },
  'map-inline': (stem) => {
    const [items = 0, most = 0, each = 0, limit = 0] = read(
      stem,
      /gets (\d+) items, with MaxConcurrency (\d+)\..* exactly (\d+) seconds.* at most (\d+) iterations/,
    )
    return `${thousands(roundsOf(items, most || limit) * each)} seconds`
  },
  'map-distributed': (stem) => {
    const [, items = '', batch = '', most = '', each = ''] =
      /reads ([\d,]+) objects, with MaxItemsPerBatch (\d+) and MaxConcurrency (\d+)\..* exactly (\d+) minutes/.exec(
        stem,
      ) ?? []
    return `${thousands(roundsOf(roundsOf(number(items), number(batch)), number(most)) * number(each))} minutes`
  },
  'eventbridge-cron': (stem) => {
    const [, hour, minute] = /at (\d\d):(\d\d) UTC/.exec(stem) ?? []
    const named = [...stem.matchAll(/(\w{3})\w*day\b/g)].map((match) => match[1]?.toUpperCase() ?? '')
    const week = ['', 'SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
    const days = stem.includes('shall') ? named : named.map((name) => week.indexOf(name))
    return `cron(${Number(minute)} ${Number(hour)} ? * ${days.join('-')} *)`
  },
  'eventbridge-rate': (stem) => {
    const time = /run (?:at minute (\d+)|every day at (\d+)|on day (\d+))\b/.exec(stem)?.slice(1)
    const fields = time?.map((text, i) => (text ? Number(text) : time.slice(i).some(Boolean) ? 0 : '*'))
    if (fields) return `cron(${fields.join(' ')} * ? *)`
    const [, value = '1', unit] = /every (?:(\d+) )?(\w+),/.exec(stem) ?? []
    return `rate(${value} ${unit})`
  },
  'serverless-concurrency': (stem) => {
    const [rate = 0, milliseconds = 0] = read(stem, /gets (\d+) requests a second.* exactly (\d+) ms/)
    // A request a tick of 1 / rate seconds; so many are still at work when the next one comes.
    let places = 0
    while (places * 1000 < rate * milliseconds) places++
    return `${places}`
  },
}

/**
 * What the formulas give for three sets of numbers each, as worked out apart from this project by hand or in
 * exact fractions.
 */
const EXAMPLES: readonly (readonly [formula: string, got: number[], expected: number[]])[] = [
  [
    'canary requests',
    [canaryRequests(100, 10, 10), canaryRequests(20, 5, 25), canaryRequests(160, 5, 15)],
    [6000, 1500, 7200],
  ],
  ['end of a canary', [canaryEnd(10, 0), canaryEnd(25, 2), canaryEnd(5, 18)], [20, 52, 28]],
  [
    'linear full traffic',
    [linearFullTraffic(10, 5), linearFullTraffic(25, 2), linearFullTraffic(50, 7)],
    [45, 6, 7],
  ],
  [
    'linear share',
    [linearShareAt(0, 10, 5), linearShareAt(12, 20, 5), linearShareAt(100, 25, 4)],
    [10, 60, 100],
  ],
  [
    'linear requests',
    [linearRequests(90, 20, 7), linearRequests(10, 50, 1), linearRequests(100, 25, 2)],
    [75600, 300, 18000],
  ],
  [
    'variant share',
    [variantShare([8, 1, 1], 0), variantShare([1, 3], 0), variantShare([2, 2, 4], 2)],
    [0.8, 0.25, 0.5],
  ],
  ['variant ramp', [weightFor(9, 10), weightFor(6, 25), weightFor(12, 40)], [1, 2, 8]],
  [
    'class imbalance',
    [classImbalanceOf(450, 350), classImbalanceOf(300, 100), classImbalanceOf(100, 100)],
    [0.125, 0.5, 0],
  ],
  [
    'difference in proportions',
    [
      differenceInProportions(480, 800, 15, 100),
      differenceInProportions(1, 4, 3, 4),
      differenceInProportions(5, 10, 10, 20),
    ],
    [0.45, -0.5, 0],
  ],
  [
    'KL',
    [
      klDivergence([0.8, 0.2], [0.1, 0.9]),
      klDivergence([0.5, 0.5], [0.25, 0.75]),
      klDivergence([0.6, 0.3, 0.1], [0.2, 0.3, 0.5]),
    ],
    [1.362738, 0.143841, 0.498224],
  ],
  [
    'JS',
    [
      jsDivergence([0.8, 0.2], [0.1, 0.9]),
      jsDivergence([0.5, 0.5], [0.25, 0.75]),
      jsDivergence([0.6, 0.3, 0.1], [0.2, 0.3, 0.5]),
    ],
    [0.275396, 0.033822, 0.125101],
  ],
  [
    'LP',
    [
      lpNorm([0.8, 0.2], [0.1, 0.9], 2),
      lpNorm([0.5, 0.5], [0.25, 0.75], 2),
      lpNorm([0.6, 0.3, 0.1], [0.2, 0.3, 0.5], 2),
    ],
    [0.989949, 0.353553, 0.565685],
  ],
  [
    'TVD',
    [
      totalVariation([0.8, 0.2], [0.1, 0.9]),
      totalVariation([0.5, 0.5], [0.25, 0.75]),
      totalVariation([0.6, 0.3, 0.1], [0.2, 0.3, 0.5]),
    ],
    [0.7, 0.25, 0.4],
  ],
  [
    'KS',
    [
      kolmogorovSmirnov([0.8, 0.2], [0.1, 0.9]),
      kolmogorovSmirnov([0.5, 0.5], [0.25, 0.75]),
      kolmogorovSmirnov([0.4, 0.4, 0.2], [0.3, 0.3, 0.4]),
    ],
    [0.7, 0.25, 0.2],
  ],
  [
    'CDD',
    [
      conditionalDisparity([group(40, 28, 160, 64), group(30, 12, 70, 28)]),
      conditionalDisparity([group(50, 30, 50, 20)]),
      conditionalDisparity([group(20, 5, 80, 40), group(60, 30, 40, 30), group(10, 1, 90, 45)]),
    ],
    [0.2, 0.2, -0.3],
  ],
  [
    'NDCG',
    [ndcg([0.4, 0.3, 0.2, 0.1]), ndcg([0.1, 0.2, 0.3, 0.4]), ndcg([0.15, 0.7, 0.1, 0.05])],
    [1, 0.748903, 0.765649],
  ],
  ['Spot saving', [spotSaving(3510, 27000), spotSaving(1800, 3600), spotSaving(2520, 36000)], [87, 50, 93]],
  [
    'Spot saving with a restart',
    [
      savingWithRestart(600, 30, 290, 0.6),
      savingWithRestart(240, 60, 130, 0.7),
      savingWithRestart(480, 90, 200, 0.75),
    ],
    [58.666667, 68.75, 73.958333],
  ],
  ['back-off', [...backoffWaits(2, 3, 3)], [2, 6, 18]],
  ['capped back-off', [...backoffWaits(7, 2, 4, 24)], [7, 14, 24, 24]],
  ['inline map', [mapTime(55, 12, 11, 40), mapTime(100, 0, 3, 40), mapTime(100, 50, 3, 40)], [55, 9, 9]],
  [
    'distributed map',
    [childExecutions(459_000, 100), childExecutions(101, 50), mapTime(4590, 200, 3, 10_000)],
    [4590, 3, 69],
  ],
  [
    'serverless concurrency',
    [concurrencyFor(45, 250), concurrencyFor(10, 1000), concurrencyFor(3, 100)],
    [12, 10, 1],
  ],
]

function group(rejected: number, rejectedD: number, accepted: number, acceptedD: number) {
  return { rejected, rejectedD, accepted, acceptedD }
}

describe('the formulas', () => {
  it.each(EXAMPLES)('%s', (_, got, expected) => {
    expect(got.map((n) => Number(n.toFixed(6)))).toEqual(expected)
  })

  it('of schedules, as the service writes them', () => {
    expect([weeklyCron(30, 7, 'MON-FRI'), weeklyCron(0, 0, 'SUN'), weeklyCron(5, 16, 'TUE')]).toEqual([
      'cron(30 7 ? * MON-FRI *)',
      'cron(0 0 ? * SUN *)',
      'cron(5 16 ? * TUE *)',
    ])
    expect([rateExpression(1, 'day'), rateExpression(5, 'minute'), rateExpression(12, 'hour')]).toEqual([
      'rate(1 day)',
      'rate(5 minutes)',
      'rate(12 hours)',
    ])
  })
})

describe('template families', () => {
  it('are all worked out here', () => {
    const families = Object.keys(SOLVED).flatMap((family) => [family, `${family}-even`])
    expect(families.sort()).toEqual([...templateFamilies].sort())
  })

  it('unknown ones are refused by name', () => {
    expect(() => draw('dice', 1)).toThrow('there is no template family dice')
    expect(() => draw('toString', 1)).toThrow('there is no template family toString')
  })
})

describe.each(templateFamilies)('%s', (family) => {
  it('has the key that follows from the words of its stem', () => {
    const solve = SOLVED[family.replace(/-even$/, '')]
    for (const seed of SEEDS) {
      const item = draw(family, seed)
      expect({ seed, right: rightOf(item) }).toEqual({ seed, right: [solve?.(item.stem)] })
    }
  })

  it('has four choices, no two alike as they are shown, and one of them right', () => {
    for (const seed of SEEDS) {
      const { choices } = draw(family, seed)
      const values = choices.map((c) =>
        /^-?[\d,.]+$/.test(c.text) ? Number(c.text.replaceAll(',', '')) : c.text,
      )
      expect({ seed, different: new Set(values).size, right: choices.filter((c) => c.right).length }).toEqual(
        {
          seed,
          different: 4,
          right: 1,
        },
      )
      expect(choices.every((c) => !/NaN|Infinity|undefined|-0(\.0+)?\b(?![.\d])/.test(c.text))).toBe(true)
    }
  })

  it('draws the same for the same seed, and varies', () => {
    expect(draw(family, 7)).toEqual(draw(family, 7))
    expect(new Set(SEEDS.map((seed) => draw(family, seed).stem)).size).toBeGreaterThan(20)
  })

  it('gives a reason for every choice', () => {
    for (const seed of SEEDS)
      expect(draw(family, seed).choices.every((c) => c.why.length > 20 && !/NaN|undefined/.test(c.why))).toBe(
        true,
      )
  })
})
