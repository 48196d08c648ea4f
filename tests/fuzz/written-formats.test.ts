// @module-tag longer
/**
 * Questions that are written in a format and read again are the same: hostile texts, other scripts, all
 * kinds.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/content/formats/all.js'
import type { FoundQuestion } from '../../src/content/formats/format.js'
import { choiceItem, matchingItem } from '../../src/content/formats/item.js'
import { oneLine, tidy } from '../../src/content/formats/tidy.js'
import { PIECES } from './format-pieces.js'
import { holds, PATIENCE_MS } from './fuzz.js'

/** Texts that mean something to one format or another, as our own questions may have them. */
const words = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...PIECES,
        'a',
        'B',
        ' ',
        ' or ',
        '\u05d0\u05d1',
        '\u0645',
        '👩‍👩‍👧‍👦',
        '[html]',
        '[plain]',
        '%',
        '100',
        'T',
        'TRUE',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) =>
    tidy(parts.join(''))
      .slice(0, 70)
      .replace(/[\ud800-\udbff]$/, '')
      .trim(),
  )
  .filter((one) => one !== '')
const distinct = (count: number) =>
  fc.uniqueArray(words, { minLength: 2, maxLength: count, selector: (one) => one.toLowerCase() })
const reason = fc.oneof(fc.constant(''), words)

const choiceOrResponse = fc.tuple(words, distinct(8), fc.nat(), reason).map(([stem, texts, mask, why]) =>
  choiceItem(
    stem,
    texts.map((one, i) => ({ text: one, right: ((mask >> i) & 1) === 1, why: i % 2 ? why : '' })),
  ),
)
const matching = fc
  .tuple(words, distinct(7), distinct(7), fc.nat({ max: 2 }))
  .map(([stem, prompts, answers, spare]) =>
    matchingItem(
      stem,
      prompts.map((prompt, i) => ({ prompt, answer: answers[i % answers.length] ?? '' })),
      answers.slice(prompts.length, prompts.length + spare),
    ),
  )
const question = fc
  .tuple(fc.oneof(choiceOrResponse, matching), reason, reason, reason)
  .filter(([built]) => 'item' in built && built.changed.length === 0)
  .map(([built, explanation, group, name]): FoundQuestion | undefined =>
    'item' in built
      ? { line: 1, item: built.item, explanation, group: oneLine(group), name: oneLine(name) }
      : undefined,
  )

/** GIFT keeps every character; what other formats lose is told, and `formats-inside.test.ts` has them. */
const WRITERS = FORMATS.flatMap(({ id, write, ...format }) =>
  write && id === 'gift' ? [{ id, write, ...format }] : [],
)

describe('questions that were written', () => {
  it.each(WRITERS)(
    'are the same when they are read again: $id',
    ({ write, recognises, read }) =>
      holds(
        fc.property(fc.array(question, { minLength: 1, maxLength: 5 }), (found) => {
          const questions = found.filter((one) => one !== undefined)
          const { bytes, extension, warnings } = write(questions, 'Title')
          expect(warnings).toEqual([])
          const file = { path: `a${extension}`, bytes }
          expect(recognises(file)).toBe(true)
          const again = read(file)
          expect(again.leftOut).toEqual([])
          expect(again.changed).toEqual([])
          expect(again.questions.map(({ line: _, ...rest }) => rest)).toEqual(
            questions.map(({ line: _, ...rest }) => rest),
          )
        }),
      ),
    PATIENCE_MS,
  )
})
