import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AskedItem,
  byDomain,
  byPhase,
  type Cell,
  type Figure,
  figureOf,
  joinWeeks,
  MIN_PEOPLE,
  type Phase,
  stepOf,
  weakestConcepts,
  weekCells,
} from '../../src/core/group-figures.js'
import { between, seeded } from '../../src/core/random.js'

const cell = (answered: number, right: number, about: Partial<NonNullable<Cell['about']>> = {}): Cell => ({
  about: { pack: 'p', concept: 'c', domain: 1, phase: 'first', ...about },
  answered,
  right,
})

const people = (count: number) => Array.from({ length: count }, (_, i) => i)
const item = (who: readonly number[], more: Partial<AskedItem> = {}): AskedItem => ({
  ...{ pack: 'p', concept: 'c', domain: 1, phase: 'first', sharing: 0, right: 0 },
  ...{ answered: who.length, people: who },
  ...more,
})
const nobody = () => false

describe('the cells of a week', () => {
  it('are its questions of five answers or more, and the others together once they are of five people', () => {
    const big = item(people(5))
    const small = [item([1, 2, 3]), item([3, 4])]
    expect(weekCells([big, ...small], nobody)).toMatchObject({ items: [big], cells: [{ answered: 5 }] })
    const more = [...small, item([5])]
    const { cells, items } = weekCells([big, ...more], nobody)
    expect(cells.map(({ about, answered }) => [about?.concept, answered])).toEqual([
      ['c', 5],
      [undefined, 6],
    ])
    expect(items).toEqual([big, ...more])
  })

  it('name those who share only where nobody else, or five others, stand beside them', () => {
    const named = (sharing: number, count: number) =>
      weekCells([item(people(count), { sharing })], nobody).isNamed
    expect([named(1, 5), named(1, 6), named(5, 5), named(6, 10), named(5, 10)]).toEqual([
      false,
      true,
      true,
      false,
      true,
    ])
    const rest = [item([1, 2, 3]), item([4, 5])]
    expect(weekCells(rest, (person) => person === 1).isNamed).toBe(false)
    expect(weekCells([...rest, item([6])], (person) => person === 1).isNamed).toBe(true)
  })
})

describe('figures of groups', () => {
  it('need eight answers, and are shrunk', () => {
    expect(figureOf([cell(5, 5)])).toBeUndefined()
    expect(figureOf([cell(5, 5), cell(5, 1)])).toMatchObject({ answered: 10, share: 7 / 12 })
  })

  it('join a week that is too small to the next', () => {
    const weeks = [
      { week: '2026-W10', cells: [cell(6, 1)] },
      { week: '2026-W11', cells: [cell(6, 2)] },
      { week: '2026-W12', cells: [cell(9, 9)] },
      { week: '2026-W13', cells: [] },
    ]
    expect(joinWeeks(weeks).map(({ from, week, figure }) => [from, week, figure.answered])).toEqual([
      ['2026-W10', '2026-W11', 12],
      ['2026-W12', '2026-W12', 9],
    ])
  })

  it('show each domain, and merge those that are too small with the rest', () => {
    const domains = (cells: Cell[]) => byDomain(cells).map(({ domain, figure }) => [domain, figure.answered])
    const [one, two, three] = [cell(20, 1), cell(9, 1, { domain: 2 }), cell(5, 1, { domain: 3 })]
    expect(domains([two, one])).toEqual([
      [1, 20],
      [2, 9],
    ])
    expect(domains([one, two, three])).toEqual([
      [1, 20],
      [undefined, 14],
    ])
    expect(domains([one, three, { answered: 6, right: 1 }])).toEqual([
      [1, 20],
      [undefined, 11],
    ])
    expect(domains([three])).toEqual([])
  })

  it('have the weakest concept first by the upper end of the range: 0 of 1 never stands above 14 of 40', () => {
    const order = (cells: Cell[]) => weakestConcepts(cells).map(({ concept }) => concept)
    const of = (concept: string, right: number, answered: number) => cell(answered, right, { concept })
    expect(order([of('few', 0, 8), of('lots', 4, 80)])).toEqual(['lots', 'few'])
    expect(order([of('strong', 70, 80), of('weak', 14, 40), of('tiny', 0, 7)])).toEqual(['weak', 'strong'])
  })

  it('tell the wrong option of a concept that was asked last', () => {
    const told = [cell(9, 1, { wrong: 'old' }), cell(9, 1, { wrong: 'new' }), cell(9, 1)]
    expect(weakestConcepts(told)).toMatchObject([{ wrong: 'new' }])
  })

  it('set first tries against siblings', () => {
    const cells = [cell(10, 9), cell(10, 4, { phase: 'sibling' }), cell(90, 9, { phase: 'again' })]
    expect(byPhase(cells)).toMatchObject({ first: { answered: 10 }, sibling: { answered: 10 } })
    expect(byPhase([cell(10, 9)]).sibling).toBeUndefined()
  })

  it('give taking part in steps of five', () => {
    expect([0, 4, 5, 9, 10, 24].map(stepOf)).toEqual([0, 0, 5, 5, 10, 20])
  })
})

// ---- nobody is singled out ---------------------------------------------------------------

interface Made extends AskedItem {
  readonly id: number
  readonly who: readonly number[]
}
/** How often each answer counts in a sum or difference, by item and person. */
type Vector = ReadonlyMap<string, number>

const PHASES: readonly Phase[] = ['first', 'sibling', 'again']
const asked = fc.record({
  who: fc.oneof(
    fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { maxLength: 14 }),
    fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }),
  ),
  concept: fc.constantFrom('a', 'b', 'c'),
  domain: fc.constantFrom(1, 2, undefined),
  phase: fc.constantFrom(...PHASES),
})
const weeks = fc.array(
  fc.record({
    asked: fc.array(asked, { maxLength: 5 }),
    sharing: fc.uniqueArray(fc.integer({ min: 0, max: 14 }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
)

/**
 * All that a lead gets to see over the weeks: the cells, each figure of each report, the reveals, the names.
 */
function toldOf(
  history: readonly { asked: readonly Omit<Made, keyof AskedItem | 'id'>[]; sharing: readonly number[] }[],
) {
  const members = new Map<Cell, readonly Made[]>()
  const shown: { week: string; cells: readonly Cell[] }[] = []
  const told: { vector: Vector }[] = []
  const consent = new Set<string>()
  const vectorOf = (items: readonly Made[], fits: (person: number) => boolean = () => true): Vector =>
    new Map(items.flatMap(({ id, who }) => who.filter(fits).map((person) => [`${id}:${person}`, 1] as const)))
  let held: readonly Made[] = []
  let id = 0
  for (const [i, { asked: list, sharing }] of history.entries()) {
    const shares = (person: number) => sharing.includes(person)
    const fresh = list.map((one): Made => {
      const who = one.who
      id += 1
      return { ...(one as Made), id, pack: 'p', right: 0, answered: who.length, people: who, sharing: 0 }
    })
    const all = [...held, ...fresh].map((one) => ({ ...one, sharing: one.who.filter(shares).length }))
    const { cells, items, isNamed } = weekCells(all, shares)
    held = all.filter((one) => !items.includes(one))
    const whole = items.filter(({ answered }) => answered >= MIN_PEOPLE)
    for (const [at, one] of cells.entries())
      members.set(one, whole[at] ? [whole[at]] : items.filter((x) => !whole.includes(x)))
    shown.push({ week: `2026-W${10 + i}`, cells })
    const figures: readonly (Figure | undefined)[] = [
      ...joinWeeks(shown).map(({ figure }) => figure),
      ...byDomain(shown.flatMap((week) => week.cells)).map(({ figure }) => figure),
      ...weakestConcepts(shown.flatMap((week) => week.cells)).map(({ figure }) => figure),
      ...Object.values(byPhase(shown.flatMap((week) => week.cells))),
    ]
    for (const figure of figures)
      if (figure) {
        expect(figure.answered).toBeGreaterThanOrEqual(8)
        told.push({ vector: vectorOf(figure.cells.flatMap((one) => members.get(one) ?? [])) })
      }
    for (const one of cells) told.push({ vector: vectorOf(members.get(one) ?? []) })
    // The reveal has shown these to everybody.
    for (const one of fresh) if (one.answered >= MIN_PEOPLE) told.push({ vector: vectorOf([one]) })
    if (!isNamed) continue
    for (const person of sharing) {
      const vector = vectorOf(items, (one) => one === person)
      if (vector.size > 0) told.push({ vector })
      for (const key of vector.keys()) consent.add(key)
    }
  }
  // What is told twice tells nothing more.
  const once = new Map(told.map((one) => [[...one.vector.keys()].join(' '), one]))
  return { told: [...once.values()], consent }
}

describe('whatever is added and subtracted', () => {
  it('never leaves the answers of one to four people, unless they share theirs', () => {
    fc.assert(
      fc.property(weeks, fc.integer(), (history, seed) => {
        const { told, consent } = toldOf(history)
        const random = seeded(seed)
        const at = () => Math.floor(random() * told.length)
        const pairs = told.flatMap((_, i) =>
          told.map(
            (__, j) =>
              new Map([
                [i, 1],
                [j, -1],
              ]),
          ),
        )
        const several = Array.from(
          { length: 100 },
          () => new Map(Array.from({ length: between(3, 6, random) }, () => [at(), random() < 0.5 ? 1 : -1])),
        )
        for (const factors of [...pairs, ...told.map((_, i) => new Map([[i, 1]])), ...several]) {
          const sum = new Map<string, number>()
          for (const [i, factor] of factors)
            for (const [key, value] of told[i]?.vector ?? [])
              sum.set(key, (sum.get(key) ?? 0) + factor * value)
          const left = [...sum].filter(([key, value]) => value !== 0 && !consent.has(key)).map(([key]) => key)
          const standing = new Set(left.map((key) => key.split(':')[1])).size
          expect(standing === 0 || standing >= MIN_PEOPLE, left.join(' ')).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })
})
