/** The words of questions: those of a language, and those that a subject adds. */
import { createBoundedCache } from '../../core/bounded-cache.js'
import type { Language as Tongue, Vocabulary } from '../../core/model.js'
import { bare, isPicture, words } from '../tokens.js'
import { ENGLISH } from './english.js'
import { GERMAN } from './german.js'
import type { Comparing, Language } from './language.js'

/** The words of questions about one subject. */
export interface Lexicon {
  words(text: string): string[]
  /** Returns the text in lower case and one spelling; everything between the words stays. */
  plain(text: string): string
  stem(word: string): string
  readonly compoundParts: Language['compoundParts']
  isStopWord(word: string): boolean
  isLightWord(word: string): boolean
  isEveryday(word: string): boolean
  /** Whether the tokens begin like a question. */
  isQuestion(tokens: readonly string[]): boolean
  /** Whether the tokens are a sentence, which contains words that say little. */
  isSentence(tokens: readonly string[]): boolean
  isMaker(word: string): boolean
  /** Returns stems with much the same meaning. */
  kinOf(term: string): ReadonlySet<string>
  /** Returns words that the subject uses for the same thing. */
  synonymsOf(word: string): ReadonlySet<string>
  readonly nounsAreCapital: boolean
  readonly comparing: Comparing
}

const LANGUAGES: Readonly<Record<Tongue, Language>> = { en: ENGLISH, de: GERMAN }
const NONE: ReadonlySet<string> = new Set()

export function createLexicon(
  { makers, synonyms }: Vocabulary,
  tongue: Tongue = 'en',
  titles: readonly string[] = [],
): Lexicon {
  const { functionWords, askingWords, lightWords, kin, fold, stem: stemOf, ...language } = LANGUAGES[tongue]
  const wordsOf = (text: string) => fold(words(text).join(' ')).split(' ').filter(Boolean)
  const plain = (text: string) => fold(bare(text).toLowerCase())
  const stem = remembered(stemOf)
  const usual = new Set(wordsOf(language.everydayWords).map(stem))
  const opening = new Set(wordsOf(language.questionWords))
  const makerNames = new Set(makers.map(plain))
  const titled = new Set(
    titles.map((title) => wordsOf(title)).flatMap((name) => (name.length === 1 ? name.map(stem) : [])),
  )
  const wrapping = wordsOf(askingWords).filter((word) => !titled.has(stem(word)))
  const stops = new Set([...wordsOf(functionWords), ...words(ELSEWHERE), ...wrapping, ...makerNames])
  const light = new Set(wordsOf(lightWords))
  const everyday = kin.trim().split('\n').map(wordsOf)
  const own = synonyms.map((group) => group.map(plain))
  const kinship = groupsOf([...everyday, ...own].map((group) => group.map(stem)))
  const synonymous = groupsOf(own)
  return {
    words: tongue === 'en' ? words : wordsOf,
    plain,
    stem,
    compoundParts: language.compoundParts,
    nounsAreCapital: language.nounsAreCapital,
    comparing: language.comparing,
    isStopWord: (word) => stops.has(word) || isPicture(word),
    isLightWord: (word) => light.has(word),
    isEveryday: (word) => usual.has(stem(word)) || AMOUNT.test(word),
    isQuestion: (tokens) => opening.has(tokens[0] ?? ''),
    isSentence(tokens) {
      if (tokens.length >= SENTENCE || !opening.has(tokens[0] ?? '')) return tokens.length >= SENTENCE
      return tokens.slice(tokens.findIndex((word) => !stops.has(word))).length >= QUESTION
    },
    isMaker: (word) => makerNames.has(word),
    kinOf: (term) => kinship.get(term) ?? NONE,
    synonymsOf: (word) => synonymous.get(word) ?? NONE,
  }
}

/** The first number of words makes a sentence; the second does so after the opening of a question. */
const [SENTENCE, QUESTION] = [6, 3]

/** Amounts say little about the subject of a question. */
const AMOUNT = /^\p{N}+(?:[kmgt]i?b|ms|s|h|m|km|cm|mm|px|x)?$|^[kmgt]i?b$/u

/** Words that frame questions about a name in other languages: what, is, of, and the like. */
const ELSEWHERE = `что такое это как какой какая где когда почему чем מה זה מהו מהי איך של את は が を に の で と も か です とは とはです
  何 なに なん って の 是 什么 什麼 的 吗 嗎 怎么 如何 คือ อะไร`

/** Maps each member of a group to all the others. */
function groupsOf(groups: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const others = new Map<string, Set<string>>()
  for (const group of groups)
    for (const one of group)
      others.set(one, new Set([...(others.get(one) ?? []), ...group.filter((other) => other !== one)]))
  return others
}

const MOST_KNOWN = 5000
const LONGEST_KNOWN = 40

/** Caches stems, since one look-up asks for the stem of a word in several places. */
function remembered(stem: (word: string) => string): (word: string) => string {
  const known = createBoundedCache<string>(MOST_KNOWN)
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before
    const made = stem(word)
    if (word.length <= LONGEST_KNOWN) known.set(word, made)
    return made
  }
}
