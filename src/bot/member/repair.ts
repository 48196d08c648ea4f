/**
 * Repairs a broken streak after two answers: to questions of the missed days or, if there are fewer, to
 * others about the same. Progress is read from the answers themselves, so nothing is lost if the bot ends in
 * between.
 */

import { UserError } from '../../core/errors.js'
import { instantiate } from '../../core/instantiate.js'
import type { Question, Team } from '../../core/model.js'
import { newSeed } from '../../core/random.js'
import { LEAST_DAYS, REPAIR_ANSWERS, repairable } from '../../core/repair.js'
import { localDate } from '../../core/schedule.js'
import { currentStreak } from '../../core/streak.js'
import { practiceCard, type Run } from '../cards/practice.js'
import {
  type BrokenView,
  nothingBrokenCard,
  repairedCard,
  repairSpentCard,
  tooLateToRepairCard,
} from '../cards/repair.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { BrokenStreak } from '../ports/habits.js'
import type { StreakNow } from '../ports/members.js'
import { IN_OPEN_ROUND, openQuestions } from '../rounds/open-questions.js'
import type { Card } from '../ui/card.js'

interface Break {
  readonly team: Team
  readonly streak: StreakNow
  readonly broken: BrokenStreak
}

/** The view of a broken streak; undefined unless it can be repaired. */
export function brokenView(streak: StreakNow | undefined, team: Team, now: number): BrokenView | undefined {
  if (!streak?.broken) return undefined
  const state = repairable(streak.broken, streak.repairedAt, now)
  return state.kind === 'open' ? { days: streak.broken.days, until: state.until, zone: team.zone } : undefined
}

/** The next of the two questions, or a card that says why there is none. */
export async function nextRepair(run: Run, caller: Caller, deps: Deps): Promise<Card> {
  const found = await findBreak(caller, deps)
  if (typeof found === 'number') return nothingBrokenCard(found)
  const { team, streak, broken } = found
  const state = repairable(broken, streak.repairedAt, deps.clock())
  if (state.kind === 'late') return tooLateToRepairCard(broken)
  if (state.kind === 'spent') return repairSpentCard(state.again, team.zone)
  const { left, needed } = await stillToAnswer(found, caller, deps)
  if (needed === 0) {
    const days = await repaired(found, caller, deps)
    if (days === undefined) throw new UserError('Your streak has moved meanwhile. Type /study repair again.')
    return repairedCard(days)
  }
  const [question] = left
  if (!question) throw new UserError(IN_OPEN_ROUND)
  const seed = newSeed(deps.random)
  const shown = REPAIR_ANSWERS - needed + 1
  const told = `For your streak of ${broken.days} days: one of the questions that you missed.`
  return practiceCard(instantiate(question, seed), 0, { ...run, total: REPAIR_ANSWERS, shown }, { told })
}

/**
 * Repairs the streak if enough was answered. Returns the streak after the repair; undefined while it is not
 * repaired.
 */
export async function repairIfAnswered(caller: Caller, deps: Deps): Promise<number | undefined> {
  const found = await findBreak(caller, deps)
  if (typeof found === 'number') return undefined
  const { kind } = repairable(found.broken, found.streak.repairedAt, deps.clock())
  if (kind !== 'open' || (await stillToAnswer(found, caller, deps)).needed > 0) return undefined
  return repaired(found, caller, deps)
}

/** Searches the team of the channel first, then the others; returns the current streak if none is broken. */
async function findBreak(caller: Caller, deps: Deps): Promise<Break | number> {
  const now = deps.clock()
  const joined = await deps.store.teamsJoined(caller)
  const isHere = (team: Team) => team.channel === caller.channel
  const teams = [...joined.filter(isHere), ...joined.filter((team) => !isHere(team))]
  const all: Break[] = []
  let standing = 0
  for (const team of teams) {
    const streak = await deps.store.streak(caller, team.id, localDate(now, team.zone))
    if (streak) standing = Math.max(standing, currentStreak(streak, streak.missed))
    if (streak?.broken) all.push({ team, streak, broken: streak.broken })
  }
  const isOpen = ({ broken, streak }: Break) => repairable(broken, streak.repairedAt, now).kind === 'open'
  // A streak that broke long ago, and was followed by another, is not mentioned.
  const isNews = ({ broken, streak }: Break) => !broken.isFollowed || streak.days < LEAST_DAYS
  return all.find(isOpen) ?? all.find(isNews) ?? standing
}

/**
 * How many answers are still needed, and the questions for them: if fewer than two were missed, others are
 * added.
 */
async function stillToAnswer({ team, broken }: Break, caller: Caller, deps: Deps) {
  const [missed, open, attempts] = await Promise.all([
    deps.store.unanswered(caller, team.id, broken.last),
    openQuestions(caller, deps),
    deps.store.attempts(caller),
  ])
  const isUsable = ({ id }: Question) => !open.has(id)
  const questions = missed.flatMap((id) => deps.questions.question(id) ?? []).filter(isUsable)
  const lacking = Math.max(0, REPAIR_ANSWERS - questions.length)
  const usable = [...questions, ...alike(questions, team, deps).filter(isUsable).slice(0, lacking)]
  const since = attempts.filter((one) => one.team === undefined && one.at >= broken.at)
  const answered = new Set(since.map(({ question }) => question))
  const left = usable.filter(({ id }) => !answered.has(id))
  const done = usable.length - left.length
  // If nothing can be asked now, all answers are still needed.
  const most = usable.length === 0 ? REPAIR_ANSWERS : Math.min(REPAIR_ANSWERS, usable.length)
  return { left, needed: Math.max(0, most - done) }
}

/** Other questions: those of the same concepts first, then of the same topics, then the rest. */
function alike(questions: readonly Question[], team: Team, deps: Deps): Question[] {
  const known = new Set(questions.map(({ id }) => id))
  const pool = deps.questions.about(team, []).filter(({ id }) => !known.has(id))
  const concepts = new Set(questions.map(({ concept }) => concept))
  const topics = new Set(questions.flatMap((question) => question.topics))
  const isSibling = ({ concept }: Question) => concepts.has(concept)
  const isNear = (one: Question) => one.topics.some((topic) => topics.has(topic))
  const rank = (one: Question) => (isSibling(one) ? 0 : isNear(one) ? 1 : 2)
  return pool.toSorted((a, b) => rank(a) - rank(b))
}

/** Repairs the streak. Undefined when another request did it, or the streak changed meanwhile. */
async function repaired({ team, broken }: Break, caller: Caller, deps: Deps): Promise<number | undefined> {
  const now = deps.clock()
  if (!(await deps.store.repairStreak(caller, team.id, broken, now))) return undefined
  deps.log.info({ team: team.id }, 'streak repaired')
  const streak = await deps.store.streak(caller, team.id, localDate(now, team.zone))
  return streak ? currentStreak(streak, streak.missed) : broken.days
}
