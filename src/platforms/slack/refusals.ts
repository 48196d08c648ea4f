/** What Slack's answers refuse, beyond what its library tells. */
import { SlackError } from './api.js'

/** Slack's word for what it refused, in an answer that is `{"ok":false,…}` or that word alone. */
export function refusalIn(body: string): string | undefined {
  const said = body.trim()
  if (/^[a-z_]+$/.test(said)) return said === 'ok' ? undefined : said
  try {
    const value: unknown = JSON.parse(said)
    if (typeof value !== 'object' || value === null || !('ok' in value) || value.ok !== false)
      return undefined
    return 'error' in value && typeof value.error === 'string' ? value.error : 'unknown_error'
  } catch {
    return undefined
  }
}

/** A file that is not ready is told as blocks that are wrong; nothing else can be wrong with them. */
export function isNotReady(error: unknown): boolean {
  return (
    error instanceof SlackError &&
    ['invalid_blocks', 'invalid_arguments', 'slack_file_not_found', 'file_not_found'].includes(error.code)
  )
}
