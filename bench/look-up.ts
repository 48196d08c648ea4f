/**
 * Measures look-ups and completions over the real notes and over 5,000 made-up topics, next to MiniSearch
 * with its defaults.
 */
import { performance } from 'node:perf_hooks'
import MiniSearch from 'minisearch'
import type { Bank } from '../src/content/bank.js'
import type { Vocabulary } from '../src/core/model.js'
import { between, oneOf, seeded } from '../src/core/random.js'
import { createSearch } from '../src/search/search.js'
import { type SearchTopic, searchTopic } from '../src/search/search-topic.js'
import { type Line, ms, round, spread } from './measure.js'

const TOPICS = 5000
const QUERIES = 295
const VOCABULARY = 20_000
const BODY_WORDS = 150
const PASSES = 5
const SEED = 9

export async function benchLookUp({ topics: read, pack }: Bank): Promise<Line[]> {
  const topics = read.map(searchTopic)
  return [
    ...measured(`${topics.length} topics of the notes`, topics, pack.vocabulary),
    ...measured(`${TOPICS} made-up topics`, syntheticTopics(TOPICS, SEED), pack.vocabulary),
  ]
}

function measured(where: string, topics: readonly SearchTopic[], vocabulary: Vocabulary): Line[] {
  const queries = mixedQueries(topics, QUERIES, SEED)
  const [search, build] = timed(() => createSearch(topics, vocabulary))
  const [bare, bareBuild] = timed(() => bareIndex(topics))
  const first = spread(queries.map((query) => timed(() => search.find(query))[1]))
  const warm = spread(steady(queries, (query) => search.find(query)))
  const plain = spread(steady(queries, (query) => bare.search(query)))
  const complete = spread(steady(prefixes(topics, SEED), (typed) => search.complete(typed, 25)))
  return [
    {
      what: `look-up, ${where}: index`,
      figure: `${round(build)} ms`,
      against: `MiniSearch as it comes: ${round(bareBuild)} ms, ratio ${round(build / bareBuild)}`,
    },
    { what: `look-up, ${where}: first pass of ${QUERIES}`, figure: ms(first), against: '' },
    {
      what: `look-up, ${where}`,
      figure: ms(warm),
      against: `MiniSearch as it comes: ${ms(plain)}; ratio ${round(warm.median / plain.median)}, p99 ${round(warm.p99 / plain.p99)}`,
    },
    { what: `completion, ${where}`, figure: ms(complete), against: '' },
  ]
}

function timed<T>(act: () => T): readonly [T, number] {
  const began = performance.now()
  const result = act()
  return [result, performance.now() - began]
}

/** Measures after one pass that is not counted. */
function steady(inputs: readonly string[], act: (input: string) => unknown): number[] {
  for (const input of inputs) act(input)
  return Array.from({ length: PASSES }, () => inputs.map((input) => timed(() => act(input))[1])).flat()
}

function bareIndex(topics: readonly SearchTopic[]) {
  const index = new MiniSearch<SearchTopic>({
    idField: 'slug',
    fields: ['title', 'aliases', 'asked', 'summary', 'body'],
    extractField: (topic, field) => String(topic[field as keyof SearchTopic]),
  })
  index.addAll(topics)
  return index
}

/**
 * Returns topics with titles of two to four words, three aliases and bodies of 150 words, some of them in
 * nearly every topic and most in a few.
 */
export function syntheticTopics(count: number, seed: number): SearchTopic[] {
  const random = seeded(seed)
  const vocabulary = syntheticWords(VOCABULARY, random)
  const word = () => vocabulary[zipf(vocabulary.length, random)] ?? ''
  const sentence = (length: number) => Array.from({ length }, word).join(' ')
  // Titles do not use the most common words.
  const nameWord = () => vocabulary[100 + Math.floor(random() ** 2 * (vocabulary.length - 100))] ?? ''
  const name = (length: number) => Array.from({ length }, nameWord).join(' ')
  return Array.from({ length: count }, (_, i) => {
    const title = name(between(2, 4, random))
    return {
      slug: `${title.replaceAll(' ', '-')}-${i}`,
      title: title.replace(/(?<=^|\s)\p{Ll}/gu, (letter) => letter.toUpperCase()),
      aliases: [name(1), name(2), `${name(1)}${i}`],
      asked: [],
      summary: `${sentence(12)}. ${sentence(10)}.`,
      body: Array.from({ length: BODY_WORDS / 15 }, () => `${sentence(15)}.`).join('\n'),
    }
  })
}

function syntheticWords(count: number, random: () => number): string[] {
  const starts = [
    'b',
    'br',
    'c',
    'cl',
    'd',
    'dr',
    'f',
    'g',
    'gr',
    'h',
    'j',
    'k',
    'l',
    'm',
    'n',
    'p',
    'pl',
    'r',
    's',
    'st',
    't',
    'tr',
    'v',
    'w',
  ]
  const ends = ['a', 'e', 'i', 'o', 'u', 'an', 'er', 'in', 'or', 'um', 'ent', 'ail', 'oke', 'ast']
  const made = new Set<string>()
  while (made.size < count) {
    const syllables = between(2, 4, random)
    made.add(Array.from({ length: syllables }, () => oneOf(starts, random) + oneOf(ends, random)).join(''))
  }
  return [...made]
}

/** Returns an index of a list in which the n-th item occurs about n times less often than the first. */
const zipf = (length: number, random: () => number) =>
  Math.min(length - 1, Math.floor(length ** random()) - 1)

/** Returns names, misspelled names, questions, comparisons, and questions about something else, in turn. */
function mixedQueries(topics: readonly SearchTopic[], count: number, seed: number): string[] {
  const random = seeded(seed + 1)
  const topic = () => oneOf(topics, random)
  const foreign = syntheticWords(200, random).map((word) => `${word}x`)
  const some = (text: string, length: number) =>
    Array.from({ length }, () => oneOf(text.split(/\s+/), random)).join(' ')
  const kinds = [
    () => oneOf([topic().title, ...topic().aliases], random),
    () => misspelled(topic().title, random),
    () => `how do I ${some(`${topic().summary} ${topic().body}`, between(3, 7, random))}?`,
    () => `what is ${topic().title} used for`,
    () => some(topic().body, 4),
    () => `difference between ${topic().title} and ${misspelled(topic().title, random)}`,
    () => `${topic().title} vs ${topic().title}`,
    () => `where can I find ${oneOf(foreign, random)} ${oneOf(foreign, random)} ${some(topic().body, 1)}`,
  ]
  return Array.from({ length: count }, (_, i) => kinds[i % kinds.length]?.() ?? '')
}

/** Swaps two neighbouring letters, leaves one out, or doubles one. */
export function misspelled(name: string, random: () => number): string {
  const at = between(1, Math.max(1, name.length - 2), random)
  const [before, here, next, after] = [
    name.slice(0, at),
    name.slice(at, at + 1),
    name.slice(at + 1, at + 2),
    name.slice(at + 2),
  ]
  return oneOf(
    [before + next + here + after, before + next + after, before + here + here + next + after],
    random,
  )
}

/** Returns what people have typed after one letter, two, and so on. */
function prefixes(topics: readonly SearchTopic[], seed: number): string[] {
  const random = seeded(seed + 2)
  return Array.from({ length: QUERIES }, (_, i) => oneOf(topics, random).title.slice(0, 1 + (i % 8)))
}
