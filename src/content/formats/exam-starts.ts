/** Finds where each question of a practice exam begins, however its author numbers them. */
import { bare, type ExamLine, headingLevel, isAside, isNavigation, isRule, keyValue } from './exam-lines.js'
import type { OptionGroup } from './exam-options.js'
import { asks } from './exam-shape.js'

export interface Start {
  readonly index: number
  /** The number in the file; undefined if the file does not number its questions. */
  readonly number: number | undefined
  /** The text on the line after the number. */
  readonly rest: string
  /** Whether the file calls it a question. */
  readonly isNamed: boolean
}

/** The styles in which a question may begin on a line, the most certain first. */
const STYLES = ['named', 'numbered-heading', 'numbered', 'folded', 'heading'] as const
type Style = (typeof STYLES)[number]

const NAMED =
  /^(?:practice\s)?(?:question|scenario|problem|exercise|item|frage|aufgabe|pregunta|domanda|q)\s{0,3}[.#:]?\s{0,3}(\d{1,4})\b[\s.:)\]|*_–—-]{0,8}(.*)$/i
const NUMBERED = /^(\d{1,4})(?:[.)](?=[\s*_]|$)|:\s)[\s*_]{0,6}(.*)$/

function startOf(line: ExamLine, index: number, style: Style): Start | undefined {
  if (line.isBlank || line.isCode) return undefined
  const isHeading = headingLevel(line) > 0
  const named = NAMED.exec(bare(line))
  const numbered = NUMBERED.exec(line.text.replace(/^[\s#*_]{0,20}/, ''))
  const start = (match: RegExpExecArray | null) =>
    match
      ? { index, number: Number(match[1]), rest: restOf(match[2] ?? ''), isNamed: match === named }
      : undefined
  switch (style) {
    case 'named':
      return start(named)
    case 'numbered-heading':
      return isHeading ? start(numbered) : undefined
    case 'numbered':
      return isHeading || line.indent > 3 ? undefined : start(numbered)
    case 'folded':
      return line.isSummary && !isAside(line)
        ? { index, number: undefined, rest: line.text, isNamed: false }
        : undefined
    case 'heading':
      if (!isHeading || isAside(line)) return undefined
      return (
        start(named ?? numbered) ?? {
          ...{ index, number: undefined, isNamed: false },
          rest: line.text.replace(/^[\s#]+/, ''),
        }
      )
  }
}

/** Removes the closing mark of a line that is bold as a whole. */
function restOf(rest: string): string {
  const trimmed = rest.trim()
  const isHalf = trimmed.endsWith('**') && trimmed.split('**').length % 2 === 0
  return isHalf ? trimmed.slice(0, -2) : trimmed
}

export interface Ranges {
  readonly style: Style | undefined
  /** The start for each group, in order; undefined for a list inside an explanation. */
  readonly starts: readonly (Start | undefined)[]
  /** Questions that have no answers to choose from. */
  readonly open: readonly Start[]
}

/** Looks for each start among the lines between two groups. */
export function findStarts(lines: readonly ExamLine[], groups: readonly OptionGroup[]): Ranges {
  const ranges = groups.map(({ begin }, i) => ({ from: groups[i - 1]?.end ?? 0, to: begin }))
  const candidates = new Map<Style, readonly (readonly Start[])[]>()
  for (const style of STYLES)
    candidates.set(
      style,
      ranges.map((range) => startsIn(lines, range, style)),
    )
  const counts = STYLES.map((style) => (candidates.get(style) ?? []).filter((all) => all.length > 0).length)
  const most = Math.max(0, ...counts)
  const style = most === 0 ? undefined : STYLES[counts.indexOf(most)]
  const chosen = style === undefined ? [] : (candidates.get(style) ?? [])
  let last = 0
  const open: Start[] = []
  const starts = ranges.map((range, i) => {
    const all = chosen[i] ?? []
    const { start, before } = pick(all, last)
    if (style !== 'heading' && style !== 'folded') open.push(...before)
    const other = start ?? otherStart(lines, groups, i, last, (one) => candidates.get(one)?.[i] ?? [])
    last = other?.number ?? last
    return other ?? (style === undefined || i === 0 ? paragraphAbove(lines, range) : undefined)
  })
  return { style, starts, open }
}

/** Finds a question that is numbered in another way than the others, or not at all. */
function otherStart(
  lines: readonly ExamLine[],
  groups: readonly OptionGroup[],
  i: number,
  last: number,
  startsOf: (style: Style) => readonly Start[],
): Start | undefined {
  const titled = [...startsOf('named'), ...startsOf('numbered-heading')].findLast(
    ({ index }) => headingOf(lines, index) > 0,
  )
  if (titled) return titled
  const [before, group] = [groups[i - 1], groups[i]]
  if (!before || !group || !hasKey(lines, group, groups[i + 1]?.begin ?? lines.length)) return undefined
  const paragraph = paragraphAbove(lines, { from: before.end, to: group.begin })
  const found =
    startsOf('named').at(-1) ??
    startsOf('numbered').findLast(({ number }) => number === last + 1) ??
    startsOf('heading').findLast(({ rest }) => asks(rest)) ??
    (paragraph && asks(textOf(lines, paragraph.index, group.begin)) ? paragraph : undefined)
  // Otherwise it is a list of the question before, which has no key yet.
  return found && hasKey(lines, before, found.index) ? found : undefined
}

/** Whether the list of a question, or a line between the list and `to`, says what is right. */
export const hasKey = (lines: readonly ExamLine[], { options, end }: OptionGroup, to: number) =>
  options.some(({ isMarked }) => isMarked) ||
  lines.slice(end, to).some((line) => keyValue(line) !== undefined)

export const headingOf = (lines: readonly ExamLine[], index: number) => {
  const line = lines[index]
  return line ? headingLevel(line) : 0
}

const textOf = (lines: readonly ExamLine[], from: number, to: number) =>
  lines
    .slice(from, to)
    .map(({ text }) => text)
    .join('\n')

/**
 * If a title of notes has text below it and then a question, returns the start of the question's paragraph
 * only.
 */
export function shortened(lines: readonly ExamLine[], start: Start, group: OptionGroup): Start {
  if (start.number !== undefined || headingOf(lines, start.index) === 0 || asks(start.rest)) return start
  const paragraph = paragraphAbove(lines, { from: start.index + 1, to: group.begin })
  return paragraph && asks(textOf(lines, paragraph.index, group.begin)) ? paragraph : start
}

interface Range {
  readonly from: number
  readonly to: number
}

function startsIn(lines: readonly ExamLine[], { from, to }: Range, style: Style): readonly Start[] {
  const starts: Start[] = []
  for (let i = from; i < to; i++) {
    const line = lines[i]
    const start = line && startOf(line, i, style)
    if (start) starts.push(start)
  }
  const [least] = starts.map(({ index }) => lines[index]?.indent ?? 0).sort((a, b) => a - b)
  return starts.filter(({ index }) => lines[index]?.indent === least)
}

/**
 * Picks the last start that continues the numbering, since lists in explanations and in questions have
 * numbers too; those before it that also continue are questions without answers.
 */
function pick(all: readonly Start[], last: number): { start: Start | undefined; before: readonly Start[] } {
  if (all.length <= 1 || all.some(({ number }) => number === undefined))
    return { start: all.at(-1), before: [] }
  const chain: Start[] = []
  let [wanted, from] = [last + 1, 0]
  for (;;) {
    const at = all.findLastIndex(({ number }, i) => i >= from && number === wanted)
    const next = all[at]
    if (!next) break
    chain.push(next)
    from = at + 1
    wanted++
  }
  return { start: chain.at(-1) ?? all.at(-1), before: chain.slice(0, -1) }
}

/** Nothing marks the question, so it is the text directly above its answers. */
function paragraphAbove(lines: readonly ExamLine[], { from, to }: Range): Start | undefined {
  let index = to
  while (index > from && lines[index - 1]?.isBlank) index--
  const end = index
  while (index > from && isText(lines[index - 1])) index--
  return index === end
    ? undefined
    : { index, number: undefined, rest: lines[index]?.text ?? '', isNamed: false }
}

const isText = (line: ExamLine | undefined) =>
  line !== undefined && !line.isBlank && headingLevel(line) === 0 && !isRule(line) && !isNavigation(line)
