import { UNSHOWABLE } from '../schema.js'

const CONTROLS = new RegExp(UNSHOWABLE.source, 'gu')

/**
 * Reduces a text to what a chat can show: no control characters, no blanks at the ends, at most one blank
 * line.
 */
export function tidy(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.trim()
  const lines = text.replace(/\r\n?/g, '\n').replace(CONTROLS, '').replaceAll('\u00a0', ' ').split('\n')
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Tidies a text and puts it in one line. */
export const oneLine = (text: string): string => tidy(text).replace(/\s+/g, ' ')
