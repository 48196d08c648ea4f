/**
 * The way in over HTTP: refuses what is none of Slack's before a byte of its body is read, and hands the rest
 * to Bolt.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Listener } from '../platform.js'
import { createBodies } from './bodies.js'
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './manifest.js'
import { PAGE_HEADERS } from './pages.js'

/** Far above what Slack sends. */
const MAX_BODY = 1_000_000
/** What Bolt knows the signature of a request by. */
const SIGNED_BY = ['x-slack-signature', 'x-slack-request-timestamp']

/**
 * Bolt throws for what it does not own, and reads a body whole before it looks at the signature: so it gets
 * its own paths only, and bodies that were read here. `hasPages`: whether people can install the app. May
 * throw, or return a promise that rejects.
 */
export function createDoor(bolt: Listener, hasPages: boolean): Listener {
  const readBody = createBodies()
  const pages = hasPages ? [INSTALL_PATH, REDIRECT_PATH] : []
  return async (request, response) => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    const path = request.url?.split('?', 1)[0] ?? ''
    if (request.method === 'GET' && pages.includes(path)) return bolt(request, response)
    const refusal = request.method === 'POST' && path === EVENTS_PATH ? refusalOf(request) : 404
    if (refusal !== undefined) return refuse(response, refusal)
    if (request.headers.expect !== undefined) response.writeContinue()
    const rawBody = await readBody(request)
    if (!rawBody) return refuse(response, 408)
    if (!isObject(rawBody.toString(), request.headers['content-type'])) return refuse(response, 400)
    // Bolt takes this for a body that somebody has read before it.
    return bolt(Object.assign(request, { rawBody }), response)
  }
}

/**
 * As Bolt reads it. It never answers JSON that is no object, `null` for one, and throws where nobody can
 * catch it.
 */
function isObject(body: string, type: string | undefined): boolean {
  const json =
    type === 'application/x-www-form-urlencoded' ? (new URLSearchParams(body).get('payload') ?? '{') : body
  return json.trimStart().startsWith('{')
}

/** What can be told by the headers alone. */
function refusalOf({ headers }: IncomingMessage): number | undefined {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers
  if (encoding !== undefined || Number(length) > MAX_BODY) return 413
  return SIGNED_BY.every((name) => headers[name]) ? undefined : 401
}

/** The connection is closed, so that nothing that still comes over it is read. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close' }).end()
}
