/**
 * Figures of groups, so that nobody is singled out: a figure needs five people and eight answers, and what is
 * left out must not be a group of one to four people either, since others could be subtracted from a whole. A
 * week that is too small joins the next one.
 */

export const MIN_PEOPLE = 5
const MIN_ANSWERS = 8

/** Answers to one question in one week. */
export interface Tally {
  /** What the figure is about, such as a topic. */
  readonly cell: string
  /** ISO week, `2026-W47`. */
  readonly week: string
  readonly answered: number
  readonly right: number
  /** Who answered; undefined when they are so many that it does not matter. */
  readonly people: readonly number[] | undefined
}

export interface Figure {
  readonly cell: string
  readonly answered: number
  /** 0 to 1, shrunk towards a half: `(right + 1) / (answered + 2)`. */
  readonly share: number
}

interface Sum {
  answered: number
  right: number
  /** Undefined: many. */
  people: ReadonlySet<number> | undefined
}

const NOBODY: Sum = { answered: 0, right: 0, people: new Set() }

/**
 * The figures that may be shown, weakest first by the upper end of their 80 % range, so that 0 of 1 never
 * stands above 14 of 40.
 */
export function figures(tallies: readonly Tally[]): Figure[] {
  const cells = [...grouped(tallies, ({ cell }) => cell)].map(([cell, list]) => ({ cell, ...weekly(list) }))
  let shown = cells
    .filter(({ passed }) => passed.answered > 0)
    .sort((a, b) => b.passed.answered - a.passed.answered)
  let hidden = cells.map(({ left }) => left).reduce(added, NOBODY)
  while (shown.length > 0 && isFew(hidden)) {
    hidden = added(hidden, shown.at(-1)?.passed ?? NOBODY)
    shown = shown.slice(0, -1)
  }
  return shown
    .map(({ cell, passed: { answered, right } }) => ({ cell, answered, share: shrunk(right, answered) }))
    .sort((a, b) => upperEnd(a) - upperEnd(b) || b.answered - a.answered)
}

/** The weeks of one cell: what passes, and what is left waiting for the next week. */
function weekly(tallies: readonly Tally[]): { passed: Sum; left: Sum } {
  const weeks = [...grouped(tallies, ({ week }) => week)].sort(([a], [b]) => (a < b ? -1 : 1))
  let [passed, left] = [NOBODY, NOBODY]
  for (const [, list] of weeks) {
    left = list.map(sumOf).reduce(added, left)
    if (!passes(left)) continue
    passed = added(passed, left)
    left = NOBODY
  }
  return { passed, left }
}

function grouped(tallies: readonly Tally[], by: (tally: Tally) => string): Map<string, Tally[]> {
  const groups = new Map<string, Tally[]>()
  for (const tally of tallies) {
    const group = groups.get(by(tally))
    if (group) group.push(tally)
    else groups.set(by(tally), [tally])
  }
  return groups
}

const sumOf = ({ answered, right, people }: Tally): Sum => ({
  answered,
  right,
  people: people && new Set(people),
})

function added(a: Sum, b: Sum): Sum {
  const people = a.people && b.people && new Set([...a.people, ...b.people])
  return { answered: a.answered + b.answered, right: a.right + b.right, people }
}

const passes = ({ answered, people }: Sum) =>
  answered >= MIN_ANSWERS && (people === undefined || people.size >= MIN_PEOPLE)

const isFew = ({ people }: Sum) => people !== undefined && people.size > 0 && people.size < MIN_PEOPLE

/** Laplace's rule of succession. */
const shrunk = (right: number, answered: number) => (right + 1) / (answered + 2)

/**
 * The 90th percentile of the Beta distribution behind the share, by the normal curve of the same mean and
 * variance.
 */
function upperEnd({ share, answered }: Figure): number {
  return share + 1.2816 * Math.sqrt((share * (1 - share)) / (answered + 3))
}
