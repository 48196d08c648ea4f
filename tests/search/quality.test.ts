import { describe, expect, it } from 'vitest'
import { openPacks } from '../../src/bot/packs.js'
import { loadContent } from '../../src/content/load.js'
import { AIMS, judge, KINDS, readQueries, searchOfContent } from './quality.js'

const queries = readQueries()
const search = await searchOfContent()

describe('the look-up, judged by queries that were written apart from it', () => {
  it.each(KINDS)('answers %s as often as it should', (kind) => {
    const { asked, right, wrong } = judge(search, kind, queries[kind])
    const told = wrong.map(
      ({ query, found }) => `${query} -> ${found.match}: ${found.topics.map((t) => t.slug).join(', ')}`,
    )
    expect((100 * right) / asked, told.join('\n')).toBeGreaterThanOrEqual(AIMS[kind])
  })

  it('has 200 queries or more, none twice', () => {
    const all = KINDS.flatMap((kind) => queries[kind].map((q) => q.query.toLowerCase()))
    expect(all.length).toBeGreaterThanOrEqual(200)
    expect(new Set(all).size).toBe(all.length)
  })

  it('knows a question that a topic says it answers, in every pack', async () => {
    const { packs } = openPacks((await loadContent('content')).banks)
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
