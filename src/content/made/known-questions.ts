/** Which question of today is which one of last time, so that it keeps its id. */
import type { AuthoredItem } from '../../core/model.js'
import { hashOf } from './manifest.js'
import { paired } from './pairing.js'

/** A question as the manifest knows it. */
export interface KnownQuestion {
  readonly path: string
  /** Hashes. */
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

/** The order of choices says nothing. */
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

/**
 * By path, in the order of its questions; undefined for new ones. A question is that of last time whose words
 * are the same, in its own file before all others; else the one in its file with the same stem, else with the
 * same answers, where no other question has these, now or then. `former`: the path of last time.
 */
export function keptIds(
  files: readonly Questions[],
  known: readonly KnownQuestion[],
  former: (path: string) => string,
): ReadonlyMap<string, readonly (string | undefined)[]> {
  const all = files.flatMap(({ path, questions }) =>
    questions.map(({ item }) => ({ path, former: former(path), ...marksOf(item) })),
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
  const ids = new Map(files.map(({ path }) => [path, [] as (string | undefined)[]]))
  all.forEach(({ path }, i) => {
    ids.get(path)?.push(found[i]?.id)
  })
  return ids
}
