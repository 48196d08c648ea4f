/** `/study away`: days that are not scheduled days for a member. */

import { Temporal } from 'temporal-polyfill'
import { type AwayTime, isAway, MOST_AWAY_DAYS } from '../../core/away.js'
import { UserError } from '../../core/errors.js'
import { localDate } from '../../core/schedule.js'
import { AWAY_MOST, AWAY_NO_MEMBER, awayCard, backCard } from '../cards/away.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { Card } from '../ui/card.js'
import { zoneOf } from './plan.js'
import { dayFrom } from './typed-day.js'

const BACK = ['off', 'back', 'no', 'none', 'clear', 'stop', 'end', 'over']

/** `typed`: "until 5 January", "5 January", "off", or nothing. */
export async function away(typed: string | undefined, caller: Caller, deps: Deps): Promise<Card> {
  const words = typed?.trim().toLowerCase() ?? ''
  if (words === '') return awayCard(await awayOn(await todayOf(caller, deps), caller, deps))
  if (BACK.includes(words)) return back(caller, deps)
  const today = await todayOf(caller, deps)
  const said = words.replace(/^(until|till|to)\s+/, '')
  const until = dayFrom(said, today)
  if (until > lastDay(today)) throw new UserError(AWAY_MOST)
  if (!(await deps.store.setAway(caller, { from: today, until }, deps.clock())))
    throw new UserError(AWAY_NO_MEMBER)
  return awayCard(await awayOn(today, caller, deps))
}

export async function back(caller: Caller, deps: Deps): Promise<Card> {
  const today = await todayOf(caller, deps)
  return backCard(await deps.store.endAway(caller, today, deps.clock()))
}

/** The current away time. */
export async function awayOn(today: string, caller: Caller, deps: Deps): Promise<AwayTime | undefined> {
  return (await deps.store.awayTimes(caller, today)).find((time) => isAway(today, [time]))
}

async function todayOf(caller: Caller, deps: Deps): Promise<string> {
  return localDate(deps.clock(), await zoneOf(caller, deps))
}

function lastDay(today: string): string {
  return Temporal.PlainDate.from(today)
    .add({ days: MOST_AWAY_DAYS - 1 })
    .toString()
}
