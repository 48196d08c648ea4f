/**
 * Sends messages by the address that came with a command or a press. Slack may refuse there with status 200
 * and a code in the body, so only the body tells what happened to a message.
 */
import type { HttpCall } from '../http-client.js'
import { isPassingCode, SlackError } from './api.js'
import { isNotReady, refusalIn } from './refusals.js'

/** `gone`: the address accepts nothing any more. `unknown`: the message may have got through. */
export type Outcome = 'taken' | 'gone' | 'unknown'

/** The person waits for the answer, which can come another way. */
const PATIENCE_MS = 5000

/** Throws a `SlackError` for blocks that Slack does not accept, or not yet. */
export async function respond(call: HttpCall, url: string, message: object): Promise<Outcome> {
  const answer = await sent(call, url, message)
  if (!answer) return 'unknown'
  const { status, body } = answer
  const refusal = refusalIn(body)
  if (refusal === undefined) return status < 300 ? 'taken' : status >= 500 ? 'unknown' : 'gone'
  const error = new SlackError('response_url', refusal, [body.slice(0, 300)])
  if (isNotReady(error)) throw error
  return status >= 500 || isPassingCode(refusal) ? 'unknown' : 'gone'
}

async function sent(call: HttpCall, url: string, message: object) {
  try {
    const headers = { 'Content-Type': 'application/json' }
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await call(url, { method: 'POST', headers, body: JSON.stringify(message), signal })
    return { status: answer.status, body: await answer.text() }
  } catch {
    return undefined
  }
}
