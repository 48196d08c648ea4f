/** Interprets typed words: numbers in words, choices in other forms. */
import type { OptionSpec } from './command.js'

const NUMBER_WORDS = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
  'twenty',
]
const NUMBER = new RegExp(`^(?:[+-]?\\d{1,9}|${NUMBER_WORDS.join('|')})$`)
const UNIT = /^(?:questions?|items?|cards?|times|x)$/
const QUOTED = /^[\p{Pi}"'„].*[\p{Pf}"'“]$/u
const LINK = /^(?:on|about|of|from|for)$/

/** A line with a count taken out of it. */
export interface Counted {
  readonly count: number
  readonly rest: string
}

/**
 * The ways to take a count out of a line: at its end, `canary 5`, `canary x5`, and at its start, `five
 * questions on canary`. A line that is wholly in quotation marks has none.
 */
export function countsIn(line: string): Counted[] {
  if (QUOTED.test(line.trim())) return []
  const words = line.split(/\s+/).filter((word) => word !== '')
  const seen = words.map(bare)
  return [fromEnd(words, seen), fromStart(words, seen)].filter((one) => one !== undefined)
}

function fromEnd(words: readonly string[], seen: readonly string[]): Counted | undefined {
  const last = UNIT.test(seen.at(-1) ?? '') ? seen.length - 2 : seen.length - 1
  const count = toCount(seen[last])
  if (count === undefined) return undefined
  const end = seen[last - 1] === 'x' ? last - 1 : last
  return {
    count,
    rest: words
      .slice(0, end)
      .join(' ')
      .replace(/[,;:]+$/, ''),
  }
}

function fromStart(words: readonly string[], seen: readonly string[]): Counted | undefined {
  const count = toCount(seen[0])
  if (count === undefined) return undefined
  const unit = UNIT.test(seen[1] ?? '') ? 2 : 1
  // A topic may begin with such a word, but not after "5 questions".
  const from = unit === 2 && LINK.test(seen[2] ?? '') ? 3 : unit
  return { count, rest: words.slice(from).join(' ') }
}

/** `5`, `x5`, `5x`, `five`; undefined if it is no number. */
function toCount(word = ''): number | undefined {
  const digits = word.replace(/^x(?=\d+$)/, '').replace(/(?<=^\d+)x$/, '')
  if (!NUMBER.test(digits)) return undefined
  const named = NUMBER_WORDS.indexOf(digits)
  return named === -1 ? Number(digits) : named
}

/**
 * Removes characters that people put around a word: `[week]`, `“week”`, `week,`. Full-width signs become the
 * usual ones.
 */
function bare(word: string): string {
  return folded(word, LONGEST_WORD).replace(/^[\p{Ps}\p{Pi}"'.,;:]+|[\p{Pe}\p{Pf}"'.,;:!?]+$/gu, '')
}

/** Words without a meaning of their own: `teams of this week, please`. */
const FILLERS = new Set(
  'the a this that these current for of by in on at my our me us show please and'.split(' '),
)

/** The most characters read; naming every choice of a command takes fewer. */
const MAX_WORDS = 300
/** Longer than any word that means something here. */
const LONGEST_WORD = 60

/**
 * Converts to lower case and to one form for each sign. Cuts before that too, since it can turn one character
 * into 18.
 */
const folded = (text: string, max: number) => text.slice(0, max).normalize('NFKC').toLowerCase().slice(0, max)

/** The words of a line for a command that takes no text: one form for each, without signs. */
export function plainWords(line: string, options: readonly string[]): string[] {
  const isName = (word: string) => options.includes(word)
  return folded(line, MAX_WORDS)
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '' && !isName(word))
}

/** Whether the remaining words mean nothing. */
export const meanNothing = (words: readonly string[]) => words.every((word) => FILLERS.has(word))

type ChoiceSpec = OptionSpec & { readonly type: 'choice' }

/**
 * The choice that the words name, wherever they are, and the remaining words. The same choice may be named
 * twice; one with several words takes precedence over one that is part of it.
 */
export function takeChoice(
  spec: ChoiceSpec,
  words: readonly string[],
): { readonly choice: string | undefined; readonly left: readonly string[] } {
  const names = [
    ...spec.choices.map((choice) => [choice, choice] as const),
    ...Object.entries(spec.also ?? {}),
  ]
    .map(([name, choice]) => ({ name: name.split(/[ -]/).map(singular), choice }))
    .sort((a, b) => b.name.length - a.name.length)
  let choice: string | undefined
  let left = words
  for (const one of names) {
    if (choice !== undefined && one.choice !== choice) continue
    for (let at = find(one.name, left); at !== -1; at = find(one.name, left)) {
      choice = one.choice
      left = [...left.slice(0, at), ...left.slice(at + one.name.length)]
    }
  }
  return { choice, left }
}

function find(name: readonly string[], words: readonly string[]): number {
  return words.findIndex((_, at) => name.every((part, i) => singular(words[at + i] ?? '') === part))
}

const singular = (word: string) => word.replace(/(?<=..)s$/, '')

const HELP = new Set(['help', '-h', '--help', '-help', '?'])

/** Whether the line only asks how to use the command. */
export function asksHelp(line: string): boolean {
  return HELP.has(folded(line.trim(), LONGEST_WORD).trim().replace(/^\//, ''))
}
