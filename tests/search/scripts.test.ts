/** Names in any script, names with signs, and pictures. */
import { describe, expect, it } from 'vitest'
import { completeQuery } from '../../src/bot/commands/complete-query.js'
import { createSearch } from '../../src/search/search.js'
import type { SearchTopic } from '../../src/search/search-topic.js'

/** As an import makes addresses: what is no Latin letter is left out of them. */
const TITLES = [
  ['c', 'C'],
  ['c-2', 'C++'],
  ['c-3', 'C#'],
  ['f', 'F#'],
  ['net', '.NET'],
  ['node-js', 'Node.js'],
  ['network', 'Network+'],
  ['http-2', 'HTTP/2'],
  ['http-3', 'HTTP/3'],
  ['topic-9', 'Нейронная сеть'],
  ['topic-10', 'Обучение с учителем'],
  ['topic-11', '機械学習'],
  ['topic-12', 'コンテナイメージ'],
  ['topic-13', 'מסד נתונים'],
  ['topic-14', 'בדיקות אוטומטיות'],
  ['launch', '🚀 Launch'],
  ['topic-16', '🍞'],
  ['topic-17', '机器学习入门'],
  ['topic-18', 'การเรียนรู้ของเครื่อง'],
] as const
const topics: SearchTopic[] = TITLES.map(([slug, title]) => ({
  slug,
  title,
  aliases: [],
  asked: [],
  summary: '',
  body: '',
}))
const search = createSearch(topics)
const first = (query: string) => {
  const { match, topics } = search.find(query)
  return match === 'topic' ? topics[0]?.title : match
}

it.each(TITLES)('%s: the title %s finds its topic, alone and in a question', (_, title) => {
  expect(first(title)).toBe(title)
  expect(first(title.toLowerCase())).toBe(title)
  expect(first(`what is ${title}?`)).toBe(title)
  expect(search.complete(title, 5)[0]?.title).toBe(title)
  expect(completeQuery(title, search)[0]).toEqual({ value: title, label: title })
})

it.each([
  ['c sharp', 'C#'],
  ['c plus plus', 'C++'],
  ['dot net', '.NET'],
  ['nodejs', 'Node.js'],
  ['node', 'Node.js'],
  ['network plus', 'Network+'],
  ['network', 'Network+'],
  ['сеть', 'none'],
  ['обучение', 'Обучение с учителем'],
  ['機械', '機械学習'],
  ['学習', '機械学習'],
  ['イメージ', 'コンテナイメージ'],
  ['機械学習とは', '機械学習'],
  ['学习', '机器学习入门'],
  ['נתונים', 'none'],
  ['בדיקות', 'בדיקות אוטומטיות'],
  ['launch', '🚀 Launch'],
])('%s, which is a part of a name or another spelling, is answered by %s', (query, wanted) => {
  // What a later word of a name says is found by the text, which these topics do not have.
  const found = search.find(query)
  if (wanted === 'none') expect(found.topics.length).toBeGreaterThan(0)
  else expect(first(query)).toBe(wanted)
})

it.each([
  ['Нейроная сеть', 'Нейронная сеть'],
  ['нейронная сетъ', 'Нейронная сеть'],
  ['Обучние с учителем', 'Обучение с учителем'],
  ['コンテナイメジ', 'コンテナイメージ'],
  ['コンテナイーメジ', 'コンテナイメージ'],
  ['מסד נתנוים', 'מסד נתונים'],
  ['בדיקות אוטומטית', 'בדיקות אוטומטיות'],
  ['ndoe.js', 'Node.js'],
  ['netwrok+', 'Network+'],
  ['lanuch', '🚀 Launch'],
])('%s is a slip of %s', (typed, wanted) => {
  expect(first(typed)).toBe(wanted)
  expect(completeQuery(typed, search).map(({ value }) => value)).toContain(wanted)
})

describe('what differs in a sign or a figure is something else', () => {
  it.each(['G++', 'D', 'J#', 'HTTP/4', 'A+', '🔥'])('%s is none of them', (query) => {
    expect(first(query)).toBe('none')
  })
  it('also where the other one is not there', () => {
    for (const { title } of topics.slice(0, 4)) {
      const without = createSearch(topics.filter((topic) => topic.title !== title))
      expect(without.find(title).match, title).toBe('none')
    }
  })
  it('two of them are compared', () => {
    const compared = (query: string) => search.find(query).topics.map(({ title }) => title)
    expect(search.find('C vs C++ vs C#').match).toBe('compare')
    expect(compared('C vs C++ vs C#')).toEqual(['C', 'C++', 'C#'])
    expect(compared('difference between .NET and Node.js')).toEqual(['.NET', 'Node.js'])
  })
})

it.each([
  ['C+', 'C++'],
  ['.n', '.NET'],
  ['нейр', 'Нейронная сеть'],
  ['сет', 'Нейронная сеть'],
  ['学', '機械学習'],
  ['コンテ', 'コンテナイメージ'],
  ['נתו', 'מסד נתונים'],
  ['🚀', '🚀 Launch'],
  ['lau', '🚀 Launch'],
  ['การเรียน', 'การเรียนรู้ของเครื่อง'],
])('%s is completed to %s', (typed, wanted) => {
  expect(search.complete(typed, 5).map(({ title }) => title)).toContain(wanted)
})
