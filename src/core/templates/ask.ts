/** The shape of every template question: one key, computed by formula, and three typical slips. */
import type { ChoiceItem } from '../model.js'
import { between, shuffle } from '../random.js'

/**
 * `first` reproduces what the families drew when their questions were first posted, and must never change. In
 * `even`, neither the rank of the key among the numbers nor its form gives it away.
 */
export type Edition = 'first' | 'even'

/** The result of a typical mistake, and a description of that mistake. */
export type Slip = readonly [text: string, why: string]

export interface Drawing {
  readonly stem: string
  /** The key as shown, and how to compute it. */
  readonly key: Slip
  readonly slips: readonly Slip[]
  /** Further slips, for the even edition alone. */
  readonly more?: readonly Slip[]
  /**
   * The even edition leaves out slips outside these limits: nobody who looks at the sign or the size would
   * choose them.
   */
  readonly limits?: readonly [least: number, most: number]
}

/** Draws the numbers of one instance; undefined when they make a poor question and others should be drawn. */
export type Draw = (random: () => number, edition: Edition) => Drawing | undefined

/** Takes three slips of a drawing; undefined if it has no suitable ones and others should be drawn. */
export type Take = (drawing: Drawing) => ChoiceItem | undefined

/** Takes the first three slips that look different from the key and from each other. */
export function takeFirst({ stem, key, slips }: Drawing): ChoiceItem | undefined {
  return item(stem, key, different(key, slips))
}

/**
 * Takes slips on both sides of the key, so that each of its four ranks among the numbers is equally likely.
 * The rank is drawn once, before the numbers, so a rank that few numbers allow is not rarer for it. A slip
 * with the same number as the key but another verdict may stand on either side.
 */
export function takeEvenly(random: () => number): Take {
  const rank = between(0, 3, random)
  return ({ stem, key, slips, more = [], limits: [least, most] = [-Infinity, Infinity] }) => {
    const value = numberIn(key[0])
    const likely = different(key, [...slips, ...more]).filter(
      ([text]) => least <= numberIn(text) && numberIn(text) <= most,
    )
    const isBelow = ([text]: Slip) => (numberIn(text) === value ? rank % 2 === 1 : numberIn(text) < value)
    const below = likely.filter(isBelow)
    const above = likely.filter((slip) => !isBelow(slip))
    if (below.length < rank || above.length < 3 - rank) return undefined
    return item(stem, key, [
      ...shuffle(below, random).slice(0, rank),
      ...shuffle(above, random).slice(0, 3 - rank),
    ])
  }
}

function different(key: Slip, slips: readonly Slip[]): Slip[] {
  const chosen: Slip[] = []
  for (const slip of slips)
    if (slip[0] !== key[0] && !chosen.some(([text]) => text === slip[0])) chosen.push(slip)
  return chosen
}

function item(stem: string, [shown, how]: Slip, slips: readonly Slip[]): ChoiceItem | undefined {
  if (slips.length < 3) return undefined
  const wrong = slips.slice(0, 3).map(([text, why]) => ({ text, right: false, why }))
  return { kind: 'choice', stem, choices: [{ text: shown, right: true, why: how }, ...wrong] }
}

/** Returns the number in a choice: 1234 for `1,234 requests`. */
function numberIn(text: string): number {
  return Number(/-?[\d,]*\.?\d+/.exec(text)?.[0].replaceAll(',', ''))
}

/** One decision on the way to the answer. */
export interface Decision<T> {
  readonly right: T
  readonly wrong: T
  /** The reason why the wrong decision is wrong. */
  readonly why: string
}

/**
 * Returns three slips from two decisions: either one wrong, or both. Each part of the key occurs in two of
 * the four choices, so that the parts that most choices share do not give the key away.
 */
export function crossed<A, B>(show: (a: A, b: B) => string, a: Decision<A>, b: Decision<B>): readonly Slip[] {
  return [
    [show(a.wrong, b.right), a.why],
    [show(a.right, b.wrong), b.why],
    [show(a.wrong, b.wrong), `${a.why} ${b.why}`],
  ]
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/** Cached, since making a formatter takes longer than drawing a question. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** Formats a whole number, such as `1,234`. */
export const whole = (n: number): string => WHOLE.format(n)

/**
 * Formats a number with `count` digits after the point. Halves are rounded away from zero as at school,
 * whatever the binary fraction is; a zero has no sign.
 */
export function digits(n: number, count: number): string {
  const scale = 10 ** count
  const units = Math.round(Number((Math.abs(n) * scale).toPrecision(12)))
  return `${n < 0 && units > 0 ? '-' : ''}${(units / scale).toFixed(count)}`
}
