/** Schedule expressions of Amazon EventBridge. */
import { between, oneOf, shuffle } from '../random.js'
import { crossed, type Decision, type Draw, type Drawing, type Slip } from './ask.js'

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

type CronPart = 'time' | 'days' | 'field'

/**
 * The even edition's slips: two of three mistakes, either or both. Every choice has six fields, one question
 * mark and its days as numbers, and is as long as the others.
 */
function cronSlips(
  parts: Readonly<Record<CronPart, Decision<string>>>,
  random: () => number,
): readonly Slip[] {
  const [a, b] = shuffle(['time', 'days', 'field'], random) as [CronPart, CronPart]
  const show = (part: Readonly<Record<CronPart, string>>) =>
    part.field === 'week' ? `cron(${part.time} ? * ${part.days} *)` : `cron(${part.time} ${part.days} * ? *)`
  const right = { time: parts.time.right, days: parts.days.right, field: parts.field.right }
  return crossed((x, y) => show({ ...right, [a]: x, [b]: y }), parts[a], parts[b])
}

export const cronExpression: Draw = (random, edition) => {
  const hour = between(1, 22, random)
  const minute = 5 * between(1, 11, random)
  if (minute === hour) return undefined
  const first = between(1, 4, random)
  const last = oneOf([first, first + 2], random)
  const one = first === last
  const days = one ? `${DAYS[first]}` : `${DAYS[first]}-${DAYS[last]}`
  // These numbers follow cron on Linux, where Sunday is 0.
  const shifted = one ? `${first}` : `${first}-${last}`
  const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  if (edition === 'even') {
    const counted = one ? `${first + 1}` : `${first + 1}-${last + 1}`
    return {
      stem: `A retraining workflow must start at ${time} UTC ${one ? `every ${NAMES[first]}` : `every day from ${NAMES[first]} to ${NAMES[last]}`}. Which schedule expression of Amazon EventBridge does this?`,
      key: [
        weeklyCron(minute, hour, counted),
        'Minutes, hours, any day of the month, any month, the days of the week counted from Sunday as 1, any year.',
      ],
      slips: cronSlips(
        {
          time: {
            right: `${minute} ${hour}`,
            wrong: `${hour} ${minute}`,
            why: 'Minutes and hours are exchanged: minutes come first.',
          },
          days: {
            right: counted,
            wrong: shifted,
            why: `EventBridge counts the days of the week from Sunday as 1, so ${NAMES[first]} is ${first + 1}.`,
          },
          field: {
            right: 'week',
            wrong: 'month',
            why: 'The numbers stand for days of the month here: the days of the week are the fifth field.',
          },
        },
        random,
      ),
    }
  }
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
  return {
    stem: `A retraining workflow shall start at ${time} UTC ${one ? `every ${NAMES[first]}` : `each day from ${NAMES[first]} to ${NAMES[last]}`}. Which schedule expression of Amazon EventBridge does this?`,
    key: [
      weeklyCron(minute, hour, days),
      'Minutes, hours, any day of the month, any month, the days of the week, any year.',
    ],
    slips: shuffle(slips, random),
  }
}

/**
 * `rate(value unit)`; the unit is in the singular for 1 only. Source: EventBridge, "Rate expressions
 * reference".
 */
export function rateExpression(value: number, unit: Unit): string {
  return `rate(${value} ${unit}${value === 1 ? '' : 's'})`
}

type Unit = 'minute' | 'hour' | 'day'

const HOW_RATE =
  'A rate expression gives a whole number and a unit: in the singular for 1, in the plural for more.'
const WRONG_UNIT = 'EventBridge refuses it: the unit is singular for 1 and plural for more.'

/**
 * The even edition asks for a rate or for a time at random, and has two expressions of either kind. The
 * number is 1 in half of the draws, since otherwise the plural would nearly always be right.
 */
function rateOrTime(unit: Unit, value: number, random: () => number): Drawing {
  const many = value === 1 ? unit : `${value} ${unit}s`
  const hour = `${String(value).padStart(2, '0')}:00`
  const rate = rateExpression(value, unit)
  const refused = `rate(${value} ${unit}${value === 1 ? 's' : ''})`
  const { cron, time, swapped, runs } = {
    minute: {
      cron: `cron(${value} * * * ? *)`,
      time: `at minute ${value} of every hour`,
      swapped: `cron(* ${value} * * ? *)`,
      runs: `every minute from ${hour} to ${hour.slice(0, 3)}59 UTC`,
    },
    hour: {
      cron: `cron(0 ${value} * * ? *)`,
      time: `every day at ${hour} UTC`,
      swapped: `cron(${value} 0 * * ? *)`,
      runs: `every day at 00:${hour.slice(0, 2)} UTC`,
    },
    day: {
      cron: `cron(0 0 ${value} * ? *)`,
      time: `on day ${value} of every month, at 00:00 UTC`,
      swapped: `cron(0 0 * ${value} ? *)`,
      runs: `every day of month ${value}`,
    },
  }[unit]
  const fields = 'The fields are minutes, hours, day of the month, month, day of the week and year.'
  const wrongField: Slip = [swapped, `That runs ${runs}. ${fields}`]
  const wrongUnit: Slip = [refused, WRONG_UNIT]
  const counted = random() < 0.5
  return {
    stem: `A data quality check must run ${counted ? `every ${many}, counted from the creation of the rule` : time}. Which schedule expression of Amazon EventBridge does this?`,
    key: counted ? [rate, HOW_RATE] : [cron, fields],
    slips: counted
      ? [wrongUnit, [cron, `That runs ${time}: the number in a cron field names a time.`], wrongField]
      : [wrongField, [rate, `That runs every ${many}, counted from the creation of the rule.`], wrongUnit],
  }
}

export const rateOf: Draw = (random, edition) => {
  const unit = oneOf(['minute', 'hour', 'day'] as const, random)
  if (edition === 'even') {
    const most = { minute: 23, hour: 20, day: 12 }[unit]
    return rateOrTime(unit, random() < 0.5 ? 1 : between(2, most, random), random)
  }
  const value = between(1, { minute: 45, hour: 20, day: 14 }[unit], random)
  const many = value === 1 ? unit : `${value} ${unit}s`
  const fields = { minute: `${value} * * * ? *`, hour: `0 ${value} * * ? *`, day: `0 0 ${value} * ? *` }[unit]
  const meant = {
    minute: `at minute ${value} of each hour`,
    hour: `once a day, at ${value}:00 UTC`,
    day: `once a month, on day ${value}`,
  }[unit]
  return {
    stem: `A data quality check shall run every ${many}, counted from the creation of the rule. Which schedule expression of Amazon EventBridge does this?`,
    key: [rateExpression(value, unit), HOW_RATE],
    slips: [
      [`rate(${value} ${unit}${value === 1 ? 's' : ''})`, WRONG_UNIT],
      [`cron(${fields})`, `That runs ${meant}.`],
      [`rate(${unit} ${value})`, 'EventBridge refuses it: the number comes first.'],
    ],
  }
}
