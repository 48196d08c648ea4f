/** The database's verbs about what a person remembers. */
import type { Memory } from '../../core/memory.js'
import type { UserKey } from './keys.js'

export interface ConceptKey {
  readonly pack: string
  readonly concept: string
}

/** The history of a question; epoch milliseconds. */
export interface Seen {
  readonly times: number
  readonly last: number
  readonly right: boolean
  readonly first: { readonly at: number; readonly right: boolean }
}

/** The id of the question, with the item's number for a later item of a case. */
export function seenKey(question: string, item: number): string {
  return item === 0 ? question : `${question} ${item}`
}

export interface ConceptMemory extends ConceptKey {
  readonly memory: Memory
  /** Keys are made by `seenKey`. */
  readonly seen: Readonly<Record<string, Seen>>
}

export interface ExamPlan {
  /** ISO date. */
  readonly on: string
  readonly pack: string
}

/** One member, or several that are linked. */
export interface Learner {
  readonly exam: ExamPlan | undefined
  /** Answers a day. */
  readonly goal: number
  readonly concepts: readonly ConceptMemory[]
  /** Missed exam questions that were put into the plan, and when (epoch milliseconds). */
  readonly misses: readonly { readonly question: string; readonly at: number }[]
}

export interface LearningStore {
  /**
   * Returns what a person remembers, with every answer until now counted once. `conceptOf`: what a question
   * is about now; undefined for one that no longer exists. Undefined for non-members.
   */
  learner(who: UserKey, conceptOf: (question: string) => ConceptKey | undefined): Promise<Learner | undefined>
  /**
   * Stores the exam. False when the workspace does not exist. A person who never answered becomes a member of
   * it.
   */
  saveExam(who: UserKey & { readonly name: string }, exam: ExamPlan | undefined): Promise<boolean>
  /** Stores the goal in answers a day, in the same way. */
  saveGoal(who: UserKey & { readonly name: string }, goal: number): Promise<boolean>
}
