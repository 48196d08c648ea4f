/**
 * Looks for the text that takes a piece of the program longest: it changes the slowest ones that it has,
 * keeps what is slower still, and goes on from there.
 */
import { between, oneOf, seeded } from '../../src/core/random.js'
import { IS_LONG } from '../helpers/long.js'

/** What one character or word becomes another of, expands to, opens or never closes. */
const UNITS = [
  ...[
    '⒜',
    'ﷺ',
    '½',
    '㈱',
    'ﬃ',
    'İ',
    'ß',
    'é',
    '\u0301',
    '\u0323\u0301',
    'ก็',
    '\ud800',
    '\udfff',
    '\u00a0',
    '\u200d',
    '\u2028',
  ],
  ...[
    '👩‍👩‍👧‍👦',
    '🏴',
    '🇩🇪',
    '𝒜',
    'ａ',
    'ᄀ',
    '각',
    '﷽',
    '\u034f',
    '\u202e',
    '\u00ad',
    '\ufe0f',
    '\n',
    '\t',
    ' ',
    '  ',
  ],
  ...[
    '*',
    '_',
    '~',
    '`',
    '```',
    '**',
    '*a ',
    ' *a',
    '*a*',
    '*_~`',
    ':',
    ':a:',
    ':+:',
    '>',
    '\n>',
    '<',
    '<!',
    '<@U1>',
    '&',
    '&amp;',
    '|',
    '\\',
  ],
  ...[
    '[',
    ']',
    '[[',
    '](',
    '#',
    '\n# ',
    '\n- ',
    '\n1. ',
    '-',
    '.',
    ',',
    ';',
    '?',
    '/',
    '&',
    "'",
    '’',
    '@',
    'http://a.b ',
    'a@b.c ',
  ],
  ...[
    'a',
    'a ',
    'ab ',
    'aB',
    'aBc',
    'a/b ',
    'a_b ',
    'A_B',
    '1',
    '1a ',
    'the ',
    'is it ',
    'what is ',
    'aws ',
    'amazon ',
    'sagemaker ',
  ],
  ...[
    'vs ',
    ' vs ',
    ' or ',
    ' and ',
    'compare ',
    'difference between ',
    'different than ',
    'differs from ',
    'to ',
    'with ',
    'i',
    'v ',
  ],
  ...[
    'data ',
    'model ',
    'endpoint ',
    'endpiont ',
    'deplyment ',
    'monitr ',
    'trafic ',
    'containr ',
    'pipline ',
    'canary ',
    'linear ',
    'ecs ',
  ],
  ...[
    'predict ',
    'error ',
    'start ',
    'bias ',
    'limit ',
    'record ',
    'WaitInterval ',
    'SM_MODEL_DIR ',
    'stepfunctions ',
    'mlops ',
    '9am',
    'Europe/',
  ],
]

export interface Entry {
  readonly name: string
  /** Longest text that gets this far. */
  readonly max: number
  readonly run: (text: string) => unknown
}

export interface Slow {
  readonly text: string
  readonly ms: number
}

/** The least of so many runs: what others do on the machine only adds. */
export function cost(run: () => unknown, runs: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < runs; i++) {
    const began = performance.now()
    run()
    least = Math.min(least, performance.now() - began)
  }
  return least
}

const TRIES = 5

/**
 * How much longer `more` takes than `once`, which takes `leastMs` at least; measured again while it is not
 * under the limit, since others on the machine may have come between. What takes its time by the square does
 * so each time.
 */
export function growth(
  limit: number,
  leastMs: number,
  runs: number,
  once: () => unknown,
  more: () => unknown,
): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < TRIES && least >= limit; i++) {
    const ms = Math.max(leastMs, cost(once, runs))
    least = Math.min(least, cost(more, runs) / ms)
  }
  return least
}

export function median(run: () => unknown, runs: number): number {
  const all = Array.from({ length: runs }, () => cost(run, 1)).sort((a, b) => a - b)
  return all[runs >> 1] ?? 0
}

const KEPT = 6

/** The slowest texts found in so many rounds, the slowest first. */
export function slowest({ max, run }: Entry, words: readonly string[], rounds: number, seed: number): Slow[] {
  const random = seeded(seed)
  const units = [...UNITS, ...words.map((word) => `${word} `)]
  const timed = (text: string): Slow => ({ text, ms: cost(() => run(text), IS_LONG ? 3 : 1) })
  let kept = UNITS.map((unit) => timed(filled(unit, max)))
  for (let i = 0; i < rounds; i++) {
    kept = kept.sort((a, b) => b.ms - a.ms).slice(0, KEPT)
    const text = change(oneOf(kept, random).text, units, max, random)
    if (!kept.some((slow) => slow.text === text)) kept.push(timed(text))
  }
  return kept.sort((a, b) => b.ms - a.ms).slice(0, KEPT)
}

export const filled = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length)

function change(text: string, units: readonly string[], max: number, random: () => number): string {
  const [from, to] = [between(0, text.length, random), between(0, text.length, random)].sort(
    (a, b) => a - b,
  ) as [number, number]
  const piece = text.slice(from, to)
  const some = Array.from({ length: between(1, 4, random) }, () => oneOf(units, random)).join('')
  const changed = oneOf(
    [
      () => filled(some, max),
      () => text.slice(0, from) + some + text.slice(from),
      () => text.slice(0, from) + some + text.slice(to),
      () => text.slice(0, from) + filled(some, to - from) + text.slice(to),
      () => text.slice(0, from) + piece + piece + text.slice(to),
      () => text.slice(from) + text.slice(0, from),
      () => text.slice(0, from) + text.slice(to) + piece,
    ],
    random,
  )()
  return changed.length > 0 ? filled(changed, max) : filled(some, max)
}
