/** Reads texts of Moodle: each says in which of four formats it is. */
import { htmlText, type PlainText } from './html-text.js'
import { markdownText } from './markdown-text.js'
import { tidy } from './tidy.js'

export type TextFormat = 'html' | 'markdown' | 'plain' | 'moodle'

/** `moodle` is text with HTML in it whose line ends count. */
export function formatted(source: string, format: TextFormat): PlainText {
  switch (format) {
    case 'html':
      return htmlText(source)
    case 'moodle':
      return htmlText(source, true)
    case 'markdown':
      return markdownText(source)
    case 'plain':
      return { text: tidy(source), dropped: [] }
  }
}
