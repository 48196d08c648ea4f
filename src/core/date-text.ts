/** Dates as people type them: "2027-02-15", "15 Feb", "Feb 15 2027", "in 6 weeks", "tomorrow". */
import { Temporal } from 'temporal-polyfill'

const COUNTS = [
  'zero',
  'a',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/**
 * Returns the ISO date that the text means on the day `today` (ISO). A date without a year is the next such
 * day, today included. Undefined for anything that is not a date: 31 April, 15.02. without a month's name, or
 * other text.
 */
export function readDate(typed: string, today: string): string | undefined {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ').replaceAll(/[,.]/g, '')
  const now = Temporal.PlainDate.from(today)
  return exact(text) ?? relative(text, now) ?? byMonth(text, now)
}

function exact(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(text) ?? []
  return year === undefined ? undefined : dateOf(Number(year), Number(month), Number(day))
}

function relative(text: string, now: Temporal.PlainDate): string | undefined {
  if (text === 'today') return now.toString()
  if (text === 'tomorrow') return now.add({ days: 1 }).toString()
  const [, counted = '', unit = ''] = /^(?:in )?(\d{1,4}|[a-z]+) (day|week|month|year)s?$/.exec(text) ?? []
  const count = /^\d+$/.test(counted)
    ? Number(counted)
    : COUNTS.indexOf(counted === 'an' || counted === 'one' ? 'a' : counted)
  if (unit === '' || count < 0) return undefined
  return now.add({ [`${unit}s`]: count }).toString()
}

function byMonth(text: string, now: Temporal.PlainDate): string | undefined {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})(?: (\d{4}))?$/.exec(text)
  const monthFirst = /^([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?$/.exec(text)
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]]
  const month = monthOf(name ?? '')
  if (day === undefined || month === undefined) return undefined
  if (year !== undefined) return dateOf(Number(year), month, Number(day))
  // The next 29 February may be up to eight years away.
  for (let next = now.year; next <= now.year + 8; next++) {
    const date = dateOf(next, month, Number(day))
    if (date !== undefined && date >= now.toString()) return date
  }
  return undefined
}

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]

/** Matches the first three letters of a month or more. */
function monthOf(name: string): number | undefined {
  const at = name.length < 3 ? -1 : MONTHS.findIndex((month) => month.startsWith(name))
  return at < 0 ? undefined : at + 1
}

function dateOf(year: number, month: number, day: number): string | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}
