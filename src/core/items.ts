/**
 * Estimates how hard an item is and how able a person is, on one scale, from first answers: an Elo rating
 * with a guess parameter and a step that shrinks (Pelánek 2016). Also flags suspicious items, by classical
 * item analysis (Kelley 1939, Ebel 1965). A flag asks an author to look; it never removes anything.
 */
import { shrunk, UPPER } from './group-figures.js'
import type { Difficulty } from './model.js'

/** The rating of a person or an item, and the number of first answers behind it. */
export interface Rating {
  readonly value: number
  readonly n: number
}

/** The first rating of an item, from its author's difficulty. */
export const startOf = (difficulty: Difficulty): Rating => ({ value: difficulty - 2, n: 0 })
/** The first rating of a person. */
export const NEWCOMER: Rating = { value: 0, n: 0 }

/**
 * Returns P(right) = g + (1 - g) / (1 + e^-(theta - d)); `guess` is g, the chance to be right without
 * knowing.
 */
export function chanceRight(theta: number, d: number, guess: number): number {
  return guess + (1 - guess) / (1 + Math.exp(d - theta))
}

/** Returns both ratings after a first answer; K = 1 / (1 + .05 n) for each. */
export function rated(
  person: Rating,
  item: Rating,
  guess: number,
  right: boolean,
): { readonly person: Rating; readonly item: Rating } {
  const surprise = (right ? 1 : 0) - chanceRight(person.value, item.value, guess)
  return { person: moved(person, surprise), item: moved(item, -surprise) }
}

const moved = ({ value, n }: Rating, by: number): Rating => ({ value: value + by / (1 + 0.05 * n), n: n + 1 })

// ---- suspicious items ---------------------------------------------------------------------

const FLAG_ANSWERS = 30
const LEAST_DISCRIMINATION = 0.1
const LEAST_CHOSEN = 0.05

/**
 * `key`: the people who know most choose another answer more often. `discrimination`: they are right hardly
 * more often than the people who know least. `option`: hardly anybody chooses one of the options.
 */
export type Flag = 'key' | 'discrimination' | 'option'

/** A first answer. */
export interface ItemAnswer {
  readonly theta: number
  readonly right: boolean
  /** The whole answer as text; equal answers have equal texts, whatever the order of the options. */
  readonly answer: string
  /** The options that the answer contains. */
  readonly chosen: readonly string[]
}

export interface ItemStats {
  readonly answers: number
  /** From 0 to 1. */
  readonly right: number
  /** Share right in the upper third minus that in the lower third, -1 to 1. */
  readonly discrimination: number
  /** The share of people who chose each option, 0 to 1. */
  readonly options: readonly { readonly option: string; readonly share: number }[]
  readonly flags: readonly Flag[]
  /**
   * Share of the upper third that chose the commonest other answer, minus the share that chose the key, -1 to
   * 1; lists begin with the largest.
   */
  readonly suspicion: number
}

/**
 * `options`: the options to choose from (empty if each instance has its own). `key`: the right answer
 * (undefined likewise).
 */
export function itemStats(
  answers: readonly ItemAnswer[],
  options: readonly string[],
  key: string | undefined,
): ItemStats {
  const sorted = [...answers].sort((a, b) => b.theta - a.theta)
  const third = Math.floor(sorted.length / 3)
  const upper = sorted.slice(0, third)
  const lower = sorted.slice(sorted.length - third)
  const [high, low] = [shareRight(upper), shareRight(lower)]
  const discrimination = high - low
  const noise = third > 0 ? Math.sqrt((high * (1 - high) + low * (1 - low)) / third) : 1
  const chosen = options.map((option) => ({
    option,
    share: answers.filter((one) => one.chosen.includes(option)).length / Math.max(1, answers.length),
  }))
  const suspicion = key === undefined ? -1 : preferred(upper, key)
  const flags: readonly (Flag | false)[] =
    answers.length < FLAG_ANSWERS
      ? []
      : [
          suspicion > 0 && 'key',
          discrimination + UPPER * noise < LEAST_DISCRIMINATION && 'discrimination',
          chosen.some(({ share }) => upperEnd(share, answers.length) < LEAST_CHOSEN) && 'option',
        ]
  return {
    ...{ answers: answers.length, right: shareRight(answers), discrimination, options: chosen, suspicion },
    flags: flags.filter((flag) => flag !== false),
  }
}

function shareRight(answers: readonly ItemAnswer[]): number {
  return answers.filter(({ right }) => right).length / Math.max(1, answers.length)
}

/** Returns the share of the most common other answer minus that of the key. */
function preferred(upper: readonly ItemAnswer[], key: string): number {
  const counts = new Map<string, number>()
  for (const { answer } of upper) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  const ofKey = counts.get(key) ?? 0
  counts.delete(key)
  return (Math.max(0, ...counts.values()) - ofKey) / Math.max(1, upper.length)
}

/**
 * Upper end of the 80 % range, like the figures of groups, so that small numbers give an item the benefit of
 * the doubt.
 */
function upperEnd(share: number, answers: number): number {
  const { share: mean, spread } = shrunk(share * answers, answers)
  return mean + spread
}
