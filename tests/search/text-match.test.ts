import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLexicon } from '../../src/search/lexicon/lexicon.js'
import { createSpelling, slips } from '../../src/search/text-match.js'
import { identifiers, words } from '../../src/search/tokens.js'

const { stem } = createLexicon({ makers: [], synonyms: [] })

describe('the words of a text', () => {
  it.each([
    ['Step Functions', ['step', 'functions']],
    ['StepFunctions', ['step', 'functions']],
    ['step-functions?', ['step', 'functions']],
    ['SM_MODEL_DIR', ['sm', 'model', 'dir']],
    ['/opt/ml', ['opt', 'ml']],
    ['A/B tests', ['ab', 'tests']],
    ['MLeap and VPCs', ['mleap', 'and', 'vpcs']],
    ["what's café", ['whats', 'cafe']],
    ['10%', ['10']],
    ['\u202ecan\u00adary \ud800', ['canary']],
    ['¡🍞!', ['🍞']],
    ['C, C++, C# and C/C++', ['c', 'cplusplus', 'csharp', 'and', 'c', 'cplusplus']],
    ['.NET on example.net', ['dotnet', 'on', 'example', 'net']],
    ['Network+', ['network', 'plus']],
    ['機械学習とは', ['機械', '学習', 'と', 'は']],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected)
  })

  it('any text gives words that give themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of words(text)) expect(words(word).join('')).toBe(word)
      }),
    )
  })
})

describe('stems', () => {
  it.each([
    ['deploy', 'deploys', 'deployed', 'deploying', 'deployment', 'deployments'],
    ['container', 'containers'],
    ['policy', 'policies'],
    ['store', 'stored', 'stores', 'storing'],
    ['run', 'runs', 'running'],
  ])('%s and its forms are one', (...forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1)
  })

  it.each([
    ['liner', 'line'],
    ['batch', 'bat'],
    ['class', 'clas'],
    ['status', 'statu'],
    ['aws', 'aw'],
    ['p3s', 'p3'],
  ])('%s and %s are two', (a, b) => {
    expect(stem(a)).not.toBe(stem(b))
  })
})

it('names out of code count as one word, those with an underscore more', () => {
  expect(identifiers('set WaitInterval now')).toEqual(['waitinterval', 'waitinterval'])
  expect(identifiers('`SM_HPS`')).toEqual(Array(4).fill('smhps'))
  expect(identifiers('plain words, AWS and a_ or _')).toEqual([])
})

/** By the book: the whole table, without a limit. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number) => table[i]?.[j] ?? Number.POSITIVE_INFINITY
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY
      const row = table[i] ?? []
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped,
      )
    }
  }
  return at(a.length, b.length)
}

describe('slips', () => {
  it.each([
    ['canary', 'canary', 0],
    ['canary', 'cannary', 1],
    ['canary', 'canry', 1],
    ['canary', 'caanry', 1],
    ['canary', 'canery', 1],
    ['canary', 'caenry', 2],
    ['canary', 'linear', undefined],
    ['', 'abc', undefined],
  ])('%j and %j: %s', (a, b, expected) => {
    expect(slips(a, b, 2)).toBe(expected)
  })

  it('are the Damerau-Levenshtein distance, up to the limit', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 9 })
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 4 }), (a, b, limit) => {
        const all = distance(a, b)
        expect(slips(a, b, limit)).toBe(all <= limit ? all : undefined)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('spelling', () => {
  const spelled = (typed: string) =>
    createSpelling(['canary', 'linear', 'batch', 'match', 'ecs', 'ecr', 'elasticregistry'])(typed).map(
      (n) => n.word,
    )

  it('finds the nearest word', () => {
    expect(spelled('cannary')).toEqual(['canary'])
    expect(spelled('elastcregisrty')).toEqual(['elasticregistry'])
  })

  it('takes another first letter of a short word for another word', () => {
    expect(spelled('patch')).toEqual([])
    expect(spelled('abtch')).toEqual(['batch'])
    expect(spelled('xlasticregistry')).toEqual(['elasticregistry'])
  })

  it('leaves short words alone', () => {
    expect(spelled('eca')).toEqual([])
  })
})
