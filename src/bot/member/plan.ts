/**
 * The next question for a person: the plan of the day, from what is stored about them and what can be asked
 * now.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { Temporal } from 'temporal-polyfill'
import { bySeen, type SeenBefore } from '../../core/exam.js'
import type { Memory } from '../../core/memory.js'
import type { Member, Question, Team } from '../../core/model.js'
import { GOAL, type PlanDay, type Planned, planDay, type Why } from '../../core/plan.js'
import { shuffle } from '../../core/random.js'
import { knownZone, localDate } from '../../core/schedule.js'
import { DAY_MS } from '../../core/time.js'
import type { Deps } from '../deps.js'
import type { Caller } from '../ports/chat.js'
import type { UserKey } from '../ports/keys.js'
import type { ConceptMemory, Learner, Seen } from '../ports/learning.js'
import type { LoadedPack } from '../ports/packs.js'
import { openQuestions } from '../rounds/open-questions.js'
import { findTeam } from '../team/team.js'
import { planConcepts, questionsByConcept } from './plan-concepts.js'

/** The same question is not repeated within this time while it has a sibling. */
const REST_DAYS = 7

export interface Asked {
  readonly question: Question
  /** `exam`: it was missed in a mock exam. */
  readonly why: Why | 'exam'
}

export interface PersonPlan {
  readonly learner: Learner | undefined
  readonly day: PlanDay
  /** Calendar days from today; undefined without a date, and once it has passed. */
  readonly daysLeft: number | undefined
  /** Undefined if everything that could be asked is in an open round. */
  readonly next: Asked | undefined
}

/** The data that any request about a person's plan needs. */
export interface Own {
  readonly learner: Learner | undefined
  readonly zone: string
}

export async function ownOf(caller: Caller, deps: Deps): Promise<Own> {
  const [learner, zone] = await Promise.all([learnerOf(caller, deps), zoneOf(caller, deps)])
  return { learner, zone }
}

export interface PlanScope {
  readonly pack: LoadedPack
  /** Questions to choose from. */
  readonly pool: readonly Question[]
  /** Whether the person asks for more than the goal, or for one topic. */
  readonly isExtra: boolean
}

export async function personPlan(
  { pack, pool, isExtra }: PlanScope,
  caller: Caller,
  deps: Deps,
  own: Own | Promise<Own> = ownOf(caller, deps),
): Promise<PersonPlan> {
  const [{ learner, zone }, open] = await Promise.all([own, openQuestions(caller, deps)])
  // Reading what a person remembers and planning each take time: other tasks run in between.
  await turn()
  const now = deps.clock()
  const known = new Map(
    (learner?.concepts ?? [])
      .filter((one) => one.pack === pack.bank.pack.id)
      .map((one) => [one.concept, one]),
  )
  const siblings = questionsByConcept(pool.filter((one) => !open.has(one.id)))
  const concepts = planConcepts(pool, pack.bank).filter(({ id }) => siblings.has(id))
  const midnight = startOfDay(now, zone)
  const today = [...known.values()].filter(({ memory }) => memory.last >= midnight)
  const on = learner?.exam?.pack === pack.bank.pack.id ? learner.exam.on : undefined
  const exam = on === undefined ? undefined : examTime(on, zone)
  const goal = learner?.goal ?? GOAL
  const yesterday = new Set(
    [...known.values()].filter((one) => isMissed(one, midnight)).map((one) => one.concept),
  )
  const plan = {
    concepts,
    memory: new Map<string, Memory>([...known].map(([id, { memory }]) => [id, memory])),
    rightShare: rightShares(known.values(), pool),
    today: today.map((one) => ({ concept: one.concept, isNew: firstAt(one) >= midnight })),
    missed: new Set([...yesterday, ...missedInExams(learner, known, pack, deps)]),
    ...{ now, goal, random: deps.random },
    exam: exam !== undefined && exam > now ? exam : undefined,
  }
  const day = planDay(plan)
  // Beyond the goal, or if a topic has no other questions, questions asked today may come again.
  const more = day.next.length > 0 || !isExtra ? day : planDay({ ...plan, today: [], goal: concepts.length })
  const first = more.next[0]
  const alike = shuffle(siblings.get(first?.concept ?? '') ?? [], deps.random)
  const question = first && sibling(alike, seenIn(known.get(first.concept), learner), now)
  return {
    learner,
    day,
    daysLeft: on === undefined ? undefined : daysUntil(on, now, zone),
    next: first && question && { question, why: reasonOf(first, yesterday) },
  }
}

export async function learnerOf(caller: UserKey, { store, questions }: Deps): Promise<Learner | undefined> {
  // Otherwise an answer to a question that this process does not know yet would be missing from what they
  // remember.
  await questions.catchUp()
  return store.learner(caller, (id) => {
    const question = questions.question(id)
    return question && { pack: question.pack, concept: question.concept }
  })
}

/**
 * Returns the time zone that the person's platform reports, and stores it for messages by the bot itself and
 * for when the platform reports none. Otherwise returns that of their team: Discord never reports one.
 */
export async function zoneOf(caller: Caller, deps: Deps, read?: ZoneFrom): Promise<string> {
  const told = knownZone(caller.zone)
  const kept = (read ? read.member : await deps.store.member(caller))?.zone
  if (told !== undefined && kept !== undefined && told !== kept) await deps.store.keepZone(caller, told)
  const zone = told ?? kept
  if (zone) return zone
  return (read ? read.team : await findTeam(caller, deps))?.zone ?? 'UTC'
}

/** Data that is already read. */
interface ZoneFrom {
  readonly member: Member | undefined
  /** The team from `findTeam`. */
  readonly team: Team | undefined
}

/** The question seen least often, then longest ago; none seen within a week while there is another. */
function sibling(
  siblings: readonly Question[],
  seen: (question: Question) => SeenBefore | undefined,
  now: number,
): Question | undefined {
  const rested = siblings.filter((one) => (seen(one)?.last ?? 0) < now - REST_DAYS * DAY_MS)
  return [...(rested.length > 0 ? rested : siblings)].sort((a, b) => bySeen(seen(a), seen(b)))[0]
}

const answers = (one: ConceptMemory): Seen[] => Object.values(one.seen)
const firstAt = (one: ConceptMemory) => Math.min(...answers(one).map(({ first }) => first.at))

/** Whether the concept was answered wrong yesterday, and not since. */
function isMissed(one: ConceptMemory, midnight: number): boolean {
  const [latest] = answers(one).sort((a, b) => b.last - a.last)
  return latest !== undefined && !latest.right && latest.last >= midnight - DAY_MS && latest.last < midnight
}

/** Counts items left blank in a mock exam as seen, since they were read. */
function seenIn(known: ConceptMemory | undefined, learner: Learner | undefined) {
  const missed = new Map((learner?.misses ?? []).map(({ question, at }) => [question, at]))
  return ({ id }: Question) => {
    const at = missed.get(id)
    return known?.seen[id] ?? (at === undefined ? undefined : { times: 1, last: at })
  }
}

const reasonOf = ({ concept, why }: Planned, yesterday: ReadonlySet<string>) =>
  why === 'missed' && !yesterday.has(concept) ? 'exam' : why

/** Concepts of missed exam questions that were put into the plan, until they are answered again. */
function missedInExams(
  learner: Learner | undefined,
  known: ReadonlyMap<string, ConceptMemory>,
  pack: LoadedPack,
  { questions }: Deps,
): string[] {
  return (learner?.misses ?? []).flatMap(({ question: id, at }) => {
    const question = questions.question(id)
    if (question?.pack !== pack.bank.pack.id) return []
    const last = known.get(question.concept)?.memory.last
    return last === undefined || last <= at ? [question.concept] : []
  })
}

/** The share of right first answers in a concept's domain: `(right + 1) / (answered + 2)`. */
function rightShares(known: Iterable<ConceptMemory>, pool: readonly Question[]): (concept: string) => number {
  const domains = new Map(pool.map((question) => [question.concept, question.domain ?? 0]))
  const sums = new Map<number, { right: number; all: number }>()
  for (const one of known) {
    const domain = domains.get(one.concept) ?? 0
    const sum = sums.get(domain) ?? { right: 0, all: 0 }
    const right = answers(one).filter(({ first }) => first.right).length
    sums.set(domain, { right: sum.right + right, all: sum.all + answers(one).length })
  }
  return (concept) => {
    const { right, all } = sums.get(domains.get(concept) ?? 0) ?? { right: 0, all: 0 }
    return (right + 1) / (all + 2)
  }
}

function startOfDay(now: number, zone: string): number {
  return Temporal.PlainDate.from(localDate(now, zone)).toZonedDateTime(zone).epochMilliseconds
}

/** Calendar days: 0 on the day itself; undefined once it has passed. */
function daysUntil(on: string, now: number, zone: string): number | undefined {
  const today = localDate(now, zone)
  return on < today ? undefined : Temporal.PlainDate.from(today).until(on).days
}

/** Noon of the day, since the time is not known. */
function examTime(on: string, zone: string): number {
  return Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).epochMilliseconds
}
