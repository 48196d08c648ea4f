/**
 * The shape of every template question: one key, worked out by formula, and three slips that people typically
 * make.
 */
import type { ChoiceItem } from '../model.js'

/** Draws the numbers of one posting; undefined when they make a poor question and others should be drawn. */
export type Draw = (random: () => number) => ChoiceItem | undefined

/** What someone gets who makes a certain mistake, and which mistake it is. */
export type Slip = readonly [text: string, why: string]

/**
 * The key and the first three slips that look different from it and from each other; undefined when fewer
 * than three do.
 * `shown` is the key as it is shown, and `how` the way to it.
 */
export function ask(stem: string, [shown, how]: Slip, slips: readonly Slip[]): ChoiceItem | undefined {
  const chosen: Slip[] = []
  for (const slip of slips)
    if (slip[0] !== shown && !chosen.some(([text]) => text === slip[0])) chosen.push(slip)
  if (chosen.length < 3) return undefined
  const wrong = chosen.slice(0, 3).map(([text, why]) => ({ text, right: false, why }))
  return { kind: 'choice', stem, choices: [{ text: shown, right: true, why: how }, ...wrong] }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}

/** `1,234` */
export function whole(n: number): string {
  return n.toLocaleString('en-US', { maximumFractionDigits: 0 })
}

/**
 * With so many digits after the point, halves away from zero as at school, whatever the binary fraction is; a
 * zero has no sign.
 */
export function digits(n: number, count: number): string {
  const scale = 10 ** count
  const units = Math.round(Number((Math.abs(n) * scale).toPrecision(12)))
  return `${n < 0 && units > 0 ? '-' : ''}${(units / scale).toFixed(count)}`
}
