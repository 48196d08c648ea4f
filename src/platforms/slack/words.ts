/** Far more than anybody looks up. */
const MAX_LENGTH = 4000

/**
 * What somebody wrote, from how Slack hands it on: mentions left out, links by their words, signs as they
 * were typed.
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
