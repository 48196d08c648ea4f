import { describe, expect, it } from 'vitest'
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
})
