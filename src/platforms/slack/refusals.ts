/** Finds refusals in Slack's answers that its library does not report. */
import { SlackError } from './api.js'

/** Returns Slack's code in an answer that is `{"ok":false,…}` or the code alone. */
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

/** Whether a file is not ready. Slack reports that as invalid blocks; nothing else can be wrong with them. */
export function isNotReady(error: unknown): boolean {
  return (
    error instanceof SlackError &&
    ['invalid_blocks', 'invalid_arguments', 'slack_file_not_found', 'file_not_found'].includes(error.code)
  )
}
