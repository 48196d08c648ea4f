import { describe, expect, it } from 'vitest'
import { checkItemWriting, measureItemWriting } from '../../src/content/item-writing.js'
import { load, QUESTIONS } from './folder.js'

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

async function found(list: readonly Written[]): Promise<string[]> {
  const { bank, problems } = await load({ 'p/one/canary.questions.yaml': written(list) })
  expect(problems).toEqual([])
  return checkItemWriting(bank).map((p) => `${p.file.replace('p/one/', '')}:${p.line}: ${p.message}`)
}

const times = (n: number, question: (i: number) => Written) =>
  Array.from({ length: n }, (_, i) => question(i))
const even = times(20, (i) => ({ key: i % 4 }))
const LONG = 'this, which is the longest'

describe('over the questions of a pack', () => {
  it('nothing is said of a pack without habits, nor of one that is too small to have any', async () => {
    expect(await found(even)).toEqual([])
    expect(await found(times(19, (i) => ({ concept: `c${i}`, stem: 'What?' })))).toEqual([])
  })

  it('a favourite place of the key is reported past five points from even', async () => {
    const four = (last: number) => times(40, (i) => ({ key: i < last ? 3 : i % 3 }))
    expect(await found(four(12))).toEqual([])
    expect(await found(four(13))).toEqual([
      'p/pack.yaml:1: the key is choice 4 of four in 33 % of the choice items; 20 to 30 % is even',
    ])
    expect(await found(four(7))).toEqual([expect.stringContaining('choice 4 of four in 18 %')])
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

  it('a concept needs siblings, and a stem is asked once', async () => {
    expect(await found([...even, { key: 1, concept: 'alone' }])).toEqual([
      'canary.questions.yaml:301: concept: no other question has "alone"; a concept needs two or more',
    ])
    expect(await found([...even, { key: 1, stem: 'what goes FIRST, in case 3?' }])).toEqual([
      'canary.questions.yaml:301: the stem "what goes FIRST, in case 3?" stands in another question too',
    ])
  })

  it('is measured', async () => {
    const { bank } = await load({
      'p/one/canary.questions.yaml': written([{ key: 2, texts: ['a b', 'c d', LONG, 'e f'] }, { key: 0 }]),
    })
    expect(measureItemWriting(bank)).toEqual({
      pack: 'p',
      items: 2,
      positions: [1, 0, 1, 0],
      keyLongest: 1,
      keyShortest: 0,
    })
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
