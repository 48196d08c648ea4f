/** All content in memory: read once at the start, never changed after. */
import { LRUCache } from 'lru-cache'
import type { Comparison, Pack, Question, Topic } from '../core/model.js'

export interface Bank {
  readonly packs: readonly Pack[]
  readonly topics: readonly Topic[]
  readonly questions: readonly Question[]
  readonly comparisons: readonly Comparison[]
  pack(id: string): Pack | undefined
  topic(slug: string): Topic | undefined
  question(id: string): Question | undefined
  /** Undefined for a version that the content no longer has. */
  questionNumbered(number: number): Question | undefined
  /** Questions about any of the topics; of the whole pack when the list is empty. The same array for the same selection, while it is kept. */
  questionsFor(pack: string, topics: readonly string[]): readonly Question[]
}

/** What the files hold, while they are read. */
export interface Content {
  packs: Pack[]
  topics: Topic[]
  questions: Question[]
  comparisons: (Comparison & { readonly file: string; readonly line: number })[]
}

/** Questions in all selections that are kept together. */
const KEPT = 200_000

export function createBank(content: Pick<Bank, 'packs' | 'topics' | 'questions' | 'comparisons'>): Bank {
  const packs = new Map(content.packs.map((pack) => [pack.id, pack]))
  const topics = new Map(content.topics.map((topic) => [topic.slug, topic]))
  const questions = new Map(content.questions.map((question) => [question.id, question]))
  const numbered = new Map(content.questions.map((question) => [question.number, question]))
  const selections = new LRUCache<string, readonly Question[]>({ maxSize: KEPT, sizeCalculation: (selection) => selection.length + 1 })
  return {
    ...content,
    pack: (id) => packs.get(id),
    topic: (slug) => topics.get(slug),
    question: (id) => questions.get(id),
    questionNumbered: (number) => (number === 0 ? undefined : numbered.get(number)),
    questionsFor(pack, slugs) {
      const key = JSON.stringify([pack, ...slugs])
      const kept = selections.get(key)
      if (kept) return kept
      const wanted = new Set(slugs)
      const selection = content.questions.filter((q) => q.pack === pack && (wanted.size === 0 || q.topics.some((t) => wanted.has(t))))
      selections.set(key, selection)
      return selection
    },
  }
}
