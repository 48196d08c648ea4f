/**
 * The look-up: from what a person types to a topic, a comparison, a few candidates, or an honest "not
 * covered".
 */
import type { Passage, Topic, Vocabulary } from '../core/model.js'
import { plain } from '../core/text.js'
import { createFileNames } from './file-names.js'
import { withoutLinks } from './links.js'
import { createNames } from './names.js'
import { words } from './text-match.js'
import { createTexts, type Question, type TextHit } from './texts.js'
import { createLexicon } from './words.js'

export interface SearchTopic {
  readonly slug: string
  readonly title: string
  readonly aliases: readonly string[]
  readonly asked: readonly string[]
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
 * `topic`: the first hit is the answer. `compare`: all hits, side by side. `ambiguous`: candidates to choose
 * from.
 * `none`: not covered; the hits are merely the nearest.
 */
export interface Found {
  readonly match: 'topic' | 'compare' | 'ambiguous' | 'none'
  readonly topics: readonly Hit[]
  /** It is a name that topics mention, and none is about. */
  readonly isMention?: true
}

export interface Search {
  find(query: string): Found
  /** Topics whose names go on with what is typed; all of them, by title, for nothing typed. */
  complete(typed: string, limit: number): readonly { slug: string; title: string }[]
}

/**
 * Longer queries are cut: nobody asks in more. Some characters become many when they are spelled out, `ﷺ`
 * eighteen.
 */
const MAX_QUERY = 300
const MAX_WORDS = 32
/** A comparison of more is about the first of them. */
const MAX_SIDES = 4
const MAX_HITS = 5
const MAX_NEAREST = 3
const MAX_COMPARED = 4
/** How much of a question a topic must cover to be its answer; in few words each must tell more. */
const COVERED = [2, 0.6, 0.53, 0.46, 0.38, 0.33]
/** Whole sentences hold words that say little; the notes need not have them. */
const COVERED_SENTENCE = [2, 0.6, 0.5, 0.43, 0.36, 0.32, 0.3]
const SENTENCE_WORDS = 6
/** The second topic is a candidate too when it scores at least this share of the first. */
const CLOSE = 0.9
/**
 * A topic that scores this much better is the answer, though another one is what makes the question one about
 * the notes.
 */
const CLEARLY = 1.1
/**
 * Short queries are names half remembered, so close ones are offered; a longer question gets its best topic.
 */
const SHORT_QUERY_WORDS = 2
/** A phrase of at most so many words may be one that a topic merely mentions. */
const MENTIONED_WORDS = 3
/** From this score on, a topic is called what was typed. */
export const NAMED = 0.93
/** Scores below those of names. */
const TEXT_SCORE = 0.8
const BEGUN_SCORE = 0.7
const FILE_SCORE = 0.9

/**
 * A side of a comparison that is no topic of its own may be a part of the other side's; then that topic
 * covers it this much.
 */
const PART_OF = 0.3

const COMPARING =
  /\b(?:vs?|versus|differs?|differences?|different (?:from|than|to)|compare[sd]?|comparing|comparison)\b/
const CHOOSING = /\b(?:or|instead of|rather than|better than|and when)\b/
const LISTING = /\b(?:and|or)\b|[,/&]/
const BETWEEN = /\b(?:vs?|versus|and|or|with|to|from|than)\b|[,;?/&]/g
const ASKED_FIRST =
  /^.*?\b(?:differ(?:s|ences?|ent)?(?: between)?|compar(?:e[sd]?|ing)(?: between)?|comparison (?:of|between))\b/

export function searchTopic(topic: Topic): SearchTopic {
  const body = [
    ...topic.details.map(passageText),
    ...topic.examTips.map(plain),
    ...topic.confused.map((c) => plain(c.why)),
    ...topic.changes.map((c) => `${plain(c.today)} ${plain(c.exam)}`),
  ]
  return {
    slug: topic.slug,
    title: topic.title,
    aliases: topic.aliases,
    asked: topic.asked,
    summary: plain(topic.summary),
    body: body.join('\n'),
  }
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

export function createSearch(
  topics: readonly SearchTopic[],
  vocabulary: Vocabulary = { makers: [], synonyms: [] },
): Search {
  const lexicon = createLexicon(vocabulary)
  const { isStopWord } = lexicon
  const names = createNames(topics, lexicon)
  const texts = createTexts(topics, lexicon)
  const fileNames = createFileNames(topics)
  const hit = (number: number, score: number): Hit => {
    const { slug, title } = topics[number] ?? { slug: '', title: '' }
    return { slug, title, score: Math.round(score * 1000) / 1000 }
  }
  const textHit = ({ topic, score }: TextHit) => hit(topic, TEXT_SCORE * score)

  const nameScore = (text: string) => names.exact(words(text))?.score ?? 0

  /** The topics that a name means: exactly, but for a slip of the keys, or as far as it is typed. */
  function named(tokens: readonly string[]): Hit[] {
    const whole = names.exact(tokens) ?? (texts.knows(tokens) ? undefined : names.misspelled(tokens))
    if (whole) return whole.topics.map((topic) => hit(topic, whole.score))
    return names.begun(tokens).map((topic) => hit(topic, BEGUN_SCORE))
  }

  function compared(query: string, { tokens, mentions }: Question): Found | undefined {
    const distinct = [...new Set(mentions.map((m) => m.topics[0] ?? 0))]
    const comparing = COMPARING.test(query)
    if (distinct.length < 2) return comparing ? comparedSides(query) : undefined
    const others = tokens.filter((_, i) => !mentions.some((m) => m.from <= i && i < m.to))
    const listing = LISTING.test(query) && others.every(isStopWord)
    if (comparing || listing || CHOOSING.test(query))
      return { match: 'compare', topics: distinct.slice(0, MAX_COMPARED).map((topic) => hit(topic, 1)) }
    return others.length === 0
      ? { match: 'ambiguous', topics: distinct.slice(0, MAX_HITS).map((topic) => hit(topic, 0.9)) }
      : undefined
  }

  /** A comparison where at most one side has the plain name of a topic. */
  function comparedSides(query: string): Found | undefined {
    const sides = query.replace(ASKED_FIRST, '').split(BETWEEN, MAX_WORDS).map(words)
    const telling = sides.filter((side) => !side.every(isStopWord) || names.exact(side)).slice(0, MAX_SIDES)
    if (telling.length < 2) return undefined
    const answers = new Map<readonly string[], ReturnType<typeof judged>>()
    const judgedSide = (side: readonly string[]) => {
      const answer = answers.get(side) ?? judged(read(side))
      answers.set(side, answer)
      return answer
    }
    const hits = telling.map((side) => sideHit(side, telling.at(-1)?.at(-1) ?? '', judgedSide))
    const distinct = [...new Set(hits.filter((topic) => topic !== undefined))]
    const [only] = distinct
    if (only === undefined) return undefined
    if (distinct.length > 1)
      return {
        match: 'compare',
        topics: distinct.slice(0, MAX_COMPARED).map((topic) => hit(topic, BEGUN_SCORE)),
      }
    const strangers = telling.filter((_, i) => hits[i] === undefined)
    const isPart = (side: readonly string[]) =>
      judgedSide(side).hits.some((h) => h.topic === only && h.cover >= PART_OF)
    return { match: strangers.every(isPart) ? 'topic' : 'none', topics: [hit(only, BEGUN_SCORE)] }
  }

  /** "real-time or serverless inference": the last word may belong to every side. */
  function sideHit(
    side: readonly string[],
    last: string,
    judgedSide: (side: readonly string[]) => ReturnType<typeof judged>,
  ): number | undefined {
    const name = names.exact(side) ?? names.exact([...side, last]) ?? names.misspelled(side)
    if (name) return name.topics[0]
    const file = fileNames.find(side.join('.')) ?? fileNames.find(side.join(' '))
    if (file !== undefined) return file
    const begun = names.begun(side, 'titles')
    if (begun.length === 1) return begun[0]
    const { match, first } = judgedSide(side)
    return match === 'topic' ? first?.topic : undefined
  }

  function read(typed: readonly string[]): Question {
    const tokens = texts.respell(typed)
    return { typed, tokens, mentions: names.mentions(tokens) }
  }

  function judged(question: Question) {
    const { told, hits } = texts.answer(question)
    const asked = hits.find(({ isAsked }) => isAsked)
    if (asked) return { match: 'topic', first: asked, close: [], hits, told } as const
    if (texts.mentioned(question) === 'passing')
      return { match: 'none', first: undefined, close: [], hits, told, isPassing: true } as const
    const limits = question.typed.length < SENTENCE_WORDS ? COVERED : COVERED_SENTENCE
    const enough = limits[Math.min(told, limits.length - 1)] ?? 1
    const covering = hits.filter((h) => h.cover >= enough && (told > SHORT_QUERY_WORDS || h.holdsAll))
    const [best] = hits
    const [sure] = covering
    const first = best && sure && best.score > CLEARLY * sure.score ? best : sure
    const close = covering.filter((h) => h !== first && h.score >= CLOSE * (first?.score ?? 0))
    const match = !first ? 'none' : told <= SHORT_QUERY_WORDS && close.length > 0 ? 'ambiguous' : 'topic'
    return { match, first, close, hits, told } as const
  }

  function fullText(question: Question): Found {
    const { match, first, close, hits, told, ...more } = judged(question)
    const isMention = texts.mentioned(question) === 'single' && ({ isMention: true } as const)
    if (!first) {
      // A few words that stand in a topic just so are mentioned there, though the topic is about something
      // else.
      const isVerbatim = texts.verbatim(question)
      const mentioning =
        told <= MENTIONED_WORDS && !('isPassing' in more) ? hits.find((h) => isVerbatim(h.topic)) : undefined
      if (mentioning) return { match: 'topic', topics: [textHit(mentioning)], ...isMention }
      const isPassing = 'isPassing' in more && ({ isMention: true } as const)
      return { match: 'none', topics: hits.slice(0, MAX_NEAREST).map(textHit), ...isPassing }
    }
    const others = match === 'ambiguous' ? close : hits.filter((h) => h !== first && h.score <= first.score)
    return { match, topics: [first, ...others].slice(0, MAX_HITS).map(textHit), ...isMention }
  }

  function find(raw: string): Found {
    const query = withoutLinks(spelledOut(raw), nameScore)
    const typed = words(query).slice(0, MAX_WORDS)
    if (typed.length === 0) return { match: 'none', topics: [] }
    // "canary vs all at once" is no way to say "canary", though all the other words are ones that questions
    // are wrapped in.
    const exact = COMPARING.test(query.toLowerCase()) ? undefined : names.exact(typed)
    if (exact) return several(exact.topics.map((topic) => hit(topic, exact.score)))
    const file = fileNames.find(query)
    if (file !== undefined) return several([hit(file, FILE_SCORE)])
    const question = read(typed)
    const comparison = compared(query.toLowerCase(), question)
    if (comparison) return comparison
    const name = named(typed)
    if (name.length > 0) return several(name)
    return fullText(question)
  }

  return {
    find,
    complete: (typed, limit) =>
      names
        .complete(withoutLinks(spelledOut(typed), nameScore), limit)
        .map((number) => ({ slug: topics[number]?.slug ?? '', title: topics[number]?.title ?? '' })),
  }
}

/** As many characters as are looked at, in the form that they are looked at in. */
function spelledOut(typed: string): string {
  const bare = typed.slice(0, MAX_QUERY).replace(/\p{M}/gu, '')
  return bare.normalize('NFKD').slice(0, MAX_QUERY)
}

function several(hits: readonly Hit[]): Found {
  return { match: hits.length === 1 ? 'topic' : 'ambiguous', topics: hits.slice(0, MAX_HITS) }
}
