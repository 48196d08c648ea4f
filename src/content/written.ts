/**
 * A question that somebody writes in the chat: what is stored of it, how it is read, and what is wrong with
 * it.
 */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { AuthoredItem, Choice, ChoiceItem, Question, ResponseItem, TeamOrigin } from '../core/model.js'
import { asSeen } from '../core/text.js'
import { absoluteWords, keyIsLongest, unequalLengths } from './item-writing.js'
import { LONGEST } from './longest.js'
import { speaksOfOthers } from './schema.js'

export const MAX_SOURCE = 500
const [MIN_OPTIONS, MAX_OPTIONS] = [2, 8]

const why = z.string().max(LONGEST.why).default('')
const choices = z
  .array(z.strictObject({ text: z.string().max(LONGEST.choice), right: z.boolean(), why }))
  .min(MIN_OPTIONS)
  .max(MAX_OPTIONS)
const step = z.strictObject({ text: z.string().max(LONGEST.choice), why })
const stem = z.string().max(LONGEST.stem)
const item = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), stem, choices }),
  z.strictObject({ kind: z.literal('response'), stem, choices }),
  z.strictObject({ kind: z.literal('ordering'), stem, steps: z.array(step), spare: z.array(step) }),
  z.strictObject({
    kind: z.literal('matching'),
    stem,
    pairs: z.array(z.strictObject({ prompt: z.string(), answer: z.string(), why })),
    spare: z.array(z.string()),
  }),
])

/** The stored form of a version. A chat asks only for choices; programs make the other kinds too. */
export interface WrittenQuestion {
  /** Slugs of the pack; empty if it has no topics. */
  readonly topics: readonly string[]
  readonly item: AuthoredItem
  /** Empty for none. */
  readonly source: string
}

export const writtenQuestion: z.ZodType<WrittenQuestion> = z.strictObject({
  topics: z.array(z.string()),
  item,
  source: z.string().max(MAX_SOURCE),
})

/** The fields of the form at which a problem can be shown. */
export type WrittenField = 'stem' | 'options' | 'reasons'

export interface WrittenProblem {
  readonly field: WrittenField
  readonly message: string
}

/** The texts as they were typed. */
export interface WrittenTexts {
  readonly stem: string
  /** One option per line, with `*` before the right ones. */
  readonly options: string
  /** One reason per line, in the order of the options. */
  readonly reasons: string
}

/** Returns the item, or the first reason why it cannot be asked. */
export function readWritten({
  stem,
  options,
  reasons,
}: WrittenTexts): ChoiceItem | ResponseItem | WrittenProblem {
  if (asSeen(stem) === '') return { field: 'stem', message: 'Write the question.' }
  if (stem.length > LONGEST.stem) return tooLong('stem', 'The question', stem.length, LONGEST.stem)
  const lines = readOptions(unbulleted(linesOf(options)))
  const whys = reasonLines(reasons)
  const problem = wrongOptions(lines) ?? wrongLetters(lines, stem) ?? wrongReasons(whys, lines.length)
  if (problem) return problem
  const choices = lines.map((option, i) => ({ ...option, why: whys[i] ?? '' }))
  const isResponse = choices.filter(({ right }) => right).length > 1
  return isResponse ? { kind: 'response', stem, choices } : { kind: 'choice', stem, choices }
}

/** Returns the texts that read as this item; undefined for kinds that a chat does not ask for. */
export function textsOf(item: AuthoredItem): WrittenTexts | undefined {
  if (item.kind !== 'choice' && item.kind !== 'response') return undefined
  const { stem, choices } = item
  const hasReasons = choices.some((choice) => choice.why !== '')
  const isLettered = areLettered(choices.map(({ text }) => text))
  return {
    stem,
    options: choices.map(({ text, right }) => `${right ? '* ' : ''}${escaped(text, isLettered)}`).join('\n'),
    reasons: hasReasons ? choices.map((choice) => choice.why || '-').join('\n') : '',
  }
}

/** A backslash keeps what would be read as a mark; before anything else it is part of the words. */
const KEPT = /^\\*(?=\*|[A-Ha-h1-8][.)]\s)/
const escaped = (text: string, isLettered: boolean) =>
  isLettered || (KEPT.test(text) && /^[*\\]/.test(text)) ? `\\${text}` : text
const unescaped = (text: string) => (text.startsWith('\\') && KEPT.test(text) ? text.slice(1) : text)

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** Bullets before every line are a habit of typing, too. A star is none of them, since it marks what is right. */
const BULLET = /^[-–•]\s+/
const unbulleted = (lines: readonly string[]) =>
  lines.every((line) => BULLET.test(line)) ? lines.map((line) => line.replace(BULLET, '')) : lines

/** Blank lines between reasons are left out; a line of `-` stands for an option without a reason. */
function reasonLines(text: string): string[] {
  const lines = linesOf(text)
  const numbered = lines.flatMap((line, i) => (isDash(line) ? [] : [numberOf(line) === i]))
  const isNumbered = numbered.every(Boolean)
  return lines.map((line) => {
    const reason = isNumbered ? unnumbered(line) : line
    return isDash(reason) ? '' : reason
  })
}

const isDash = (line: string) => /^[-–—]$/.test(line)

/**
 * `a)`, `B.`, `3)` before every line is a habit of typing, since letters are added automatically. Before some
 * lines only, it is a part of the words, as in `E. coli`.
 */
const NUMBER = /^([A-Ha-h]|[1-8])[.)]\s+/
const unnumbered = (line: string) => line.replace(NUMBER, '')

/** Returns the number from 0 on; -1 for a line without one. */
function numberOf(line: string): number {
  const [, mark = '?'] = NUMBER.exec(line) ?? []
  return Math.max('abcdefgh'.indexOf(mark.toLowerCase()), '12345678'.indexOf(mark))
}

/** `**` opens bold words, and a mark is a single star. */
const MARK = /^\*(?!\*[^\s*])\s*/
const areLettered = (lines: readonly string[]) =>
  lines.every((line, i) => numberOf(line.replace(MARK, '')) === i)

function readOptions(lines: readonly string[]): Omit<Choice, 'why'>[] {
  const isLettered = areLettered(lines)
  return lines.map((line) => {
    const first = line.replace(MARK, '')
    const plain = isLettered ? unnumbered(first) : first
    // The letter may stand before the mark.
    const text = isLettered && first === line ? plain.replace(MARK, '') : plain
    return { text: unescaped(text), right: text !== plain || first !== line }
  })
}

function wrongOptions(options: readonly Omit<Choice, 'why'>[]): WrittenProblem | undefined {
  const at = (message: string): WrittenProblem => ({ field: 'options', message })
  const rights = options.filter(({ right }) => right).length
  if (options.length < MIN_OPTIONS)
    return at('Write two options or more, each on a line of its own; four are usual.')
  if (options.length > MAX_OPTIONS)
    return at(`There are ${options.length} options; a chat shows ${MAX_OPTIONS} at most.`)
  if (rights === 0) return at('No option is marked as right: put a * before it.')
  if (rights === options.length) return at('Every option is marked as right: at least one should be wrong.')
  if (options.some(({ text }) => asSeen(text) === ''))
    return at('One option is empty: write it behind its *.')
  const long = options.find(({ text }) => text.length > LONGEST.choice)
  if (long) return tooLong('options', `"${long.text.slice(0, 30)}…"`, long.text.length, LONGEST.choice)
  const seen = options.map(({ text }) => asSeen(text))
  const twice = options.find((_, i) => seen.indexOf(seen[i] ?? '') < i)
  if (twice) return at(`"${twice.text}" is there twice.`)
  const others = options.find(({ text }) => speaksOfOthers(text))
  if (others) return at(`"${others.text}" speaks of the other options or their order, which is shuffled.`)
  return undefined
}

/** Matches `Both A and B`, which is allowed only with letters that the question itself names. */
const LETTERS =
  /^(?:both |only |either |neither |just )?[A-H](?:(?:,|,? and|,? or|,? nor| &| \+)\s[A-H])+\.?$/i

function wrongLetters(options: readonly Omit<Choice, 'why'>[], stem: string): WrittenProblem | undefined {
  const named = new Set(stem.match(/\b[A-H]\b/g))
  const wrong = options.find(
    ({ text }) => LETTERS.test(text) && text.match(/\b[A-H]\b/g)?.some((letter) => !named.has(letter)),
  )
  const message = `"${wrong?.text}" speaks of other options by their letters, which are shuffled.`
  return wrong && { field: 'options', message }
}

function wrongReasons(reasons: readonly string[], options: number): WrittenProblem | undefined {
  const at = (message: string): WrittenProblem => ({ field: 'reasons', message })
  if (reasons.length > 0 && reasons.length !== options)
    return at(
      `There are ${options} options and ${reasons.length} reasons: write one a line, in the same order, and - where there is none.`,
    )
  const long = reasons.find((reason) => reason.length > LONGEST.why)
  if (long) return tooLong('reasons', `"${long.slice(0, 30)}…"`, long.length, LONGEST.why)
  const others = reasons.find(speaksOfOthers)
  return others ? at(`"${others}" speaks of other options by their place, which is shuffled.`) : undefined
}

function tooLong(field: WrittenField, what: string, length: number, most: number): WrittenProblem {
  return { field, message: `${what} has ${length} characters; at most ${most} fit.` }
}

/** Returns what makes the question worse, though it can be asked: the habits by which a key is guessed. */
export function adviceOn(item: AuthoredItem): WrittenProblem[] {
  if (item.kind !== 'choice' && item.kind !== 'response') return []
  const options = [...absoluteWords(item), ...unequalLengths(item), ...(isLongKey(item) ? [LONG_KEY] : [])]
  const { choices } = item
  const few = choices.length < 4 && item.kind === 'choice' ? [FEW(choices.length)] : []
  const reasons = choices.every((choice) => choice.why === '') ? [NO_REASONS] : []
  return [
    ...[...options, ...few].map((message): WrittenProblem => ({ field: 'options', message })),
    ...reasons.map((message): WrittenProblem => ({ field: 'reasons', message })),
  ]
}

/** A key that is this many times as long as the next option is seen at a glance. */
const CLEARLY_LONGER = 1.3

function isLongKey(item: ChoiceItem | ResponseItem): boolean {
  if (item.kind !== 'choice' || !keyIsLongest(item)) return false
  const [longest = 0, next = 0] = item.choices.map(({ text }) => text.length).sort((a, b) => b - a)
  return longest > next * CLEARLY_LONGER && longest - next > 10
}

const LONG_KEY = 'the right option is clearly the longest, so that it can be guessed'
const FEW = (n: number) => `there are ${n} options; with four a guess is right one time in four`
const NO_REASONS = 'there are no reasons: whoever answers wrong does not learn why'

/** The facts that the pack adds to what was written. */
export interface Facts {
  readonly id: string
  readonly pack: string
  readonly origin: TeamOrigin
}

/**
 * Returns the question as it is asked, without its number; its domain is that of its topics, in each exam
 * (`placedByTopics`).
 */
export function questionOf(written: WrittenQuestion, { id, pack, origin }: Facts): Question {
  const { item, topics } = written
  const version = createHash('sha256')
    .update(JSON.stringify([id, written]))
    .digest('hex')
    .slice(0, 12)
  return {
    ...item,
    ...{ id, pack, version, number: 0, topics, concept: id, difficulty: 2 },
    ...{ misconception: '', origin },
  }
}
