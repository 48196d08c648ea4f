// @module-tag slow
import { beforeAll, describe, expect, it } from 'vitest'
import { openPacks } from '../../src/bot/packs.js'
import type { Bank } from '../../src/content/bank.js'
import type { Search } from '../../src/search/search.js'
import { shippedContent } from '../helpers/shipped.js'
import { isWithinPress, JUDGED, judge, KINDS, readQueries, searchIn } from './quality.js'

describe.each(JUDGED)('the look-up in $name', (judged) => {
  const { queries: file, aims, reached = {}, withinPress = 93, bank: read } = judged
  const queries = readQueries(file)
  const kinds = KINDS.filter((kind) => aims[kind] !== undefined)
  let bank: Bank | undefined
  let search: Search
  beforeAll(async () => {
    bank = await read()
    search = searchIn(bank)
  })

  it.each(kinds)('answers %s as often as it should, or is known not to and gets no worse', (kind) => {
    const { asked, right, wrong } = judge(search, kind, queries[kind])
    const told = wrong
      .map(({ query, found }) => `${query} -> ${found.match}: ${found.topics.map((t) => t.slug).join(', ')}`)
      .join('\n')
    const share = (100 * right) / asked
    const aim = aims[kind] ?? 100
    expect(share, told).toBeGreaterThanOrEqual(reached[kind] ?? aim)
    if (reached[kind] !== undefined)
      expect(share, 'reaches its aim, and needs no exception').toBeLessThan(aim)
  })

  it('leads to the topic of a question within one press as often as it was measured', () => {
    if (!bank) throw new Error('no pack')
    const { packs } = openPacks([bank])
    const missed = queries.question.filter((one) => bank && !isWithinPress(one, bank, packs))
    const share = 100 - (100 * missed.length) / queries.question.length
    expect(share, missed.map(({ query }) => query).join('\n')).toBeGreaterThanOrEqual(withinPress)
  })

  it('has 30 queries a kind or more, none twice, each answered by topics that there are', () => {
    const slugs = new Set(bank?.topics.map(({ slug }) => slug))
    const all = kinds.flatMap((kind) => queries[kind])
    for (const kind of kinds)
      expect(queries[kind].length, kind).toBeGreaterThanOrEqual(kind === 'compare' ? 20 : 30)
    expect(new Set(all.map(({ query }) => query)).size).toBe(all.length)
    expect(all.flatMap(({ topics = [] }) => topics).filter((slug) => !slugs.has(slug))).toEqual([])
  })
})

describe('questions that topics say they answer', () => {
  it('find their topic, in every pack', { tags: ['slow'] }, async () => {
    const { packs } = openPacks((await shippedContent()).banks)
    const asked = packs.all.flatMap(({ bank, search: own }) =>
      bank.topics.flatMap(({ slug, asked }) =>
        asked.map((query) => ({ query, slug, found: own.find(query) })),
      ),
    )
    const missed = asked.filter(({ slug, found }) => found.match === 'none' || found.topics[0]?.slug !== slug)
    expect(asked.length).toBeGreaterThan(500)
    // A few compare two topics, or name another in passing.
    expect(missed.length, missed.map(({ query }) => query).join('\n')).toBeLessThanOrEqual(asked.length / 100)
  })
})
