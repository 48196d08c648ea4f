/**
 * Computes when a team's rounds are due. Only this module turns local times into moments, so that each chosen
 * local date has one slot. In autumn's doubled hour it takes the first of the two; a local time inside the
 * spring gap moves later by the gap, or earlier if later would be tomorrow (Nuuk springs ahead at 23:00); a
 * date that a zone left out (Apia had no 30 December 2011) has no slot.
 */

import { Temporal } from 'temporal-polyfill'
import { UserError } from './errors.js'
import type { Schedule, Span } from './model.js'
import { HOUR_MS, MINUTE_MS } from './time.js'

/** A round posted later than this after it was due is late: the bot was down or busy. */
export const ON_TIME_MS = 5 * MINUTE_MS
/** A late round is posted only if it would still be open this long. */
export const WORTH_POSTING_MS = HOUR_MS

/**
 * Returns the first slot after the moment, both in epoch milliseconds. `used`: ISO dates that have had their
 * round and get no other.
 */
export function nextSlot(schedule: Schedule, after: number, used: readonly string[]): number {
  let day = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(schedule.zone).toPlainDate()
  // Eight days contain every weekday; another seven contain it again if the zone left that date out, and
  // seven more for each date that is used up.
  for (let i = 0; i < 15 + 7 * used.length; i++) {
    if (schedule.days.includes(day.dayOfWeek) && !used.includes(day.toString())) {
      const slot = slotOn(schedule, day)
      if (slot !== undefined && slot > after) return slot
    }
    day = day.add({ days: 1 })
  }
  throw new Error('a schedule without days has no slot')
}

function slotOn(schedule: Schedule, day: Temporal.PlainDate): number | undefined {
  const local = day.toPlainDateTime({ hour: Math.floor(schedule.minute / 60), minute: schedule.minute % 60 })
  const candidates = (['compatible', 'earlier'] as const).map((disambiguation) =>
    local.toZonedDateTime(schedule.zone, { disambiguation }),
  )
  return candidates.find((slot) => slot.toPlainDate().equals(day))?.epochMilliseconds
}

export interface SlotPlan {
  readonly slot: { readonly dueAt: number; readonly date: string; readonly closesAt: number } | undefined
  /** Slots for which nothing is posted, in epoch milliseconds. */
  readonly skipped: readonly number[]
  readonly nextPostAt: number
}

/**
 * Decides what to do when the slot `dueAt` has come. Only the latest slot up to `now` counts, so there are
 * never two at once. A round closes after its open hours, counted from when it was due, or when the next slot
 * comes. Up to five minutes after it was due it is on time; later it is posted if it would still be open for
 * an hour or more, and skipped otherwise.
 */
export function planSlot(schedule: Schedule, dueAt: number, now: number, used: readonly string[]): SlotPlan {
  const skipped: number[] = []
  let due = dueAt
  let next = nextSlot(schedule, due, used)
  while (next <= now) {
    skipped.push(due)
    due = next
    next = nextSlot(schedule, due, used)
  }
  const closesAt = Math.min(due + schedule.openHours * HOUR_MS, next)
  const late = now - due > ON_TIME_MS
  if (late && closesAt - now < WORTH_POSTING_MS)
    return { slot: undefined, skipped: [...skipped, due], nextPostAt: next }
  return { slot: { dueAt: due, date: localDate(due, schedule.zone), closesAt }, skipped, nextPostAt: next }
}

/** Returns the first Monday at 9:00 in the zone after the moment; both in epoch milliseconds. */
export function nextReport(zone: string, after: number): number {
  return nextSlot({ zone, minute: 9 * 60, days: [1], openHours: 1 }, after, [])
}

/** Returns the ISO date of the moment in the zone. */
export function localDate(now: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDate().toString()
}

/** Returns the month of an ISO date, such as `2026-11`. */
export function season(date: string): string {
  return date.slice(0, 7)
}

/** Returns the ISO week of an ISO date, such as `2026-W47`; the year is that of the week's Thursday. */
export function isoWeek(date: string): string {
  const day = Temporal.PlainDate.from(date)
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`
}

/** Returns the ISO date of the Monday of a week such as `2026-W47`. */
export function mondayOf(week: string): string {
  const [year = 0, number = 0] = week.split('-W').map(Number)
  // 4 January is always in the first week.
  const fourth = new Temporal.PlainDate(year, 1, 4)
  return fourth.add({ days: 1 - fourth.dayOfWeek + 7 * (number - 1) }).toString()
}

/** Returns when a month such as `2026-11` ends in the zone, in epoch milliseconds. */
export function seasonEnd(month: string, zone: string): number {
  return Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 1 }).toZonedDateTime(zone)
    .epochMilliseconds
}

/** Returns when the previous, the current and the next month end in the zone. */
export function seasonEnds(
  now: number,
  zone: string,
): { readonly season: string; readonly endsAt: number }[] {
  const month = Temporal.PlainYearMonth.from(season(localDate(now, zone)))
  return [-1, 0, 1].map((months) => {
    const key = month.add({ months }).toString()
    return { season: key, endsAt: seasonEnd(key, zone) }
  })
}

/** Returns the key of the current period of the span: `all`, a month or an ISO week. */
export function periodNow(span: Span, now: number, zone: string): string {
  switch (span) {
    case 'all-time':
      return 'all'
    case 'season':
      return season(localDate(now, zone))
    case 'week':
      return isoWeek(localDate(now, zone))
  }
}

/** Reads `9:00`, `09.00`, `21:30`, `9am` or `9:30 pm` as minutes after midnight. */
export function parseTime(text: string): number {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(text.trim())
  const hour = Number(match?.[1])
  const minute = Number(match?.[2] ?? 0)
  const half = match?.[3]?.toLowerCase()
  const valid = match && minute < 60 && (half ? hour >= 1 && hour <= 12 : hour < 24 && match[2] !== undefined)
  if (!valid) throw new UserError('The time of day should look like 09:00, 21:30 or 9am.')
  return ((half ? (hour % 12) + (half === 'pm' ? 12 : 0) : hour) % 24) * 60 + minute
}

/** Current names of zones that runtimes may list under older names. */
const RENAMED = [
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Europe/Kyiv',
]
/** Node leaves UTC out of its own list. */
export const ZONES: readonly string[] = [
  ...new Set(['UTC', ...RENAMED, ...Intl.supportedValuesOf('timeZone')]),
]

/** The official spelling of each zone, keyed by its lower-case form. */
const TYPED: ReadonlyMap<string, string> = new Map(ZONES.map((zone) => [zone.toLowerCase(), zone]))
/** The longest zone names have about thirty characters. */
const MAX_ZONE = 60

/**
 * Returns an IANA zone in its official spelling, from any case or from the city alone. Throws a `UserError`
 * with the nearest names otherwise.
 */
export function parseZone(text: string): string {
  const wanted = text.trim().slice(0, MAX_ZONE).toLowerCase().replaceAll(' ', '_')
  const exact = TYPED.get(wanted)
  if (exact) return exact
  const zonesThat = (matches: (typed: string) => boolean) =>
    [...TYPED].flatMap(([typed, zone]) => (matches(typed) ? [zone] : []))
  const cities = zonesThat((typed) => typed.endsWith(`/${wanted}`))
  if (cities.length === 1 && cities[0]) return cities[0]
  const linked = wanted.includes('/') ? zoneBehind(wanted) : undefined
  if (linked) return linked
  const near = wanted.length >= 3 ? zonesThat((typed) => typed.includes(wanted.slice(0, 6))).slice(0, 3) : []
  const offer = [...cities, ...near].slice(0, 3)
  throw new UserError(
    `That is not a time zone. ${offer.length > 0 ? `Did you mean ${offer.join(' or ')}?` : 'It should look like Europe/Berlin or America/New_York.'}`,
  )
}

/** Returns the zone that a platform reports for a person, if it is a valid one. */
export function knownZone(said: string | undefined): string | undefined {
  try {
    return said === undefined ? undefined : parseZone(said)
  } catch {
    return undefined
  }
}

/**
 * Returns the zone that a link such as `US/Eastern` leads to: links are valid zones too, though they are not
 * listed.
 */
function zoneBehind(link: string): string | undefined {
  try {
    return Intl.DateTimeFormat('en', { timeZone: link }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
