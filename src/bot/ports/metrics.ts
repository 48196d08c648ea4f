import type { AnswerResult } from './answers.js'
import type { Request } from './chat.js'
import type { Delivery } from './deliveries.js'

/**
 * The reports of the bot and the platforms to the metrics, as things happen; no method may be slow or fail.
 * `platform` is one of a few names, and no label names a team, member or workspace, so that the number of
 * series stays small. Times are milliseconds.
 */
export interface Metrics {
  /** Returns a function for the elapsed milliseconds, on a monotonic clock. */
  stopwatch(): () => number
  /** A tick on a platform succeeded or failed. */
  ticked(platform: string, durationMs: number, succeeded: boolean): void
  /**
   * A try of a delivery; `failed` means that another follows. `latenessMs`: how long after it was due it was
   * sent.
   */
  delivery(platform: string, kind: Delivery['kind'], outcome: DeliveryOutcome, latenessMs?: number): void
  answer(platform: string, outcome: AnswerResult['outcome']): void
  /** A workspace was removed, has come back, and so on; see `presence.ts`. */
  workspace(platform: string, change: WorkspaceChange): void
  request(platform: string, kind: RequestKind, outcome: RequestOutcome, durationMs: number): void
  /** The time from the arrival of a delivery in the program until the platform has its acknowledgement. */
  acknowledged(platform: string, durationMs: number): void
  /** A call was throttled by the platform's rate limit. */
  throttled(platform: string, wait: number): void
}

export type DeliveryOutcome = 'sent' | 'failed' | 'dropped'

/**
 * `missing`: the platform does not know it, once a day; `held`: it should be deleted, but too many were that
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

/**
 * The kind of act of a person; `home` is a visit to their own page, `completion` a suggestion while they
 * type.
 */
export type RequestKind = Request['kind'] | 'home' | 'completion'

/**
 * `mistake`: the person can correct it. `limited`: they asked too often. `busy`: the platform asks the bot to
 * wait. `bug`: a bug of ours; they have a reference to quote.
 */
export type RequestOutcome = 'ok' | 'mistake' | 'limited' | 'busy' | 'bug'

/** Ignores all reports, for places where nothing is counted. */
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
