/** Decides which lines of a practice exam belong to which question. */
import type { AnswerList } from './exam-answer-list.js'
import {
  type ExamLine,
  explanationValue,
  headingLevel,
  isAnswerList,
  isAside,
  isNavigation,
  isRule,
} from './exam-lines.js'
import type { OptionGroup } from './exam-options.js'
import { asks, rightAbove } from './exam-shape.js'
import { hasKey, headingOf, type Start, shortened } from './exam-starts.js'

/** Line indexes; `end` is the first line after the span. */
export interface Span {
  readonly begin: number
  readonly end: number
}

export interface Place {
  readonly start: Start
  readonly group: OptionGroup
  /** The first line that no longer belongs to the question. */
  end: number
  /** Whether another list below the first one has the key. */
  hasOther: boolean
}

export function placesOf(
  lines: readonly ExamLine[],
  groups: readonly OptionGroup[],
  starts: readonly (Start | undefined)[],
): readonly Place[] {
  const places: Place[] = []
  groups.forEach((group, i) => {
    const [start, last] = [starts[i], places.at(-1)]
    if (start) places.push({ start, group, end: lines.length, hasOther: false })
    else if (last && last.group === groups[i - 1]) {
      const between = lines.slice(last.group.end, group.begin)
      const isReason = between.some((line) => explanationValue(line) !== undefined)
      const next = groups[i + 1]?.begin ?? lines.length
      last.hasOther = !isReason && !hasKey(lines, last.group, group.begin) && hasKey(lines, group, next)
    }
  })
  return places
}

/** If most of a file is text below titles, such a title does not begin the question that follows. */
export function apartFromNotes(
  lines: readonly ExamLine[],
  places: readonly Place[],
  lists: readonly AnswerList[],
  open: readonly Start[],
): readonly Place[] {
  const short = places.map((place) => ({ ...place, start: shortened(lines, place.start, place.group) }))
  const titles = places.map(({ start }) => start)
  endPlaces(lines, short, lists, [...open, ...titles])
  const { covered, lines: all } = coverage(lines, short, lists)
  return covered * 2 < all ? short : places
}

/** Each question ends where the next begins, or a list of answers, or a chapter. */
export function endPlaces(
  lines: readonly ExamLine[],
  places: readonly Place[],
  lists: readonly AnswerList[],
  open: readonly Start[],
): void {
  const ends = [
    ...places.map(({ start }) => start.index),
    ...lists.map(({ begin }) => begin),
    ...open.map(({ index }) => index),
  ]
  ends.sort((a, b) => a - b)
  let next = 0
  for (const place of places) {
    while (next < ends.length && (ends[next] ?? 0) < place.group.end) next++
    const end = ends[next] ?? lines.length
    const first = lines[place.start.index]
    const level = (first && headingLevel(first)) || 7
    // Below what may be an exercise, a solution is a separate chapter.
    const isSure = place.start.number !== undefined || asks(place.start.rest)
    const chapter = lines.slice(place.group.end, end).findIndex((line) => {
      const own = headingLevel(line)
      return own > 0 && own <= Math.min(level, 3) && !(isSure && isAside(line) && !isAnswerList(line))
    })
    place.end = chapter < 0 ? end : place.group.end + chapter
  }
}

/** Ends each open question at the next question or heading. */
export function openSpans(
  lines: readonly ExamLine[],
  open: readonly Start[],
  places: readonly Place[],
): Span[] {
  const starts = new Set([...open.map(({ index }) => index), ...places.map(({ start }) => start.index)])
  return open.map(({ index: begin }) => {
    let end = begin + 1
    while (end < lines.length && !starts.has(end) && headingOf(lines, end) === 0) end++
    return { begin, end }
  })
}

/**
 * If at least this many times as many titles of a level belong to sure questions, lists of boxes below such
 * titles are questions too, though nothing else tells them from tasks.
 */
const MANY = 3

/** A list of boxes under a plain title is a task list, not a question. */
export function onlyQuestions(lines: readonly ExamLine[], places: readonly Place[]): readonly Place[] {
  const [sure, others] = [new Map<number, number>(), new Map<number, number>()]
  const levelOf = ({ start }: Place) => headingOf(lines, start.index)
  for (const place of places) {
    const counts = isQuestion(lines, place) ? sure : others
    counts.set(levelOf(place), (counts.get(levelOf(place)) ?? 0) + 1)
  }
  return places.filter((place) => {
    const level = levelOf(place)
    const isUsual = level > 0 && (sure.get(level) ?? 0) >= MANY * (others.get(level) ?? 0)
    return isQuestion(lines, place) || isUsual
  })
}

function isQuestion(lines: readonly ExamLine[], { start, group }: Place): boolean {
  if (group.kind !== 'boxes' || start.number !== undefined) return true
  const above = rightAbove(lines, start.index, group.begin)
  return /[?:.)_…][\s*_]*$/.test(above) || asks(above)
}

export function coverage(lines: readonly ExamLine[], places: readonly Place[], lists: readonly AnswerList[]) {
  const counts = (line: ExamLine) => !line.isBlank && !isRule(line) && !isNavigation(line)
  const within = [
    ...places.map(({ start, end }) => [start.index, end] as const),
    ...lists.map(({ begin, end }) => [begin, end] as const),
  ]
  const covered = new Set<number>()
  for (const [begin, end] of within) for (let i = begin; i < end; i++) covered.add(i)
  return {
    lines: lines.filter(counts).length,
    covered: lines.filter((line, i) => covered.has(i) && counts(line)).length,
  }
}
