import { UNSHOWABLE } from '../schema.js'

const CONTROLS = new RegExp(UNSHOWABLE.source, 'gu')

/** What a chat can show of a text: no control characters, no blanks at the ends, one blank line at most. */
export function tidy(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.trim()
  const lines = text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').replaceAll('\u00a0', ' ').split('\n')
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The same in one line. */
export const oneLine = (text: string): string => tidy(text).replace(/\s+/g, ' ')
