/**
 * What a person gets next up to the exam: new concepts at a rate that meets them all in time, the rest by
 * what an answer today is worth on exam day. The unit is the concept; sibling questions share its memory.
 */

import { gain, type Memory } from './memory.js'
import { DAY_MS } from './time.js'

/** Without a date: days of a horizon that moves along. */
export const HORIZON_DAYS = 21
export const GOAL = 10
/** Shares of a day's goal that new concepts get, at least and at most. */
const NEW_LEAST = 0.3
const NEW_MOST = 0.7
/** Days before the exam in which nothing new comes, unless more than this share of its weight is unseen. */
const LAST_DAYS = 7
const UNSEEN_SHARE = 0.1

export interface PlanConcept {
  readonly id: string
  /** Its share of the exam; any unit, the same for all. */
  readonly weight: number
  /** The chance to guess its questions right. */
  readonly guess: number
  /** Concepts that are easily taken for it. */
  readonly confusable: readonly string[]
}

export interface Plan {
  readonly concepts: readonly PlanConcept[]
  /** By concept; none for what was never answered. */
  readonly memory: ReadonlyMap<string, Memory>
  /** Share of right answers, 0 to 1, one's own or the team's: new concepts come first where it is low. */
  readonly rightShare: (concept: string) => number
  /** Answered today, in their order; `isNew` where today's answer was the first. */
  readonly today: readonly { readonly concept: string; readonly isNew: boolean }[]
  /** Answered wrong yesterday, or missed in a mock exam: a sibling of each comes first. */
  readonly missed: ReadonlySet<string>
  /** Epoch milliseconds; no date for a horizon of 21 days. */
  readonly now: number
  readonly exam: number | undefined
  /** Answers a day. */
  readonly goal: number
  readonly random: () => number
}

/** Why a concept comes: a sibling was missed, it is new, or it is worth most on exam day. */
export type Why = 'missed' | 'new' | 'worth'

export interface Planned {
  readonly concept: string
  readonly why: Why
}

export interface PlanDay {
  /** Days to the exam, rounded up. */
  readonly days: number
  readonly met: number
  readonly concepts: number
  /** What is left for today, first to come first; empty when the goal is reached. */
  readonly next: readonly Planned[]
}

/**
 * `min(ceil(.7 n), max(ceil(.3 n), ceil(unseen / max(1, D - 7))))` new concepts a day with n answers and
 * D days to go, drawn with weight domain share x (1 - right share); the rest by gain on exam day, highest first;
 * what was missed yesterday before all. No concept twice on one day. Concepts that are easily confused come
 * one after the other when both are chosen (interleaving: Brunmair and Richter 2019, g .42). Simulated in
 * `bench/learning.ts`.
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
  // Where nothing else is left to ask, new concepts come before the goal is missed.
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
  /** So many that all are met in time; they go before what was missed. */
  readonly needed: number
}

/** What is left of the day's new concepts. */
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

/** Without repeats, by weight (Efraimidis and Spirakis 2006: the largest `u ^ (1 / weight)`). */
function drawn(from: readonly PlanConcept[], count: number, { rightShare, random }: Plan): PlanConcept[] {
  if (count <= 0) return []
  return from
    .map((one) => ({ one, key: Math.log(random()) / Math.max(1e-6, one.weight * (1 - rightShare(one.id))) }))
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ one }) => one)
}

/** Evenly, so that new and known take turns. */
function mixed<T>(some: readonly T[], others: readonly T[]): T[] {
  const place = (all: readonly T[]) => all.map((one, i) => ({ one, at: (i + 0.5) / all.length }))
  return [...place(some), ...place(others)].sort((a, b) => a.at - b.at).map(({ one }) => one)
}

/** What is easily confused with one before it follows that one. */
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
