import type { IncomingMessage } from 'node:http'

/**
 * The address at which Slack reaches the bot. No setting contains it, but every request of Slack was sent to
 * it.
 */
export interface SeenAddress {
  /** Call it only for requests that carry Slack's signature: anybody else could claim any address. */
  see(request: Pick<IncomingMessage, 'headers'>): Record<string, never>
  /** Returns the address with a path; undefined until Slack has sent something. */
  of(path: string): string | undefined
}

export function seenAddress(): SeenAddress {
  let host: string | undefined
  return {
    see({ headers }) {
      const said = headers['x-forwarded-host'] ?? headers.host
      if (typeof said === 'string' && /^[\w.-]+(:\d+)?$/.test(said)) host = said
      return {}
    },
    of: (path) => host && `https://${host}${path}`,
  }
}
