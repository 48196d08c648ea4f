/** Reads a typed day. */
import { readDate } from '../../core/date-text.js'
import { UserError } from '../../core/errors.js'
import { HOW_TO_SAY } from '../cards/plan.js'

/**
 * Returns a day from today on, ISO. Throws a `UserError` for anything else. `field`: the form's field that it
 * was typed in.
 */
export function dayFrom(typed: string, today: string, field?: string): string {
  const day = readDate(typed, today)
  if (day === undefined)
    throw new UserError(`"${typed.slice(0, 40)}" is no date that I can read. ${HOW_TO_SAY}`, field)
  if (day < today) throw new UserError(`${day} has passed: today is ${today}. Nothing was changed.`, field)
  return day
}
