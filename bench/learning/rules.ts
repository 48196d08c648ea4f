/**
 * Three rules that choose the next question: the product's plan, a random draw, and the rule of version 0.2.
 */

import { type Card, createEmptyCard, fsrs, Rating } from 'ts-fsrs'
import { planDay } from '../../src/core/plan.js'
import { oneOf, shuffle } from '../../src/core/random.js'
import { DAY_MS } from '../../src/core/time.js'
import type { Learner } from './learners.js'

export interface Concept {
  readonly concept: string
  readonly domain: number
  readonly questions: number
}

export interface Course {
  readonly concepts: readonly Concept[]
  /** The domains' weights in the exam, in per cent. */
  readonly weights: Readonly<Record<string, number>>
  readonly goal: number
  readonly exam: number
  readonly random: () => number
}

/** Answers one day's questions; returns the concepts asked, in their order. */
export type Rule = (course: Course, learner: Learner) => (day: number) => readonly string[]

/** The time between two answers of a day. */
const PAUSE_MS = 40_000

export const planRule: Rule = ({ concepts, weights, goal, exam, random }, learner) => {
  const domain = new Map(concepts.map((one) => [one.concept, one.domain]))
  const inDomain = (one: number) => concepts.filter((other) => other.domain === one).length
  const planned = concepts.map((one) => ({
    id: one.concept,
    weight: (weights[one.domain] ?? 0) / inDomain(one.domain),
    guess: 0.25,
    confusable: [],
  }))
  const right = new Map<number, { right: number; all: number }>()
  let missed = new Set<string>()
  return (day) => {
    const { next } = planDay({
      ...{ concepts: planned, memory: learner.memory, today: [], missed, now: day, exam, goal, random },
      rightShare: (concept) => {
        const known = right.get(domain.get(concept) ?? 0) ?? { right: 0, all: 0 }
        return (known.right + 1) / (known.all + 2)
      },
    })
    missed = new Set()
    for (const [i, { concept }] of next.entries()) {
      const isRight = learner.answer(concept, day + i * PAUSE_MS)
      if (!isRight) missed.add(concept)
      const known = right.get(domain.get(concept) ?? 0) ?? { right: 0, all: 0 }
      right.set(domain.get(concept) ?? 0, { right: known.right + (isRight ? 1 : 0), all: known.all + 1 })
    }
    return next.map(({ concept }) => concept)
  }
}

export const randomRule: Rule = ({ concepts, goal, random }, learner) => {
  const questions = concepts.flatMap((one) => Array.from({ length: one.questions }, () => one.concept))
  return (day) =>
    Array.from({ length: goal }, (_, i) => {
      const concept = oneOf(questions, random)
      learner.answer(concept, day + i * PAUSE_MS)
      return concept
    })
}

/**
 * Asks overdue questions first, then new ones, then those due soonest. It schedules each question by
 * itself, with short-term steps of minutes.
 */
export const oldRule: Rule = ({ concepts, goal, random }, learner) => {
  const scheduler = fsrs({ enable_fuzz: false, enable_short_term: true })
  const questions = shuffle(
    concepts.flatMap((one) =>
      Array.from({ length: one.questions }, (_, i) => ({ id: `${one.concept} ${i}`, concept: one.concept })),
    ),
    random,
  )
  const cards = new Map<string, Card>()
  return (day) =>
    Array.from({ length: goal }, (_, i) => {
      const now = day + i * PAUSE_MS
      const soonest = soonestOf(cards)
      const isOverdue = soonest !== undefined && soonest.due <= now
      const fresh = isOverdue ? undefined : questions[cards.size]
      const id = fresh?.id ?? soonest?.id ?? ''
      const concept = id.slice(0, id.lastIndexOf(' '))
      const isRight = learner.answer(concept, now)
      const at = new Date(now)
      const card: Card = cards.get(id) ?? createEmptyCard(at)
      cards.set(id, scheduler.next(card, at, isRight ? Rating.Good : Rating.Again).card)
      return concept
    })
}

function soonestOf(cards: ReadonlyMap<string, Card>) {
  let soonest: { id: string; due: number } | undefined
  for (const [id, { due }] of cards)
    if (soonest === undefined || due.getTime() < soonest.due) soonest = { id, due: due.getTime() }
  return soonest
}

export const dayAt = (day: number) => Date.parse('2026-11-02T12:00:00Z') + day * DAY_MS
