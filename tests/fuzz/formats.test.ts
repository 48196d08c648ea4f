// @module-tag longer
/**
 * Question files that were damaged on their way, of every format: nothing throws, nothing is taken without a
 * key, and every line that is told is there.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS, readQuestions } from '../../src/content/formats/all.js'
import type { QuestionFile, SourceFile } from '../../src/content/formats/format.js'
import { question as schema } from '../../src/content/schema.js'
import type { AuthoredItem } from '../../src/core/model.js'
import { SAMPLES } from '../content/formats/samples.js'
import { IS_LONG } from '../helpers/long.js'
import { FORMAT_PIECES, PIECES } from './format-pieces.js'
import { holds, PATIENCE_MS, RUNS, within } from './fuzz.js'
import { cost, filled, growth } from './slowest.js'

/** Three hundred in the short run: one such file takes a millisecond or two. */
const SHARE = Math.max(1, 300 / RUNS)
const SOON_MS = 3000
const bytesOf = (text: string) => new TextEncoder().encode(text)

type Change = (bytes: Uint8Array, at: number, length: number) => Uint8Array

const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))
/** What tells a key from the rest, and what becomes of it. */
const KEYS = [
  ...[
    ['=', '~'],
    ['~', '='],
    ['%50%', ''],
    ['->', ''],
    ['{T', '{'],
    ['ANSWER:', ''],
    ['answer', 'text'],
    ['[x]', '[ ]'],
  ],
  ...[
    ['A', 'B'],
    ['1', '0'],
    ['"correct_answer"', '"c"'],
    ['True', 'False'],
    ['<', ' '],
    ['\t', ' '],
    [',', ';'],
  ],
] as const
const CHANGES: readonly Change[] = [
  ...KEYS.map(
    ([key = '', other = '']): Change =>
      (bytes) => {
        const all = Buffer.from(bytes).toString('latin1').replaceAll(key, other)
        return new Uint8Array(Buffer.from(all, 'latin1'))
      },
  ),
  (bytes, at, length) => joined(bytes.subarray(0, at), bytes.subarray(at + length)),
  (bytes, at, length) => joined(bytes.subarray(0, at + length), bytes.subarray(at)),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at) => bytes.subarray(at),
  (bytes, at, length) =>
    joined(bytes.subarray(at, at + length), bytes.subarray(0, at), bytes.subarray(at + length)),
  (bytes, at) => bytes.map((byte, i) => (i === at ? byte ^ 0xff : byte)),
]

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat({ max: 200 }),
  piece: fc.oneof(
    fc.constantFrom(...PIECES).map(bytesOf),
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom(...SAMPLES).map(({ bytes }) => bytes),
  ),
  change: fc.constantFrom<Change | undefined>(undefined, undefined, undefined, ...CHANGES),
})
const damaged: fc.Arbitrary<SourceFile> = fc
  .tuple(fc.constantFrom(...SAMPLES), fc.array(mutation, { minLength: 1, maxLength: 8 }))
  .map(([{ path, bytes }, mutations]) => ({
    path,
    bytes: mutations.reduce((all, { at, length, piece, change }) => {
      const place = Math.floor(at * all.length)
      return change
        ? change(all, place, length)
        : joined(all.subarray(0, place), piece.slice(0, 2000), all.subarray(place + (length % 3)))
    }, bytes),
  }))

/** As readers count them; what is in no line at all, such as a zip, has line 1 or a row of a sheet. */
const lineCount = (bytes: Uint8Array) =>
  Math.max(
    2100,
    ...['utf-8', 'utf-16le', 'utf-16be'].map(
      (name) => new TextDecoder(name).decode(bytes).split(/\r\n?|\n/).length,
    ),
  )

function hasKey(item: AuthoredItem): boolean {
  switch (item.kind) {
    case 'choice':
    case 'response': {
      const rights = item.choices.filter(({ right }) => right).length
      const fits = item.kind === 'choice' ? rights === 1 : rights > 1
      return fits && rights < item.choices.length && item.choices.every(({ text }) => text.trim() !== '')
    }
    case 'ordering':
      return item.steps.length > 1
    case 'matching':
      return item.pairs.length > 1 && item.pairs.every(({ prompt, answer }) => prompt !== '' && answer !== '')
  }
}

function verify({ questions, leftOut, changed, topics = [] }: QuestionFile, lines: number): void {
  for (const { line, message } of [...leftOut, ...changed]) {
    expect(Number.isInteger(line) && line >= 1 && line <= lines, `line ${line}: ${message}`).toBe(true)
    expect(message.trim()).not.toBe('')
  }
  for (const { line } of [...questions, ...topics])
    expect(line >= 1 && line <= lines, `line ${line}`).toBe(true)
  for (const { item } of questions) {
    expect(hasKey(item), JSON.stringify(item)).toBe(true)
    // What is taken here is what a pack may hold.
    const { error } = schema.safeParse({ id: 'q', sources: { checked: '2026-11-29' }, ...item })
    expect(error?.issues ?? [], JSON.stringify(item)).toEqual([])
  }
  for (const { title, text } of topics) expect(title.trim() !== '' && text.trim() !== '').toBe(true)
  // What no chat shows and no database takes.
  expect(JSON.stringify({ questions, topics })).not.toMatch(/\\u00[01]|\\ud[89a-f]/i)
}

describe('damaged question files', () => {
  it(
    'are read or refused with a line, and nothing is taken without a key',
    () =>
      holds(
        fc.property(damaged, fc.constantFrom(...FORMATS), (file, other) => {
          const lines = lineCount(file.bytes)
          const read = within(SOON_MS, () => readQuestions(file))
          if (read) verify(read, lines)
          // By a name that somebody gave, a file comes to a format that it is not in.
          verify(
            within(SOON_MS, () => other.read(file)),
            lines,
          )
        }),
        SHARE,
      ),
    PATIENCE_MS * SHARE,
  )
})

describe('question files that would take long to read', () => {
  const LENGTH = IS_LONG ? 40_000 : 4000
  /** By the square it would be 16. */
  const GROWTH = 9
  /** What takes less for the longer text does not grow so. */
  const QUICK_MS = 50
  const UNITS = [
    ...FORMAT_PIECES,
    'A. x\n',
    'A. x\nB. y\n',
    '"a\n',
    '""',
    '<a href=x>',
    'a <b',
    '- A. x\n\n',
    '# a\n\n',
  ]

  it.each(FORMATS.map(({ id }) => id))(
    'take four times as long where there is four times as much: %s',
    { tags: ['slow'] },
    (id) => {
      const format = FORMATS.find((one) => one.id === id)
      const text = new TextDecoder().decode(SAMPLES.find((sample) => sample.format === id)?.bytes)
      for (const unit of [...UNITS, `${text}\n`]) {
        const [once, more] = [LENGTH, 4 * LENGTH].map((length) => bytesOf(`${text}\n${filled(unit, length)}`))
        if (!once || !more || !format) continue
        // Each time another array: a text that was decoded once is known.
        const read = (bytes: Uint8Array) => {
          const file = { path: `a.${id}`, bytes: bytes.slice() }
          if (format.recognises(file)) format.read(file)
          else format.read({ ...file })
        }
        if (cost(() => read(more), 1) < QUICK_MS) continue
        const grown = growth(
          GROWTH,
          QUICK_MS / 4,
          2,
          () => read(once),
          () => read(more),
        )
        expect(grown, JSON.stringify(unit)).toBeLessThan(GROWTH)
      }
    },
  )
})
