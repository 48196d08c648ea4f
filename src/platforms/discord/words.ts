/** The longest text that is read; nobody looks up more. */
const MAX_LENGTH = 4000

/** Mentions, emoji, moments, and commands that can be clicked: "Message Formatting" in the documentation. */
const MARKS = /<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^:<>]+:\d+|id:\w+)>/g
/** Signs that only format, next to a word; those inside a word, as in `ml.m5_large`, stay. */
const FORMAT = /[*`~|]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|^[>#\s-]+/gmu

/** Returns the text that a person wrote, without mentions and formatting signs. */
export function wordsOf(content: string): string {
  return content
    .slice(0, MAX_LENGTH)
    .replace(MARKS, ' ')
    .replace(/\[([^\][]*)\]\([^()\s]*\)/g, '$1')
    .replace(/\\(?=[^\p{L}\p{N}\s])/gu, '')
    .replace(FORMAT, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
