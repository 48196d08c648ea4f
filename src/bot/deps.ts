/** The dependencies of every part of the bot. */
import type { MadeDrafts } from '../content/drafts/waiting.js'
import type { Chat } from './ports/chat.js'
import type { QuestionFiles } from './ports/files.js'
import type { Metrics } from './ports/metrics.js'
import type { PackChoices, Packs } from './ports/packs.js'
import type { Questions } from './ports/questions.js'
import type { Store } from './ports/store.js'
import type { RequestLimits } from './request-limits.js'

export interface Deps {
  readonly packs: Packs
  readonly questions: Questions
  readonly files: QuestionFiles
  /** Drafts that a program made from a pack's notes, by pack; a pack without drafts has no entry. */
  readonly drafts?: ReadonlyMap<string, MadeDrafts>
  readonly store: Store
  /** Rounds whose shown number of answers is out of date; the next tick redraws them. */
  readonly countsToRedraw: Set<number>
  /** The enabled platforms by name. */
  readonly chats: ReadonlyMap<string, Chat>
  /** The time in epoch milliseconds. */
  readonly clock: () => number
  /** Uniform in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** After it is aborted, no new work is started; work in progress is finished. */
  readonly stop?: AbortSignal
  readonly metrics: Metrics
  /** The default uses `clock`. */
  readonly limits?: RequestLimits
  /** The app creates it. Without it, the database is asked each time. */
  readonly packChoices?: PackChoices
}

/** The interface of `log.ts`; messages are static, values are fields. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
