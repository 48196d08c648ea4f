/** A practice exam cut into its questions. */
import { type AnswerList, answerLists, listedAnswers } from './exam-answer-list.js'
import { examKey } from './exam-key.js'
import { bare, type ExamLine, examLines, headingLevel, isNavigation, isRule } from './exam-lines.js'
import { type OptionGroup, optionGroups } from './exam-options.js'
import { findStarts, type Start } from './exam-starts.js'
import { stemOf } from './exam-stem.js'
import { readTail, type Tail } from './exam-tail.js'

/** Texts are Markdown. */
export interface ExamQuestion {
  readonly line: number
  readonly name: string
  readonly group: string
  readonly stem: string
  readonly options: readonly { readonly text: string; readonly why: string }[]
  /** Places of the right answers; undefined where nothing names them. */
  readonly key: readonly number[] | undefined
  readonly reason: string | undefined
  readonly explanation: string
}

export interface Exam {
  readonly questions: readonly ExamQuestion[]
  /** Lines of questions without answers to choose from. */
  readonly open: readonly number[]
  /** Lines that are not blank, and how many of them belong to questions. */
  readonly lines: number
  readonly covered: number
}

interface Place {
  readonly start: Start
  readonly group: OptionGroup
  /** The first line that belongs to it no more. */
  end: number
}

export function examQuestions(source: string): Exam {
  const lines = examLines(source)
  const groups = optionGroups(lines)
  const { starts, open } = findStarts(lines, groups)
  const lists = answerLists(
    lines,
    groups.map(({ begin }) => begin),
  )
  const places = groups.flatMap((group, i): Place[] => {
    const start = starts[i]
    return start ? [{ start, group, end: lines.length }] : []
  })
  const inLists = ({ index }: Start) => lists.some(({ begin, end }) => index > begin && index < end)
  const without = open.filter((start) => !inLists(start))
  endPlaces(lines, places, lists, without)
  const real = places.filter((place) => isQuestion(lines, place))
  const listed = listedAnswers(
    real.map(({ start }) => start.number),
    lists,
  )
  const sections = sectionsOf(lines, real)
  const questions = real.map((place, i) => {
    const tail = readTail(lines.slice(place.group.end, place.end), place.group)
    const answer = tail.places || tail.reason !== undefined ? undefined : listed[i]
    const whole = answer ? withListed(tail, answer, place.group) : tail
    return questionOf(lines, place, whole, sections[i])
  })
  return {
    questions,
    open: without.map(({ index }) => lines[index]?.number ?? 1),
    ...coverage(lines, real, lists),
  }
}

/** Each ends where the next begins, or a list of answers, or a chapter. */
function endPlaces(
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
    const chapter = lines.slice(place.group.end, end).findIndex((line) => {
      const own = headingLevel(line)
      return own > 0 && own <= Math.min(level, 3)
    })
    place.end = chapter < 0 ? end : place.group.end + chapter
  }
}

/** A list of boxes under a plain title is something to do, and no question. */
function isQuestion(lines: readonly ExamLine[], { start, group }: Place): boolean {
  if (group.kind !== 'boxes' || start.number !== undefined) return true
  const above = lines.slice(start.index, group.begin).findLast(({ isBlank }) => !isBlank)
  return /[?:.)_…][\s*_]*$/.test(above?.text ?? '') || start.rest.includes('?')
}

function withListed(
  tail: Tail,
  { value, explanation }: { value: string; explanation: string },
  group: OptionGroup,
): Tail {
  const key = examKey(value, group)
  if ('reason' in key) return { ...tail, reason: key.reason }
  const all = [tail.explanation, key.rest, explanation].filter((part) => part !== '')
  return { ...tail, places: key.places, explanation: all.join('\n\n') }
}

function questionOf(
  lines: readonly ExamLine[],
  { start, group }: Place,
  tail: Tail,
  section: Section | undefined,
): ExamQuestion {
  const marks = group.options.flatMap(({ isMarked }, place) => (isMarked ? [place] : []))
  const named = tail.places?.toSorted((a, b) => a - b)
  const disagree = named !== undefined && marks.length > 0 && named.join() !== marks.join()
  const stem = stemOf(lines.slice(start.index, group.begin), start)
  return {
    line: lines[start.index]?.number ?? 1,
    name: stem.name,
    group: stem.group || (section?.title ?? ''),
    stem: `${section?.scenario ?? ''}\n\n${stem.text}`.trim(),
    options: group.options.map(({ lines: parts, letter }) => ({
      text: parts.join('\n'),
      why: tail.whys.get(letter) ?? '',
    })),
    key: named ?? (marks.length > 0 ? marks : undefined),
    reason: disagree ? 'the answers that are marked are not those that the key names' : tail.reason,
    explanation: tail.explanation,
  }
}

interface Section {
  readonly title: string
  /** What several questions share, such as the case that they are about. */
  readonly scenario: string
}

const SCENARIO = /^(?:scenario|case study|case|szenario|fallstudie)\b[^:]{0,60}[:：]/i

/** The chapter that each question stands in: the last heading above it that is no question. */
function sectionsOf(lines: readonly ExamLine[], places: readonly Place[]): readonly Section[] {
  let [from, title, scenario]: [number, string, string[]] = [0, '', []]
  return places.map(({ start, end }) => {
    const first = lines[start.index]
    const level = (first && headingLevel(first)) || 7
    let isScenario = false
    for (const line of lines.slice(from, start.index)) {
      const own = headingLevel(line)
      if (own > 0) scenario = []
      if (own > 1 && own < level) title = line.text.replace(/^[\s#]+/, '')
      isScenario = !line.isBlank && own === 0 && (isScenario || SCENARIO.test(bare(line)))
      if (isScenario) scenario.push(line.text)
    }
    from = end
    return { title, scenario: scenario.join('\n').replace(SCENARIO_LABEL, '') }
  })
}

const SCENARIO_LABEL = /^[\s*_]{0,4}(?:scenario|szenario)[\s*_]{0,4}:[\s*_]{0,4}/i

function coverage(lines: readonly ExamLine[], places: readonly Place[], lists: readonly AnswerList[]) {
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
