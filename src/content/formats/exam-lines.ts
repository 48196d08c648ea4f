/** Splits a practice exam in Markdown into lines, and reads the words at their beginning. */
export interface ExamLine {
  readonly number: number
  /** The text without quote marks and without the tags of `<details>`. */
  readonly text: string
  readonly indent: number
  readonly isBlank: boolean
  /** Whether the line belongs to a code block, including its fences. */
  readonly isCode: boolean
  /** Whether the line is what `<details>` or a callout shows while it is closed. */
  readonly isSummary: boolean
}

/** The part of a line after this many characters does not help to tell what the line is. */
const HEAD = 400
const FOLD = /(<\/?(?:details|summary)\b[^<>]{0,200}>)/i
const ONLY_TAGS = /^(?:\s*<\/?(?:br|b|p|div|strong|i|em|a|ul|ol)\b[^<>]{0,100}>\s*){1,8}$/i
const FENCE = /^\s*(?:```|~~~)/
const CALLOUT = /^\s*\[![\w-]{1,30}\][+-]?\s*/

export function examLines(source: string): readonly ExamLine[] {
  const lines: ExamLine[] = []
  const front = /^---\n(?:[^\n]*\n){0,200}?---(?:\n|$)/.exec(source)?.[0] ?? ''
  const skipped = front.split('\n').length - 1
  let [isCode, inSummary] = [false, false]
  source.split('\n').forEach((raw, i) => {
    if (i < skipped) return
    const number = i + 1
    const unquoted = isCode ? raw : raw.replace(/^(?: {0,3}> ?){1,3}/, '')
    if (FENCE.test(unquoted)) {
      isCode = !isCode
      lines.push(lineOf(number, unquoted, true, false))
      return
    }
    if (isCode || !unquoted.includes('<')) {
      const isCallout = !isCode && CALLOUT.test(unquoted)
      lines.push(
        lineOf(number, isCallout ? unquoted.replace(CALLOUT, '') : unquoted, isCode, isCallout || inSummary),
      )
      return
    }
    for (const piece of unquoted.split(FOLD)) {
      if (/^<summary/i.test(piece)) inSummary = true
      else if (/^<\/summary/i.test(piece)) inSummary = false
      else if (FOLD.test(piece) || ONLY_TAGS.test(piece)) lines.push(lineOf(number, '', false, false))
      else if (piece.trim() !== '' || unquoted.trim() === '')
        lines.push(lineOf(number, piece, false, inSummary))
    }
  })
  return lines
}

function lineOf(number: number, text: string, isCode: boolean, isSummary: boolean): ExamLine {
  const indent = text.length - text.trimStart().length
  return { number, text, indent, isBlank: text.trim() === '', isCode, isSummary }
}

/** Returns the beginning of a line without marks of emphasis, lists and headings, and without pictograms. */
export const bare = ({ text }: Pick<ExamLine, 'text'>): string =>
  text
    .replace(/^[\s#>*_`~+•|-]+/, '')
    .replace(/^(?:\p{Extended_Pictographic}|\ufe0f|[\s*_])+/u, '')
    .trimStart()

export const headingLevel = ({ text, isCode }: ExamLine): number =>
  isCode ? 0 : (/^ {0,3}(#{1,6})\s/.exec(text)?.[1]?.length ?? 0)

export const isRule = ({ text, isCode }: ExamLine): boolean =>
  !isCode && /^ {0,3}(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,})$/.test(text.slice(0, 200).trimEnd())

/** Whether a line only links to elsewhere on the page. */
export const isNavigation = ({ text }: ExamLine): boolean =>
  /^[\s*_>-]*(?:\d{1,4}\.\s+)?\[[^\]]{1,100}\]\(#[^)]{0,100}\)[\s*_]*$/.test(text.slice(0, HEAD))

const PLAIN_LABEL =
  'answers?|ans|solutions?|key|antwort(?:en)?|lösung(?:en)?|réponses?|respuestas?|risposte?a?'
const KEY = new RegExp(
  `^(?:the\\s)?(?:(?:correct|right|suggested|expected|richtige)\\s(?:${PLAIN_LABEL}|options?|choices?)|${PLAIN_LABEL}|correct)` +
    '(?:\\s?\\(s\\))?[\\s*_]{0,6}(?:[:：]|\\s?=|\\.(?=\\s[*_(]{0,3}[A-H]\\b(?!\\s+[a-z]))|\\s[-–—]\\s|is:?\\s|are:?\\s|$)[\\s*_]{0,6}(.*)$',
  'i',
)
const FOLDED_KEY = /\b(?:answers?|solutions?|antwort|lösung)\b/i
const EXPLANATION =
  /^(?:detailed\s)?(?:explanations?(?:\s?\/\s?references?)?|rationales?|reason(?:ing)?|justification|feedback|erklärung|begründung|explication)(?:\s*\([^)]{0,60}\))?[\s*_]{0,6}(?:[:：]|$)[\s*_]{0,6}(.*)$/i
const ANSWER_LIST =
  /^(?:the\s)?(?:(?:answer keys?|answers)(?: (?:and|&|with) explanations?)?|answer sheet|correct answers|key|solutions|lösungen|antworten)[\s:*_]*$/i

/**
 * Returns the text after `Answer:` or the like: empty if it follows on the next line; undefined if the line
 * has no key.
 */
export function keyValue(line: ExamLine): string | undefined {
  if (line.isCode) return undefined
  const words = bare(line)
  const value = KEY.exec(words)?.[1]
  if (value !== undefined) return value.trim()
  return line.isSummary && words.length < 60 && FOLDED_KEY.test(words) ? '' : undefined
}

export const explanationIn = (text: string): string | undefined => EXPLANATION.exec(bare({ text }))?.[1]

export const explanationValue = (line: ExamLine): string | undefined =>
  line.isCode ? undefined : explanationIn(line.text)

/** Whether a line is a title above the answers to all questions before it. */
export function isAnswerList(line: ExamLine): boolean {
  const isTitle = headingLevel(line) > 0 || line.isSummary || /^\s*(?:\*\*|__)/.test(line.text)
  return isTitle && ANSWER_LIST.test(bare(line).slice(0, 60))
}

/** Whether a line is the title of something that belongs to a question. */
export const isAside = (line: ExamLine): boolean =>
  keyValue(line) !== undefined || explanationValue(line) !== undefined || isOptionsLabel(line)

const OPTIONS = /^(?:options?|(?:answer )?choices|antworten)[\s*_]{0,4}:?[\s*_]{0,4}$/i
export const isOptionsLabel = (line: ExamLine): boolean => !line.isCode && OPTIONS.test(bare(line))
