/** Turns what a file says into an item that can be asked, or into the reason why it cannot. */
import type { AuthoredItem, Choice } from '../../core/model.js'
import { asSeen } from '../../core/text.js'
import { LONGEST } from '../longest.js'
import { tidy } from './tidy.js'

const MOST = { choices: 8, pairs: 7, spare: 3 } as const

/** Why questions are left out that are not answered by choosing. */
export const UNSUPPORTED = {
  text: "it asks for a text of one's own, and there is nothing to choose from",
  number: 'it asks to type a number, and there is nothing to choose from',
  words: 'it asks to type a word, and there is nothing to choose from',
} as const

export type Built =
  | { readonly item: AuthoredItem; readonly changed: readonly string[]; readonly moved: readonly string[] }
  | { readonly reason: string }

/**
 * Makes a choice or, with several keys, a response. `moved`: reasons that fit no choice, for the explanation.
 */
export function choiceItem(stem: string, found: readonly Choice[]): Built {
  const choices = found.map(({ text, right, why }) => ({ text: tidy(text), right, why: tidy(why) }))
  const reason =
    stemProblem(tidy(stem)) ?? countProblem(choices.length) ?? choices.map(choiceProblem).find(Boolean)
  if (reason !== undefined) return { reason }
  const twice = repeated(choices.map(({ text }) => text))
  if (twice !== undefined) return { reason: `two answers are the same: "${twice}"` }
  const rights = choices.filter(({ right }) => right).length
  if (rights === 0) return { reason: 'no answer is marked as right' }
  if (rights === choices.length) return { reason: 'every answer is marked as right' }
  const { kept, changed, moved } = fitted(choices)
  return {
    item: { kind: rights === 1 ? 'choice' : 'response', stem: tidy(stem), choices: kept },
    changed,
    moved,
  }
}

export interface Pair {
  readonly prompt: string
  readonly answer: string
}

/** `spare`: answers that fit no prompt. */
export function matchingItem(
  stem: string,
  found: readonly Pair[],
  spareFound: readonly string[] = [],
): Built {
  const pairs = found.map(({ prompt, answer }) => ({ prompt: tidy(prompt), answer: tidy(answer), why: '' }))
  const answers = new Set(pairs.map(({ answer }) => answer))
  const spare = [...new Set(spareFound.map(tidy))].filter((answer) => answer !== '' && !answers.has(answer))
  const reason = stemProblem(tidy(stem)) ?? pairsProblem(pairs, spare)
  if (reason !== undefined) return { reason }
  return { item: { kind: 'matching', stem: tidy(stem), pairs, spare }, changed: [], moved: [] }
}

// ---- problems -----------------------------------------------------------------

export const tooLong = (what: string, text: string, most: number) =>
  text.length > most ? `${what} has ${text.length} characters; at most ${most} can be asked` : undefined

export function stemProblem(stem: string): string | undefined {
  return stem === '' ? 'the question has no text' : tooLong('the question', stem, LONGEST.stem)
}

export function countProblem(count: number): string | undefined {
  if (count === 0) return 'there are no answers to choose from'
  if (count === 1) return 'there is one answer only, and nothing to choose from'
  if (count <= MOST.choices) return undefined
  return `there are ${count} answers to choose from; at most ${MOST.choices} can be asked`
}

/** Texts that name answers by letters or places: the order is shuffled, so these would point anywhere. */
const BY_PLACE = [
  /\b(all|none|both) of the above\b|\bthe (first|second|third|fourth|last) (option|choice|answer)\b/i,
  /\b([Oo]ption|[Cc]hoice|[Aa]nswer)s? [A-H]\b/,
]
const BY_LETTERS =
  /^(?:both |only |either |neither )?\(?[A-H]\)?(?:, ?\(?[A-H]\)?)*,? ?(?:and|&|or|nor|\/) ?\(?[A-H]\)?(?: only)?\.?$/i

function choiceProblem({ text }: Choice): string | undefined {
  if (text === '') return 'an answer has no text'
  const long = tooLong('an answer', text, LONGEST.choice)
  if (long !== undefined) return long
  return speaksOfPlaces(ofThese(text)) || BY_LETTERS.test(text)
    ? `the answer "${text}" speaks of others by their place, and the order is shuffled`
    : undefined
}

/**
 * Reasons in which letters stand for answers have the same problem; in an answer "if A is right" may be
 * logic.
 */
const OF_LETTERS = [
  /\b\(?[A-H]\)?[*_]{0,2}(?:,? (?:and|or) \(?[A-H]\)?)?:? (?:is|are) (?:also |not |both |therefore )?(?:right|wrong|correct|incorrect)\b/,
  /^\s*(?:[-*+•]\s+)?[*_]{0,2}\(?[A-H](?:[):][*_]{0,2}\s|\.[*_]{0,2}\s+\p{Lu})/mu,
]

export const speaksOfLetters = (reason: string) =>
  speaksOfPlaces(reason) || OF_LETTERS.some((pattern) => pattern.test(reason))

const speaksOfPlaces = (text: string) => BY_PLACE.some((pattern) => pattern.test(text))

function pairsProblem(pairs: readonly Pair[], spare: readonly string[]): string | undefined {
  if (pairs.length < 2) return 'there are fewer than two pairs to match'
  if (pairs.length > MOST.pairs) return `there are ${pairs.length} pairs; at most ${MOST.pairs} can be asked`
  if (spare.length > MOST.spare)
    return `${spare.length} answers fit nothing; at most ${MOST.spare} can be asked`
  const answers = [...new Set(pairs.map(({ answer }) => answer)), ...spare]
  if (answers.length > MOST.pairs)
    return `there are ${answers.length} answers to match; at most ${MOST.pairs} can be asked`
  if (pairs.some(({ prompt, answer }) => prompt === '' || answer === '')) return 'a pair has an empty side'
  const twice = repeated(pairs.map(({ prompt }) => prompt)) ?? repeated(answers)
  if (twice !== undefined) return `two things to match are the same: "${twice}"`
  const place = [...pairs.map(({ prompt }) => prompt), ...answers].find(speaksOfPlaces)
  if (place !== undefined) return `"${place}" speaks of others by their place, and the order is shuffled`
  return (
    pairs.map(({ prompt }) => tooLong('a side of a pair', prompt, LONGEST.choice)).find(Boolean) ??
    answers.map((answer) => tooLong('an answer of a pair', answer, LONGEST.answer)).find(Boolean)
  )
}

function repeated(texts: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return texts.find((text) => seen.size === seen.add(asSeen(text)).size)
}

// ---- what fits ----------------------------------------------------------------

const OF_THE_ABOVE = /\b(all|none) of the above\b/gi
/** Says the same without a place. */
const ofThese = (text: string) => text.replace(OF_THE_ABOVE, '$1 of these')

function fitted(choices: readonly Choice[]) {
  const [changed, moved]: [string[], string[]] = [[], []]
  const kept = choices.map(({ text, right, why }) => {
    const fresh = ofThese(text)
    if (fresh !== text) changed.push(`"${text}" became "${fresh}", since the order is shuffled`)
    const fits = why.length <= LONGEST.why && !speaksOfLetters(why)
    if (!fits) {
      moved.push(`${fresh}: ${why}`)
      changed.push(
        why.length > LONGEST.why
          ? `a reason of more than ${LONGEST.why} characters went into the explanation`
          : 'a reason that speaks of other answers by their letters went into the explanation',
      )
    }
    return { text: fresh, right, why: fits ? why : '' }
  })
  return { kept, changed: [...new Set(changed)], moved }
}
