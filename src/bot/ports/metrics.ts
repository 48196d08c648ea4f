import type { AnswerResult } from './answers.js'
import type { Request } from './chat.js'
import type { Delivery } from './deliveries.js'

/**
 * What the bot and the platforms tell whoever counts, as it happens; nothing in it may be slow or fail.
 * `platform` is one of the few that there are, and no team, member or workspace is ever named, so that what
 * is counted stays small. Times are milliseconds.
 */
export interface Metrics {
  /** Returns how long ago that was, whatever happens to the clock meanwhile. */
  stopwatch(): () => number
  /** What is due on a platform was looked after, or that broke off. */
  ticked(platform: string, durationMs: number, succeeded: boolean): void
  /**
   * Something that the bot says by itself: `failed` is one try, another follows. `late`: out so much after it
   * was due.
   */
  delivery(platform: string, kind: Delivery['kind'], outcome: DeliveryOutcome, latenessMs?: number): void
  answer(platform: string, outcome: AnswerResult['outcome']): void
  /** A workspace was removed, has come back, and so on: `presence.ts`. */
  workspace(platform: string, change: WorkspaceChange): void
  request(platform: string, kind: RequestKind, outcome: RequestOutcome, durationMs: number): void
  /** From the moment a delivery reaches the program until the platform is told that it came. */
  acknowledged(platform: string, durationMs: number): void
  /** A call was throttled, because the platform wants fewer. */
  throttled(platform: string, wait: number): void
}

export type DeliveryOutcome = 'sent' | 'failed' | 'dropped'

/**
 * `missing`: the platform does not know it, once a day; `held`: it should be deleted, and too many were that
 * day.
 */
export type WorkspaceChange =
  | 'removed'
  | 'returned'
  | 'missing'
  | 'refused'
  | 'paused'
  | 'accepted'
  | 'purged'
  | 'held'

/** What a person did; `home` is the look at one's own page, `completion` what is offered while they type. */
export type RequestKind = Request['kind'] | 'home' | 'completion'

/**
 * `mistake`: the person can put it right. `limited`: they asked too often. `busy`: the platform asks the bot
 * to wait. `bug`: it is ours, and
 * they have a reference to quote.
 */
export type RequestOutcome = 'ok' | 'mistake' | 'limited' | 'busy' | 'bug'

/** Where nobody counts. */
export const noMetrics: Metrics = {
  stopwatch: () => () => 0,
  ticked: () => {},
  delivery: () => {},
  answer: () => {},
  workspace: () => {},
  request: () => {},
  acknowledged: () => {},
  throttled: () => {},
}
