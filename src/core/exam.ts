/**
 * The mock exam: its length, its questions and its marking. It has as many items and minutes as the pack's
 * exam, by its weights; an item is all or nothing, and a blank item is wrong.
 */
import { type Confidence, surestFirst } from './confidence.js'
import { isRight } from './grade.js'
import { instantiate } from './instantiate.js'
import type { Answer, Exam, ItemInstance, Question } from './model.js'
import { newSeed, shuffle } from './random.js'
import { itemsByDomain } from './readiness.js'

export const LENGTHS = ['full', 'short'] as const
export type ExamLength = (typeof LENGTHS)[number]
const SHORT_ITEMS = 20
/** Extra time by choice, as exams grant it to people who need it. */
const EXTRA_TIME = 0.5
/** Minutes before the end at which the person is told. */
export const WARNINGS = [10, 2] as const

export interface ExamSize {
  readonly length: ExamLength
  readonly items: number
  readonly minutes: number
}

/**
 * Full: as the pack says. Short: 20 items at the same pace, left out if the full exam is hardly longer. Empty
 * if the pack does not say how many items and minutes the exam has.
 */
export function examSizes({ items: said, minutes }: Exam): ExamSize[] {
  const items = said ? said.scored + said.unscored : 0
  if (items === 0 || minutes === undefined) return []
  const full = { length: 'full', items, minutes } as const
  const short = {
    length: 'short',
    items: SHORT_ITEMS,
    minutes: Math.round((SHORT_ITEMS * minutes) / items),
  } as const
  return items > SHORT_ITEMS ? [full, short] : [full]
}

/** Returns minutes; extra time adds half. */
export function examTime({ minutes }: ExamSize, isExtra: boolean): number {
  return isExtra ? Math.ceil(minutes * (1 + EXTRA_TIME)) : minutes
}

/** How often a question was seen, and when it was last seen (epoch milliseconds). */
export interface SeenBefore {
  readonly times: number
  readonly last: number
}

export interface Composing {
  /** The questions to choose from; `composeExam` ignores kinds that the exam does not have. */
  readonly pool: readonly Question[]
  readonly exam: Exam
  /** The number of items wanted. */
  readonly items: number
  /** Keyed by question id; questions that were never seen are absent. */
  readonly seen: ReadonlyMap<string, SeenBefore>
  readonly random: () => number
}

/** A question and its seed, for `instantiate(question, seed)`. */
export interface ExamQuestion {
  readonly question: Question
  readonly seed: number
}

/**
 * Chooses items by the weights of the domains (largest remainders). Within a domain, no concept comes twice
 * while another is left; questions that were never seen come first, then those seen least often, then those
 * seen longest ago. A case counts as many items as it has, and is chosen only if all of them fit. Other
 * domains fill what a domain lacks, so there are fewer items than wanted only if the whole pool has fewer.
 */
export function composeExam({ pool, exam, items, seen, random }: Composing): ExamQuestion[] {
  const fitting = examPool(pool, exam)
  const ordered = [...shuffle(fitting, random)].sort((a, b) => bySeen(seen.get(a.id), seen.get(b.id)))
  const chosen = new Set<Question>()
  const concepts = new Map<string, number>()
  const take = (from: readonly Question[], wanted: number) => {
    const found = taken(from, wanted, chosen, concepts)
    for (const question of found) chosen.add(question)
  }
  const sizes = itemsByDomain({ items, domains: exam.domains })
  for (const [i, { number }] of exam.domains.entries())
    take(
      ordered.filter(({ domain }) => domain === number),
      sizes[i] ?? 0,
    )
  take(ordered, items - itemCount([...chosen]))
  return shuffle([...chosen], random).map((question) => ({ question, seed: newSeed(random) }))
}

/** Returns the questions whose kind the exam has; all questions if its kinds are unknown. */
export function examPool(pool: readonly Question[], { kinds }: Exam): Question[] {
  return pool.filter((question) => kinds.length === 0 || kinds.includes(kindOf(question)))
}

/** A template counts as the kind that it becomes when it is shown. */
function kindOf(question: Question): Exam['kinds'][number] {
  return question.kind === 'template'
    ? (instantiate(question, 0).items[0] as ItemInstance).kind
    : question.kind
}

const sizeOf = (question: Question) => (question.kind === 'case' ? question.items.length : 1)

export function itemCount(questions: readonly Question[]): number {
  return questions.reduce((sum, question) => sum + sizeOf(question), 0)
}

/** Sorts questions seen least often first, then those seen longest ago. */
export function bySeen(a: SeenBefore | undefined, b: SeenBefore | undefined): number {
  return (a?.times ?? 0) - (b?.times ?? 0) || (a?.last ?? 0) - (b?.last ?? 0)
}

/** `concepts`: how often each concept was chosen; this function adds to it. */
function taken(
  ordered: readonly Question[],
  wanted: number,
  chosen: ReadonlySet<Question>,
  concepts: Map<string, number>,
): Question[] {
  const found = new Set<Question>()
  let room = wanted
  const left = ordered.filter((question) => !chosen.has(question))
  // A concept comes again only when every remaining concept came as often.
  for (let times = 0; room > 0 && times <= Math.max(0, ...concepts.values()); times++)
    for (const question of left) {
      const before = concepts.get(question.concept) ?? 0
      if (found.has(question) || before > times || sizeOf(question) > room) continue
      found.add(question)
      concepts.set(question.concept, before + 1)
      room -= sizeOf(question)
    }
  return [...found]
}

/** The data that marking needs about an item. */
export interface AnsweredItem {
  readonly key: Answer
  /** Undefined if the item is blank. */
  readonly answer: Answer | undefined
  readonly domain: number | undefined
  readonly spentMs: number
  readonly confidence?: Confidence | undefined
}

export interface Tally {
  readonly items: number
  readonly right: number
  readonly spentMs: number
}

export interface ExamResult extends Tally {
  readonly blank: number
  /**
   * Sorted by number, without domains that have no items. `undefined` stands for items without a domain, and
   * comes last.
   */
  readonly domains: readonly (Tally & { readonly number: number | undefined })[]
  /** Positions, from 0, of items that were wrong or blank; those that the person was sure of come first. */
  readonly missed: readonly number[]
}

export function markExam(items: readonly AnsweredItem[]): ExamResult {
  const numbers = [...new Set(items.map(({ domain }) => domain))].sort(
    (a, b) => (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY),
  )
  return {
    ...tally(items),
    blank: items.filter(({ answer }) => answer === undefined).length,
    domains: numbers.map((number) => ({ number, ...tally(items.filter((one) => one.domain === number)) })),
    missed: surestFirst(
      items.flatMap((one, place) => (isItemRight(one) ? [] : [{ place, confidence: one.confidence }])),
    ).map(({ place }) => place),
  }
}

function tally(items: readonly AnsweredItem[]): Tally {
  return {
    items: items.length,
    right: items.filter(isItemRight).length,
    spentMs: items.reduce((sum, { spentMs }) => sum + spentMs, 0),
  }
}

const isItemRight = ({ key, answer }: AnsweredItem) => answer !== undefined && isRight({ key }, answer)
