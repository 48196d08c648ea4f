/** Separates the text of a question of a practice exam from other text above it. */
import { bare, type ExamLine, headingLevel, isOptionsLabel, isRule } from './exam-lines.js'
import type { Start } from './exam-starts.js'

export interface ExamStem {
  readonly name: string
  readonly group: string
  readonly text: string
}

const ABOUT =
  /^(domain|topic|category|section|chapter|objective|thema|kapitel)[\s*_]{0,4}:[\s*_]{0,4}(\S.*)$/i
const BESIDE = /^(?:difficulty|level|points|type|tags?|time|id)[\s*_]{0,4}:[\s*_]{0,4}\S.{0,80}$/i
const QUESTION_LABEL = /^[\s*_]{0,4}(?:question|scenario|frage|szenario)[\s*_]{0,4}:[\s*_]{0,4}/i

/** `lines`: from the line that begins the question up to its answers. */
export function stemOf(lines: readonly ExamLine[], { rest }: Start): ExamStem {
  const [first, ...others] = lines
  let group = ''
  const body = others.filter((line) => {
    const words = bare(line)
    const about = line.isCode ? null : ABOUT.exec(words)
    if (about && !/\?\s*$/.test(words)) group ||= about[2] ?? ''
    return (
      line.isCode ||
      !(isRule(line) || isOptionsLabel(line) || BESIDE.test(words) || (about && !/\?\s*$/.test(words)))
    )
  })
  const margin = Math.min(...body.filter(({ isBlank }) => !isBlank).map(({ indent }) => indent), 100)
  const text = body
    .map((line) => line.text.slice(Math.min(margin, line.indent)).replace(QUESTION_LABEL, ''))
    .join('\n')
    .trimEnd()
  const title = rest.replace(QUESTION_LABEL, '').trim()
  // A heading above a separate text is a name; alone, it is the question.
  const isName = first !== undefined && headingLevel(first) > 0 && text !== '' && !/[?:]\s*$/.test(title)
  const isShort = title.length <= 80
  return isName && isShort
    ? { name: title, group, text: text.trim() }
    : { name: '', group, text: `${title}\n${text}`.trim() }
}
