/** The longest text that is read; nobody looks up more. */
const MAX_LENGTH = 4000

/**
 * Returns the text that a person wrote: without mentions, with links by their words, and with signs as typed.
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
