/** Finds the text of a practice exam outside its questions. */
import { type ExamLine, headingLevel, isNavigation, isRule } from './exam-lines.js'

export interface Prose {
  readonly line: number
  /** The first line of the text. */
  readonly text: string
  /** The number of its lines. */
  lines: number
}

/** Matches lines that have only pictures, badges and comments. */
const SILENT =
  /^\s*(?:(?:\[?!\[[^\]]{0,300}\]\([^)]{0,500}\)(?:\]\([^)]{0,500}\))?|<!--(?:(?!-->).){0,1000}-->|<(?:img|a|picture|source|hr|\/)[^<>]{0,500}>)\s*)+$/i
/** Matches a line or a row of the table of contents. */
const CONTENTS = /^\s*[-*+|]?\s*(?:\d{1,4}[.)]?\s*\|?\s*)?\[.{1,800}\]\(#[^()\s]{0,800}\)\s*\|?\s*$/
const MOST_CHARACTERS = 2000

function isAdorning(line: ExamLine): boolean {
  if (line.isCode || line.isBlank || line.text.length > MOST_CHARACTERS) return false
  return isNavigation(line) || SILENT.test(line.text) || CONTENTS.test(line.text)
}

const isTableRule = ({ text }: ExamLine) => /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+[\s:-]*$/.test(text.slice(0, 200))

/** Whether a line says something by itself; the header of a table of contents does not. */
function isProse(lines: readonly ExamLine[], i: number): boolean {
  const line = lines[i]
  if (!line || line.isBlank || isRule(line) || isAdorning(line)) return false
  return !isContentsHead(lines, i)
}

function isContentsHead(lines: readonly ExamLine[], i: number): boolean {
  const at = [i, i + 1].find((place) => lines[place] && isTableRule(lines[place]))
  const row = at === undefined ? undefined : lines[at + 1]
  return row !== undefined && isAdorning(row)
}

/** Returns one entry for each piece of text below a heading. `claimed`: the indexes of question lines. */
export function proseBeside(lines: readonly ExamLine[], claimed: ReadonlySet<number>): readonly Prose[] {
  const found: Prose[] = []
  let isNew = true
  lines.forEach((line, i) => {
    if (claimed.has(i) || headingLevel(line) > 0) isNew = true
    else if (isProse(lines, i)) {
      const last = found.at(-1)
      if (last && !isNew) last.lines++
      else found.push({ line: line.number, text: line.text.trim(), lines: 1 })
      isNew = false
    }
  })
  return found
}

export interface NotesBeside {
  /** The source without its questions; the other lines keep their numbers. */
  readonly text: string
  /** Lines of headings that have lost all their text. */
  readonly emptied: ReadonlySet<number>
}

/** `isExam`: pictures and links within the page belong to the questions then, and are left out. */
export function notesBeside(
  source: string,
  lines: readonly ExamLine[],
  claimed: ReadonlySet<number>,
  isExam: boolean,
): NotesBeside {
  const numbers = (places: Iterable<number>) => new Set([...places].map((i) => lines[i]?.number ?? 0))
  const adorning = isExam
    ? lines.flatMap((line, i) => (isAdorning(line) || isContentsHead(lines, i) ? [i] : []))
    : []
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
    } else if (isProse(lines, index)) for (const one of open) one.hasText = true
  })
  close(0)
  return empty
}

/** Finds tags such as the `<details>` above a question that ends inside the question. */
function tagsAround(lines: readonly ExamLine[], claimed: ReadonlySet<number>): readonly number[] {
  const found: number[] = []
  for (const i of claimed)
    for (let k = i - 1; k >= 0 && lines[k]?.isBlank && !claimed.has(k); k--) found.push(k)
  return found
}
