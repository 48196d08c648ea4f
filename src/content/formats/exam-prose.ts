/** What stands in a practice exam beside its questions. */
import { type ExamLine, headingLevel, isNavigation, isRule } from './exam-lines.js'

export interface Prose {
  readonly line: number
  /** Its first line. */
  readonly text: string
  /** How many lines it has. */
  lines: number
  /** Above the first question and all headings but the title: an introduction. */
  readonly isIntroduction: boolean
}

/** Pictures and badges alone, comments, and rows that only draw a table. */
const SILENT =
  /^\s*(?:\[?!\[[^\]]{0,300}\]\([^)]{0,500}\)(?:\]\([^)]{0,500}\))?\s*|<!--.{0,2000}?-->\s*|<(?:img|a|picture|source|hr|\/)[^<>]{0,500}>\s*)+$/i

const isAdorning = (line: ExamLine): boolean =>
  isNavigation(line) || (!line.isCode && !line.isBlank && SILENT.test(line.text))

export const isProse = (line: ExamLine): boolean => !line.isBlank && !isRule(line) && !isAdorning(line)

/** One for each stretch of text below a heading. `claimed`: lines of questions, by their places. */
export function proseBeside(lines: readonly ExamLine[], claimed: ReadonlySet<number>): readonly Prose[] {
  const found: Prose[] = []
  let [isNew, headings, isAbove] = [true, 0, true]
  lines.forEach((line, i) => {
    if (claimed.has(i)) [isNew, isAbove] = [true, false]
    else if (headingLevel(line) > 0) {
      headings++
      isNew = true
    } else if (isProse(line)) {
      const last = found.at(-1)
      const isIntroduction = isAbove && headings <= 1
      if (last && !isNew) last.lines++
      else found.push({ line: line.number, text: line.text.trim(), lines: 1, isIntroduction })
      isNew = false
    }
  })
  return found
}

export interface NotesBeside {
  /** The source without its questions; lines stay in place. */
  readonly text: string
  /** Lines of headings that have lost all their text. */
  readonly emptied: ReadonlySet<number>
}

/** `isExam`: whether pictures, and links within the page only adorn the questions. */
export function notesBeside(
  source: string,
  lines: readonly ExamLine[],
  claimed: ReadonlySet<number>,
  isExam: boolean,
): NotesBeside {
  const numbers = (places: Iterable<number>) => new Set([...places].map((i) => lines[i]?.number ?? 0))
  const adorning = isExam ? lines.flatMap((line, i) => (isAdorning(line) ? [i] : [])) : []
  const gone = numbers([...claimed, ...tagsAround(lines, claimed), ...adorning])
  const kept = source.split('\n').map((text, i) => (gone.has(i + 1) ? '' : text))
  return { text: kept.join('\n'), emptied: numbers(emptyHeadings(lines, claimed)) }
}

function emptyHeadings(lines: readonly ExamLine[], claimed: ReadonlySet<number>): readonly number[] {
  const empty: number[] = []
  /** Headings whose text has not ended yet. */
  let open: { index: number; level: number; hadQuestion: boolean; hasText: boolean }[] = []
  const close = (level: number) => {
    for (const one of open) if (one.level >= level && one.hadQuestion && !one.hasText) empty.push(one.index)
    open = open.filter((one) => one.level < level)
  }
  lines.forEach((line, index) => {
    const level = claimed.has(index) ? 0 : headingLevel(line)
    if (claimed.has(index)) for (const one of open) one.hadQuestion = true
    else if (level > 0) {
      close(level)
      open.push({ index, level, hadQuestion: false, hasText: false })
    } else if (isProse(line)) for (const one of open) one.hasText = true
  })
  close(0)
  return empty
}

/** Such as the `<details>` above a question, which ends in it. */
function tagsAround(lines: readonly ExamLine[], claimed: ReadonlySet<number>): readonly number[] {
  const found: number[] = []
  for (const i of claimed)
    for (let k = i - 1; k >= 0 && lines[k]?.isBlank && !claimed.has(k); k--) found.push(k)
  return found
}
