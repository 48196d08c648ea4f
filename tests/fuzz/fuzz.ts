/**
 * What the tests of made-up input share. `npm test` is short: up to 100 cases a property, or the share of
 * them that it names with the reason, the same in every run; what is sent in batches counts the requests.
 * `npm run test:long` draws 3,000 others each time and larger texts, and `npm run test:fuzz` 10,000. Their
 * seed is printed at the beginning, and with the smallest case that fails: `FUZZ_SEED=…` draws the same
 * again, `FUZZ_RUNS=100000 npm run test:fuzz` looks further.
 */
import fc from 'fast-check'
import { IS_LONG } from '../helpers/long.js'
import { computed } from '../helpers/pieces.js'

export const RUNS = Number(process.env.FUZZ_RUNS ?? (IS_LONG ? 3000 : 100))
export const SEED = Number(process.env.FUZZ_SEED ?? 20_261_127)
const MINUTE = 60_000

/** For the test's timeout: longer where more was asked for. */
export const PATIENCE_MS = Math.max(1, RUNS / 1000) * 2 * MINUTE

/**
 * `share`: of all the cases, for what takes long; that is also not made smaller when it fails, which would
 * take hours.
 */
export async function holds<T>(property: fc.IAsyncProperty<T> | fc.IProperty<T>, share = 1): Promise<void> {
  await fc.assert(property as fc.IAsyncProperty<T>, {
    numRuns: Math.max(1, Math.round(RUNS * share)),
    seed: SEED,
    endOnFailure: share < 1,
  })
}

/** Texts that have broken programs before. */
export const NASTY = [
  ...[
    '',
    ' ',
    '\n',
    '\t',
    '\0',
    '~',
    '#',
    '%',
    '%00',
    '{{7*7}}',
    '$7',
    '%s%n',
    '../../etc/passwd',
    'C:\\nul',
    'file:///etc/passwd',
  ],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '@everyone',
    '<!channel>',
    '<@U0ANN00001>',
    '<@&1>',
    '```',
    '||a||',
  ],
  ...[
    "'; drop table member; --",
    '\\',
    '"',
    "'",
    '`',
    '\ud800',
    'a\udfffb',
    '\u202egnp.exe\u2066',
    '\u200b\ufeff',
    'İ',
    'ß',
    'ﬃ',
    '👩‍👩‍👧‍👦',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    'toJSON',
    'length',
  ],
  ...[
    'NaN',
    '-0',
    '-1',
    '0x10',
    '1e309',
    '9007199254740993',
    '99999999999999999999',
    'null',
    'undefined',
    'true',
    '[object Object]',
  ],
  ...['💥'.repeat(300), 'x'.repeat(5000), 'é'.repeat(2001), '\u0301'.repeat(500)],
]

export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 80 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 4500, size: 'max' }) },
)

/** Several parts one after the other; those of `parts` make deep and odd structures. */
export const madeOf = (parts: readonly string[], maxLength = 60) =>
  fc
    .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...parts) }, { weight: 1, arbitrary: text }), {
      maxLength,
    })
    .map((all) => all.join(''))

const leaf = fc.oneof(
  text,
  fc.constantFrom(null, true, false, 0, -1, 1.5, Number.MAX_SAFE_INTEGER, 1e308),
  fc.constant({}),
  fc.constant([]),
  fc.constant(deep(200)),
)
/** Any JSON, odd keys and deep nesting among it. */
export const json: fc.Arbitrary<unknown> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.oneof(text, fc.constantFrom('id', 'type', 'value', 'channel')), leaf, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
)

function deep(levels: number): unknown {
  let value: unknown = 'x'
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value }
  return value
}

interface Change {
  /** Which place, as a share of all places from the outside in. */
  readonly at: number
  readonly how: 'drop' | 'replace' | 'add' | 'empty'
  readonly key: string
  readonly value: unknown
}

/** What may be done to a good payload; give it to `changed`. */
export const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('drop', 'replace', 'add', 'empty'),
    key: fc.constantFrom('__proto__', 'constructor', 'id', 'value', 'type', 'extra'),
    value: json,
  }),
  { minLength: 1, maxLength: 3 },
)

/**
 * The payload with something missing, of another type, huge, deep or beside it. `keep`: keys that stay as
 * they are, wherever they stand.
 */
export function changed<T>(payload: T, all: readonly Change[], keep: readonly string[] = []): T {
  const copy = structuredClone(payload)
  for (const change of all) {
    const places = placesIn(copy, keep)
    const place = places[Math.min(places.length - 1, Math.floor(change.at * places.length))]
    if (!place) continue
    const { holder, key } = place
    const value = structuredClone(change.value)
    if (change.how === 'drop') delete holder[key]
    else if (change.how === 'replace') holder[key] = value
    else if (change.how === 'empty') holder[key] = Array.isArray(holder[key]) ? [] : ''
    // As `JSON.parse` makes it: a key of its own, whatever its name.
    else
      Object.defineProperty(holder, change.key, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return copy
}

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

function placesIn(value: unknown, keep: readonly string[], depth = 0): Place[] {
  if (typeof value !== 'object' || value === null || depth > 12) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder)
    .filter((key) => !keep.includes(key))
    .flatMap((key) => [{ holder, key }, ...placesIn(holder[key], keep, depth + 1)])
}

/**
 * Throws when the work computes longer, whatever else the machine does meanwhile. The limit is no promise to
 * anybody: it lies far above what the work takes on a slow machine, and far below what it took when its time
 * grew with the square of the input, which is what it is there to find.
 */
export function within<T>(ms: number, work: () => T): T {
  const began = computed()
  const result = work()
  const took = computed() - began
  if (took > ms) throw new Error(`it took ${Math.round(took)} ms`)
  return result
}
