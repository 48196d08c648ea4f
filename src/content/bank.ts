/** All content in memory, one bank per pack: read once at the start and never changed. */
import type { Comparison, Pack, Question, Topic } from '../core/model.js'
import { createSelections } from './selections.js'

/** The content of one pack. */
export interface Bank extends Content {
  topic(slug: string): Topic | undefined
  question(id: string): Question | undefined
  /**
   * Returns the questions about any of the topics, or all of them if the list is empty. The same selection
   * returns the same array while it is cached.
   */
  questionsFor(topics: readonly string[]): readonly Question[]
}

export interface Content {
  readonly pack: Pack
  readonly topics: readonly Topic[]
  readonly questions: readonly Question[]
  readonly comparisons: readonly Comparison[]
  /** SHA-256 of its files, taken before they were read; left out if the content does not come from files. */
  readonly hash?: string
}

/** The content of a pack while its files are read. */
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

/** Returns the same banks with their questions as the store has them. */
export function withQuestions(banks: readonly Bank[], questions: readonly Question[]): Bank[] {
  return banks.map((bank) =>
    createBank({ ...bank, questions: questions.filter((q) => q.pack === bank.pack.id) }),
  )
}
