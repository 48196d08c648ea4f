/** Finds files of the notes that were renamed or moved since last time, by their content. */

import type { OurQuestions } from '../our-questions.js'
import { keyOfQuestion, knownQuestions, marksOf } from './known-questions.js'
import { hashOf, type Manifest } from './manifest.js'
import type { NoteTopic } from './note-file.js'
import type { QuestionsOf } from './read-source.js'

interface Content {
  readonly topics: readonly Pick<NoteTopic, 'file' | 'hash'>[]
  readonly questions: readonly QuestionsOf[]
  readonly ours: readonly OurQuestions[]
}

/**
 * Returns previous paths by present ones, for files that share at least half of their content. `paths`: all
 * present files; only a file that is not among them can have moved.
 */
export function movedFiles(
  content: Content,
  { files, questions }: Manifest,
  paths: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const before = new Map<string, Set<string>>()
  for (const { from, source } of Object.values(files)) add(before, from.replace(/#[\s\S]*$/, ''), source)
  for (const { path, stem, answers } of knownQuestions(questions))
    add(before, path, keyOfQuestion('', { stem, answers }))
  const gone = new Map([...before].filter(([path]) => path !== '' && !paths.has(path)))
  if (gone.size === 0) return new Map()
  const now = new Map([...contentOf(content)].filter(([path]) => !before.has(path)))
  return pairs(now, gone)
}

function contentOf({ topics, questions, ours }: Content): Map<string, Set<string>> {
  const now = new Map<string, Set<string>>()
  for (const { file, hash } of topics) add(now, file, hash)
  for (const { path, questions: found } of questions)
    for (const { item } of found) add(now, path, keyOfQuestion('', marksOf(item)))
  for (const { path, questions: found } of ours)
    for (const one of found) add(now, path, keyOfQuestion('', ownMarks(one)))
  return now
}

/** Returns the marks of a question whose author gave it its id. */
export const ownMarks = ({ id, value }: OurQuestions['questions'][number]) => ({
  stem: hashOf(id),
  answers: hashOf(JSON.stringify(value)),
})

function pairs(
  now: ReadonlyMap<string, ReadonlySet<string>>,
  gone: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, string> {
  const holders = new Map<string, Set<string>>()
  for (const [path, marks] of gone) for (const mark of marks) add(holders, mark, path)
  const moved = new Map<string, string>()
  const used = new Set<string>()
  for (const [path, marks] of now) {
    const shared = new Map<string, number>()
    for (const mark of marks)
      for (const old of holders.get(mark) ?? []) shared.set(old, (shared.get(old) ?? 0) + 1)
    const [best] = [...shared]
      .filter(([old, n]) => !used.has(old) && n * 2 >= Math.min(marks.size, gone.get(old)?.size ?? 0))
      .sort((a, b) => b[1] - a[1])
    if (!best) continue
    moved.set(path, best[0])
    used.add(best[0])
  }
  return moved
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key)
  if (values) values.add(value)
  else map.set(key, new Set([value]))
}
