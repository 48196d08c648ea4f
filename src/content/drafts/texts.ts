/** Prepares words of notes for questions. */
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

/** Matches the name as a word of its own, or as several of it. */
export const wordPattern = (name: string, flags: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?:s|es)?(?![\\p{L}\\p{N}])`, flags)

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
