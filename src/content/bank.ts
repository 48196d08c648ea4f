/** All content in memory, a bank a pack: read once at the start, never changed after. */
import type { Comparison, Pack, Question, Topic } from '../core/model.js'
import { createSelections } from './selections.js'

/** What one pack holds. */
export interface Bank extends Content {
  topic(slug: string): Topic | undefined
  question(id: string): Question | undefined
  /**
   * Questions about any of the topics; all of them when the list is empty. The same array for the same
   * selection, while it is kept.
   */
  questionsFor(topics: readonly string[]): readonly Question[]
}

export interface Content {
  readonly pack: Pack
  readonly topics: readonly Topic[]
  readonly questions: readonly Question[]
  readonly comparisons: readonly Comparison[]
  /** SHA-256 of its files, from before they were read; left out where it was read of no files. */
  readonly hash?: string
}

/** What the files of a pack hold, while they are read. */
export interface Draft extends Content {
  readonly topics: Topic[]
  readonly questions: Question[]
  readonly comparisons: (Comparison & { readonly file: string; readonly line: number })[]
}

export function createBank(content: Content): Bank {
  const topics = new Map(content.topics.map((topic) => [topic.slug, topic]))
  const questions = new Map(content.questions.map((question) => [question.id, question]))
  const selections = createSelections()
  return {
    ...content,
    topic: (slug) => topics.get(slug),
    question: (id) => questions.get(id),
    questionsFor(slugs) {
      const key = JSON.stringify(slugs)
      const kept = selections.get(key)
      if (kept) return kept
      const wanted = new Set(slugs)
      const selection = content.questions.filter(
        (q) => wanted.size === 0 || q.topics.some((t) => wanted.has(t)),
      )
      selections.set(key, selection)
      return selection
    },
  }
}

/** The same banks with their questions as the store knows them. */
export function withQuestions(banks: readonly Bank[], questions: readonly Question[]): Bank[] {
  return banks.map((bank) =>
    createBank({ ...bank, questions: questions.filter((q) => q.pack === bank.pack.id) }),
  )
}
