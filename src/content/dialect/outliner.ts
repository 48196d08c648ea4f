/**
 * Removes what outliners such as Logseq write next to the words: properties (`id:: 1`), references and marks
 * of blocks.
 */
import type { Report } from '../problem.js'
import { inCode } from './lines.js'

const PROPERTY = /^([ \t]*(?:-[ \t]+)?)([a-z][\w.-]{0,40})::(?:[ \t]+(.*))?$/i
/** Properties that programs use themselves; others, such as `Related::`, are words of the author. */
const KEPT_BY_PROGRAMS =
  /^(?:id|title|tags?|type|icon|public|collapsed|heading|filters|template|template-including-parent|created-at|updated-at|background-color|exclude-from-graph-view|(?:card|query|logseq|ls|hl)[.-][\w.-]+)$/i
const BLOCK = /^([ \t]*(?:-[ \t]+)?)#\+(?:BEGIN|END)_([A-Z]+)[ \t]*$/i

/** Changes the lines in place. */
export function withoutProperties(lines: string[], warn: Report): void {
  if (!lines.some((line) => /::|\(\(|#\+/.test(line))) return
  const code = inCode(lines)
  lines.forEach((line, i) => {
    if (code[i]) return
    const [, before = '', name = '', value = ''] = PROPERTY.exec(line) ?? []
    const [, start = '', kind = ''] = BLOCK.exec(line) ?? []
    if (/^alias(?:es)?$/i.test(name)) lines[i] = `${before}Also called: ${value.replace(/\[\[|\]\]/g, '')}`
    else if (KEPT_BY_PROGRAMS.test(name)) {
      lines[i] = before.trimEnd()
      warn(i + 1, 'a property of a program (::) is left out')
    } else if (kind !== '') lines[i] = start.trimEnd()
    else lines[i] = references(line, i + 1, warn)
  })
}

/** `((its id))` shows another block, which is not known here; `{{cloze words}}` shows the words. */
function references(line: string, number: number, warn: Report): string {
  return line
    .replace(/(?<!\{\{embed )\(\([0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}\)\)/g, () => {
      warn(number, 'a reference to a block is left out')
      return ''
    })
    .replace(/\{\{cloze (.{1,600}?)\}\}/g, '$1')
}
