/** Prepares words of notes for questions. */
import { LRUCache } from 'lru-cache'
import { plain, type Text } from '../../core/text.js'
import { SENTENCE_END } from '../schema.js'

export const BLANK = '____'

/** Returns the text in one line, without what precedes a text in lists. */
export function clean(text: Text): string {
  return tidy(plain(text))
}

export function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^(?:[\s☐☑•▪►→*·–—-]|✅|❌|✔|✗|➡|\ufe0f)+(?=\S)/u, '')
    .trim()
}

/** Whether the text is only links: a pointer to other pages, which says nothing itself. */
export function isLinks(text: Text): boolean {
  const rest = text.filter((one) => typeof one !== 'string' || /[\p{L}\p{N}]/u.test(one))
  return rest.length > 0 && rest.every((one) => typeof one !== 'string' && 'link' in one)
}

export const isCode = (text: Text): boolean =>
  text.every((one) => (typeof one === 'string' ? one.trim() === '' : 'code' in one))

/** Returns as many whole sentences from the beginning as fit; undefined if not even the first fits. */
export function sentencesWithin(text: string, max: number): string | undefined {
  if (text.length <= max) return text
  const ends = [...text.matchAll(SENTENCE_END)].map(({ index }) => index + 1).filter((end) => end <= max)
  const end = ends.filter(
    (one) => !/\b(?:e\.g|i\.e|etc|vs|approx|incl|z\.B|bzw)\.$/i.test(text.slice(0, one)),
  )
  const last = end.at(-1)
  return last === undefined ? undefined : text.slice(0, last)
}

export const withoutStop = (text: string): string => text.replace(/\s*[.;,]+$/, '').trim()

export function capital(text: string): string {
  // Names such as "iSCSI" and "kubectl apply" keep their letters.
  return /^[a-z]+(?:-[a-z]+)*(?:[\s,.]|$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
}

/** Words that occur in any text, so they give nothing away. */
const COMMON = new Set(
  (
    'a an the of and or for to in on at by with from as is are be it its this that these those not no vs per via use using ' +
    'used der die das ein eine und oder von zu mit für im in auf ist sind den dem des service services system data amazon aws azure google ' +
    'microsoft apache'
  ).split(' '),
)

/** A cache, since each text is compared with many others. */
const known = new LRUCache<string, readonly string[]>({ max: 5000 })

/** Returns distinctive words in lower case. */
function keywords(text: string): readonly string[] {
  const before = known.get(text)
  if (before) return before
  const words = distinctive(text)
  known.set(text, words)
  return words
}

function distinctive(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[+#.-][\p{L}\p{N}]+)*[+#]*/gu) ?? []
  return words
    .flatMap((word) => [word, ...word.split(/[.-]/)])
    .filter((word, i, all) => {
      return all.indexOf(word) === i && word.length > 1 && !COMMON.has(word)
    })
}

/** Forms of a word count as the same word: "snapshots", "encrypted" and "encryption". */
function isAkin(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length < 4) return long === `${short}s`
  const stem = short.length >= 7 ? short.slice(0, 6) : short.length >= 5 ? short.slice(0, -1) : short
  return long.startsWith(stem) && long.length - stem.length <= 6
}

/** Returns the words that both texts share. */
export function shared(a: string, b: string): string[] {
  const others = keywords(b)
  return keywords(a).filter((word) => others.some((other) => isAkin(word, other)))
}

export function isAlike(a: string, b: string): boolean {
  const [mine, yours] = [keywords(a), keywords(b)]
  return shared(a, b).length > 0.6 * Math.min(mine.length, yours.length)
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** Returns the names in a term: the whole, and the text before and inside brackets. */
export function namesIn(term: string): string[] {
  const [, before = '', inside = ''] = /^(.*?)\s*\(([^)]+)\)/.exec(term) ?? []
  return [term, before, inside].map((name) => name.trim()).filter((name) => name.length > 1)
}

/** Whether the text names the term by one of its names. */
export function speaksOf(text: string, term: string): boolean {
  return namesIn(term).some((name) => wordPattern(name, 'iu').test(text))
}

const wordPattern = (name: string, flags: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?:s|es)?(?![\\p{L}\\p{N}])`, flags)

/**
 * Returns the text with a gap wherever it names the term. Undefined if a word of the term would still give it
 * away, or if little is left. `others`: the other terms to choose from; a word that most of them have gives
 * nothing away.
 */
export function blanked(text: string, term: string, others: readonly string[]): string | undefined {
  let gap = text
  for (const name of namesIn(term)) gap = gap.replace(wordPattern(name, 'giu'), BLANK)
  gap = gap.replace(new RegExp(`${BLANK}\\s*\\(\\s*${BLANK}\\s*\\)`, 'g'), BLANK)
  const telling = shared(term, gap).filter((word) => {
    const having = others.filter((other) => keywords(other).some((one) => isAkin(one, word)))
    return having.length < Math.ceil(others.length / 2) || having.length === 0
  })
  if (telling.length > 0 || gap.split(BLANK).length > 3) return undefined
  return keywords(gap).length >= 3 ? gap : undefined
}

/** Returns what a question with this title is about: `IAM Section – Summary` is about IAM. */
export function subjectOf(title: string): string {
  const text = title
    .replace(/\p{Extended_Pictographic}|\u200d|\ufe0f/gu, '')
    .replace(/^\s*\(\s*(.+)\)\s*$/, '$1')
    // A title that was cut ends like this.
    .replace(/\s*\([^)]*…$/, '')
    .trim()
    .replace(
      /^(?:summary|overview|introduction|intro|recap)\s*(?:\((.+)\)|(?:of|to|[-–—:])\s+(.+))$/i,
      '$1$2',
    )
    .replace(/(?:\s+section)?\s*[-–—:(]?\s*\b(?:summary|overview|introduction|recap|cheat ?sheet)\)?$/i, '')
    .replace(/[\s?:.!–—-]+$/, '')
    .trim()
  return text === '' ? title : text
}

/** Whether `short` consists of the first letters of the text's words: "Class Imbalance" is CI. */
export function isInitials(short: string, text: string): boolean {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  const letters = (some: readonly string[]) =>
    some
      .map((word) => word.charAt(0))
      .join('')
      .toUpperCase()
  const all = short.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  return [words, words.filter((word) => !COMMON.has(word.toLowerCase()))].some(
    (some) => all.length > 1 && letters(some) === all,
  )
}
