/** Tells a question from a task list, which has boxes as well. */
import type { ExamLine } from './exam-lines.js'
import type { OptionGroup } from './exam-options.js'

export const CHOOSE =
  /\b(?:choose|select|pick)\s(?:the\s|any\s|exactly\s)?(one|two|three|four|five|six|[1-6])\b/i

/** "What to pack" is not a question, and "What is packed" is. */
const ASKING =
  /^[\s>*_#]{0,12}(?:(?:which|welche[rsmn]?)\s(?!to\b)|(?:what|when|where|who|why|how)\s(?:is|are|was|were|do|does|did|can|will|would|should|has|have|many|much)\b|true or false\b)/i
const BEST =
  /\b(?:choose|select|pick)\s(?:all|the (?:best|correct|right)|every)\b|\b(?:correct|true|false) (?:answer|option|statement)s?\b/i
const GAP = /_{3,}|\.{3,}|…/

/** Whether the words of a stem ask for something, even if the question mark is missing. */
export const asks = (stem: string): boolean =>
  /[?？]/.test(stem) ||
  CHOOSE.test(stem) ||
  BEST.test(stem) ||
  GAP.test(stem) ||
  stem.split('\n').some((line) => ASKING.test(line))

const LETTERED_BOX = /[\])]\s+(?:\*\*|`)?\(?[A-Ha-h][.):]\s/

/**
 * Returns the last paragraph or title before the answers, ignoring code and pictures between; the search
 * stops at `from`.
 */
export function rightAbove(lines: readonly ExamLine[], from: number, to: number): string {
  let end = to
  while (end > from && isBetween(lines[end - 1])) end--
  let begin = end
  while (begin > from && !isBetween(lines[begin - 1])) begin--
  return lines
    .slice(begin, end)
    .map(({ text }) => text)
    .join('\n')
}

const isBetween = (line: ExamLine | undefined) =>
  line !== undefined && (line.isBlank || line.isCode || /^\s*!\[[^\n]{0,400}\)\s*$/.test(line.text))

/**
 * `from`: the line that begins the question; `hasKey`: whether a line, and not only its boxes, says what is
 * right.
 */
export function isAsked(
  lines: readonly ExamLine[],
  group: OptionGroup,
  { from, isNamed, hasKey }: { readonly from: number; readonly isNamed: boolean; readonly hasKey: boolean },
): boolean {
  if (group.kind !== 'boxes' || hasKey || isNamed || asks(rightAbove(lines, from, group.begin))) return true
  return LETTERED_BOX.test(lines[group.begin]?.text.slice(0, 60) ?? '')
}
