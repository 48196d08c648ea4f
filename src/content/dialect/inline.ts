/** Marks inside a line that Markdown's parser does not know: formulas, remarks, highlights, templates. */
import type { Report } from '../problem.js'
import { codeSpan, outsideCode } from './lines.js'

const SPECIAL = /\$|\{\/\*|==|\\\(|\\\[|\{\{|\{%|\{[:.#]|\{[\w-]+=|-8<-|\[toc\]|\[_toc_\]|\^[\w-]+\s*$/i

/**
 * Formulas and templates become code, as they are written; what only a program reads is left out and told.
 */
export function inlineMarks(text: string, line: number, warn: Report): string {
  if (!SPECIAL.test(text)) return text
  const whole = text.replace(BLOCK_ID, '')
  return outsideCode(whole, (part) => formulas(templates(highlights(part), line, warn)))
}

/** `^its-name` at the end of a line, by which vaults link to a block: its author alone needs it. */
const BLOCK_ID = /(?:^|(?<=\S)[ \t]+)\^[a-z][\w-]{2,60}\s*$|(?:^|(?<=\S)[ \t]+)\^[0-9a-f]{6}\s*$/i

/** A formula is no longer than this, so that a line of dollars is read in time. */
const FORMULA =
  /(?<!\\)(\$\$[^$\n]{1,2000}?\$\$)|(?<![\\$\w])(\$(?![\s$])[^$\n]{0,600}?(?<![\s\\])\$)(?![\w$])|(?<!\\)(\\\((?!\s*\)).{1,2000}?\\\))|^(\\\[.{1,2000}?\\\])\s*$|(?<!\\)\\\[.{1,2000}?\\\](?!\()/g
/** What stands in a formula, and hardly between brackets that are only brackets. */
const TEX = /\\[a-z]{2}|[\^_]\{|^\\\[ .*[=^+].* \\\]$/i

/**
 * As Pandoc reads dollars: no space inside them, and no letter or number behind the last, so that prices stay
 * prices. Amid a line a bracket behind a backslash is one of a formula where TeX stands in it, else a
 * bracket.
 */
function formulas(text: string): string {
  if (!/\$|\\[([]/.test(text)) return text
  return outsideCode(text, (part) =>
    part.replace(FORMULA, (whole, ...[dollars, dollar, bracket, line]: (string | undefined)[]) =>
      (dollars ?? dollar ?? bracket ?? line) !== undefined || TEX.test(whole)
        ? codeSpan(whole.trimEnd())
        : whole,
    ),
  )
}

function highlights(text: string): string {
  return text.replace(
    /(?<![\w=!<>])==(?![\s=])([^=\n]{1,600}?)(?<!\s)==(?![\w=])/g,
    (_whole, inside: string) => (/[*_]/.test(inside) ? inside : `**${inside}**`),
  )
}

/** `{.class #id width="1in"}`, as Pandoc has it behind a link, a picture, code, or words in brackets. */
const OF_PANDOC =
  '\\{\\s?(?:[.#][\\w-]+|[\\w-]+="[^"\\n]{0,100}")(?:\\s+(?:[.#][\\w-]+|[\\w-]+="[^"\\n]{0,100}")){0,9}\\s?\\}'
const SPAN = new RegExp(`\\[([^[\\]\\n]{0,600})\\]${OF_PANDOC}`, 'g')
const ATTRIBUTES = new RegExp(`(?<=\\))${OF_PANDOC}|^${OF_PANDOC}`, 'g')

/** What a generator would put in is not known here; a name in braces is shown as code. */
function templates(text: string, line: number, warn: Report): string {
  if (!/\{[{%:/.#]|\{[\w-]+=|-8<-|\[_?toc_?\]/i.test(text)) return text
  return text
    .replace(/^\s*-{1,2}8<-{1,2} .{1,300}$/, (whole) => {
      warn(line, `${short(whole.trim())} is for a program that makes pages: it is left out`)
      return ''
    })
    .replace(SPAN, '$1')
    .replace(ATTRIBUTES, '')
    .replace(
      /\{\{(?:<.{0,600}?>|%.{0,600}?%|-?\s*(?:include|partial|embed)\b.{0,600}?)\}\}|\{%.{0,600}?%\}/g,
      (whole) => {
        warn(line, `${short(whole)} is for a program that makes pages: it is left out`)
        return ''
      },
    )
    .replace(/\{\/\*.{0,1000}?\*\/\}/g, () => {
      warn(line, 'a remark ({/* */}) is left out')
      return ''
    })
    .replace(/\{\{.{1,600}?\}\}/g, (whole) => codeSpan(whole))
    .replace(/^\s*(?:[-*]\s+toc\s*)?(?:\{:toc\}|\[\[?_?toc_?\]?\])\s*$/i, '')
    .replace(/(?<=\S)[ \t]*\{:[^}\n]{0,200}\}\s*$|^\{:[^}\n]{0,200}\}\s*$/g, '')
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
