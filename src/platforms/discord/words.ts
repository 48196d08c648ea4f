/** Far more than anybody looks up. */
const MAX_LENGTH = 4000

/** Mentions, emoji, moments, and commands that can be clicked: "Message Formatting" in the documentation. */
const MARKS = /<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^:<>]+:\d+|id:\w+)>/g
/** Signs that only format, where they stand beside a word; those inside one, as in `ml.m5_large`, stay. */
const FORMAT = /[*`~|]+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])|^[>#\s-]+/gmu

/** What somebody wrote, from how Discord hands it on: mentions and signs of formatting left out. */
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
