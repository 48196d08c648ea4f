/**
 * Figures about groups that single nobody out. The answers of a team are divided once into cells that never
 * change and never overlap: each question with five answers or more is a cell, since the reveal shows its
 * counts anyway; the other questions of a week form one cell, as soon as five people or more answered them.
 * Every figure is a sum of cells, so no sum or difference of figures, of one report or of several, is about
 * the answers of one to four people.
 */
import { grouped } from './grouped.js'

export const MIN_PEOPLE = 5
/** Minimum number of answers for a figure to be shown. */
const MIN_ANSWERS = 8

/**
 * Whether the team met the concept for the first time, met a sibling of an earlier question, or met the same
 * question again.
 */
export type Phase = 'first' | 'sibling' | 'again'

/** One item of a round that is over. Each person answers it once at most. */
export interface AskedItem {
  readonly pack: string
  readonly concept: string
  readonly domain?: number | undefined
  readonly phase: Phase
  readonly answered: number
  readonly right: number
  /** The people who answered; needed if they are fewer than `MIN_PEOPLE`. */
  readonly people: readonly number[]
  /** How many of them share their progress by name. */
  readonly sharing: number
  /** The wrong option that most people chose, if `MIN_PEOPLE` or more chose it. */
  readonly wrong?: string | undefined
}

/** A group of answers by `MIN_PEOPLE` people or more. */
export interface Cell {
  /** Left out for the cell that holds the rest of a week. */
  readonly about?: Pick<AskedItem, 'pack' | 'concept' | 'domain' | 'phase' | 'wrong'>
  readonly answered: number
  readonly right: number
}

export interface WeekCells<T extends AskedItem> {
  readonly cells: readonly Cell[]
  /** The items in the cells; the other items wait for the next week. */
  readonly items: readonly T[]
  /**
   * Whether the sums of the members who share can be named: in each cell nobody else answered, or five others
   * or more did, so that subtracting the named people singles nobody out.
   */
  readonly isNamed: boolean
}

/**
 * Returns the cells of a week, made of items that are over and in no cell yet. `shares`: whether a person
 * shares.
 */
export function weekCells<T extends AskedItem>(
  asked: readonly T[],
  shares: (person: number) => boolean,
): WeekCells<T> {
  const whole = asked.filter(({ answered }) => answered >= MIN_PEOPLE)
  const small = asked.filter(({ answered }) => answered > 0 && answered < MIN_PEOPLE)
  const people = [...new Set(small.flatMap((item) => item.people))]
  const rest = people.length >= MIN_PEOPLE ? small : []
  const others = [
    ...whole.map(({ answered, sharing }) => answered - sharing),
    ...(rest.length > 0 ? [people.filter((person) => !shares(person)).length] : []),
  ]
  return {
    cells: [
      ...whole.map(({ answered, right, pack, concept, domain, phase, wrong }) => ({
        about: { pack, concept, domain, phase, wrong },
        answered,
        right,
      })),
      ...(rest.length > 0 ? [total(rest)] : []),
    ],
    items: [...whole, ...rest],
    isNamed: others.every((count) => count <= 0 || count >= MIN_PEOPLE),
  }
}

export interface Figure {
  readonly answered: number
  /** From 0 to 1, shrunk towards a half: `(right + 1) / (answered + 2)`. */
  readonly share: number
  /** The 80 % range of the share. */
  readonly low: number
  readonly high: number
  /** The cells that the figure sums up. */
  readonly cells: readonly Cell[]
}

/** Standard deviations from the mean to the upper end of an 80 % range, by the normal curve. */
export const UPPER = 1.2816

/**
 * Estimates a share by Laplace's rule of succession; the spread is that of the Beta distribution behind it,
 * taken as a normal curve.
 */
export function shrunk(right: number, answered: number): { readonly share: number; readonly spread: number } {
  const share = (right + 1) / (answered + 2)
  return { share, spread: UPPER * Math.sqrt((share * (1 - share)) / (answered + 3)) }
}

/** Undefined if the cells hold too few answers. */
export function figureOf(cells: readonly Cell[]): Figure | undefined {
  const { answered, right } = total(cells)
  if (answered < MIN_ANSWERS) return undefined
  const { share, spread } = shrunk(right, answered)
  return { answered, share, low: Math.max(0, share - spread), high: Math.min(1, share + spread), cells }
}

export interface Week {
  /** ISO week, `2026-W47`. */
  readonly week: string
  readonly cells: readonly Cell[]
}

/** Joins each week that is too small to the next one, in order. The last one may still wait. */
export function joinWeeks(weeks: readonly Week[]): { from: string; week: string; figure: Figure }[] {
  const joined: { from: string; week: string; figure: Figure }[] = []
  let waiting: { from: string; cells: readonly Cell[] } | undefined
  for (const { week, cells } of weeks) {
    const from = waiting?.from ?? week
    const all = [...(waiting?.cells ?? []), ...cells]
    const figure = figureOf(all)
    if (figure) joined.push({ from, week, figure })
    waiting = figure || all.length === 0 ? undefined : { from, cells: all }
  }
  return joined
}

/** Groups figures by domain; domains that are too small are combined with the answers without a domain. */
export function byDomain(cells: readonly Cell[]): { domain: number | undefined; figure: Figure }[] {
  const domains = [...grouped(cells, ({ about }) => about?.domain)]
    .map(([domain, own]) => ({ domain, figure: domain === undefined ? undefined : figureOf(own), own }))
    .sort((a, b) => total(b.own).answered - total(a.own).answered)
  const shown = domains.filter(({ figure }) => figure)
  let rest = domains.filter(({ figure }) => !figure).flatMap(({ own }) => own)
  while (rest.length > 0 && !figureOf(rest) && shown.length > 0) rest = [...rest, ...(shown.pop()?.own ?? [])]
  const other = figureOf(rest)
  return [
    ...shown
      .flatMap(({ domain, figure }) => (figure ? [{ domain, figure }] : []))
      .sort((a, b) => (a.domain ?? 0) - (b.domain ?? 0)),
    ...(other ? [{ domain: undefined, figure: other }] : []),
  ]
}

/**
 * Returns the concepts whose figure may be shown, weakest first by the upper end of their range, so that 0 of
 * 1 never comes before 14 of 40. `wrong`: the most common wrong option when the concept was last asked.
 */
export function weakestConcepts(
  cells: readonly Cell[],
): { concept: string; figure: Figure; wrong: string | undefined }[] {
  const told = cells.filter(({ about }) => about)
  return [...grouped(told, ({ about }) => about?.concept ?? '')]
    .flatMap(([concept, own]) => {
      const figure = figureOf(own)
      const wrong = own.findLast(({ about }) => about?.wrong !== undefined)?.about?.wrong
      return figure ? [{ concept, figure, wrong }] : []
    })
    .sort((a, b) => a.figure.high - b.figure.high || b.figure.answered - a.figure.answered)
}

/** Returns how the team did when it met a concept for the first time, and when it met a sibling later. */
export function byPhase(cells: readonly Cell[]): { first: Figure | undefined; sibling: Figure | undefined } {
  const of = (phase: Phase) => figureOf(cells.filter(({ about }) => about?.phase === phase))
  return { first: of('first'), sibling: of('sibling') }
}

/** Rounds a number of people down to a step; 0 stands for up to four. */
export const stepOf = (people: number): number => people - (people % MIN_PEOPLE)

function total(cells: readonly Pick<Cell, 'answered' | 'right'>[]) {
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
  return { answered: sum(cells.map((c) => c.answered)), right: sum(cells.map((c) => c.right)) }
}
