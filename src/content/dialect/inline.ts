/**
 * Converts marks inside a line that the Markdown parser does not know: formulas, remarks, highlights,
 * templates.
 */
import type { Report } from '../problem.js'
import { codeSpan, outsideCode } from './lines.js'

const SPECIAL = /\$|\{\/\*|==|\\\(|\\\[|\{\{|\{%|\{[:.#]|\{[\w-]+=|-8<-|\[toc\]|\[_toc_\]|\^[\w-]+\s*$/i

/** Formulas and templates become code, unchanged; what only a program reads is left out and reported. */
export function inlineMarks(text: string, line: number, warn: Report): string {
  if (!SPECIAL.test(text)) return text
  const whole = text.replace(BLOCK_ID, '')
  return outsideCode(whole, (part) => formulas(templates(highlights(part), line, warn)))
}

/** Matches `^its-name` at the end of a line, by which vaults link to a block: only its author needs it. */
const BLOCK_ID = /(?:^|(?<=\S)[ \t]+)\^[a-z][\w-]{2,60}\s*$|(?:^|(?<=\S)[ \t]+)\^[0-9a-f]{6}\s*$/i

/** The maximum length of a formula keeps a line of many dollars fast. */
const FORMULA =
  /(?<!\\)(\$\$[^$\n]{1,2000}?\$\$)|(?<![\\$\w])(\$(?![\s$])[^$\n]{0,600}?(?<![\s\\])\$)(?![\w$])|(?<!\\)(\\\((?!\s*\)).{1,2000}?\\\))|^(\\\[.{1,2000}?\\\])\s*$|(?<!\\)\\\[.{1,2000}?\\\](?!\()/g
/** Matches what occurs in a formula, and rarely between ordinary brackets. */
const TEX = /\\[a-z]{2}|[\^_]\{|^\\\[ .*[=^+].* \\\]$/i

/**
 * Reads dollars like Pandoc: no space inside them, and no letter or number after the last, so that prices
 * stay prices. Inside a line, a bracket after a backslash belongs to a formula only if TeX stands in it.
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

/**
 * Matches `{.class #id width="1in"}`, which Pandoc writes after a link, a picture, code, or words in
 * brackets.
 */
const OF_PANDOC =
  '\\{\\s?(?:[.#][\\w-]+|[\\w-]+="[^"\\n]{0,100}")(?:\\s+(?:[.#][\\w-]+|[\\w-]+="[^"\\n]{0,100}")){0,9}\\s?\\}'
const SPAN = new RegExp(`\\[([^[\\]\\n]{0,600})\\]${OF_PANDOC}`, 'g')
const ATTRIBUTES = new RegExp(`(?<=\\))${OF_PANDOC}|^${OF_PANDOC}`, 'g')

/** The text that a generator would insert is not known here; a name in braces is shown as code. */
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
