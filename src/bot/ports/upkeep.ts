/** What is no longer kept, and what is late. */
import type { Delivery } from './deliveries.js'

export interface UpkeepStore {
  /**
   * Deletes up to `limit` answers, reports (with appeals, reports of teams, and questions of teams that are not asked), mock exams, messages of the web
   * chat, deliveries to one member and away times each that are older than that;
   * undefined while another process is at it.
   */
  deleteOld(before: number, limit: number): Promise<Deleted | undefined>
  /**
   * Looks at `limit` members after that id, and deletes those who are in no team and of whom no answer, no
   * report and no mock exam is left; undefined while another process is at it.
   */
  deleteLeft(after: number, limit: number): Promise<LookedAt | undefined>

  /** Deletes up to `limit` expired forms, and what was asked of messages for a day; returns how many forms. */
  deleteFormDrafts(now: number, limit: number): Promise<number>

  /** What is late at this moment, on whatever platform. */
  backlog(now: number): Promise<Backlog[]>
}

/** How many rows went. */
export interface Deleted {
  readonly attempts: number
  readonly reports: number
  readonly messages: number
  /** Mock exams, with their items. */
  readonly exams: number
  /** What was said to one member alone. */
  readonly deliveries: number
  /** Away times that are over. */
  readonly away: number
}

export interface LookedAt {
  /** How many members were deleted. */
  readonly members: number
  /** The last that was looked at; undefined when there was none. */
  readonly last: number | undefined
}

/**
 * Of a platform: deliveries of a kind that are due and not out; of the next rounds also those that are not
 * planned yet.
 */
export interface Backlog {
  readonly platform: string
  readonly kind: Delivery['kind']
  readonly count: number
  /** Those among them of teams whose channel refuses what is said, until a person acts. */
  readonly refused: number
  /** When the oldest of the others was due. */
  readonly since: number | undefined
}
