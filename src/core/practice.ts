/**
 * Spaced repetition for practice: what a member got wrong comes back soon, what went well comes back late.
 */
import { type Card, createEmptyCard, fsrs, Rating } from 'ts-fsrs'
import type { Question } from './model.js'
import { shuffle } from './random.js'

export interface Tried {
  readonly question: string
  readonly right: boolean
  /** Epoch milliseconds. */
  readonly at: number
}

export interface Practising {
  readonly pool: readonly Question[]
  /** The member's latest answers, oldest first, daily ones too. */
  readonly attempts: readonly Tried[]
  readonly count: number
  readonly now: number
  readonly random: () => number
}

const scheduler = fsrs({ enable_fuzz: false, enable_short_term: true })

/**
 * When each question tried is due again (epoch milliseconds): the attempts replayed through FSRS, wrong as
 * Again, right as Good.
 */
export function dueTimes(attempts: readonly Tried[]): Map<string, number> {
  const cards = new Map<string, Card>()
  for (const attempt of attempts) {
    const at = new Date(attempt.at)
    const card: Card = cards.get(attempt.question) ?? createEmptyCard(at)
    cards.set(attempt.question, scheduler.next(card, at, attempt.right ? Rating.Good : Rating.Again).card)
  }
  return new Map([...cards].map(([id, card]) => [id, card.due.getTime()]))
}

/**
 * Due questions, the longest overdue first; then those never tried, in random order; then those due soonest.
 */
export function pickPractice({ pool, attempts, count, now, random }: Practising): Question[] {
  const asked = new Set(pool.map((q) => q.id))
  const due = dueTimes(attempts.filter((one) => asked.has(one.question)))
  const byDue = (a: Question, b: Question) => (due.get(a.id) ?? 0) - (due.get(b.id) ?? 0)
  const tried = pool.filter((q) => due.has(q.id)).sort(byDue)
  const overdue = tried.filter((q) => (due.get(q.id) ?? 0) <= now)
  const later = tried.filter((q) => (due.get(q.id) ?? 0) > now)
  const fresh = shuffle(
    pool.filter((q) => !due.has(q.id)),
    random,
  )
  return [...overdue, ...fresh, ...later].slice(0, count)
}
