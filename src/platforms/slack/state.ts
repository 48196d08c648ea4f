/**
 * Allows each OAuth state once. Bolt has already checked its signature, its age, and that it belongs to this
 * browser.
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Returns true only for the first call with an id, over all processes. */
export type SpendState = (id: string) => Promise<boolean>

/** Bolt calls it before it asks Slack for the token: false stops the install, after `refuse` has answered. */
export function once(spend: SpendState, refuse: (response: ServerResponse) => void) {
  return async (_options: unknown, request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const isFirst = await spend(idOf(request.url ?? ''))
    if (!isFirst) refuse(response)
    return isFirst
  }
}

/**
 * Returns the id of the signed content, without the signature, since that can be written in more than one
 * way.
 */
function idOf(url: string): string {
  const state = new URL(url, 'http://localhost').searchParams.get('state') ?? ''
  const signed = state.slice(0, state.lastIndexOf('.'))
  return createHash('sha256').update(signed).digest('hex')
}
