import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { misspelled, syntheticTopics } from '../../bench/look-up.js'
import type { Vocabulary } from '../../src/core/model.js'
import { seeded } from '../../src/core/random.js'
import { createSearch, type Found, type Search } from '../../src/search/search.js'
import { type SearchTopic, searchTopic } from '../../src/search/search-topic.js'
import { shippedContent } from '../helpers/shipped.js'

let topics: SearchTopic[]
let vocabulary: Vocabulary | undefined
let search: Search

beforeAll(async () => {
  const [bank] = (await shippedContent()).banks
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
    expect(search.find('difference between kafka and rabbitmq')).toMatchObject({
      match: 'none',
      topics: [{ slug: 'amazon-msk' }],
    })
    expect(search.find('difference between erlang and rabbitmq')).toEqual({ match: 'none', topics: [] })
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

  it('no string makes it throw, and scores lie between 0 and 1, best first', { tags: ['slow'] }, () => {
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
  it('every title, slug and alias finds its topic, in any case', { tags: ['slow'] }, () => {
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

  it('a title with one slip still finds its topic', { tags: ['slow'] }, () => {
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

  it('what a hyphen joins to its maker is a package, and no thing of that name', () => {
    const some = [named('kit', 'Toolkit', ['acme-rocket']), named('pump', 'Pump', ['acme valve'])]
    const found = (query: string) => createSearch(some, { makers: ['Acme'], synonyms: [] }).find(query)
    expect(found('acme-rocket')).toMatchObject({ match: 'topic', topics: [{ slug: 'kit' }] })
    expect(found('rocket').topics[0]?.score).toBeLessThan(0.8)
    expect(found('valve')).toMatchObject({ match: 'topic', topics: [{ slug: 'pump' }] })
  })

  it('a name in another order of its words is that name, though each side is somebody else’s', () => {
    const some = [
      named('both', 'Ripe plum tart', []),
      named('ripe', 'Ripe', []),
      named('tart', 'Plum tart', []),
    ]
    expect(createSearch(some).find('plum tart ripe')).toMatchObject({
      match: 'topic',
      topics: [{ slug: 'both' }],
    })
  })

  it('a slip of a whole name is nearer than a name in a part of it, and than initials', () => {
    expect(search.find('All-at-one traffic shifting').topics[0]?.slug).toBe('all-at-once')
    expect(search.find('Amazon CER').topics[0]?.slug).toBe('amazon-ecr')
    expect(search.find('CER').topics[0]?.slug).not.toBe('amazon-ecr')
  })

  it('a question that a topic says it answers is no slip of a name', () => {
    const some = [
      named('state', 'Agent state', []),
      { ...named('talk', 'Protocol', []), asked: ['how do agents talk?'] },
    ]
    expect(slugs(createSearch(some).find('how do agents talk'))[0]).toBe('talk')
  })

  it('a phrase with a name in it is about a part of that, which its topic must have', () => {
    const plums = Array.from({ length: 9 }, (_, i) => ({
      ...named(`t${i}`, `Tree ${i}`, []),
      body: 'Global tables.',
    }))
    const some = [
      { ...named('plum', 'Plumbase', []), body: 'It has tables, and tables of tables.' },
      ...plums,
    ]
    expect(slugs(createSearch(some).find('plumbase tables'))[0]).toBe('plum')
    expect(createSearch(some).find('plumbase global tables').match).toBe('none')
  })

  it('an amount is the same with and without a blank before its unit', () => {
    const lenses = createSearch([
      { ...named('prime', 'Prime lens', []), summary: 'A lens of 50 mm that cannot zoom.' },
      { ...named('travel', 'Travel lens', []), summary: 'A lens from 18mm to 200mm.' },
      { ...named('card', 'Memory card', []), summary: 'It holds 64GB.' },
    ])
    const found = ['which lens has 50mm', 'which lens has 200 mm', 'what holds 64 gb'].map(
      (query) => lenses.find(query).topics[0]?.slug,
    )
    expect(found).toEqual(['prime', 'travel', 'card'])
  })

  it('the same question over the same notes is answered the same', { tags: ['slow'] }, () => {
    const again = createSearch(topics, vocabulary)
    for (const query of topics.flatMap((topic) => [topic.title, ...topic.asked.slice(0, 2)]))
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

  it('nothing typed gives all topics, the first by title of each section before the second of any', () => {
    const all = search.complete('', 1000).map(({ slug }) => topics.find((one) => one.slug === slug))
    expect(all.map((one) => one?.title).sort()).toEqual(topics.map(({ title }) => title).sort())
    const sections = new Set(topics.map(({ section }) => section))
    expect(new Set(all.slice(0, sections.size).map((one) => one?.section))).toEqual(sections)
    for (const section of sections) {
      const titles = all.flatMap((one) => (one?.section === section ? one?.title : []) ?? [])
      expect(titles).toEqual([...titles].sort())
    }
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

it('thousands of topics are still found by name and with a slip', { tags: ['slow'] }, () => {
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
