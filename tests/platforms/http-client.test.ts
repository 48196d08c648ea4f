import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createHttpClient } from '../../src/platforms/http-client.js'

let server: Server
afterEach(() => {
  server.close()
  server.closeAllConnections()
})

async function serving(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    answer(request, response, Buffer.concat(parts).toString())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

it('sends a text, and gives status, headers and the text that comes back', async () => {
  const url = await serving((request, response, body) => {
    response.writeHead(201, { 'Content-Type': 'application/json', 'X-Scopes': 'a,b' })
    response.end(JSON.stringify({ method: request.method, length: request.headers['content-length'], body }))
  })
  const answer = await createHttpClient(1000)(url, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body: 'Größe 😀',
  })
  expect([answer.status, answer.ok, answer.headers.get('x-scopes')]).toEqual([201, true, 'a,b'])
  expect(await answer.json()).toEqual({ method: 'POST', length: '12', body: 'Größe 😀' })
})

it('takes an answer without a body, and one that is not ok', async () => {
  const url = await serving((request, response) =>
    response.writeHead(request.url === '/none' ? 204 : 429, { 'Retry-After': '3' }).end(),
  )
  const call = createHttpClient(1000)
  expect(await (await call(`${url}none`, { method: 'POST' })).text()).toBe('')
  const refused = await call(url, { method: 'GET', body: null })
  expect([refused.status, refused.ok, refused.headers.get('retry-after')]).toEqual([429, false, '3'])
})

it('sends files as a form', async () => {
  const url = await serving((request, response, body) =>
    response.end(`${request.headers['content-type']} ${body}`),
  )
  const form = new FormData()
  form.append('file', new Blob(['picture']), 'a.png')
  const said = await (await createHttpClient(1000)(url, { method: 'POST', body: form })).text()
  expect(said).toMatch(/^multipart\/form-data/)
  expect(said).toContain('filename="a.png"')
})

it('gives up a server that never answers, or stops in the middle of its answer', async () => {
  const url = await serving((request, response) => {
    if (request.url === '/half') response.writeHead(200, { 'Content-Length': '100' }).write('ha')
  })
  const call = createHttpClient(50)
  await expect(call(url, { method: 'POST', body: '{}' })).rejects.toThrow('no answer within 50 ms')
  await expect(call(`${url}half`, { method: 'POST', body: '{}' })).rejects.toThrow()
})

it('an answer with a status of no meaning, or without end, is an error of the call and of nothing else', async () => {
  const url = await serving(({ url: path = '' }, response) => {
    const { socket } = response
    if (path === '/endless') {
      // By turns with the client, which is in the same process.
      const more = () =>
        void (socket?.destroyed || socket?.write('x'.repeat(1_000_000), () => setImmediate(more)))
      socket?.write('HTTP/1.1 200 OK\r\n\r\n', more)
    } else socket?.end(`HTTP/1.1 ${path.slice(1)}\r\nContent-Length: 2\r\n\r\nhi`)
  })
  const call = createHttpClient(20_000)
  for (const path of ['999 So', '600 So', '101 So', 'abc So', '-1 So', 'endless'])
    await expect(
      call(`${url}${path.replace(' So', '')}`, { method: 'POST', body: '{}' }),
      path,
    ).rejects.toThrow()
})

it('gives up files too that nobody takes', async () => {
  const url = await serving(() => {})
  const body = new FormData()
  body.append('file', new Blob(['x']), 'x.txt')
  await expect(createHttpClient(100)(url, { method: 'POST', body })).rejects.toThrow()
})

it('stops when its signal says so, with the error that libraries know', async () => {
  const url = await serving(() => {})
  const controller = new AbortController()
  const calling = createHttpClient(60_000)(url, { method: 'POST', body: '{}', signal: controller.signal })
  controller.abort()
  await expect(calling).rejects.toMatchObject({ name: 'AbortError' })
})

it('keeps its connections, and opens a bounded number of them however much there is to say', {
  tags: ['slow'],
}, async () => {
  const held: ServerResponse[] = []
  const url = await serving((_request, response) => void held.push(response))
  let connections = 0
  server.on('connection', () => connections++)
  const call = createHttpClient(60_000)
  const calls = Array.from({ length: 450 }, () => call(url, { method: 'POST', body: '{}' }))
  const release = setInterval(() => {
    for (const response of held.splice(0)) response.end('ok')
  }, 5)
  await Promise.all(calls)
  clearInterval(release)
  expect(connections).toBeLessThanOrEqual(200)
})
