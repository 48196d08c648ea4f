import { describe, expect, it } from 'vitest'
import type { Bank } from '../../src/content/bank.js'
import { checkCoverage } from '../../src/content/coverage.js'
import { checkHabits, measureHabits } from '../../src/content/habits.js'
import { checkItemWriting } from '../../src/content/item-writing.js'
import type { Problem } from '../../src/content/problem.js'
import { load, PACK, QUESTIONS } from './folder.js'

interface Written {
  /** Place of the key, from 0. */
  readonly key?: number
  readonly texts?: readonly string[]
  readonly concept?: string
  readonly stem?: string
}

function written(list: readonly Written[]): string {
  return list
    .map(({ key = 0, texts = ['this', 'that', 'them', 'they'], concept = 'canary', stem }, i) => {
      const choices = texts
        .map((text, place) => `    - { text: "${text}", right: ${place === key}, why: w }\n`)
        .join('')
      return QUESTIONS.replace('canary-first', `canary-${i}`)
        .replace('concept: canary', `concept: ${concept}`)
        .replace('What goes first?', stem ?? `What goes first, in case ${i}?`)
        .replace(/ {2}choices:\n(?: {4}.*\n)+/, `  choices:\n${choices}`)
    })
    .join('')
}

async function read(list: readonly Written[], hasExam = true): Promise<Bank> {
  const { bank, problems } = await load({
    'p/one/canary.questions.yaml': written(list),
    ...(!hasExam && {
      'p/pack.yaml': PACK.replace(/exam: .*\n(domains:\n.*\n)/, ''),
      'p/one/canary.questions.yaml': written(list).replace(/ {2}(domain|task): .*\n/g, ''),
    }),
  })
  expect(problems).toEqual([])
  return bank
}

const told = ({ file, line, message }: Problem) => `${file.replace('p/one/', '')}:${line}: ${message}`
const allOf = (bank: Bank) => [...checkHabits(bank), ...checkItemWriting(bank)]
const found = async (list: readonly Written[]) => allOf(await read(list)).map(told)
const gaps = async (list: readonly Written[]) => checkCoverage(await read(list)).map(told)
const levels = (problems: readonly Problem[]) => [...new Set(problems.map(({ level }) => level))]

const times = (n: number, question: (i: number) => Written) =>
  Array.from({ length: n }, (_, i) => question(i))
const even = times(20, (i) => ({ key: i % 4 }))
const LONG = 'this, which is the longest'

describe('over the questions of a pack', () => {
  it('nothing is said of a pack without habits, nor of one that is too small to have any', async () => {
    expect(await found(even)).toEqual([])
    expect(await found(times(19, (i) => ({ concept: `c${i}` })))).toEqual([])
  })

  it('a favourite place of the key is reported past five points from even', async () => {
    const four = (last: number) => times(40, (i) => ({ key: i < last ? 3 : i % 3 }))
    expect(await found(four(12))).toEqual([])
    expect(await found(four(13))).toEqual([
      'p/pack.yaml:1: the key is choice 4 in 33 % of the choice items; 20 to 30 % is even',
    ])
    expect(await found(four(7))).toEqual([expect.stringContaining('choice 4 in 18 %')])
  })

  it('keys that are the longest or the shortest too often are reported one by one', async () => {
    const extreme = (n: number, text: string) =>
      even.map(({ key = 0 }, i) => ({
        key,
        texts: [0, 1, 2, 3].map((place) => (place === key && i < n ? text : `so so ${place}`)),
      }))
    for (const [text, which] of [
      [LONG, 'longest'],
      ['so', 'shortest'],
    ] as const) {
      expect(await found(extreme(6, text))).toEqual([])
      const seven = await found(extreme(7, text))
      expect(seven).toHaveLength(7)
      expect(seven[1]).toBe(
        `canary.questions.yaml:16: the key is the ${which} choice, as in 35 % of all; at most 30 % may be so`,
      )
    }
  })

  it('a key as long as another choice is not the longest', async () => {
    expect(
      await found(
        even.map(({ key = 0 }) => ({ key, texts: [LONG, LONG, LONG, LONG].map((t, i) => `${t} ${i}`) })),
      ),
    ).toEqual([])
  })

  it('is advice, and an error only in a large pack that prepares for an exam', {
    tags: ['slow'],
  }, async () => {
    const first = (n: number) => times(n, () => ({ key: 0 }))
    expect(levels(allOf(await read(first(199))))).toEqual(['advice'])
    expect(levels(allOf(await read(first(200))))).toEqual(['error'])
    expect(levels(allOf(await read(first(200), false)))).toEqual(['advice'])
  })

  it('chance is even among as many choices as there are', async () => {
    const of = (count: number, keys: number) =>
      times(60, (i) => ({ key: i % keys, texts: Array.from({ length: count }, (_, n) => `so so ${n}`) }))
    expect(await found(of(2, 2))).toEqual([])
    expect(await found(of(6, 6))).toEqual([])
    expect(await found(of(6, 5))).toEqual([
      'p/pack.yaml:1: the key is choice 6 in 0 % of the choice items; 12 to 22 % is even',
    ])
    const longest = of(2, 2).map(({ key = 0 }) => ({
      key,
      texts: [0, 1].map((n) => (n === key ? LONG : 'so')),
    }))
    expect(await found(longest)).toContain(
      'canary.questions.yaml:1: the key is the longest choice, as in 100 % of all; at most 55 % may be so',
    )
  })

  it('a stem is asked once', async () => {
    expect(await found([...even, { key: 1, stem: 'what goes FIRST, in case 3?' }])).toEqual([
      'canary.questions.yaml:301: the stem "what goes FIRST, in case 3?" stands in another question too',
    ])
  })

  it('is measured', async () => {
    const { bank } = await load({
      'p/one/canary.questions.yaml': written([{ key: 2, texts: ['a b', 'c d', LONG, 'e f'] }, { key: 0 }]),
    })
    expect(measureHabits(bank)).toEqual({
      pack: 'p',
      items: 2,
      positions: [1, 0, 1, 0],
      keyLongest: 1,
      keyShortest: 0,
      keyLeastAlike: 0,
      keyInClosestPair: 1,
    })
  })
})

describe('what a pack has no question for', () => {
  const many = times(20, (i) => ({ key: i % 4 }))

  it('is a concept with one question, but not a question that names no concept', async () => {
    expect(await gaps([...many, { key: 1, concept: 'alone' }])).toEqual([
      'canary.questions.yaml:301: concept: no other question has "alone"; a concept needs two or more',
    ])
    expect(await gaps([...many, { key: 1, concept: 'canary-20' }])).toEqual([])
  })

  it('is an error of a pack with an exam, and advice elsewhere; nothing is said of a pack just begun', async () => {
    const alone = [...many, { key: 1, concept: 'alone' }]
    expect(levels(checkCoverage(await read(alone)))).toEqual(['error'])
    expect(levels(checkCoverage(await read(alone, false)))).toEqual(['advice'])
    expect(await gaps(alone.slice(2))).toEqual([])
  })

  it('is a topic: each for an exam, else all in one line', async () => {
    const topics = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`p/one/${name}.md`, `---\ntitle: Topic ${name}\n---\n`]),
    )
    const { bank } = await load({ ...topics, 'p/one/canary.questions.yaml': written(many) })
    expect(checkCoverage(bank).map(told)).toHaveLength(6)
    expect(checkCoverage(bank).map(told)).toContain('a.md:1: no question is about this topic')
    expect(checkCoverage({ ...bank, pack: { ...bank.pack, exams: [] } }).map(told)).toEqual([
      'p/pack.yaml:1: 6 of 7 topics have no question: a, b, c, d, e, …',
    ])
  })

  it('is no topic that relates to four others with questions, as an overview does', async () => {
    const names = ['one', 'two', 'three', 'four']
    const overview = (related: readonly string[]) => ({
      'p/one/overview.md': `---\ntitle: Overview\nrelated: [${related.join()}]\n---\n`,
    })
    const asked = Object.fromEntries(names.map((name) => [`p/one/${name}.md`, `---\ntitle: ${name}\n---\n`]))
    const questions = written(many).replaceAll('topics: [canary]', `topics: [canary, ${names.join()}]`)
    const missing = async (related: readonly string[]) =>
      checkCoverage(
        (await load({ ...asked, ...overview(related), 'p/one/canary.questions.yaml': questions })).bank,
      ).map(told)
    expect(await missing(names)).toEqual([])
    expect(await missing(names.slice(1))).toEqual(['overview.md:1: no question is about this topic'])
  })
})

describe('in one question', () => {
  it('absolute words in wrong choices alone are reported', async () => {
    expect(await found([{ texts: ['some hosts', 'never a host', 'hosts', 'a host'] }])).toEqual([
      'canary.questions.yaml:1: "never" stands in a wrong choice and in no right one: "never a host"',
    ])
    expect(await found([{ texts: ['only hosts', 'never a host', 'hosts', 'a host'] }])).toEqual([])
    expect(await found([{ texts: ['hosts', 'whatsoever', 'Everybody', 'commonly'] }])).toEqual([])
  })

  it('choices of very different lengths are reported, unless all are short', async () => {
    const long = 'a text of more than forty characters, this one'
    expect(
      await found([
        { texts: [long, 'a text of some words', 'a text of more words', 'a text of many words'] },
      ]),
    ).toEqual([
      'canary.questions.yaml:1: the longest choice has 46 characters and the shortest 20; at most 2 times as many',
    ])
    expect(
      await found([
        {
          texts: [
            long,
            'a text of some words, too',
            'a text of more words, too',
            'a text of many words, too',
          ],
        },
      ]),
    ).toEqual([])
    expect(await found([{ texts: ['KL', 'Kolmogorov-Smirnov', 'JS', 'CI'] }])).toEqual([])
  })
})
