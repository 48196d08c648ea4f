/** Which question of today is which one of last time, so that it keeps its id. */
import type { AuthoredItem } from '../../core/model.js'
import { hashOf } from './manifest.js'

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
  const left = new Set(known)
  const all = files.map(({ path, questions }) => ({
    path,
    marks: questions.map(({ item }) => marksOf(item)),
    ids: questions.map((): string | undefined => undefined),
  }))
  const byPath = groups([...left], ({ path }) => path)
  for (const { path, marks, ids } of all) {
    const here = byPath.get(former(path)) ?? []
    match(marks, ids, here, left, whole, true)
    match(marks, ids, here, left, ({ stem }) => stem, false)
    match(marks, ids, here, left, ({ answers }) => answers, false)
  }
  const elsewhere = groups([...left], whole)
  for (const { marks, ids } of all)
    marks.forEach((mark, i) => {
      ids[i] ??= elsewhere.get(whole(mark))?.shift()?.id
    })
  return new Map(all.map(({ path, ids }) => [path, ids]))
}

const whole = ({ stem, answers }: Marks) => `${stem}.${answers}`

function match(
  marks: readonly Marks[],
  ids: (string | undefined)[],
  known: readonly KnownQuestion[],
  left: Set<KnownQuestion>,
  by: (marks: Marks) => string,
  isSure: boolean,
): void {
  const then = groups(
    known.filter((one) => left.has(one)),
    by,
  )
  if (then.size === 0) return
  const open = marks.map((mark, i) => ({ ...mark, i })).filter(({ i }) => ids[i] === undefined)
  for (const [key, [first, ...more]] of groups(open, by)) {
    const [one, ...others] = then.get(key) ?? []
    if (!first || !one || (!isSure && more.length + others.length > 0)) continue
    ids[first.i] = one.id
    left.delete(one)
  }
}

function groups<T>(all: readonly T[], by: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const one of all) {
    const group = found.get(by(one))
    if (group) group.push(one)
    else found.set(by(one), [one])
  }
  return found
}
