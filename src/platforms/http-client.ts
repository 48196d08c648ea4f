/**
 * Calls to a platform over persistent connections. `fetch` takes four times the work, which was most of what
 * a reply cost. It counts for replies within a second at p99, at 500 answers a second
 * (`docs/benchmarks.md`).
 */
import { Agent, request } from 'undici'

/**
 * Like `fetch`, for the requests and answers of these platforms: texts, and no redirects. Forms with files
 * use `fetch` itself. A call without its own signal is aborted after the timeout passed to
 * `createHttpClient`.
 */
export type HttpCall = (url: string, init: RequestInit) => Promise<Response>

/**
 * Limits simultaneous connections to one host: thousands of presses in one second must not open thousands of
 * connections.
 */
const CONNECTIONS = 200
/** The other side may close a connection at any moment after this idle time. */
const IDLE_MS = 4000
/** Maximum bytes of an answer; far more than Slack and Discord send. */
const MAX_ANSWER = 20_000_000
const BODILESS = [204, 205, 304]

export function createHttpClient(timeoutMs: number): HttpCall {
  const dispatcher = new Agent({
    connections: CONNECTIONS,
    keepAliveTimeout: IDLE_MS,
    maxResponseSize: MAX_ANSWER,
  })

  async function send(
    url: string,
    { method = 'GET', headers, signal, body }: RequestInit,
  ): Promise<Response> {
    const answer = await request(url, {
      dispatcher,
      method,
      headers: headers && Symbol.iterator in headers ? Object.fromEntries(headers) : { ...headers },
      body: typeof body === 'string' ? body : null,
      signal: signal ?? null,
    })
    const text = await answer.body.text()
    const told = Object.entries(answer.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    )
    const { statusCode: status, statusText } = answer
    // The web server's library replaces the global `Response` by one that accepts any status.
    if (status < 200 || status > 599) throw new Error(`an answer with the status ${status}`)
    return new Response(BODILESS.includes(status) ? null : text, { status, statusText, headers: told })
  }

  return async (url, init) => {
    const { body } = init
    const isText = typeof body === 'string' || body === null || body === undefined
    if (!isText) return fetch(url, { ...init, signal: init.signal ?? AbortSignal.timeout(timeoutMs) })
    if (init.signal) return send(url, init)
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    return send(url, { ...init, signal: late.signal }).finally(() => clearTimeout(timer))
  }
}
