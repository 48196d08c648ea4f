/** Deletes what is no longer kept, and counts what is late. */
import type { Delivery } from './deliveries.js'

export interface UpkeepStore {
  /**
   * Deletes up to `limit` each of the following that are older than `before`: answers, reports (with appeals,
   * reports of teams, and questions of teams that are not asked), mock exams, messages of the web chat,
   * deliveries to one member, and away times. Undefined while another process is doing it.
   */
  deleteOld(before: number, limit: number): Promise<Deleted | undefined>
  /**
   * Looks at `limit` members after that id, and deletes those who are in no team and of whom no answer, no
   * report and no mock exam is left; undefined while another process is doing it.
   */
  deleteLeft(after: number, limit: number): Promise<LookedAt | undefined>

  /**
   * Deletes up to `limit` expired forms, and requests about messages older than a day; returns how many
   * forms.
   */
  deleteFormDrafts(now: number, limit: number): Promise<number>

  /** Returns what is late at this moment, on all platforms. */
  backlog(now: number): Promise<Backlog[]>
}

/** How many rows were deleted. */
export interface Deleted {
  readonly attempts: number
  readonly reports: number
  readonly messages: number
  /** Mock exams, with their items. */
  readonly exams: number
  /** Messages to one member alone. */
  readonly deliveries: number
  /** Away times that are over. */
  readonly away: number
}

export interface LookedAt {
  /** How many members were deleted. */
  readonly members: number
  /** The last one that was looked at; undefined if there was none. */
  readonly last: number | undefined
}

/**
 * Deliveries of a kind on a platform that are due and not sent, including rounds that are not planned yet.
 */
export interface Backlog {
  readonly platform: string
  readonly kind: Delivery['kind']
  readonly count: number
  /** How many of them belong to teams whose channel refuses posts until a person acts. */
  readonly refused: number
  /** The due time of the oldest of the others. */
  readonly since: number | undefined
}
