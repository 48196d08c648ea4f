/**
 * The entrance over HTTP: refuses requests that do not come from Slack, most of them before a byte of the
 * body is read, and hands the rest to Bolt.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { isValidSlackRequest } from '@slack/bolt'
import type { Listener } from '../platform.js'
import { createBodies } from './bodies.js'
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from './manifest.js'
import { PAGE_HEADERS } from './pages.js'

/** The maximum size of a body; Slack sends far less. */
const MAX_BODY = 1_000_000
/** The headers of the signature. */
const SIGNATURE = 'x-slack-signature'
const SIGNED_AT = 'x-slack-request-timestamp'

/**
 * Bolt throws for paths that it does not own, reads a whole body before it checks the signature, and parses a
 * form twice. So it gets only its own paths, and the JSON of bodies that were read and checked here; its own
 * check must be off. `hasPages`: whether people can install the app. May throw, or return a promise that
 * rejects.
 */
export function createDoor(bolt: Listener, signingSecret: string, hasPages: boolean): Listener {
  const readBody = createBodies()
  const pages = hasPages ? [INSTALL_PATH, REDIRECT_PATH] : []
  return async (request, response) => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    const path = request.url?.split('?', 1)[0] ?? ''
    if (request.method === 'GET' && pages.includes(path)) return bolt(request, response)
    const refusal = request.method === 'POST' && path === EVENTS_PATH ? refusalOf(request) : 404
    if (refusal !== undefined) return refuse(response, refusal)
    if (request.headers.expect !== undefined) response.writeContinue()
    const body = (await readBody(request))?.toString()
    if (body === undefined) return refuse(response, 408)
    if (!isSigned(body, request.headers, signingSecret)) return refuse(response, 401)
    const json = jsonIn(body, request.headers['content-type'])
    // Bolt never answers JSON that is not an object, such as `null`, and throws where nobody can catch it.
    if (!json.trimStart().startsWith('{')) return refuse(response, 400)
    request.headers['content-type'] = 'application/json'
    // Bolt treats this as a body that was already read.
    return bolt(Object.assign(request, { rawBody: Buffer.from(json) }), response)
  }
}

function isSigned(body: string, headers: IncomingHttpHeaders, signingSecret: string): boolean {
  const [signature, at] = [String(headers[SIGNATURE]), Number(headers[SIGNED_AT])]
  return isValidSlackRequest({ signingSecret, body, headers: { [SIGNATURE]: signature, [SIGNED_AT]: at } })
}

const FORM = 'application/x-www-form-urlencoded'
const PAYLOAD = 'payload='

/** Returns the JSON of a body. A form has it in one field; each field of a command becomes a property. */
function jsonIn(body: string, type = ''): string {
  if (!type.startsWith(FORM)) return body
  if (body.startsWith(PAYLOAD) && !body.includes('&')) {
    try {
      // A press contains its whole message; decoding it this way takes a fifth of the time.
      return decodeURIComponent(body.slice(PAYLOAD.length).replaceAll('+', ' '))
    } catch {
      // `URLSearchParams` below accepts wrongly encoded characters.
    }
  }
  const form = new URLSearchParams(body)
  return form.get('payload') ?? JSON.stringify(Object.fromEntries(form))
}

/** Returns the status of a refusal that the headers alone decide. */
function refusalOf({ headers }: IncomingMessage): number | undefined {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers
  if (encoding !== undefined || Number(length) > MAX_BODY) return 413
  return headers[SIGNATURE] && headers[SIGNED_AT] ? undefined : 401
}

/** Closes the connection, so that no further bytes from it are read. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close' }).end()
}
