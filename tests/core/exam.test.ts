import { describe, expect, it } from 'vitest'
import {
  composeExam,
  examSizes,
  examTime,
  itemCount,
  markExam,
  type SeenBefore,
} from '../../src/core/exam.js'
import type { Exam, Question } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import {
  ask,
  askCase,
  askTemplate,
  choiceItem,
  matchingItem,
  plainQuestion,
  responseItem,
} from './questions.js'

const EXAM: Exam = {
  ...{ id: 'e', name: 'E-1', state: 'open', minutes: 130, items: { scored: 50, unscored: 15 } },
  kinds: ['choice', 'response', 'case'],
  domains: [
    { number: 1, title: 'One', weight: 28 },
    { number: 2, title: 'Two', weight: 26 },
    { number: 3, title: 'Three', weight: 22 },
    { number: 4, title: 'Four', weight: 24 },
  ],
}

describe('how long it is', () => {
  it('is what the pack says, and 20 at the same pace', () => {
    expect(examSizes(EXAM)).toEqual([
      { length: 'full', items: 65, minutes: 130 },
      { length: 'short', items: 20, minutes: 40 },
    ])
  })

  it.each([
    ['no short one where the full one is short', { ...EXAM, items: { scored: 20, unscored: 0 } }, ['full']],
    ['none without minutes', { ...EXAM, minutes: undefined }, []],
    ['none without items', { ...EXAM, items: undefined }, []],
  ])('has %s', (_what, exam, lengths) => {
    expect(examSizes(exam).map(({ length }) => length)).toEqual(lengths)
  })

  it.each([
    [130, 195],
    [40, 60],
    [15, 23],
  ])('has half as much again of %i minutes by choice', (minutes, extra) => {
    const size = { length: 'full', items: 1, minutes } as const
    expect([examTime(size, false), examTime(size, true)]).toEqual([minutes, extra])
  })
})

/** `count` questions of a domain, two of a concept. */
function domain(number: number, count: number, make = choice): Question[] {
  return Array.from({ length: count }, (_, i) => make(`d${number}-${i}`, `d${number}-c${i >> 1}`, number))
}

function choice(id: string, concept: string, number: number): Question {
  return { ...plainQuestion({ id, concept }), domain: number }
}

/** Of three items. */
function threeItems(id: string, concept: string, number: number): Question {
  const items = ['x', 'y', 'z'].map((text) => choiceItem(text, 'b', 'c', 'd'))
  return { ...askCase(items, { id, concept }), domain: number }
}

const NONE: ReadonlyMap<string, SeenBefore> = new Map()
const compose = (pool: readonly Question[], items: number, seen = NONE, seed = 1) =>
  composeExam({ pool, exam: EXAM, items, seen, random: seeded(seed) }).map(({ question }) => question)
const perDomain = (questions: readonly Question[]) =>
  [1, 2, 3, 4].map((number) => itemCount(questions.filter((one) => one.domain === number)))
const ALL = [1, 2, 3, 4].flatMap((number) => domain(number, 60))

describe('which questions it has', () => {
  it.each([
    [65, [18, 17, 14, 16]],
    [20, [6, 5, 4, 5]],
  ])('%i by the weights of the domains, no concept twice while there is another', (items, shares) => {
    const questions = compose(ALL, items)
    expect(perDomain(questions)).toEqual(shares)
    expect(new Set(questions.map(({ concept }) => concept)).size).toBe(items)
  })

  it('repeats a concept only where a domain has no other, and then as seldom as can be', () => {
    const few = [...domain(1, 20), ...[2, 3, 4].flatMap((number) => domain(number, 60))]
    const questions = compose(few, 65)
    expect(perDomain(questions)).toEqual([18, 17, 14, 16])
    const times = new Map<string, number>()
    for (const { concept } of questions) times.set(concept, (times.get(concept) ?? 0) + 1)
    const ofFirst = [...times].filter(([concept]) => concept.startsWith('d1')).map(([, n]) => n)
    expect(ofFirst.sort()).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 2, 2])
  })

  it('takes what was never seen first, then what was seen least and longest ago', () => {
    const pool = domain(1, 8, (id, _concept, number) => choice(id, id, number))
    const seen = new Map(
      [
        ['d1-0', 1, 500],
        ['d1-1', 1, 100],
        ['d1-2', 2, 50],
        ['d1-3', 1, 900],
      ].map(([id, times, last]) => [id, { times, last }] as [string, SeenBefore]),
    )
    const chosen = compose(pool, 6, seen).map(({ id }) => id)
    expect(chosen.sort()).toEqual(['d1-0', 'd1-1', 'd1-4', 'd1-5', 'd1-6', 'd1-7'])
  })

  it('has only kinds that the exam has; a template is what people see of it', () => {
    const other = ask(matchingItem({ p: 'a', q: 'b' }), { id: 'm' })
    const template = askTemplate('canary-schedule', { id: 't' })
    const response = ask(responseItem(['a', 'b'], ['c', 'd', 'e']), { id: 'r' })
    const ids = compose([other, template, response], 3).map(({ id }) => id)
    expect(ids.sort()).toEqual(['r', 't'])
  })

  it('counts a case by its items, and takes it only where all of them fit', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const pool = [1, 2, 3, 4].flatMap((n) => [...domain(n, 20), ...domain(n, 6, threeItems)])
      expect(perDomain(compose(pool, 65, NONE, seed))).toEqual([18, 17, 14, 16])
    }
  })

  it('takes from other domains what one lacks, and is shorter only where there is no more', () => {
    const lacking = [...domain(1, 3), ...domain(2, 40), ...domain(3, 40), ...domain(4, 40)]
    expect(perDomain(compose(lacking, 65))[0]).toBe(3)
    expect(itemCount(compose(lacking, 65))).toBe(65)
    expect(itemCount(compose(domain(2, 9), 65))).toBe(9)
  })
})

describe('how it is marked', () => {
  const item = (key: string, answer: string | undefined, domain: number | undefined, spentMs = 1000) => ({
    ...{ key, answer, domain, spentMs },
  })

  it('all or nothing, blank is wrong, by domain', () => {
    const marked = markExam([
      item('A', 'A', 2),
      item('BD', 'B', 1, 3000),
      item('CAB', 'CAB', 1),
      item('D', undefined, 2),
      item('A', 'B', undefined),
    ])
    expect(marked).toEqual({
      ...{ items: 5, right: 2, blank: 1, spentMs: 7000, missed: [1, 3, 4] },
      domains: [
        { number: 1, items: 2, right: 1, spentMs: 4000 },
        { number: 2, items: 2, right: 1, spentMs: 2000 },
        { number: undefined, items: 1, right: 0, spentMs: 1000 },
      ],
    })
  })
})
