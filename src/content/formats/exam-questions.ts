/** Splits a practice exam into its questions. */
import { answerLists, type Listed, listedAnswers } from './exam-answer-list.js'
import { examKey } from './exam-key.js'
import { bare, type ExamLine, examLines, headingLevel, isAside } from './exam-lines.js'
import { type OptionGroup, optionGroups } from './exam-options.js'
import {
  apartFromNotes,
  coverage,
  endPlaces,
  onlyQuestions,
  openSpans,
  type Place,
  placesOf,
  type Span,
} from './exam-places.js'
import { isAsked } from './exam-shape.js'
import { findStarts } from './exam-starts.js'
import { stemOf } from './exam-stem.js'
import { readTail, type Tail } from './exam-tail.js'

/** All texts are Markdown. */
export interface ExamQuestion {
  readonly line: number
  readonly name: string
  readonly group: string
  readonly stem: string
  readonly options: readonly { readonly text: string; readonly why: string }[]
  /** Indexes of the right answers; undefined if nothing names them. */
  readonly key: readonly number[] | undefined
  readonly reason: string | undefined
  readonly explanation: string
  /** False for what may be a task list. */
  readonly isAsked: boolean
  readonly place: Span
}

export interface Exam {
  readonly all: readonly ExamLine[]
  readonly questions: readonly ExamQuestion[]
  /** Questions without answers to choose from. */
  readonly open: readonly Span[]
  readonly lists: readonly Span[]
  /** Listed answers to questions that are not there. */
  readonly spare: readonly { readonly line: number; readonly number: number }[]
  /** The number of lines that are not blank, and how many of them belong to questions. */
  readonly lines: number
  readonly covered: number
}

export function examQuestions(source: string): Exam {
  const lines = examLines(source)
  const groups = optionGroups(lines)
  const { starts, open } = findStarts(lines, groups)
  const places = placesOf(lines, groups, starts)
  const lists = answerLists(
    lines,
    groups.map(({ begin }) => begin),
    places.map(({ start }) => start.index),
  )
  const inLists = ({ index }: { readonly index: number }) =>
    lists.some(({ begin, end }) => index > begin && index < end)
  const without = open.filter((start) => !inLists(start))
  endPlaces(lines, places, lists, without)
  const real = apartFromNotes(lines, onlyQuestions(lines, places), lists, without)
  const listed = listedAnswers(
    real.map(({ start }) => start.number),
    lists,
  )
  const sections = sectionsOf(lines, real)
  const questions = real.map((place, i) => {
    const tail = readTail(lines.slice(place.group.end, place.end), place.group)
    return questionOf(lines, place, withListed(tail, listed.answers[i], place.group), sections[i])
  })
  return {
    all: lines,
    questions,
    open: openSpans(lines, without, places),
    lists,
    spare: listed.spare.filter((answer) => without.every(({ number }) => number !== answer.number)),
    ...coverage(lines, real, lists),
  }
}

function withListed(tail: Tail, listed: Listed, group: OptionGroup): Tail {
  if (listed === undefined || tail.reason !== undefined) return tail
  if ('reason' in listed) return tail.places ? tail : { ...tail, reason: listed.reason }
  const key = examKey(listed.value, group)
  if ('reason' in key) return tail.places ? tail : { ...tail, reason: key.reason }
  if (tail.places && tail.places.toSorted().join() !== key.places.toSorted().join())
    return { ...tail, reason: `the key below it is not that of line ${listed.line}, in the list of answers` }
  const parts = [tail.explanation, key.rest, listed.explanation].filter((part) => part !== '')
  return { ...tail, places: key.places, explanation: [...new Set(parts)].join('\n\n') }
}

function questionOf(
  lines: readonly ExamLine[],
  { start, group, end, hasOther }: Place,
  tail: Tail,
  section: Section | undefined,
): ExamQuestion {
  const marks = group.options.flatMap(({ isMarked }, place) => (isMarked ? [place] : []))
  const named = tail.places?.toSorted((a, b) => a - b)
  const disagree = named !== undefined && marks.length > 0 && named.join() !== marks.join()
  const stem = stemOf(lines.slice(start.index, group.begin), start)
  const hasKey = named !== undefined || tail.isExplained
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
    reason: hasOther ? TWO_LISTS : disagree ? DISAGREE : tail.reason,
    explanation: tail.explanation,
    isAsked: isAsked(lines, group, { from: start.index, isNamed: start.isNamed, hasKey }),
    place: { begin: start.index, end },
  }
}

const TWO_LISTS = 'two lists stand below it, and the key may be of either'
const DISAGREE = 'the answers that are marked are not those that the key names'

interface Section {
  readonly title: string
  /** Text that several questions share, such as the case that they are about. */
  readonly scenario: string
}

const SCENARIO = /^(?:scenario|case study|case|szenario|fallstudie)\b[^:]{0,60}[:：]/i

/** Returns the chapter of each question: the last heading above it that is not a question. */
function sectionsOf(lines: readonly ExamLine[], places: readonly Place[]): readonly Section[] {
  let [from, title, scenario]: [number, string, string[]] = [0, '', []]
  return places.map(({ start, end }) => {
    const first = lines[start.index]
    const level = (first && headingLevel(first)) || 7
    let isScenario = false
    for (const line of lines.slice(from, start.index)) {
      const own = headingLevel(line)
      if (own > 0) scenario = []
      if (own === 1) title = ''
      else if (own > 0 && own < level && !isAside(line)) title = line.text.replace(/^[\s#]+/, '')
      isScenario = !line.isBlank && own === 0 && (isScenario || SCENARIO.test(bare(line)))
      if (isScenario) scenario.push(line.text)
    }
    from = end
    return { title, scenario: scenario.join('\n').replace(SCENARIO_LABEL, '') }
  })
}

const SCENARIO_LABEL = /^[\s*_]{0,4}(?:scenario|szenario)[\s*_]{0,4}:[\s*_]{0,4}/i
