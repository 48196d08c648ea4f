/** The look-up: turns a query into a topic, a comparison, a few candidates, or an honest "not covered". */
import type { Language, Vocabulary } from '../core/model.js'
import { once } from '../core/once.js'
import { CERTAIN, enoughFor, SHORT_QUERY_WORDS } from './enough.js'
import { createFileNames } from './file-names.js'
import { createLexicon } from './lexicon/lexicon.js'
import { withoutLinks } from './links.js'
import { createNames } from './names.js'
import type { Question } from './parts.js'
import type { SearchTopic } from './search-topic.js'
import { spelledOut } from './spelled-out.js'
import { createTexts, type TextHit } from './texts.js'

export interface Hit {
  readonly slug: string
  readonly title: string
  /** 1 for an exact name; below that, higher is better. Compare scores within one answer only. */
  readonly score: number
}

/**
 * `topic`: the first hit is the answer. `compare`: all hits, side by side. `ambiguous`: candidates to choose
 * from. `none`: not covered; the hits are merely the nearest.
 */
export interface Found {
  readonly match: 'topic' | 'compare' | 'ambiguous' | 'none'
  readonly topics: readonly Hit[]
  /** Whether topics mention the name, but none is about it. */
  readonly isMention?: true
}

export interface Search {
  find(query: string): Found
  /** Like `find`, but returns only topics with the typed name, which is much faster. */
  called(query: string): Found
  /** The parts that `find` builds on first use; each call builds one of them, in a fraction of a second. */
  readonly preparations: readonly (() => unknown)[]
  /**
   * Returns topics with a name that continues the typed text. Blank text returns all topics: the first by
   * title of each section before the second of any.
   */
  complete(typed: string, limit: number): readonly { slug: string; title: string }[]
}

const MAX_WORDS = 32
/** A comparison of more sides is reduced to the first ones. */
const MAX_SIDES = 4
const MAX_HITS = 5
const MAX_NEAREST = 3
const MAX_COMPARED = 4
/** The second topic is also a candidate if it scores at least this share of the first. */
const CLOSE = 0.9
/**
 * A topic that scores better by this factor is the answer, even if only another one covers enough of the
 * question.
 */
const CLEARLY = 1.1
/** A phrase of at most this many words may be one that a topic merely mentions. */
const MENTIONED_WORDS = 3
/** A score from here on means that the topic has the typed name. */
export const NAMED = 0.93
/** These scores are below those of exact names. */
const TEXT_SCORE = 0.8
const BEGUN_SCORE = 0.7
const SHORTENED_SCORE = 0.85
const FILE_SCORE = 0.9

/**
 * One side of a comparison may not be a topic but a part of the other side's topic; then that topic covers it
 * at least this much.
 */
const PART_OF = 0.3

const NOTHING: Found = { match: 'none', topics: [] }

export function createSearch(
  topics: readonly SearchTopic[],
  vocabulary: Vocabulary = { makers: [], synonyms: [] },
  language: Language = 'en',
): Search {
  const lexicon = createLexicon(
    vocabulary,
    language,
    topics.map(({ title }) => title),
  )
  const { isStopWord, words, plain: plainly, comparing: asks } = lexicon
  const names = createNames(topics, lexicon)
  // Finding a name needs neither of these, and the command line asks only one question.
  const texts = once(() => createTexts(topics, lexicon))
  const fileNames = once(() => createFileNames(topics))
  const hit = (number: number, score: number): Hit => {
    const { slug, title } = topics[number] ?? { slug: '', title: '' }
    return { slug, title, score: Math.round(score * 1000) / 1000 }
  }
  const textHit = ({ topic, score }: TextHit) => hit(topic, TEXT_SCORE * score)

  const nameScore = (text: string) => names.exact(words(text))?.score ?? 0

  /** Returns the topics that a name means: exactly, with a typing error, or as far as it is typed. */
  function named(tokens: readonly string[]): Hit[] {
    const whole = names.exact(tokens) ?? (texts().knows(tokens) ? undefined : names.misspelled(tokens))
    if (whole) return whole.topics.map((topic) => hit(topic, whole.score))
    const begun = names.begun(tokens)
    if (begun.length > 0) return begun.map((topic) => hit(topic, BEGUN_SCORE))
    const held = names.holding(tokens)
    return (held.length > 0 ? held : names.meant(tokens)).map((topic) => hit(topic, BEGUN_SCORE))
  }

  /** A single word that is not in the notes may abbreviate a name. */
  function abbreviated(tokens: readonly string[]): Hit[] {
    const [word, ...others] = tokens.filter((token) => !isStopWord(token))
    if (word === undefined || others.length > 0 || texts().holds(word)) return []
    return names.abbreviated(word).map((topic) => hit(topic, SHORTENED_SCORE))
  }

  function compared(query: string, { tokens, mentions }: Question): Found | undefined {
    const distinct = [...new Set(mentions.map((m) => m.topics[0] ?? 0))]
    const comparing = asks.compares.test(query)
    if (distinct.length < 2) return comparing ? comparedSides(query) : undefined
    const others = tokens.filter((_, i) => !mentions.some((m) => m.from <= i && i < m.to))
    const listing = asks.lists.test(query) && others.every(isStopWord)
    if (comparing || listing || asks.chooses.test(query))
      return { match: 'compare', topics: distinct.slice(0, MAX_COMPARED).map((topic) => hit(topic, 1)) }
    return others.length === 0
      ? { match: 'ambiguous', topics: distinct.slice(0, MAX_HITS).map((topic) => hit(topic, 0.9)) }
      : undefined
  }

  /** Handles a comparison in which at most one side is the plain name of a topic. */
  function comparedSides(query: string): Found | undefined {
    const sides = query.replace(asks.opening, '').split(asks.between, MAX_WORDS).map(words)
    const telling = sides.filter((side) => !side.every(isStopWord) || names.exact(side)).slice(0, MAX_SIDES)
    if (telling.length < 2) return undefined
    const answers = new Map<string, ReturnType<typeof judged>>()
    const judgedSide = (side: readonly string[]) => {
      const typed = side.join(' ')
      const answer = answers.get(typed) ?? judged(read(side))
      answers.set(typed, answer)
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

  /** Resolves one side: in "real-time or serverless inference" the last word may belong to every side. */
  function sideHit(
    side: readonly string[],
    last: string,
    judgedSide: (side: readonly string[]) => ReturnType<typeof judged>,
  ): number | undefined {
    const name = names.exact(side) ?? names.exact([...side, last]) ?? names.misspelled(side)
    if (name) return name.topics[0]
    const file = fileNames().find(side.join('.')) ?? fileNames().find(side.join(' '))
    if (file !== undefined) return file
    const begun = names.begun(side, 'titles')
    if (begun.length === 1) return begun[0]
    const { match, first } = judgedSide(side)
    return match === 'topic' ? first?.topic : undefined
  }

  function read(typed: readonly string[]): Question {
    const tokens = texts().respell(typed)
    return { typed, tokens, mentions: names.mentions(tokens) }
  }

  function judged(question: Question) {
    const { told, subjects, strangers, isForeign, hits } = texts().answer(question)
    const mention = texts().mentioned(question)
    const asked = hits.find(({ isAsked }) => isAsked)
    if (asked) return { match: 'topic', first: asked, close: [], hits, told, mention } as const
    if (mention === 'passing' || mention === 'nowhere')
      return { match: 'none', first: undefined, close: [], hits, told, mention } as const
    const isSentence = lexicon.isSentence(question.typed)
    const enough = enoughFor(told, isSentence)
    const isFew = told <= SHORT_QUERY_WORDS || (!isSentence && subjects <= SHORT_QUERY_WORDS)
    // Most of the few words that tell something are nowhere in the notes.
    const isStrange = !isSentence && 2 * strangers > subjects
    const covering = hits.filter(
      (h) =>
        !isStrange &&
        h.cover >= enough &&
        // A phrase that contains a name asks for a part of that thing, and not for something similar.
        (isSentence
          ? !isFew || h.missesKnown || h.cover >= CERTAIN
          : h.holdsAll || !(isFew || isForeign || h.isNamed)),
    )
    const [best] = hits
    const [sure] = covering
    const likeliest = isSentence && best && sure && best.score > CLEARLY * sure.score ? best : sure
    const literal = isSentence ? undefined : inSoManyWords(question, hits, likeliest)
    const first = literal ?? likeliest
    const close = covering.filter((h) => h !== first && h.score >= CLOSE * (first?.score ?? 0))
    const match = !first
      ? 'none'
      : isFew && !isSentence && !literal && close.length > 0
        ? 'ambiguous'
        : 'topic'
    return { match, first, close, hits, told, mention } as const
  }

  /** Returns the only topic that has the words verbatim, if the likeliest topic does not. */
  function inSoManyWords(question: Question, hits: readonly TextHit[], likeliest: TextHit | undefined) {
    if (!likeliest) return undefined
    const holds = texts().verbatim(question)
    const [only, ...others] = holds(likeliest.topic) ? [] : hits.filter(({ topic }) => holds(topic))
    return others.length === 0 ? only : undefined
  }

  function fullText(question: Question): Found {
    const { match, first, close, hits, told, mention } = judged(question)
    const isMention = mention === 'single' && ({ isMention: true } as const)
    if (!first) {
      // A topic that has the few words verbatim mentions them, even though it is about something else.
      const isVerbatim = texts().verbatim(question)
      const mentioning =
        told <= MENTIONED_WORDS && mention !== 'passing' ? hits.find((h) => isVerbatim(h.topic)) : undefined
      if (mentioning) return { match: 'topic', topics: [textHit(mentioning)], ...isMention }
      const isPassing = mention === 'passing' && ({ isMention: true } as const)
      return { match: 'none', topics: hits.slice(0, MAX_NEAREST).map(textHit), ...isPassing }
    }
    const others = match === 'ambiguous' ? close : hits.filter((h) => h !== first && h.score <= first.score)
    return { match, topics: [first, ...others].slice(0, MAX_HITS).map(textHit), ...isMention }
  }

  /** Parses the query, and finds the name that it forms as a whole. */
  function nameIn(raw: string) {
    const query = withoutLinks(spelledOut(raw), nameScore)
    const typed = words(query).slice(0, MAX_WORDS)
    const plainQuery = plainly(query)
    // "canary vs all at once" does not mean "canary", although all its other words are framing words.
    const compares = asks.compares.test(plainQuery)
    const exact = compares || typed.length === 0 ? undefined : names.exact(typed)
    const isSure = exact?.isWhole && exact.score >= NAMED
    return { query, typed, plainQuery, exact, mayBeSlip: !compares && !isSure }
  }

  function called(raw: string): Found {
    const { typed, plainQuery, exact } = nameIn(raw)
    if (exact) return several(exact.topics.map((topic) => hit(topic, exact.score)))
    const mentions = names.mentions(typed)
    if (new Set(mentions.map((m) => m.topics[0])).size < 2) return NOTHING
    return compared(plainQuery, { typed, tokens: typed, mentions }) ?? NOTHING
  }

  function find(raw: string): Found {
    const { query, typed, plainQuery, exact, mayBeSlip } = nameIn(raw)
    if (typed.length === 0) return NOTHING
    // A typing error in a whole name is closer than an exact name in a part of the query, and than initials.
    const slip = mayBeSlip ? names.slip(typed) : undefined
    const name = exact && slip && (!exact.isWhole || slip.score > exact.score) ? slip : exact
    if (name) return several(name.topics.map((topic) => hit(topic, name.score)))
    const file = fileNames().find(query)
    if (file !== undefined) return several([hit(file, FILE_SCORE)])
    const question = read(typed)
    const comparison = compared(plainQuery, question)
    const meant = comparison?.match === 'ambiguous' ? names.inOtherWords(typed) : []
    if (meant.length > 0) return several(meant.map((topic) => hit(topic, BEGUN_SCORE)))
    if (comparison && slip) return several(slip.topics.map((topic) => hit(topic, slip.score)))
    if (comparison) return comparison
    // If a topic declares this question, the query is not a typing error of another topic's name.
    if (texts().asking(typed).length > 0) return fullText(question)
    const guessed = named(typed)
    if (guessed.length > 0) return several(guessed)
    const short = abbreviated(typed)
    if (short.length > 0) return several(short)
    return fullText(question)
  }

  return {
    find,
    called,
    preparations: [names.prepare, fileNames, texts],
    complete: (typed, limit) =>
      names
        .complete(withoutLinks(spelledOut(typed), nameScore), limit)
        .map((number) => ({ slug: topics[number]?.slug ?? '', title: topics[number]?.title ?? '' })),
  }
}

function several(hits: readonly Hit[]): Found {
  return { match: hits.length === 1 ? 'topic' : 'ambiguous', topics: hits.slice(0, MAX_HITS) }
}
