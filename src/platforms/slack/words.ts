/** Far more than anybody looks up. */
const MAX_LENGTH = 4000

/**
 * The text that somebody wrote: without mentions, with links by their words, and with signs as they were
 * typed.
 */
export function wordsOf(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replace(/<([^<>]*)>/g, (_all, inner: string) => wordsOfLink(inner))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()
}

function wordsOfLink(inner: string): string {
  const [target = '', label] = inner.split('|')
  return /^[@!]/.test(target) ? '' : (label ?? (target.startsWith('#') ? '' : target))
}
