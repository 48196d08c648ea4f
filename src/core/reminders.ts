/**
 * When to remind somebody who asked for it, with which words, and when to stop: 23.5 hours after the last
 * answer, at most once a day and three times a week, and no wording again within 14 days, since the same
 * template loses its effect (Yancey and Settles, "A Sleeping, Recovering Bandit Algorithm for Optimizing
 * Recurring Notifications", KDD 2020). It stops after five reminders that were not answered.
 */

import { Temporal } from 'temporal-polyfill'
import { type AwayTime, isAway } from './away.js'
import { localDate } from './schedule.js'
import { DAY_MS, HOUR_MS } from './time.js'

/** Time since the last answer. */
const QUIET_MS = 23.5 * HOUR_MS
const PER_WEEK = 3
const WORDING_REST_MS = 14 * DAY_MS
/** Reminders in a row without an answer. */
export const GIVES_UP_AFTER = 5
/** Local hours: from the first on, and before the second. */
const [FROM_HOUR, BEFORE_HOUR] = [8, 20]
/** How many days ahead to look for the next reminder: longer than any away time. */
const HORIZON_DAYS = 120

/** When somebody may be reminded at all. */
export interface Hours {
  /** IANA zone. */
  readonly zone: string
  /** ISO weekdays on which there is a question; empty if there is none. */
  readonly days: readonly number[]
  readonly away: readonly AwayTime[]
}

export interface Sent {
  /** Epoch milliseconds. */
  readonly at: number
  readonly wording: number
  /** It was sent again because somebody asked for it later: only its wording counts. */
  readonly isLater?: boolean | undefined
}

export interface ReminderState extends Hours {
  /** When they last answered anything or asked to be reminded, whichever is later; epoch milliseconds. */
  readonly active: number
  /** Those of the last two weeks at least, and all since `active`, in any order. */
  readonly sent: readonly Sent[]
}

export type NextReminder =
  | { readonly kind: 'remind'; readonly at: number; readonly wording: number }
  /** The message says that there will be no more. */
  | { readonly kind: 'stop'; readonly at: number }

/**
 * The next reminder from `now` on; its time is `now` when one is due. `wordings`: how many there are.
 * Undefined when no day or no wording is in sight.
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

/** When a postponed reminder comes: some hours from now on the same day; undefined where that is too late. */
export function laterToday(hours: Hours, now: number): number | undefined {
  const at = now + 3 * HOUR_MS
  return isInHours(hours, at) && localDate(at, hours.zone) === localDate(now, hours.zone) ? at : undefined
}

/**
 * The wording that was used longest ago, but not within two weeks; undefined if all were used within two
 * weeks.
 */
export function freshWording(sent: readonly Sent[], at: number, wordings: number): number | undefined {
  const lastUse = (wording: number) =>
    Math.max(...sent.filter((one) => one.wording === wording).map((one) => one.at), Number.NEGATIVE_INFINITY)
  const rested = Array.from({ length: wordings }, (_, i) => ({ wording: i, used: lastUse(i) })).filter(
    ({ used }) => used + WORDING_REST_MS < at,
  )
  // Among those that were never used, takes the one after the latest, so that not everybody gets the same
  // first.
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

/** The first moment from `from` on at which somebody may be reminded. */
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
