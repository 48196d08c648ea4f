/** Calls to a platform over connections that are kept. `fetch` does the same for six times the work, which was most of what a reply cost. */
import { type ClientRequestArgs, Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http'
import { Agent as HttpsAgent, request as overHttps } from 'node:https'

/**
 * As `fetch`, for what these platforms say and are told: texts, and no redirects. A form with files goes by `fetch` itself. Without a
 * signal of its own a call is given up after the time that `createCalls` was given.
 */
export type Call = (url: string, init: RequestInit) => Promise<Response>

/** At the same time, to one host: thousands of presses in one second shall not open thousands of connections. */
const CONNECTIONS = 200
/** A connection that nobody used for so long may be closed by the other side any moment. */
const IDLE_MS = 4000
/** Characters; far above what Slack and Discord answer. */
const MAX_ANSWER = 20_000_000
const BODILESS = [204, 205, 304]

export function createCalls(timeoutMs: number): Call {
  const kept = { keepAlive: true, maxSockets: CONNECTIONS, timeout: IDLE_MS }
  const [plain, secure] = [new HttpAgent(kept), new HttpsAgent(kept)]
  return async (url, init) => {
    const { body } = init
    if (typeof body !== 'string' && body !== null && body !== undefined)
      return fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(timeoutMs) })
    const args: ClientRequestArgs = {
      method: init.method ?? 'GET',
      headers: { ...headersOf(init), ...(body && { 'Content-Length': Buffer.byteLength(body) }) },
      ...(init.signal && { signal: init.signal }),
    }
    return send(new URL(url), args, body ?? '')
  }

  function send(url: URL, args: ClientRequestArgs, body: string): Promise<Response> {
    return new Promise((resolve, reject) => {
      const began = (response: IncomingMessage) => read(response).then(resolve, reject)
      const call =
        url.protocol === 'https:' ? overHttps(url, { ...args, agent: secure }, began) : overHttp(url, { ...args, agent: plain }, began)
      const late = args.signal ? undefined : setTimeout(() => call.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
      call.on('error', reject).on('close', () => clearTimeout(late))
      call.end(body)
    })
  }
}

function headersOf({ headers = {} }: RequestInit): Record<string, string> {
  return headers instanceof Headers || Array.isArray(headers) ? Object.fromEntries(headers) : (headers as Record<string, string>)
}

function read(response: IncomingMessage): Promise<Response> {
  return new Promise((resolve, reject) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (part: string) => {
      text += part
      if (text.length > MAX_ANSWER) response.destroy(new Error('an answer without end'))
    })
    response.on('error', reject)
    response.on('end', () => {
      const { statusCode: status = 500, statusMessage: statusText = '', headers } = response
      const told = Object.entries(headers).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      )
      // Whatever stands in between may answer with a status of no meaning, such as 999, which not every `Response` refuses.
      if (status < 200 || status > 599) return reject(new Error(`an answer with status ${status}`))
      try {
        resolve(new Response(BODILESS.includes(status) ? null : text, { status, statusText, headers: told }))
      } catch (error) {
        reject(error)
      }
    })
  })
}
