/** The database's verbs about mock exams. An exam belongs to a person; times are epoch milliseconds. */
import type { Confidence } from '../../core/confidence.js'
import type { ExamLength } from '../../core/exam.js'
import type { Answer } from '../../core/model.js'
import type { UserKey } from './keys.js'

/** An item of the version that its question had when the exam began. */
export interface PosedItem {
  readonly question: string
  readonly version: string
  readonly seed: number
  /** Index of the item in its question. */
  readonly item: number
  readonly key: Answer
  readonly domain: number | undefined
}

export interface ExamItem extends PosedItem {
  /** Undefined while it is blank. */
  readonly answer: Answer | undefined
  readonly isFlagged: boolean
  /** How sure the person is of this answer, if they said so. */
  readonly confidence: Confidence | undefined
  /** The time it was shown, until the press that left it. */
  readonly spentMs: number
}

export interface NewExam {
  readonly pack: string
  /** The id of the exam in its pack. */
  readonly exam: string
  readonly length: ExamLength
  /** Extra time included. */
  readonly minutes: number
  readonly startedAt: number
  readonly items: readonly PosedItem[]
}

export interface MockExam extends Omit<NewExam, 'items'> {
  readonly id: number
  readonly endsAt: number
  /** Undefined while it runs; never later than `endsAt`. */
  readonly handedInAt: number | undefined
  /** The item shown last, from 0. */
  readonly place: number
  /** Its misses have been put into the plan. */
  readonly isPlanned: boolean
  /** Whether the asker says how sure they are of answers. */
  readonly rates: boolean
  readonly items: readonly ExamItem[]
}

/** One press: what it changes about the item at `place`, and which item is shown next. */
export interface ExamPress {
  readonly place: number
  readonly answer?: Answer
  readonly isFlagged?: boolean
  /** How sure the person is of the current answer; another answer deletes it. */
  readonly confidence?: Confidence
  readonly shows: number
  readonly now: number
}

/** The key of the delivery of its report, once its time is over. */
export const overKey = (exam: number) => `exam-over-${exam}-0`

export interface ExamStore {
  /**
   * Begins an exam, with warnings that are due 10 and 2 minutes before its end and a report at its end.
   * `running`: the person already has one. Undefined when the workspace does not exist. A person who never
   * answered becomes a member of it.
   */
  startExam(
    who: UserKey & { readonly name: string },
    exam: NewExam,
  ): Promise<{ readonly id: number } | 'running' | undefined>
  /**
   * Returns the exam with that id; without an id the running one, else the latest. Returns only exams of this
   * person.
   */
  exam(who: UserKey, id?: number): Promise<MockExam | undefined>
  /**
   * Stores a press; the last press wins, from any device. False when the exam is over, or not this person's.
   */
  pressExam(who: UserKey, id: number, press: ExamPress): Promise<boolean>
  /**
   * Hands the exam in for the person, who then sees the report. Answers become attempts, once, in the same
   * statement. False when it was handed in before, or is not this person's.
   */
  handInExam(who: UserKey, id: number, now: number): Promise<boolean>
  /** Hands in all exams whose time is over, in the same way; returns their ids. Their reports are due. */
  handInOver(now: number): Promise<number[]>
  /** When each question of this person's earlier exams was last asked. */
  examQuestions(who: UserKey): Promise<{ readonly question: string; readonly at: number }[]>
  /** Puts its misses first in the plan from then on. False when it is not handed in, or not this person's. */
  planMisses(who: UserKey, id: number, now: number): Promise<boolean>
  /**
   * The workspace in which this user has the exam with that id or, without an id, a running one: for direct
   * messages, which belong to no workspace.
   */
  examWorkspace(platform: string, user: string, id?: number): Promise<string | undefined>
}
