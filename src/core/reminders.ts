/**
 * Decides when to remind a person who asked for it, with which wording, and when to stop: 23.5 hours after
 * the last answer, at most once a day and three times a week. No wording comes again within 14 days, since
 * the same template loses its effect (Yancey and Settles, "A Sleeping, Recovering Bandit Algorithm for
 * Optimizing Recurring Notifications", KDD 2020). Reminders stop after five that were not answered.
 */

import { Temporal } from 'temporal-polyfill'
import { type AwayTime, isAway } from './away.js'
import { localDate } from './schedule.js'
import { DAY_MS, HOUR_MS } from './time.js'

/** Minimum time since the last answer. */
const QUIET_MS = 23.5 * HOUR_MS
const PER_WEEK = 3
const WORDING_REST_MS = 14 * DAY_MS
/** Unanswered reminders in a row after which reminders stop. */
export const GIVES_UP_AFTER = 5
/** Local hours: at or after the first, and before the second. */
const [FROM_HOUR, BEFORE_HOUR] = [8, 20]
/** How many days ahead to look for the next reminder: longer than any away time. */
const HORIZON_DAYS = 120

/** The hours in which a person may be reminded at all. */
export interface Hours {
  /** IANA zone. */
  readonly zone: string
  /** ISO weekdays with a question; empty if there is none. */
  readonly days: readonly number[]
  readonly away: readonly AwayTime[]
}

export interface Sent {
  /** Epoch milliseconds. */
  readonly at: number
  readonly wording: number
  /** The reminder was sent again because the person asked for it later: only its wording counts. */
  readonly isLater?: boolean | undefined
}

export interface ReminderState extends Hours {
  /**
   * When the person last answered anything or asked to be reminded, whichever is later; epoch milliseconds.
   */
  readonly active: number
  /** Reminders sent in the last two weeks at least, and all since `active`, in any order. */
  readonly sent: readonly Sent[]
}

export type NextReminder =
  | { readonly kind: 'remind'; readonly at: number; readonly wording: number }
  /** The message says that there will be no more reminders. */
  | { readonly kind: 'stop'; readonly at: number }

/**
 * Returns the next reminder at or after `now`; its time is `now` if one is due. `wordings`: the number of
 * wordings. Undefined if no day or no wording is available.
 */
export function nextReminder(state: ReminderState, now: number, wordings: number): NextReminder | undefined {
  const at = nextMoment(Math.max(now, earliest(state)), state)
  if (at === undefined) return undefined
  const unanswered = state.sent.filter((one) => !one.isLater && one.at > state.active).length
  if (unanswered >= GIVES_UP_AFTER) return { kind: 'stop', at }
  const wording = freshWording(state.sent, at, wordings)
  return wording === undefined ? undefined : { kind: 'remind', at, wording }
}

/** Whether a reminder may go out at this moment, by answers and hours. */
export function mayRemind(state: Pick<ReminderState, 'active'> & Hours, now: number): boolean {
  return now >= state.active + QUIET_MS && isInHours(state, now)
}

export function isInHours(hours: Hours, now: number): boolean {
  return nextMoment(now, hours) === now
}

/**
 * Returns when a postponed reminder comes: some hours later on the same day; undefined if that is too late.
 */
export function laterToday(hours: Hours, now: number): number | undefined {
  const at = now + 3 * HOUR_MS
  return isInHours(hours, at) && localDate(at, hours.zone) === localDate(now, hours.zone) ? at : undefined
}

/** Returns the wording that was used longest ago; undefined if all were used within two weeks. */
export function freshWording(sent: readonly Sent[], at: number, wordings: number): number | undefined {
  const lastUse = (wording: number) =>
    Math.max(...sent.filter((one) => one.wording === wording).map((one) => one.at), Number.NEGATIVE_INFINITY)
  const rested = Array.from({ length: wordings }, (_, i) => ({ wording: i, used: lastUse(i) })).filter(
    ({ used }) => used + WORDING_REST_MS < at,
  )
  // Among wordings that were never used, this takes the one after the latest, so that people start with
  // different ones.
  const latest = sent.toSorted((a, b) => a.at - b.at).at(-1)?.wording ?? -1
  const distance = (wording: number) => (wording - latest - 1 + 2 * wordings) % wordings
  return rested.sort((a, b) => compare(a.used, b.used) || distance(a.wording) - distance(b.wording))[0]
    ?.wording
}

/** Two wordings that were never used are equal. */
const compare = (a: number, b: number) => (a === b ? 0 : a - b)

function earliest({ active, sent }: ReminderState): number {
  const last = Math.max(...sent.map(({ at }) => at), Number.NEGATIVE_INFINITY)
  const ofWeek = sent
    .filter((one) => !one.isLater)
    .map(({ at }) => at)
    .sort((a, b) => b - a)
  const third = ofWeek[PER_WEEK - 1] ?? Number.NEGATIVE_INFINITY
  return Math.max(active + QUIET_MS, last + DAY_MS, third + 7 * DAY_MS)
}

/** Returns the first moment at or after `from` at which the person may be reminded. */
function nextMoment(from: number, { zone, days, away }: Hours): number | undefined {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  for (let i = 0; i < HORIZON_DAYS; i++) {
    const day = start.toPlainDate().add({ days: i })
    if (!days.includes(day.dayOfWeek) || isAway(day.toString(), away)) continue
    const at = Math.max(from, hourOn(day, FROM_HOUR, zone))
    if (at < hourOn(day, BEFORE_HOUR, zone)) return at
  }
  return undefined
}

function hourOn(day: Temporal.PlainDate, hour: number, zone: string): number {
  return day.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds
}
