/** Requests as no browser and no platform sends them, byte by byte, and what became of them. */
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'

/** Stands in headers, bodies and query strings, and must stand in no log. */
export const SECRET_WORD = 'hunter2'
/** Far above what an answer takes, and above the time that a request may take to come in. */
const ANSWER_MS = 20_000

export interface Odd {
  readonly bytes: Buffer
  /** Nothing is waited for: the connection is cut, or its end is told, after so many bytes. */
  readonly cut: { readonly after: number; readonly how: 'destroy' | 'end' } | undefined
}

const METHODS = [
  ...[
    'GET',
    'POST',
    'HEAD',
    'PUT',
    'DELETE',
    'OPTIONS',
    'PATCH',
    'TRACE',
    'CONNECT',
    'PROPFIND',
    'QUERY',
    'get',
    'GETT',
    '',
    'G T',
  ],
  ...['PRI', 'M-SEARCH', '\u00e9'],
]
const PATHS = [
  ...[
    '/',
    '//',
    '/slack',
    '/slack/',
    '/slack/robots.txt',
    '/slack/events',
    '/slack/events/',
    '/slack/events?x=1',
    '/slack/./events',
  ],
  ...[
    '/slack/install',
    '/slack/install?x',
    '/slack/install/..',
    '/slack/oauth_redirect',
    '/slack/%ff',
    '/slack/%00',
    '/slack/..%2fmetrics',
  ],
  ...[
    `/slack/oauth_redirect?code=${SECRET_WORD}&state=a.b.c`,
    '/slack/oauth_redirect?error=access_denied',
    '/slack/oauth_redirect?code=x',
  ],
  ...[
    '/healthz',
    '/readyz',
    '/metrics',
    '/metrics/',
    '/healthz?a=b',
    '/api/say',
    '/api/press',
    '/api/room',
    '/api/nothing',
    '/index.html',
  ],
  ...[
    '/api/complete?as=ann&line=/ex',
    '/api/complete?as=mallory',
    '/picture/1/0.png',
    '/picture/2147483648/0.png',
    '/picture/x/0.png',
  ],
  ...[
    'http://127.0.0.1/slack/events',
    'http://[/slack/events',
    'https://evil.example/',
    '*',
    '/%',
    '/%e0%a4%a',
    '/\u00ff',
    '/\\..\\x',
  ],
  ...[
    '/../../etc/passwd',
    `/${'x'.repeat(9000)}`,
    `/slack/${'y'.repeat(30_000)}`,
    '',
    ' ',
    '?',
    '#',
    '/slack/events#x',
  ],
]
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/0.9',
  'HTTP/9.9',
  'HTTP/1.1x',
  'FTP/1.1',
  '',
]
const HEADERS = [
  ...[
    'Host: 127.0.0.1',
    'Host: localhost',
    'Host: evil.example',
    'Host: [',
    'Host: a b',
    'Host:',
    'Host: x\r\nHost: y',
    `Host: ${'h'.repeat(3000)}`,
  ],
  ...[
    'Content-Length: 0',
    'Content-Length: 5',
    'Content-Length: 999000',
    'Content-Length: 1000001',
    'Content-Length: -1',
    'Content-Length: abc',
  ],
  ...[
    'Content-Length: 1e3',
    'Content-Length: 2\r\nContent-Length: 3',
    'Content-Length: 5, 5',
    'Content-Length: 99999999999999999999',
  ],
  ...[
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: gzip',
    'Transfer-Encoding: chunked, chunked',
    'Transfer-Encoding: identity',
  ],
  ...[
    'Transfer-Encoding: chunked\r\nContent-Length: 5',
    'Transfer-Encoding : chunked',
    'TE: trailers',
    'Trailer: X',
  ],
  ...[
    'Expect: 100-continue',
    'Expect: the worst',
    'Expect: 100-continue, more',
    'Upgrade: websocket\r\nConnection: Upgrade',
  ],
  ...[
    'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__',
    'Connection: keep-alive',
    'Connection: close',
  ],
  ...[
    'Connection: x, y',
    'Content-Type: application/json',
    'Content-Type: application/x-www-form-urlencoded',
    'Content-Type: \u00e9/;;=',
  ],
  ...[
    'Content-Encoding: gzip',
    'Accept-Encoding: gzip, br',
    'Range: bytes=0-1',
    'If-Modified-Since: never',
    'Origin: null',
    'Origin: http://127.0.0.1',
  ],
  ...[
    `Cookie: slack-app-oauth-state=${SECRET_WORD}`,
    'Cookie: slack-app-oauth-state',
    'Cookie: =;;=',
    `Authorization: Bearer ${SECRET_WORD}`,
  ],
  ...[
    `X-Slack-Signature: v0=${SECRET_WORD}`,
    'X-Slack-Signature: v0=a\r\nX-Slack-Signature: v0=b',
    'X-Slack-Signature:',
  ],
  ...[
    'X-Slack-Request-Timestamp: 0',
    'X-Slack-Request-Timestamp: NaN',
    `X-Slack-Request-Timestamp: ${Math.floor(Date.now() / 1000)}`,
  ],
  ...[
    'X-Slack-Retry-Num: x',
    'X-Forwarded-For: 1.1.1.1, ::1',
    'X: a\0b',
    'X: a\nb',
    ' folded',
    'no colon',
    ': no name',
    'X-\u00e9: \u00ff',
  ],
  ...[`X-Long: ${'z'.repeat(20_000)}`, Array.from({ length: 3000 }, (_, i) => `X-${i}: ${i}`).join('\r\n')],
]
const BODIES = [
  ...[
    '',
    '',
    'hello',
    '{}',
    'null',
    `{"as":"ann","text":"${SECRET_WORD}"}`,
    `payload=%7B%22x%22%3A%22${SECRET_WORD}%22%7D`,
    'payload=null',
  ],
  ...[
    'ssl_check=1',
    'ssl_check=1&payload=%7B',
    '5\r\nhello\r\n0\r\n\r\n',
    'zz\r\nhello',
    'ffffffffff\r\nx',
    '5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n',
  ],
  ...[
    '-1\r\n',
    `{"message":2147483648,"as":"ann","id":"x"}`,
    '['.repeat(20_000),
    `${SECRET_WORD} `.repeat(12_000),
  ],
].map((body) => Buffer.from(body, 'latin1'))

const body = fc.oneof(
  fc.constantFrom(...BODIES, gzipSync(Buffer.from(`{"a":"${SECRET_WORD}"}`))),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
)
const whole = fc
  .record({
    method: fc.constantFrom(...METHODS, 'GET', 'POST', 'POST', 'POST'),
    path: fc.constantFrom(...PATHS),
    version: fc.constantFrom(...VERSIONS),
    host: fc.constantFrom('Host: 127.0.0.1', 'Host: 127.0.0.1', ''),
    headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 5 }),
    body,
  })
  .map(({ method, path, version, host, headers, body: rest }) => {
    const head = [`${method} ${path} ${version}`, ...(host ? [host] : []), ...headers]
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), rest])
  })
const cut = fc.record({
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  how: fc.constantFrom('destroy' as const, 'end' as const),
})

/**
 * Whole ones, several on one connection, halves that are cut off, and noise. The end of each is told, so that
 * none is waited for.
 */
const odd: fc.Arbitrary<Odd> = fc.oneof(
  {
    weight: 6,
    arbitrary: whole.map((bytes) => ({ bytes, cut: { after: bytes.length, how: 'end' as const } })),
  },
  {
    weight: 1,
    arbitrary: fc.array(whole, { minLength: 2, maxLength: 20 }).map((all) => {
      const bytes = Buffer.concat(all)
      return { bytes, cut: { after: bytes.length, how: 'end' as const } }
    }),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(whole, cut)
      .map(([bytes, { share, how }]) => ({ bytes, cut: { after: Math.floor(share * bytes.length), how } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ minLength: 1, maxLength: 2000 })
      .map((noise) => ({ bytes: Buffer.from(noise), cut: { after: noise.length, how: 'end' as const } })),
  },
)

export const oddRequests = (count: number, seed: number): readonly Odd[] =>
  fc.sample(odd, { numRuns: count, seed })

/** The status lines that came back until the connection was closed. Rejects when it stays open. */
export function sendOdd(port: number, { bytes, cut: at }: Odd): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: false })
    let told = ''
    const late = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no end of ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`))
    }, ANSWER_MS)
    socket.on('data', (part) => {
      told += part.toString('latin1')
      // A stream has no end of its own.
      if (told.includes('text/event-stream')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(late)
      resolve(told.match(/^HTTP\/1\.1 \d{3}/gm) ?? [])
    })
    socket.on('connect', () => {
      const part = at ? bytes.subarray(0, at.after) : bytes
      if (at?.how === 'destroy') socket.write(part, () => socket.destroy())
      else socket.end(part)
    })
  })
}

/** All of them, some at a time. */
export async function sendAll(port: number, all: readonly Odd[], atOnce = 40): Promise<readonly string[]> {
  const left = [...all]
  const statuses: string[] = []
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) statuses.push(...(await sendOdd(port, next)))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return statuses
}
