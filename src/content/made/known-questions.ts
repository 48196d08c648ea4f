/** Finds which present question is which previous one, so that it keeps its id. */

import { grouped } from '../../core/grouped.js'
import type { AuthoredItem } from '../../core/model.js'
import { likeness, wordsOf } from '../likeness.js'
import { hashOf } from './manifest.js'
import { nearest, paired } from './pairing.js'

/** A question as recorded in the manifest. */
export interface KnownQuestion {
  readonly path: string
  /** The hashes of the stem and of the answers. */
  readonly stem: string
  readonly answers: string
  readonly id: string
}

type Marks = Pick<KnownQuestion, 'stem' | 'answers'>

export const keyOfQuestion = (path: string, { stem, answers }: Marks): string => `${path}#${stem}.${answers}`

export function knownQuestions(keys: Readonly<Record<string, string>>): KnownQuestion[] {
  return Object.entries(keys).flatMap(([key, id]) => {
    const [, path, stem, answers] = /^(.*)#([0-9a-f]+)\.([0-9a-f]+)$/s.exec(key) ?? []
    return path === undefined || stem === undefined || answers === undefined
      ? []
      : [{ path, stem, answers, id }]
  })
}

export const marksOf = (item: AuthoredItem): Marks => ({
  stem: hashOf(item.stem.replace(/\s+/g, ' ').trim()),
  answers: hashOf(answersOf(item)),
})

/** The order of choices does not matter. */
function answersOf(item: AuthoredItem): string {
  switch (item.kind) {
    case 'choice':
    case 'response':
      return JSON.stringify(item.choices.map(({ text }) => text).sort())
    case 'ordering':
      return JSON.stringify(item.steps.map(({ text }) => text))
    case 'matching':
      return JSON.stringify(item.pairs.map(({ prompt, answer }) => [prompt, answer]))
  }
}

interface Questions {
  readonly path: string
  readonly questions: readonly { readonly item: AuthoredItem }[]
}

interface LastTime {
  readonly known: readonly KnownQuestion[]
  /** Returns the previous path of a file. */
  readonly former: (path: string) => string
  /** Returns the questions of a previous path as they stand in the pack, by their ids. */
  readonly before: (path: string) => ReadonlyMap<string, AuthoredItem>
}

/**
 * Returns ids by path, in the order of its questions; undefined for new ones. A question is the previous one
 * whose words are the same, first in its own file; else the one in its file with the same stem, else with the
 * same answers, if no other question has these, now or before; else the one in its file that is most similar.
 */
export function keptIds(
  files: readonly Questions[],
  { known, former, before }: LastTime,
): ReadonlyMap<string, readonly (string | undefined)[]> {
  const all = files.flatMap(({ path, questions }) =>
    questions.map(({ item }) => ({ path, former: former(path), item, ...marksOf(item) })),
  )
  const found = paired(all, known, [
    {
      now: (one) => keyOfQuestion(one.former, one),
      before: (one) => keyOfQuestion(one.path, one),
      inOrder: true,
    },
    { now: (one) => `${one.former}#${one.stem}`, before: (one) => `${one.path}#${one.stem}`, inOrder: false },
    {
      now: (one) => `${one.former}#${one.answers}`,
      before: (one) => `${one.path}#${one.answers}`,
      inOrder: false,
    },
    { now: (one) => keyOfQuestion('', one), before: (one) => keyOfQuestion('', one), inOrder: true },
  ])
  const kept = new Map(all.map((one, i) => [one, found[i]?.id]))
  const left = grouped(
    all.filter((one) => kept.get(one) === undefined),
    (one) => one.former,
  )
  const used = new Set(found)
  const gone = grouped(
    known.filter((one) => !used.has(one)),
    ({ path }) => path,
  )
  for (const [path, those] of left) {
    const lost = gone.get(path) ?? []
    const items = lost.length > 0 ? before(path) : undefined
    const then = lost.flatMap(({ id }) => {
      const item = items?.get(id)
      return item ? [{ id, ...wordsIn(item) }] : []
    })
    const now = those.map((one) => ({ one, ...wordsIn(one.item) }))
    for (const [{ one }, { id }] of nearest(now, then, nearness)) kept.set(one, id)
  }
  const ids = new Map(files.map(({ path }) => [path, [] as (string | undefined)[]]))
  for (const one of all) ids.get(one.path)?.push(kept.get(one))
  return ids
}

const wordsIn = (item: AuthoredItem) => ({ stem: wordsOf(item.stem), answers: wordsOf(answersOf(item)) })
type Words = ReturnType<typeof wordsIn>

/** At least half of the words of the stem, and half of those of the answers, must be shared. */
function nearness(one: Words, other: Words): number {
  const [stem, answers] = [likeness(one.stem, other.stem), likeness(one.answers, other.answers)]
  return Math.min(stem, answers) < 0.5 ? 0 : stem + answers
}
