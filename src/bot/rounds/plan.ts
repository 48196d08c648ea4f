/** Plans the rounds that are due: their dates and their questions. */

import { instantiate } from '../../core/instantiate.js'
import type { Team } from '../../core/model.js'
import { pickQuestions } from '../../core/pick.js'
import { newSeed } from '../../core/random.js'
import {
  isoWeek,
  localDate,
  nextSlot,
  planSlot,
  type SlotPlan,
  season,
  seasonEnd,
} from '../../core/schedule.js'
import { maxPoints } from '../../core/scoring.js'
import { HOUR_MS } from '../../core/time.js'
import type { Deps } from '../deps.js'
import type { DueTeam, PlannedQuestion, RoundPlan } from '../ports/rounds.js'

/** Teams planned without a pause: this takes a few hundredths of a second. */
const BATCH = 500

/** Plans the due rounds of all teams. Returns how many teams were planned. */
export async function planDue(deps: Deps): Promise<number> {
  await deps.questions.catchUp()
  let total = 0
  for (;;) {
    const now = deps.clock()
    const slotOf = slotsAt(now)
    const taken = await deps.store.planRounds(
      now,
      BATCH,
      (due) => planOrPutOff(due, slotOf, now, deps),
      deps.packs.editions,
    )
    total += taken
    if (taken === 0) return total
  }
}

/**
 * Moves slots back that are later than the next one should be, because they were planned while the clock of a
 * machine was wrong. A date that has had its round keeps that one.
 */
export async function checkSlots(deps: Deps): Promise<void> {
  let after = 0
  for (;;) {
    const now = deps.clock()
    const teams = await deps.store.teamsAfter(after, BATCH)
    for (const team of teams) {
      after = team.id
      await checkSlot(team, now, deps).catch((error) =>
        deps.log.error({ team: team.id, error }, 'slot not checked'),
      )
    }
    if (teams.length < BATCH) return
  }
}

async function checkSlot(team: Team, now: number, deps: Deps): Promise<void> {
  if (team.nextPostAt === undefined || team.nextPostAt <= nextSlot(team, now - 1, [])) return
  const next = nextSlot(team, now - 1, await deps.store.usedDates(team.id))
  if (team.nextPostAt <= next) return
  await deps.store.moveSlot(team.id, team.nextPostAt, next)
  deps.log.warn(
    { team: team.id, from: new Date(team.nextPostAt).toISOString(), to: new Date(next).toISOString() },
    'slot moved back',
  )
}

/** A due slot, with everything that depends on its date. */
interface DatedPlan extends Omit<SlotPlan, 'slot'> {
  readonly slot: DatedSlot | undefined
}

type DatedSlot = Omit<NonNullable<RoundPlan['round']>, 'questions'>

/** Computes each schedule once, since many teams share a few and computing in zones is expensive. */
function slotsAt(now: number): (due: DueTeam) => DatedPlan {
  const known = new Map<string, DatedPlan>()
  return ({ team, used }) => {
    const key = JSON.stringify([team.zone, team.minute, team.days, team.openHours, team.nextPostAt, used])
    const found = known.get(key)
    if (found) return found
    const plan = planSlot(team, team.nextPostAt ?? now, now, used)
    const dated = { ...plan, slot: plan.slot && withDates(plan.slot, team.zone) }
    known.set(key, dated)
    return dated
  }
}

function withDates(slot: { dueAt: number; date: string; closesAt: number }, zone: string): DatedSlot {
  const key = season(slot.date)
  return { ...slot, season: key, seasonEndsAt: seasonEnd(key, zone), week: isoWeek(slot.date) }
}

/** Plans a round. An error with one team does not stop the others: it is tried again in an hour. */
function planOrPutOff(due: DueTeam, slotOf: (due: DueTeam) => DatedPlan, now: number, deps: Deps): RoundPlan {
  try {
    return planScheduled(due, slotOf(due), deps)
  } catch (error) {
    deps.log.error({ team: due.team.id, error }, 'round not planned')
    deps.metrics.delivery(due.team.platform, 'round', 'failed')
    return { nextPostAt: now + HOUR_MS }
  }
}

function planScheduled(due: DueTeam, { slot, skipped, nextPostAt }: DatedPlan, deps: Deps): RoundPlan {
  const { team } = due
  for (const dueAt of skipped) {
    deps.log.warn({ team: team.id, dueAt: new Date(dueAt).toISOString() }, 'missed round skipped')
    deps.metrics.delivery(team.platform, 'round', 'dropped')
  }
  return slot ? { nextPostAt, round: { ...slot, questions: chooseQuestions(due, deps) } } : { nextPostAt }
}

/**
 * Plans today's round out of turn, open from now on. A later slot of the same day is skipped, since a day has
 * one round.
 */
export function planOutOfTurn(due: DueTeam, now: number, deps: Deps): RoundPlan {
  const { team, used } = due
  const date = localDate(now, team.zone)
  const nextPostAt = nextSlot(team, now, [...used, date])
  const closesAt = Math.min(now + team.openHours * HOUR_MS, nextPostAt)
  return {
    nextPostAt,
    round: { ...withDates({ dueAt: now, date, closesAt }, team.zone), questions: chooseQuestions(due, deps) },
  }
}

function chooseQuestions(due: DueTeam, deps: Deps): PlannedQuestion[] {
  const pool = deps.questions.about(due.team, due.team.topics)
  const chosen = pickQuestions({ pool, history: due.history, count: due.team.count, random: deps.random })
  return chosen.map((question) => {
    const seed = newSeed(deps.random)
    const items = instantiate(question, seed).items.map((item) => ({
      key: item.key,
      maxPoints: maxPoints(question.difficulty),
    }))
    return { question: question.id, version: question.version, seed, items }
  })
}
