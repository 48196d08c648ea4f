import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { MAX_UPLOAD_BYTES } from '../../src/bot/ports/upload.js'
import { createFetchUpload } from '../../src/platforms/fetch-upload.js'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
})

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown

/** A server of the platform, what it was asked for, and a way to fetch from it. */
async function platform(answer: Answer, timeoutMs = 2000) {
  const asked: { path: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization })
    answer(response, request)
  })
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const isOwn = (host: string) => host === 'files.example.com'
  return {
    asked,
    base,
    fetch: createFetchUpload({ platform: 'Slack', isOwn, base: `${base}/api/`, timeoutMs }),
  }
}

it('gives the bytes of a file, and sends the headers along', async () => {
  const { fetch, base, asked } = await platform((response) => response.end('Größe'))
  expect(Buffer.from(await fetch(`${base}/files/1`, { Authorization: 'Bearer x' })).toString()).toBe('Größe')
  expect(asked).toEqual([{ path: '/files/1', authorization: 'Bearer x' }])
})

it.each([
  ['another host', () => 'https://evil.example/a.gift'],
  ['a host whose name begins with that of the platform', () => 'https://files.example.com.evil.example/a'],
  ['a name and password before the host', () => 'https://files.example.com@evil.example/a'],
  ['no encryption', () => 'http://files.example.com/a'],
  ['another port', () => 'https://files.example.com:8443/a'],
  ['the metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
  ['another server of this machine', (other: string) => `${other}/private`],
  ['a file of this machine', () => 'file:///etc/passwd'],
  ['no address at all', () => 'nonsense'],
])('asks no other place than the platform: %s', async (_what, url) => {
  const { fetch } = await platform((response) => response.end('never'))
  const other = await platform((response) => response.end('secret'))
  await expect(fetch(url(other.base), { Authorization: 'Bearer x' })).rejects.toThrow(
    'Slack keeps this file at another place',
  )
  expect(other.asked).toEqual([])
})

it('follows no redirect, so that a token goes nowhere else', async () => {
  const other = await platform((response) => response.end('secret'))
  const { fetch, base, asked } = await platform((response) =>
    response.writeHead(302, { Location: `${other.base}/private` }).end(),
  )
  await expect(fetch(`${base}/a`, { Authorization: 'Bearer x' })).rejects.toThrow(
    'does not hand out this file',
  )
  expect([asked.length, other.asked]).toEqual([1, []])
})

it('stops at 5 MB, whatever is said of the length', async () => {
  const piece = Buffer.alloc(64 * 1024, 'a')
  let sent = 0
  const { fetch, base } = await platform((response) => {
    const more = () => {
      while (sent < 100 * MAX_UPLOAD_BYTES) {
        sent += piece.length
        if (!response.write(piece)) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  })
  await expect(fetch(`${base}/endless`)).rejects.toThrow('larger than 5 MB')
  expect(sent).toBeLessThan(3 * MAX_UPLOAD_BYTES)
})

it('reads nothing of what says itself that it is too large', async () => {
  const { fetch, base } = await platform((response) =>
    response.writeHead(200, { 'Content-Length': MAX_UPLOAD_BYTES + 1 }).flushHeaders(),
  )
  await expect(fetch(`${base}/large`)).rejects.toThrow('larger than 5 MB')
})

it('takes a file of exactly 5 MB', async () => {
  const { fetch, base } = await platform((response) => response.end(Buffer.alloc(MAX_UPLOAD_BYTES)))
  expect((await fetch(`${base}/most`)).length).toBe(MAX_UPLOAD_BYTES)
})

it('tries again after a failure of the platform, and after a short wait that it asks for', async () => {
  const answers: Answer[] = [
    (response) => response.writeHead(500).end(),
    (response) => response.writeHead(429, { 'Retry-After': '0.01' }).end(),
    (response) => response.end('here'),
  ]
  const { fetch, base, asked } = await platform((response, request) => answers.shift()?.(response, request))
  expect(Buffer.from(await fetch(`${base}/a`)).toString()).toBe('here')
  expect(asked).toHaveLength(3)
})

it.each([
  [
    'asks for a long wait',
    'asks to wait a moment',
    1,
    (r) => r.writeHead(429, { 'Retry-After': '60' }).end(),
  ],
  ['fails again and again', 'did not hand out the file in time', 3, (r) => r.writeHead(503).end()],
  [
    'hangs up half-way',
    'did not hand out the file in time',
    3,
    (r) => {
      r.writeHead(200, { 'Content-Length': 100 }).write('half')
      setImmediate(() => r.destroy())
    },
  ],
  ['has deleted the file', 'it may be deleted', 1, (r) => r.writeHead(404).end()],
  ['refuses the link', 'its link is over', 1, (r) => r.writeHead(403).end()],
] satisfies [string, string, number, Answer][])(
  'says what to do when the platform %s',
  async (_how, words, times, answer) => {
    const { fetch, base, asked } = await platform(answer)
    await expect(fetch(`${base}/a`)).rejects.toThrow(words)
    expect(asked).toHaveLength(times)
  },
)

it('gives up a platform that never comes to the end of a file', { tags: ['slow'] }, async () => {
  const { fetch, base, asked } = await platform((response) => response.write('a'), 200)
  await expect(fetch(`${base}/slow`)).rejects.toThrow('did not hand out the file in time')
  expect(asked.length).toBeGreaterThan(0)
})
