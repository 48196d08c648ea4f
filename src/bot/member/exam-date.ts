/** `/study exam`: the day of a person's exam, and their goal a day. */

import { UserError } from '../../core/errors.js'
import { GOAL } from '../../core/plan.js'
import { localDate } from '../../core/schedule.js'
import { examCard, examForm, noExamCard, wentCard } from '../cards/plan.js'
import { notHere } from '../cards/wording.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import { preparedIn } from '../ports/packs.js'
import { packOf } from '../team/team.js'
import type { Card, Form } from '../ui/card.js'
import { learnerOf, type Own, personPlan, zoneOf } from './plan.js'
import { dayFrom } from './typed-day.js'

const CLEAR = ['clear', 'none', 'off', 'never', 'no', 'remove', 'delete', 'stop']
/** A date further away is taken for a typing error. */
const MOST_YEARS = 5

/** `field`: the form's field with the date, for messages about mistakes. */
export async function examDate(
  typed: string | undefined,
  caller: Caller,
  deps: Deps,
  field?: string,
): Promise<Card> {
  if (typed === undefined || typed.trim() === '') return planCard(caller, deps)
  if (CLEAR.includes(typed.trim().toLowerCase())) return clearExam(caller, deps)
  const today = localDate(deps.clock(), await zoneOf(caller, deps))
  const on = dayFrom(typed, today, field)
  if (Number(on.slice(0, 4)) > Number(today.slice(0, 4)) + MOST_YEARS)
    throw new UserError(`${on} is more than ${MOST_YEARS} years away. Nothing was changed.`, field)
  const { bank } = await packOf(caller, deps)
  await saved(deps.store.saveExam(caller, { on, pack: bank.pack.id }))
  return planCard(caller, deps)
}

export async function examDateForm(caller: Caller, deps: Deps): Promise<Form> {
  return examForm((await learnerOf(caller, deps))?.exam?.on)
}

export async function clearExam(caller: Caller, deps: Deps): Promise<Card> {
  await saved(deps.store.saveExam(caller, undefined))
  return planCard(caller, deps)
}

export async function setGoal(goal: number, caller: Caller, deps: Deps): Promise<Card> {
  await saved(deps.store.saveGoal(caller, goal))
  return planCard(caller, deps)
}

async function saved(done: Promise<boolean>): Promise<void> {
  if (!(await done)) throw notHere()
}

async function planCard(caller: Caller, deps: Deps): Promise<Card> {
  const pack = await packOf(caller, deps)
  const pool = deps.questions.about(preparedIn(pack), [])
  const plan = await personPlan({ pack, pool, isExtra: false }, caller, deps)
  const { learner } = plan
  const goal = learner?.goal ?? GOAL
  return learner?.exam ? examCard(plan, learner.exam.on, goal) : noExamCard(plan, goal)
}

/**
 * Asks once, when a person practises after the day of their exam; the plan for it ends with that question.
 */
export async function askHowItWent(
  { learner, zone }: Own,
  caller: Caller,
  deps: Deps,
): Promise<Card | undefined> {
  if (!learner?.exam || learner.exam.on >= localDate(deps.clock(), zone)) return undefined
  await deps.store.saveExam(caller, undefined)
  return wentCard(learner.exam.on)
}
