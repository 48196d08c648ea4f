/** Makes ids for questions that have none: the same question gets the same id, whatever stands around it. */
import { createHash } from 'node:crypto'
import { LONGEST } from '../longest.js'
import type { FoundQuestion } from './format.js'

const HASH = 6
/** Such a name says nothing about its question, and other files have it too. */
const BARE_NUMBER = /^\W*(?:q|question|item|frage|no|nr|id)?\W*\d*\W*$/i
/** The marks into which letters are decomposed. */
const MARKS = /\p{M}/gu

/**
 * Returns the ids in the order of the questions; different from each other and from those taken. `kept`: ids
 * that stay.
 */
export function questionIds(
  questions: readonly FoundQuestion[],
  taken: Iterable<string>,
  kept: readonly (string | undefined)[] = [],
): readonly string[] {
  const used = new Set([...taken, ...kept.filter((id) => id !== undefined)])
  // A file may hold the same question often, so numbers that are taken are not tried again.
  const next = new Map<string, number>()
  const names = counted(questions.map(({ name }) => slugOf(name)))
  return questions.map((question, i) => {
    const before = kept[i]
    if (before !== undefined) return before
    const slug = slugOf(question.name)
    const isName = !BARE_NUMBER.test(question.name) && names.get(slug) === 1
    const id = firstFree(candidates(question, isName ? question.name : question.item.stem, next), used)
    used.add(id)
    return id
  })
}

function* candidates({ item }: FoundQuestion, text: string, next: Map<string, number>): Generator<string> {
  const slug = slugOf(text)
  const isWhole = slug !== '' && slug.length <= LONGEST.id && !/[^\0-\x7f]/.test(text)
  if (isWhole) yield slug
  for (const source of [oneLine(item.stem), JSON.stringify(item)]) yield withEnd(slug, hashOf(source))
  const hash = hashOf(oneLine(item.stem))
  for (let i = next.get(hash) ?? 2; ; i++) {
    next.set(hash, i + 1)
    yield withEnd(slug, `${hash}-${i}`)
  }
}

function firstFree(ids: Iterable<string>, used: ReadonlySet<string>): string {
  for (const id of ids) if (!used.has(id)) return id
  return ''
}

/** Returns lower-case Latin letters and digits joined by hyphens; empty if the text has none. */
function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

function withEnd(slug: string, end: string): string {
  const short = slug.slice(0, LONGEST.id - end.length - 1)
  const words = slug.length > short.length && short.includes('-') ? short.replace(/-[^-]*$/, '') : short
  return [words || 'question', end].join('-')
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, HASH)
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

function counted(all: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return counts
}
