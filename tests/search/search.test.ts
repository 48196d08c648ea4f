import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { misspelled, syntheticTopics } from '../../bench/look-up.js'
import { loadContent } from '../../src/content/load.js'
import type { Vocabulary } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import {
  createSearch,
  type Found,
  type Search,
  type SearchTopic,
  searchTopic,
} from '../../src/search/search.js'

let topics: SearchTopic[]
let vocabulary: Vocabulary | undefined
let search: Search

beforeAll(async () => {
  const [bank] = (await loadContent('content')).banks
  topics = bank?.topics.map(searchTopic) ?? []
  vocabulary = bank?.pack.vocabulary
  search = createSearch(topics, vocabulary)
})

const slugs = (found: Found) => found.topics.map((hit) => hit.slug)
/** Half a name, then some of the topics that have it. */
const AMBIGUOUS = [
  ['elastic', 'amazon-ecs', 'amazon-eks'],
  ['CI', 'ci-cd', 'class-imbalance'],
] as const

describe('what people type', () => {
  it.each([
    ['ECR', 'amazon-ecr'],
    ['where are docker images stored?', 'amazon-ecr'],
    ['how do I send 10% of traffic to a new model?', 'production-variants'],
    ['k8s', 'kubernetes'],
    ['step fuctions', 'step-functions'],
    ['stepfunctions', 'step-functions'],
    ['step-function', 'step-functions'],
    ['evntbridge', 'eventbridge'],
    ['what is all at once', 'all-at-once'],
    ['SM_MODEL_DIR', 'sagemaker-containers-library'],
    ['amazon fargate', 'fargate'],
    ['which kubernets volumes can pods mount', 'container-volumes'],
    ['where does airlfow keep its files', 'mwaa'],
    ['Horovod', 'sagemaker-docker'],
    ['where is Trusted Advisor used?', 'event-patterns'],
  ])('%j is answered by %s', (query, slug) => {
    const found = search.find(query)
    expect([found.match, found.topics[0]?.slug]).toEqual(['topic', slug])
  })

  it('half a name that several topics share offers them', () => {
    for (const [query, ...wanted] of AMBIGUOUS) {
      expect(search.find(query).match).toBe('ambiguous')
      expect(slugs(search.find(query))).toEqual(expect.arrayContaining(wanted))
    }
  })

  it('two names without a word between them are a choice, with one they are a comparison', () => {
    expect(search.find('ecs eks')).toMatchObject({
      match: 'ambiguous',
      topics: [{ slug: 'amazon-ecs' }, { slug: 'amazon-eks' }],
    })
    expect(search.find('ecs and eks')).toMatchObject({
      match: 'compare',
      topics: [{ slug: 'amazon-ecs' }, { slug: 'amazon-eks' }],
    })
  })

  it('a comparison with something that is not covered is not covered, and the known side is near', () => {
    expect(search.find('ECS vs RabbitMQ')).toMatchObject({ match: 'none', topics: [{ slug: 'amazon-ecs' }] })
    expect(search.find('difference between kafka and rabbitmq')).toEqual({ match: 'none', topics: [] })
  })
})

describe('what is no question at all', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n'],
    ['stop words', 'what is the of it'],
    ['markup', '<script>alert(1)</script>'],
    ['SQL', "'; drop table users; --"],
    ['pictures', '🍞🔥👩‍💻'],
    ['half a character', '\ud800'],
    ['control characters', '\u0000\u0007\u001b[31m'],
    ['marks of direction alone', '\u202e\u200f\u2066'],
  ])('%s gets no topic', (_, query) => {
    expect(search.find(query).match).toBe('none')
  })

  it('marks of direction, accents, and wide letters do not hide a name', () => {
    for (const query of ['\u202ecanary\u202c', 'cánary', 'ｃａｎａｒｙ', 'can\u00adary'])
      expect(search.find(query)).toMatchObject({ match: 'topic', topics: [{ slug: 'canary' }] })
  })

  it('100,000 characters are answered as quickly as few', () => {
    const began = performance.now()
    for (const part of ['a', 'canary ', 'x y ', '🍞', 'zq-'])
      expect(search.find(part.repeat(100_000 / part.length)).topics.length).toBeLessThanOrEqual(5)
    expect(performance.now() - began).toBeLessThan(500)
  })

  it('no string makes it throw, and scores lie between 0 and 1, best first', () => {
    const word = fc.constantFrom(
      'canary',
      'vs',
      'or',
      'ecs',
      'difference between',
      'and',
      'model',
      'traffic',
      '/',
      ',',
      'serverless',
    )
    const query = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.array(word).map((some) => some.join(' ')),
    )
    fc.assert(
      fc.property(query, (typed) => {
        const { topics: hits } = search.find(typed)
        const scores = hits.map((hit) => hit.score)
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        expect(new Set(slugs(search.find(typed))).size).toBe(hits.length)
        search.complete(typed, 25)
      }),
      { numRuns: 500 },
    )
  })
})

describe('names', () => {
  it('every title, slug and alias finds its topic, in any case', () => {
    for (const topic of topics) {
      for (const name of [topic.title, topic.slug, ...topic.aliases]) {
        for (const query of [name, name.toUpperCase(), `what is ${name}?`]) {
          const found = search.find(query)
          expect(slugs(found), query).toContain(topic.slug)
          expect(found.match, query).not.toBe('none')
        }
      }
    }
  })

  it('a title with one slip still finds its topic', () => {
    const random = seeded(1)
    // "Amazon EKS" with a slip may be "Amazon KS": what is somebody else's name is no slip.
    const short = (name: string) => name.toLowerCase().replace(/^(aws|amazon|sagemaker) /, '')
    const names = new Set(topics.flatMap((t) => [t.title, ...t.aliases]).map(short))
    for (const topic of topics.filter((t) => t.title.replaceAll(' ', '').length >= 8)) {
      for (let i = 0; i < 20; i++) {
        const typed = misspelled(topic.title, random)
        if (!names.has(short(typed))) expect(slugs(search.find(typed)), typed).toContain(topic.slug)
      }
    }
  })

  it('a title beats an alias of the same spelling, and two aliases are a choice', () => {
    const small = createSearch([
      named('plum', 'Plum', ['stone fruit']),
      named('damson', 'Damson', ['plum', 'stone fruit']),
    ])
    expect(small.find('plum')).toMatchObject({ match: 'topic', topics: [{ slug: 'plum', score: 1 }] })
    expect(small.find('stone fruit')).toMatchObject({
      match: 'ambiguous',
      topics: [{ slug: 'plum' }, { slug: 'damson' }],
    })
  })

  it('makers and synonyms are those of the subject', () => {
    const words = { makers: ['Acme'], synonyms: [['rocket', 'missile']] }
    const some = [
      { ...named('acme-neo', 'Acme Neo', []), summary: 'A rocket for one.' },
      named('post', 'Post', []),
      named('mast', 'Mast', []),
    ]
    const [knowing, plain] = [createSearch(some, words), createSearch(some)]
    expect(knowing.find('neo')).toMatchObject({ match: 'topic', topics: [{ slug: 'acme-neo', score: 0.95 }] })
    expect(knowing.find('missile').topics).toMatchObject([{ slug: 'acme-neo' }])
    expect(knowing.complete('neo', 5)).toMatchObject([{ slug: 'acme-neo' }])
    expect(plain.find('missile').topics).toEqual([])
    expect(plain.find('what is acme').topics).toMatchObject([{ slug: 'acme-neo' }])
  })

  it('the same question over the same notes is answered the same', () => {
    const again = createSearch(topics, vocabulary)
    for (const query of topics.flatMap((topic) => [topic.title, ...topic.asked]))
      expect(again.find(query)).toEqual(search.find(query))
  })

  it('notes without a topic answer nothing', () => {
    const empty = createSearch([])
    expect(empty.find('canary vs linear')).toEqual({ match: 'none', topics: [] })
    expect(empty.complete('c', 5)).toEqual([])
  })
})

describe('completion', () => {
  const completed = (typed: string, limit = 25) => search.complete(typed, limit).map((c) => c.slug)

  it('nothing typed gives all topics by title, up to the limit', () => {
    const all = search.complete('', 1000).map((c) => c.title)
    expect(all).toEqual(topics.map((t) => t.title).sort())
    expect(search.complete('', 3)).toHaveLength(3)
  })

  it('titles that begin so come first, with or without their maker, then aliases, then later words', () => {
    expect(completed('can')[0]).toBe('canary')
    expect(completed('ec')[0]).toBe('amazon-ecr')
    expect(completed('airf')).toEqual(['mwaa'])
    const plums = createSearch([
      named('c', 'Wild plum', []),
      named('b', 'Damson', ['plum']),
      named('a', 'Plum', []),
    ])
    expect(plums.complete('plu', 5).map((c) => c.slug)).toEqual(['a', 'b', 'c'])
  })

  it('what begins nothing completes to nothing', () => {
    expect(completed('zzz')).toEqual([])
    expect(completed('🍞')).toEqual([])
  })
})

it('thousands of topics are still found by name and with a slip', () => {
  const many = syntheticTopics(2000, 3)
  const large = createSearch(many)
  const random = seeded(4)
  for (const topic of many.filter((_, i) => i % 100 === 0)) {
    expect(slugs(large.find(topic.title))).toContain(topic.slug)
    expect(slugs(large.find(misspelled(topic.title, random)))).toContain(topic.slug)
    expect(large.complete(topic.title, 5).map((c) => c.slug)).toContain(topic.slug)
  }
})

function named(slug: string, title: string, aliases: readonly string[]): SearchTopic {
  return { slug, title, aliases, asked: [], summary: '', body: '' }
}
