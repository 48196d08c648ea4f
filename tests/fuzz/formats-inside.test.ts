// @module-tag longer
/**
 * Archives and spreadsheets whose parts were damaged before they were packed, and questions of any text that
 * are written and read again.
 */
import fc from 'fast-check'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { FORMATS, readQuestions } from '../../src/content/formats/all.js'
import type { FoundQuestion } from '../../src/content/formats/format.js'
import { type Built, choiceItem, matchingItem } from '../../src/content/formats/item.js'
import { orderingItem } from '../../src/content/formats/ordering-item.js'
import { oneLine, tidy } from '../../src/content/formats/tidy.js'
import { questionsYaml } from '../../src/content/formats/to-yaml.js'
import { question as questionSchema } from '../../src/content/schema.js'
import { check, readYaml } from '../../src/content/yaml.js'
import type { AuthoredItem } from '../../src/core/model.js'
import { SAMPLES } from '../content/formats/samples.js'
import { holds, NASTY, PATIENCE_MS, RUNS, text, within } from './fuzz.js'

/** Three hundred in the short run. */
const SHARE = Math.max(1, 300 / RUNS)
const SOON_MS = 3000

const PIECES = [
  ...[
    '<',
    '>',
    '&',
    '"',
    '/',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?x ?>',
    '&#0;',
    '&#xD800;',
    '&lol;',
    '<!DOCTYPE a [',
    '<a b="',
  ],
  ...[
    '<row>',
    '</row>',
    '<c t="s"><v>',
    '</v></c>',
    '<is><t>',
    't="inlineStr"',
    'r="ZZZ999"',
    'r="A1"',
    '99999',
    '-1',
    '1e308',
  ],
  ...[
    '<qti-value>',
    '</qti-value>',
    'identifier="A"',
    'cardinality="ordered"',
    '<qti-match-interaction>',
    '<si>',
    '<t/>',
    '__proto__',
  ],
  ...[
    'xl/',
    '../',
    'Target="/etc/passwd"',
    'Target="worksheets/sheet1.xml"',
    'href="../../a.xml"',
    'href="%"',
    '_xD800_',
    '_x0000_',
  ],
  ...NASTY,
]

describe('an archive with damaged parts', () => {
  const archives = SAMPLES.filter(({ bytes }) => bytes[0] === 0x50).map(({ path, bytes }) => ({
    path,
    parts: unzipSync(bytes),
  }))
  const change = fc.record({
    part: fc.nat(),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 60 }),
    piece: fc.constantFrom(...PIECES),
  })

  it(
    'is read or refused in bounded time, and never throws',
    () =>
      holds(
        fc.property(
          fc.constantFrom(...archives),
          fc.array(change, { minLength: 1, maxLength: 5 }),
          ({ path, parts }, changes) => {
            const damaged: Zippable = { ...parts }
            const names = Object.keys(parts)
            for (const { part, at, length, piece } of changes) {
              const name = names[part % names.length] ?? ''
              const source = new TextDecoder().decode(damaged[name] as Uint8Array)
              const place = Math.floor(at * source.length)
              damaged[name] = new TextEncoder().encode(
                source.slice(0, place) + piece + source.slice(place + (length % 60)),
              )
            }
            const file = { path, bytes: zipSync(damaged, { level: 0 }) }
            const read = within(SOON_MS, () => readQuestions(file))
            for (const { line, message } of [...(read?.leftOut ?? []), ...(read?.changed ?? [])]) {
              expect(line).toBeGreaterThan(0)
              expect(message).not.toBe('')
            }
            expect(({} as Record<string, unknown>).polluted).toBeUndefined()
            expect(Object.keys(Object.prototype)).toEqual([])
          },
        ),
        SHARE,
      ),
    PATIENCE_MS * SHARE,
  )
})

// ---- written and read again --------------------------------------------------------------

const TEMPTING = [
  '=1+1',
  "'=x",
  '<p>a</p>',
  '&lt;',
  'a -> b',
  '{=x ~y}',
  '%50%a',
  'a\n\n\nb',
  ' a  b',
  '- a',
  'A. b',
  '"',
  '""',
  'a,b;c\td|e',
  'B',
  '2',
  'TRUE',
  'List<String>',
  ']]>',
  '\\n',
  'x\u00a0y',
]
const words = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TEMPTING) },
  { weight: 2, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...TEMPTING), fc.string({ unit: 'grapheme', maxLength: 30 }))
      .map((two) => two.join('')),
  },
)
const built: fc.Arbitrary<Built> = fc.oneof(
  fc
    .tuple(
      words,
      fc.array(fc.record({ text: words, right: fc.boolean(), why: fc.oneof(fc.constant(''), words) }), {
        minLength: 2,
        maxLength: 8,
      }),
    )
    .map(([stem, choices]) => choiceItem(stem, choices)),
  fc
    .tuple(
      words,
      fc.array(fc.record({ prompt: words, answer: words }), { minLength: 2, maxLength: 5 }),
      fc.array(words, { maxLength: 2 }),
    )
    .map(([stem, pairs, spare]) => matchingItem(stem, pairs, spare)),
  fc
    .tuple(words, fc.array(words, { minLength: 2, maxLength: 5 }))
    .map(([stem, steps]) => orderingItem(stem, steps)),
)
const question: fc.Arbitrary<FoundQuestion> = fc
  .tuple(
    built.filter((one): one is Extract<Built, { item: AuthoredItem }> => 'item' in one),
    words,
    fc.constantFrom('', 'Pods', 'A/B'),
  )
  .map(([{ item }, explanation, group]) => ({
    line: 1,
    item,
    explanation: tidy(explanation),
    group,
    name: 'q-1',
  }))

const withoutReasons = (one: FoundQuestion): FoundQuestion => ({
  ...one,
  explanation: '',
  group: '',
  item:
    'choices' in one.item
      ? { ...one.item, choices: one.item.choices.map((c) => ({ ...c, why: '' })) }
      : one.item,
})

/** Blanks at the ends of lines, and blanks of another width, are not told apart by any format. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_key, inner) => (typeof inner === 'string' ? oneLine(inner) : inner))

/** Cards hold no questions, and Kahoot's sheets no reasons and no topics. */
const HOLD_LESS = ['anki', 'kahoot']

describe('a question that is written and read again', () => {
  it.each(
    FORMATS.filter(({ write, id }) => write !== undefined && !HOLD_LESS.includes(id)).map(({ id }) => id),
  )(
    'is the same in %s, or what is lost is told',
    (id) =>
      holds(
        fc.property(question, (before) => {
          const format = FORMATS.find((one) => one.id === id)
          const written = format?.write?.([before], 'A title')
          if (!format || !written) throw new Error('cannot be written')
          const file = { path: `x${written.extension}`, bytes: written.bytes }
          const { questions, leftOut } = format.read(file)
          const told = written.warnings.map(({ message }) => message).join('; ')
          if (questions.length === 0 && told !== '') return
          expect(leftOut).toEqual([])
          expect(format.recognises(file)).toBe(true)
          const { item, explanation, group } = before
          expect(
            plain(
              questions.map((one) => ({ item: one.item, explanation: one.explanation, group: one.group })),
            ),
          ).toEqual(plain([{ item, explanation, group }]))
        }),
        SHARE / 2,
      ),
    PATIENCE_MS * SHARE,
  )

  it(
    'keeps its choices and its key in the sheet of Kahoot',
    () =>
      holds(
        fc.property(question, (before) => {
          const format = FORMATS.find(({ id }) => id === 'kahoot')
          const written = format?.write?.([before], 'A title')
          if (!format || !written) throw new Error('cannot be written')
          const { questions } = format.read({ path: `x${written.extension}`, bytes: written.bytes })
          const { item } = before
          const texts = 'choices' in item ? item.choices.map(({ text }) => oneLine(text)) : []
          const isHeld = texts.length > 0 && texts.length <= 4 && new Set(texts).size === texts.length
          expect(written.warnings.some(({ message }) => message.includes('left out'))).toBe(
            !isHeld || JSON.stringify(before) !== JSON.stringify(withoutReasons(before)),
          )
          // What looks like markup is read as markup, and a sheet's mark of a text is no part of it.
          if (!isHeld || /[<>&]|"'/.test(JSON.stringify(item))) return
          const read = questions[0]?.item
          expect(read?.kind).toBe(item.kind)
          const rights = (one: AuthoredItem) =>
            'choices' in one ? one.choices.map(({ text, right }) => [oneLine(text), right]) : []
          expect(read && rights(read)).toEqual(rights(item))
        }),
        SHARE / 2,
      ),
    PATIENCE_MS * SHARE,
  )

  it(
    'is one that the bot reads, as YAML',
    () =>
      holds(
        fc.property(question, (before) => {
          const { text: yaml } = questionsYaml([before], { taken: [], topicOf: () => [] })
          const problems: string[] = []
          const report = (line: number, message: string) => problems.push(`${line}: ${message}`)
          const read = readYaml(yaml, 0, report)
          const [value] = (read?.value ?? []) as unknown[]
          if (read) check(read, value, questionSchema, [0], report)
          expect(problems, yaml).toEqual([])
          expect((value as { stem: string }).stem).toBe(before.item.stem)
        }),
        SHARE,
      ),
    PATIENCE_MS * SHARE,
  )
})
