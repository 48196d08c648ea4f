/** Reads what stands between the braces of a GIFT question. */
import type { Choice } from '../../core/model.js'
import { placesOf } from './gift-blocks.js'
import { type Pair, UNSUPPORTED } from './item.js'

/** Texts are unchanged, including their escapes. `feedback` is about the question as a whole. */
export type GiftAnswers = { readonly feedback: string; readonly notes: readonly string[] } & (
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] }
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'refused'; readonly reason: string }
)

const TRUE_FALSE = /^(?:(T|TRUE)|F|FALSE)\s*(?:#|$)/i
const WEIGHT = /^\s*%\s*(-?\d{1,3}(?:[.,]\d{1,9})?)\s*%/

/** The source begins with a brace if the brace of the question is never closed. */
export function giftAnswers(source: string): GiftAnswers {
  const [body, feedback] = apart(source)
  return { feedback, notes: [], ...kindOf(body.trim()) }
}

const refused = (reason: string) => ({ kind: 'refused', reason }) as const

function kindOf(body: string) {
  if (body.startsWith('{')) return refused('the brace { is never closed')
  if (body === '') return refused(UNSUPPORTED.text)
  if (body.startsWith('#')) return refused(UNSUPPORTED.number)
  if (TRUE_FALSE.test(body)) return trueFalse(body)
  const marks = placesOf(body, '=~')
  if (marks.length === 0) return refused(UNSUPPORTED.words)
  if (marks[0] !== 0)
    return refused(
      'text stands before the first answer; a brace or a sign within a text needs a \\ before it',
    )
  const parts = marks.map((at, i) => body.slice(at, marks[i + 1]).trim())
  if (parts.some((part) => part.startsWith('~'))) return weighed(parts.map(option))
  const pairs = parts.flatMap(pair)
  if (pairs.length === parts.length) return { kind: 'pairs', pairs } as const
  return refused(pairs.length > 0 ? 'one of the pairs has no ->' : UNSUPPORTED.words)
}

/** Splits at the last `####`: what follows is about the question as a whole. */
function apart(source: string): readonly [body: string, feedback: string] {
  const at = placesOf(source, '#').find((place) => source.startsWith('####', place))
  return at === undefined ? [source, ''] : [source.slice(0, at), source.slice(at + 4)]
}

/** The first feedback is for a wrong answer, the second for a right one. */
function trueFalse(body: string) {
  const isTrue = TRUE_FALSE.exec(body)?.[1] !== undefined
  const [first, second] = placesOf(body, '#')
  const whenWrong = first === undefined ? '' : body.slice(first + 1, second)
  const whenRight = second === undefined ? '' : body.slice(second + 1)
  const choices = [true, false].map((value) => ({
    text: value ? 'True' : 'False',
    right: value === isTrue,
    why: value === isTrue ? whenRight : whenWrong,
  }))
  return { kind: 'choices', choices } as const
}

function pair(part: string): Pair[] {
  const at = part.indexOf('->')
  return at < 0 ? [] : [{ prompt: part.slice(1, at), answer: part.slice(at + 2) }]
}

interface Option {
  readonly isKey: boolean
  /** The weight in percent; undefined if none is given. */
  readonly weight: number | undefined
  readonly text: string
  readonly why: string
}

function option(part: string): Option {
  const [all = '', weight] = WEIGHT.exec(part.slice(1)) ?? []
  const rest = part.slice(1 + all.length)
  const [hash] = placesOf(rest, '#')
  return {
    isKey: part.startsWith('='),
    weight: weight === undefined ? undefined : Number(weight.replace(',', '.')),
    text: rest.slice(0, hash),
    why: hash === undefined ? '' : rest.slice(hash + 1),
  }
}

/** The keys are the one marked by `=`, or all that have a share of the points. */
function weighed(options: readonly Option[]) {
  const keys = options.filter(({ isKey }) => isKey)
  if (keys.length > 1)
    return refused(
      'several answers begin with =, each right by itself; give each its share, such as ~%50%, if all are wanted',
    )
  const shares = options.filter(({ isKey, weight }) => !isKey && weight !== undefined && weight > 0)
  const [key] = keys
  if (key) {
    const notes = shares.length > 0 ? ['answers that bring a part of the points count as wrong'] : []
    return { ...marked(options, keys), notes }
  }
  const sum = shares.reduce((all, { weight = 0 }) => all + weight, 0)
  const isWhole = Math.abs(sum - 100) < 1.5 || shares.every(({ weight }) => weight === 100)
  return isWhole
    ? marked(options, shares)
    : refused(`the shares of the right answers add up to ${sum} %, not to 100`)
}

function marked(options: readonly Option[], rights: readonly Option[]) {
  const choices = options.map((one) => ({ text: one.text, right: rights.includes(one), why: one.why }))
  return { kind: 'choices', choices } as const
}
