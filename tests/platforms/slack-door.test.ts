/**
 * What comes over HTTP before it is known to be Slack's: refused by its headers, bounded in time and memory.
 */
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { createBodies, type ReadBody } from '../../src/platforms/slack/bodies.js'
import { createDoor } from '../../src/platforms/slack/door.js'
import { PAGE_HEADERS } from '../../src/platforms/slack/pages.js'
import { boundConnections } from '../../src/platforms/web/connections.js'
import { until } from '../helpers/until.js'

let server: Server
const sockets: Socket[] = []
afterEach(() => {
  for (const socket of sockets) socket.destroy()
  server.close()
  server.closeAllConnections()
})

async function open(made: Server): Promise<void> {
  server = made
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
}

/** What came back on a connection so far. */
function says(bytes: string): { told(): string; closed(): boolean; write(more: string): void } {
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', noDelay: true })
  sockets.push(socket)
  let [told, closed] = ['', false]
  socket.on('data', (part) => {
    told += part
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
  })
  socket.write(bytes)
  return { told: () => told, closed: () => closed, write: (more) => void socket.write(more) }
}

const SECRET = 'a signing secret'
const SIGNED = 'X-Slack-Signature: v0=a\r\nX-Slack-Request-Timestamp: 1\r\n'

/** Headers as Slack signs a body. */
function signedFor(body: string): string {
  const at = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex')
  return `X-Slack-Signature: v0=${signature}\r\nX-Slack-Request-Timestamp: ${at}\r\n`
}

const post = (headers: string, length: number) =>
  `POST /slack/events HTTP/1.1\r\nHost: x\r\n${headers}Content-Length: ${length}\r\n\r\n`

/** A door with somebody behind it who repeats the body. */
async function openDoor(): Promise<void> {
  const door = createDoor(
    (request, response) => void response.end('rawBody' in request ? String(request.rawBody) : 'no body'),
    SECRET,
    true,
  )
  const made = createServer((request, response) => void door(request, response))
  made.on('checkContinue', (request, response) => void door(request, response))
  await open(made)
}

it.each([
  ['neither of its two headers', '', 9, 401],
  ['only the signature', 'X-Slack-Signature: v0=a\r\n', 9, 401],
  ['only the time', 'X-Slack-Request-Timestamp: 1\r\n', 9, 401],
  ['both, and more than a megabyte', SIGNED, 1_000_001, 413],
])(
  'with %s is refused before a byte of its body is there, and the connection closed',
  async (_, headers, length, status) => {
    await openDoor()
    const asked = says(post(headers, length))
    await until(() => asked.closed())
    expect(asked.told()).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
  },
)

it('whoever waits to be asked for the body is asked for it with both headers only', async () => {
  await openDoor()
  const refused = says(post('Expect: 100-continue\r\n', 2))
  await until(() => refused.closed())
  expect(refused.told()).toMatch(/^HTTP\/1.1 401/)
  const asked = says(post(`Expect: 100-continue\r\n${signedFor('{}')}`, 2))
  await until(() => asked.told().startsWith('HTTP/1.1 100'))
  asked.write('{}')
  await until(() => asked.told().endsWith('{}'))
})

/** Anything in it that a form encodes, and signs that an encoder of URIs leaves. */
const WORDS = `Zoë's "A & B" = 50 % + 1, ünï(code)~*! 🎯`
const PRESS = JSON.stringify({ type: 'block_actions', words: WORDS })
it.each([
  ['JSON', 'application/json', PRESS, PRESS],
  ['a press', 'application/x-www-form-urlencoded', `${new URLSearchParams({ payload: PRESS })}`, PRESS],
  [
    'a press with more beside it',
    'application/x-www-form-urlencoded',
    `a=b&${new URLSearchParams({ payload: PRESS })}`,
    PRESS,
  ],
  [
    'a command',
    'application/x-www-form-urlencoded',
    `${new URLSearchParams({ command: '/explain', text: WORDS })}`,
    JSON.stringify({ command: '/explain', text: WORDS }),
  ],
  [
    'a sign that is encoded wrongly',
    'application/x-www-form-urlencoded',
    'payload={"a":"100%"}',
    '{"a":"100%"}',
  ],
])('hands on as JSON what is signed: %s', async (_, type, body, json) => {
  await openDoor()
  const bytes = Buffer.byteLength(body)
  const asked = says(`${post(`Content-Type: ${type}\r\n${signedFor(body)}`, bytes)}${body}`)
  await until(() => asked.told().endsWith(json) || undefined)
  expect(asked.told()).toMatch(/^HTTP\/1.1 200/)
})

it.each([
  ['whose signature is of another body', `${signedFor('{ }')}`, '{}', 401],
  ['that is no object', signedFor('null'), 'null', 400],
])('refuses a body %s', async (_, headers, body, status) => {
  await openDoor()
  const asked = says(`${post(`Content-Type: application/json\r\n${headers}`, body.length)}${body}`)
  await until(() => asked.closed())
  expect(asked.told()).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
})

it('hands on its own paths only, and every answer has the headers of a page', async () => {
  await openDoor()
  const { port } = server.address() as AddressInfo
  const statusOf = async (method: string, path: string) => {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}${path}`, { method })
    for (const [name, value] of Object.entries(PAGE_HEADERS)) expect(headers.get(name)).toBe(value)
    return status
  }
  expect(PAGE_HEADERS['Content-Security-Policy']).toMatch(
    /default-src 'none'.*frame-ancestors 'none'.*style-src 'sha256-/,
  )
  expect(await statusOf('GET', '/slack/install?x')).toBe(200)
  expect(await statusOf('GET', '/slack/oauth_redirect')).toBe(200)
  for (const [method, path] of [
    ['POST', '/slack/install'],
    ['HEAD', '/slack/install'],
    ['GET', '/slack/events'],
    ['GET', '/slack/robots.txt'],
    ['POST', '/slack/events/'],
    ['POST', '/slack/%65vents'],
  ] as const)
    expect(await statusOf(method, path), `${method} ${path}`).toBe(404)
})

/** What the reader got, in the order of the requests. */
async function reading(read: ReadBody): Promise<(string | undefined | 'waiting')[]> {
  const got: (string | undefined | 'waiting')[] = []
  await open(
    createServer((request, response) => {
      const i = got.push('waiting') - 1
      void read(request).then((body) => {
        got[i] = body?.toString()
        response.end()
      })
    }),
  )
  return got
}

it('a body that does not come whole in time is given up', async () => {
  const got = await reading(createBodies({ ms: 20 }))
  says(`${post('', 9)}half`)
  await until(() => got.length === 1 && got[0] === undefined)
})

it('a body whose sender hangs up is given up', async () => {
  const got = await reading(createBodies())
  says(`${post('', 9)}half`)
  await until(() => got[0] === 'waiting')
  sockets.at(-1)?.destroy()
  await until(() => got[0] === undefined)
})

it('bodies take so much memory together: whoever has been at it longest gives way', async () => {
  const got = await reading(createBodies({ ms: 60_000, most: 100_000 }))
  for (let i = 0; i < 3; i++) {
    says(`${post('', 40_001)}${'x'.repeat(40_000)}`)
    await until(() => got[i] === 'waiting')
  }
  await until(() => got[0] === undefined)
  expect(got).toEqual([undefined, 'waiting', 'waiting'])
  says(`${post('', 5)}quick`)
  await until(() => got[3] === 'quick')
})

it('a body in a thousand crumbs takes what they take, not what they weigh', async () => {
  const got = await reading(createBodies({ ms: 60_000, most: 20_000 }))
  const slow = says(post('', 1000))
  for (let i = 0; i < 999 && got[0] !== undefined; i++) {
    slow.write('x')
    await turn()
    await until(() => got.length === 1)
  }
  await until(() => got[0] === undefined)
})

it('connections that wait for their request give way, the longest first, to one that has it', async () => {
  const made = createServer((_, response) => void response.end('served'))
  boundConnections(made, 3)
  await open(made)
  const waiting = [says(''), says('GET / HTTP/1.1\r\n'), says(post('', 9))]
  for (let i = 0; i < 3; i++) {
    const quick = says('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    await until(() => quick.told().endsWith('served'))
  }
  await until(() => waiting[0]?.closed())
  expect(waiting.map((one) => one.closed())).toContain(false)
})
