/** The look-up: from what a person types to a topic, a comparison, a few candidates, or an honest "not covered". */
import type { Passage, Topic } from './model.js'
import { createNames, type Mention } from './search-names.js'
import { createTexts, type TextHit } from './search-text.js'
import { isStopWord } from './search-words.js'
import { plain } from './text.js'
import { words } from './text-match.js'

export interface SearchTopic {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly summary: string
  readonly body: string
}

export interface Hit {
  readonly slug: string
  readonly title: string
  /** 1 for an exact name; below that, higher is better. Compare scores within one answer only. */
  readonly score: number
}

/**
 * `topic`: the first hit is the answer. `compare`: all hits, side by side. `ambiguous`: candidates to choose from.
 * `none`: not covered; the hits are merely the nearest.
 */
export interface Found {
  readonly match: 'topic' | 'compare' | 'ambiguous' | 'none'
  readonly topics: readonly Hit[]
}

export interface Search {
  find(query: string): Found
  /** Topics whose names go on with what is typed; all of them, by title, for nothing typed. */
  complete(typed: string, limit: number): readonly { slug: string; title: string }[]
}

/** Longer queries are cut: nobody asks in more. */
const MAX_QUERY = 300
const MAX_HITS = 5
const MAX_NEAREST = 3
const MAX_COMPARED = 4
/** How much of a question a topic must cover to be its answer; in few words each must tell more. */
const COVERED = [2, 0.6, 0.53, 0.46, 0.4, 0.34]
/** The second topic is a candidate too when it scores at least this share of the first. */
const CLOSE = 0.9
/** A topic that scores this much better is the answer, though another one is what makes the question one about the notes. */
const CLEARLY = 1.1
/** Short queries are names half remembered, so close ones are offered; a longer question gets its best topic. */
const SHORT_QUERY_WORDS = 2
/** Scores below those of names. */
const TEXT_SCORE = 0.8
const BEGUN_SCORE = 0.7

const COMPARING = /\b(?:vs?|versus|differ\w*|compare\w*|comparison)\b/
const CHOOSING = /\b(?:or|instead of|rather than|better than|over|and when)\b/
const CONNECTORS = new Set(['and', 'or', 'vs', 'the'])
const BETWEEN = /\b(?:vs?|versus|and|or|with|to|from|than)\b|[,;?/&]/g
const ASKED_FIRST = /^.*?\b(?:differ\w*(?: between)?|compare\w*(?: between)?|comparison (?:of|between))\b/

/** A query in words, with misspelled ones respelled, and the names of topics in it. */
interface Read {
  readonly typed: readonly string[]
  readonly tokens: readonly string[]
  readonly mentions: readonly Mention[]
}

export function searchTopic(topic: Topic): SearchTopic {
  const body = [
    ...topic.details.map(passageText),
    ...topic.examTips.map(plain),
    ...topic.confused.map((c) => plain(c.why)),
    ...topic.changes.map((c) => `${plain(c.today)} ${plain(c.exam)}`),
  ]
  return { slug: topic.slug, title: topic.title, aliases: topic.aliases, summary: plain(topic.summary), body: body.join('\n') }
}

function passageText(passage: Passage): string {
  switch (passage.kind) {
    case 'heading':
    case 'code':
      return passage.text
    case 'text':
      return plain(passage.text)
    case 'list':
      return passage.items.map(plain).join('\n')
    case 'table':
      return [passage.header, ...passage.rows].map((row) => row.map(plain).join('\n')).join('\n')
  }
}

export function createSearch(topics: readonly SearchTopic[]): Search {
  const names = createNames(topics)
  const texts = createTexts(topics)
  const hit = (number: number, score: number): Hit => {
    const { slug, title } = topics[number] ?? { slug: '', title: '' }
    return { slug, title, score: Math.round(score * 1000) / 1000 }
  }
  const textHit = ({ topic, score }: TextHit) => hit(topic, TEXT_SCORE * score)

  /** The topics that a name means: exactly, but for a slip of the keys, or as far as it is typed. */
  function named(tokens: readonly string[]): Hit[] {
    const whole = names.exact(tokens) ?? names.misspelled(tokens)
    if (whole) return whole.topics.map((topic) => hit(topic, whole.score))
    return names.begun(tokens).map((topic) => hit(topic, BEGUN_SCORE))
  }

  function compared(query: string, { tokens, mentions }: Read): Found | undefined {
    const lower = query.toLowerCase()
    const strong = COMPARING.test(lower)
    const distinct = [...new Set(mentions.map((m) => m.topics[0] ?? 0))]
    const onlyNames = tokens.every((token, i) => CONNECTORS.has(token) || mentions.some((m) => m.from <= i && i < m.to))
    if (distinct.length >= 2 && (strong || CHOOSING.test(lower) || (onlyNames && /\band\b|[,/&]/.test(lower))))
      return { match: 'compare', topics: distinct.slice(0, MAX_COMPARED).map((topic) => hit(topic, 1)) }
    if (distinct.length >= 2 && onlyNames)
      return { match: 'ambiguous', topics: distinct.slice(0, MAX_HITS).map((topic) => hit(topic, 0.9)) }
    return strong ? comparedSides(lower) : undefined
  }

  /** The sides of a comparison one by one, where a side is no plain name. */
  function comparedSides(query: string): Found | undefined {
    const sides = query
      .replace(ASKED_FIRST, '')
      .split(BETWEEN)
      .map(words)
      .filter((side) => side.some((word) => !isStopWord(word)))
    if (sides.length < 2) return undefined
    const last = sides.at(-1)?.at(-1) ?? ''
    const hits = sides.map((side) => sideHit(side, last))
    const known = [...new Map(hits.flatMap((h) => (h ? [[h.slug, h] as const] : []))).values()]
    if (known.length >= 2) return { match: 'compare', topics: known.slice(0, MAX_COMPARED) }
    const whole = fullText(read(words(query)))
    return whole.match === 'topic' || hits.every((h) => h === undefined) ? undefined : { match: 'none', topics: known }
  }

  /** "real-time or serverless inference": the last word may belong to every side. */
  function sideHit(side: readonly string[], last: string): Hit | undefined {
    const longer = names.exact([...side, last])
    const name = names.exact(side) ?? longer
    if (name) return hit(name.topics[0] ?? 0, name.score)
    const near = named(side)[0]
    if (near) return near
    const found = fullText(read(side))
    return found.match === 'topic' ? found.topics[0] : undefined
  }

  function read(typed: readonly string[]): Read {
    const tokens = texts.respell(typed)
    return { typed, tokens, mentions: names.mentions(tokens) }
  }

  function fullText({ typed, tokens, mentions }: Read): Found {
    const { told, hits } = texts.answer(typed, tokens, mentions)
    const enough = COVERED[Math.min(told, COVERED.length - 1)] ?? 1
    const covering = hits.filter((h) => h.cover >= enough)
    const [best] = hits
    const [first] = best && covering[0] && best.score > CLEARLY * covering[0].score ? [best] : covering
    if (!first) return { match: 'none', topics: hits.slice(0, MAX_NEAREST).map(textHit) }
    const close = [first, ...covering.filter((h) => h !== first)].filter((h) => h.score >= CLOSE * first.score)
    if (told <= SHORT_QUERY_WORDS && close.length > 1) return { match: 'ambiguous', topics: close.slice(0, MAX_HITS).map(textHit) }
    const rest = hits.filter((h) => h !== first)
    return { match: 'topic', topics: [first, ...rest].slice(0, MAX_HITS).map(textHit) }
  }

  function find(raw: string): Found {
    const query = raw.slice(0, MAX_QUERY)
    const typed = words(query)
    if (typed.length === 0) return { match: 'none', topics: [] }
    const exact = names.exact(typed)
    if (exact) return several(exact.topics.map((topic) => hit(topic, exact.score)))
    const question = read(typed)
    const comparison = compared(query, question)
    if (comparison) return comparison
    const name = named(typed)
    if (name.length > 0) return several(name)
    return fullText(question)
  }

  return {
    find,
    complete: (typed, limit) =>
      names
        .complete(typed.slice(0, MAX_QUERY), limit)
        .map((number) => ({ slug: topics[number]?.slug ?? '', title: topics[number]?.title ?? '' })),
  }
}

function several(hits: readonly Hit[]): Found {
  return { match: hits.length === 1 ? 'topic' : 'ambiguous', topics: hits.slice(0, MAX_HITS) }
}
