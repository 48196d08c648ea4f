/**
 * Plans what a person gets next until the exam: new concepts at a rate that covers them all in time, and the
 * others by what an answer today is worth on exam day. The unit is the concept; sibling questions share its
 * memory.
 */

import { gain, type Memory } from './memory.js'
import { DAY_MS } from './time.js'

/** Horizon in days when there is no exam date; it moves along with today. */
const HORIZON_DAYS = 21
export const GOAL = 10
/** The least and the largest share of a day's goal that new concepts get. */
const NEW_LEAST = 0.3
const NEW_MOST = 0.7
/**
 * Length in days of the last phase before the exam, in which no new concepts come unless more than this share
 * of the exam's weight is unseen.
 */
const LAST_DAYS = 7
const UNSEEN_SHARE = 0.1

export interface PlanConcept {
  readonly id: string
  /** The concept's share of the exam, in any unit that is the same for all concepts. */
  readonly weight: number
  /** The chance to guess its questions right. */
  readonly guess: number
  /** Concepts that are easily confused with it. */
  readonly confusable: readonly string[]
}

export interface Plan {
  readonly concepts: readonly PlanConcept[]
  /** Keyed by concept; concepts that were never answered are absent. */
  readonly memory: ReadonlyMap<string, Memory>
  /**
   * Returns the share of right answers, 0 to 1, of the person or of the team: new concepts with a low share
   * come first.
   */
  readonly rightShare: (concept: string) => number
  /** Today's answers, in order; `isNew` marks the first answer to a concept. */
  readonly today: readonly { readonly concept: string; readonly isNew: boolean }[]
  /** Concepts answered wrong yesterday, or missed in a mock exam: a sibling of each comes first. */
  readonly missed: ReadonlySet<string>
  /** Epoch milliseconds; undefined means a horizon of 21 days. */
  readonly now: number
  readonly exam: number | undefined
  /** Answers a day. */
  readonly goal: number
  readonly random: () => number
}

/** Why a concept comes: a sibling was missed, it is new, or an answer is worth most on exam day. */
export type Why = 'missed' | 'new' | 'worth'

export interface Planned {
  readonly concept: string
  readonly why: Why
}

export interface PlanDay {
  /** Days until the exam, rounded up. */
  readonly days: number
  readonly met: number
  readonly concepts: number
  /** The rest of today's plan, in order; empty when the goal is reached. */
  readonly next: readonly Planned[]
}

/**
 * Chooses `min(ceil(.7 n), max(ceil(.3 n), ceil(unseen / max(1, D - 7))))` new concepts a day with n answers
 * and D days to go, drawn with the weight domain share x (1 - right share). The rest comes by gain on exam
 * day, highest first, and concepts missed yesterday come before everything else. No concept comes twice on
 * one day. Concepts that are easily confused come one after the other when both are chosen (interleaving:
 * Brunmair and Richter 2019, g .42). Simulated in `bench/learning/main.ts`.
 */
export function planDay(plan: Plan): PlanDay {
  const { concepts, memory, today, now, goal } = plan
  const exam = plan.exam ?? now + HORIZON_DAYS * DAY_MS
  const days = Math.max(0, Math.ceil((exam - now) / DAY_MS))
  const done = new Set(today.map(({ concept }) => concept))
  const left = Math.max(0, goal - done.size)
  const open = concepts.filter(({ id }) => !done.has(id))
  const unseen = open.filter(({ id }) => !memory.has(id) && !plan.missed.has(id))
  const newToday = new Set(today.filter((one) => one.isNew).map(({ concept }) => concept)).size
  const { most, needed } = newQuota(plan, days, unseen, newToday)
  const missed = open.filter(({ id }) => plan.missed.has(id)).slice(0, Math.max(0, left - needed))
  const fresh = drawn(unseen, Math.min(most, left - missed.length), plan)
  const isMissed = new Set(missed)
  const worth = open
    .filter((one) => memory.has(one.id) && !isMissed.has(one))
    .map((one) => ({ one, gain: gain(memory.get(one.id) as Memory, now, exam, one.guess) }))
    .sort((a, b) => b.gain - a.gain)
    .slice(0, left - missed.length - fresh.length)
    .map(({ one }) => one)
  // If nothing else is left to ask, more new concepts come, so that the goal is met.
  const short = left - missed.length - fresh.length - worth.length
  const isFresh = new Set(fresh)
  const more = isLastDays(plan, days, unseen)
    ? []
    : drawn(
        unseen.filter((one) => !isFresh.has(one)),
        short,
        plan,
      )
  const because = (why: Why) => (one: PlanConcept) => ({ one, why })
  const asked = [
    ...missed.map(because('missed')),
    ...mixed([...fresh, ...more].map(because('new')), worth.map(because('worth'))),
  ]
  const met = concepts.filter(({ id }) => memory.has(id)).length
  return {
    days,
    met,
    concepts: concepts.length,
    next: interleaved(asked).map(({ one, why }) => ({ concept: one.id, why })),
  }
}

interface Quota {
  readonly most: number
  /** The number needed to cover all in time; these come before missed concepts. */
  readonly needed: number
}

/** Returns the rest of the day's share of new concepts. */
function newQuota(plan: Plan, days: number, unseen: readonly PlanConcept[], newToday: number): Quota {
  if (isLastDays(plan, days, unseen)) return { most: 0, needed: 0 }
  const most = Math.ceil(NEW_MOST * plan.goal)
  const least = Math.ceil(NEW_LEAST * plan.goal)
  const pace = Math.min(most, Math.ceil((unseen.length + newToday) / Math.max(1, days - LAST_DAYS)))
  const leftOf = (quota: number) => Math.max(0, quota - newToday)
  return { most: leftOf(Math.max(least, pace)), needed: leftOf(pace) }
}

function isLastDays({ concepts, exam }: Plan, days: number, unseen: readonly PlanConcept[]): boolean {
  if (exam === undefined || days > LAST_DAYS) return false
  const sum = (all: readonly PlanConcept[]) => all.reduce((total, { weight }) => total + weight, 0)
  return sum(unseen) <= UNSEEN_SHARE * sum(concepts)
}

/** Draws by weight without repeats (Efraimidis and Spirakis 2006: the largest `u ^ (1 / weight)`). */
function drawn(from: readonly PlanConcept[], count: number, { rightShare, random }: Plan): PlanConcept[] {
  if (count <= 0) return []
  return from
    .map((one) => ({ one, key: Math.log(random()) / Math.max(1e-6, one.weight * (1 - rightShare(one.id))) }))
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ one }) => one)
}

/** Spreads both lists evenly, so that new and known concepts alternate. */
function mixed<T>(some: readonly T[], others: readonly T[]): T[] {
  const place = (all: readonly T[]) => all.map((one, i) => ({ one, at: (i + 0.5) / all.length }))
  return [...place(some), ...place(others)].sort((a, b) => a.at - b.at).map(({ one }) => one)
}

/** Moves each concept directly behind an earlier one that it is easily confused with. */
function interleaved<T extends { readonly one: PlanConcept }>(asked: readonly T[]): T[] {
  const left = [...asked]
  const order: T[] = []
  while (left.length > 0) {
    const last = order.at(-1)
    const near = last ? left.findIndex(({ one }) => isConfusable(one, last.one)) : -1
    order.push(...left.splice(Math.max(0, near), 1))
  }
  return order
}

const isConfusable = (a: PlanConcept, b: PlanConcept) =>
  a.confusable.includes(b.id) || b.confusable.includes(a.id)
