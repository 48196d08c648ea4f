/** Schedule expressions of Amazon EventBridge. */
import { between, oneOf, shuffle } from '../random.js'
import { ask, type Draw, type Slip } from './ask.js'

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/**
 * `cron(minutes hours day-of-month month day-of-week year)`, in UTC; one of the two days is `?`, and day 1 of
 * a week is Sunday.
 * Source: EventBridge, "Cron expressions reference".
 */
export function weeklyCron(minute: number, hour: number, days: string): string {
  return `cron(${minute} ${hour} ? * ${days} *)`
}

export const cronExpression: Draw = (random) => {
  const hour = between(1, 22, random)
  const minute = 5 * between(1, 11, random)
  if (minute === hour) return undefined
  const first = between(1, 4, random)
  const last = oneOf([first, first + 2], random)
  const one = first === last
  const days = one ? `${DAYS[first]}` : `${DAYS[first]}-${DAYS[last]}`
  // Numbers as cron on Linux counts them, from Sunday 0.
  const shifted = one ? `${first}` : `${first}-${last}`
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const slips: Slip[] = [
    [weeklyCron(hour, minute, days), 'Minutes and hours are exchanged: minutes come first.'],
    [
      `cron(${minute} ${hour} * * ${days} *)`,
      'Day of month and day of week cannot both be set or starred: one of them must be a question mark.',
    ],
    [
      weeklyCron(minute, hour, shifted),
      `EventBridge counts days from Sunday as 1, so this runs a day early: ${one ? `on ${NAMES[first - 1]}s` : `from ${NAMES[first - 1]} to ${NAMES[last - 1]}`}.`,
    ],
    [
      `cron(${minute} ${hour} * * ${days})`,
      'These are the five fields of cron on Linux; EventBridge has six, with the year, and wants a question mark.',
    ],
  ]
  return ask(
    `A retraining workflow shall start at ${time} UTC ${one ? `every ${NAMES[first]}` : `each day from ${NAMES[first]} to ${NAMES[last]}`}. Which schedule expression of Amazon EventBridge does this?`,
    [
      weeklyCron(minute, hour, days),
      'Minutes, hours, any day of the month, any month, the days of the week, any year.',
    ],
    shuffle(slips, random),
  )
}

/**
 * `rate(value unit)`, the unit in the singular for 1 only. Source: EventBridge, "Rate expressions reference".
 */
export function rateExpression(value: number, unit: 'minute' | 'hour' | 'day'): string {
  return `rate(${value} ${unit}${value === 1 ? '' : 's'})`
}

export const rateOf: Draw = (random) => {
  const unit = oneOf(['minute', 'hour', 'day'] as const, random)
  const value = between(1, { minute: 45, hour: 20, day: 14 }[unit], random)
  const key = rateExpression(value, unit)
  const many = value === 1 ? unit : `${value} ${unit}s`
  const fields = { minute: `${value} * * * ? *`, hour: `0 ${value} * * ? *`, day: `0 0 ${value} * ? *` }[unit]
  const meant = {
    minute: `at minute ${value} of each hour`,
    hour: `once a day, at ${value}:00 UTC`,
    day: `once a month, on day ${value}`,
  }[unit]
  return ask(
    `A data quality check shall run every ${many}, counted from the creation of the rule. Which schedule expression of Amazon EventBridge does this?`,
    [
      key,
      'A rate expression gives a whole number and a unit: in the singular for 1, in the plural for more.',
    ],
    [
      [
        `rate(${value} ${unit}${value === 1 ? 's' : ''})`,
        'EventBridge refuses it: the unit is singular for 1 and plural for more.',
      ],
      [`cron(${fields})`, `That runs ${meant}.`],
      [`rate(${unit} ${value})`, 'EventBridge refuses it: the number comes first.'],
    ],
  )
}
