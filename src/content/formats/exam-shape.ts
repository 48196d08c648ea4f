/** What tells a question from a list of things to do, which has boxes as well. */
import type { ExamLine } from './exam-lines.js'
import type { OptionGroup } from './exam-options.js'

export const CHOOSE =
  /\b(?:choose|select|pick)\s(?:the\s|any\s|exactly\s)?(one|two|three|four|five|six|[1-6])\b/i

const ASKING =
  /^[\s>*_#]{0,12}(?:which|what|when|where|who|whom|whose|why|how|is|are|does|do|can|true or false|welche[rsmn]?|was|wann|wo|wer|warum|wie|quel(?:le)?s?|que|qui|quand|où|pourquoi|comment|cuál(?:es)?|qué|cuándo|dónde|quién|cómo|quale|quali|cosa|dove|chi)\b/iu
const BEST =
  /\b(?:choose|select|pick)\s(?:all|the (?:best|correct|right)|every)\b|\b(?:correct|true|false) (?:answer|option|statement)s?\b/i
const GAP = /_{3,}|\.{3,}|…/

/** Whether the words of a stem ask for something, even where the question mark was forgotten. */
export const asks = (stem: string): boolean =>
  /[?？]/.test(stem) ||
  CHOOSE.test(stem) ||
  BEST.test(stem) ||
  GAP.test(stem) ||
  stem.split('\n').some((line) => ASKING.test(line))

const LETTERED_BOX = /[\])]\s+(?:\*\*|`)?\(?[A-Ha-h][.):]\s/

/** `hasKey`: whether a line, and not only its boxes, says what is right. */
export function isAsked(
  lines: readonly ExamLine[],
  group: OptionGroup,
  { stem, isNamed, hasKey }: { readonly stem: string; readonly isNamed: boolean; readonly hasKey: boolean },
): boolean {
  if (group.kind !== 'boxes' || hasKey || isNamed || asks(stem)) return true
  return LETTERED_BOX.test(lines[group.begin]?.text.slice(0, 60) ?? '')
}
