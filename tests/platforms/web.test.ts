import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { ChatRefusal } from '../../src/bot/ports/chat.js'
import type { Card } from '../../src/bot/ui/card.js'
import { createWeb, type Web } from '../../src/platforms/web/index.js'
import type { MessageLog } from '../../src/platforms/web/messages.js'
import { LOCAL_MEMBERS } from '../../src/platforms/web/room.js'
import type { Done, Shown, StreamEvent } from '../../src/platforms/web/wire.js'
import { createFakeApp, type FakeApp, pickCard, topicCard } from '../e2e/fake-app.js'
import { memoryLog } from '../helpers/message-log.js'

const HOST = 'localhost:3000'
const HERE = { workspace: 'local', channel: 'study' }
const HELLO: Card = { title: 'Hello', blocks: [] }
const PNG = new Uint8Array([137, 80, 78, 71])

let web: Web
let app: FakeApp
let messages: MessageLog
let logged: string[]
let faults: object[]

function pageDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cohort-page-'))
  for (const name of ['index.html', 'style.css', 'page.js', 'secret.txt'])
    writeFileSync(join(dir, name), name)
  return dir
}

beforeEach(() => {
  app = createFakeApp()
  messages = memoryLog()
  logged = []
  faults = []
  const log = {
    debug: () => {},
    info: () => {},
    warn: () => {},
    error: (fields: object, message: string) => {
      logged.push(message)
      faults.push(fields)
    },
  }
  web = createWeb({
    app: () => app,
    messages,
    draw: async () => PNG,
    members: LOCAL_MEMBERS,
    clock: () => 1000,
    log,
    assets: pageDir(),
  })
})

async function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return web.routes.request(path, { headers: { host: HOST, ...headers } })
}

async function post(act: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = { host: HOST, origin: `http://${HOST}`, 'content-type': 'application/json', ...headers }
  return web.routes.request(`/api/${act}`, {
    method: 'POST',
    headers: all,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

async function errorOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: string }).error
}

/** The stream of a member: what has come so far, event by event. */
async function watch(as: string): Promise<{ next: () => Promise<StreamEvent>; stop: () => Promise<void> }> {
  const reader = (await get(`/api/events?as=${as}`)).body?.getReader()
  let buffer = ''
  const next = async (): Promise<StreamEvent> => {
    const end = buffer.indexOf('\n\n')
    if (end === -1) {
      buffer += new TextDecoder().decode((await reader?.read())?.value)
      return next()
    }
    const [event, rest] = [buffer.slice(0, end), buffer.slice(end + 2)]
    buffer = rest
    return JSON.parse(
      event
        .split('\n')
        .find((l) => l.startsWith('data: '))
        ?.slice(6) ?? 'null',
    )
  }
  return { next, stop: async () => reader?.cancel() }
}

async function history(as: string): Promise<readonly Shown[]> {
  const stream = await watch(as)
  const first = await stream.next()
  await stream.stop()
  return first.kind === 'all' ? first.messages : []
}

async function lastOf(as: string): Promise<Shown> {
  const last = (await history(as)).at(-1)
  if (!last) throw new Error(`${as} sees no message`)
  return last
}

const titleOf = (m: Shown | undefined) => (m?.body.kind === 'card' ? m.body.card.title : m?.body.text)
const titles = async (as: string) => (await history(as)).map(titleOf)

describe('what is said', () => {
  it('reaches everybody when it is a plain line', async () => {
    await post('say', { as: 'ben', text: 'good morning' })
    expect(await titles('ann')).toEqual(['good morning'])
    expect(await lastOf('chloe')).toMatchObject({ author: 'ben', hidden: false, at: 1000 })
    expect(app.seen).toEqual([])
  })
  it('goes to the bot when it starts with a slash, from the caller that the server knows', async () => {
    await post('say', { as: 'ann', text: '/explain canary  vs linear' })
    const isAdmin: unknown = expect.any(Function)
    const caller = {
      platform: 'web',
      workspace: 'local',
      channel: 'study',
      user: 'ann',
      name: 'Ann',
      isAdmin,
    }
    expect(app.seen).toEqual([{ kind: 'command', caller, name: 'explain', input: 'canary vs linear' }])
    expect(await app.seen[0]?.caller.isAdmin()).toBe(true)
  })
  it('shows a private answer and its command to the asker alone', async () => {
    const ben = await watch('ben')
    expect(await ben.next()).toEqual({ kind: 'all', messages: [] })
    await post('say', { as: 'ann', text: '/explain canary' })
    await post('say', { as: 'ann', text: 'anyone?' })
    const heard = await ben.next()
    await ben.stop()
    expect(heard.kind === 'put' && titleOf(heard.message)).toBe('anyone?')
    expect(await titles('ben')).toEqual(['anyone?'])
    expect(await titles('ann')).toEqual(['/explain canary', topicCard.title, 'anyone?'])
  })
  it('shows a public command and its answer to everybody', async () => {
    await post('say', { as: 'ann', text: '/daily' })
    expect(await titles('ben')).toEqual(['/daily', 'Question of the day'])
  })
  it.each([
    ['only white space', { as: 'ann', text: ' \u200b ' }, 422],
    ['a member who is not there', { as: 'mallory', text: 'hi' }, 403],
    ['no text', { as: 'ann' }, 400],
    ['no JSON', '{', 400],
    ['more than 64 KB', { as: 'ann', text: 'x'.repeat(70_000) }, 413],
  ])('refuses %s with a clear text and stores nothing', async (_, body, status) => {
    const response = await post('say', body)
    expect(response.status).toBe(status)
    expect(await errorOf(response)).toMatch(/\w+ \w+.*\.$/)
    expect(await history('ann')).toEqual([])
  })
})

describe('a press', () => {
  it('of a button on a message one was given reaches the bot', async () => {
    await post('say', { as: 'ann', text: '/explain canary' })
    const { id } = await lastOf('ann')
    expect((await post('press', { as: 'ann', message: id, id: 'quiz~canary' })).status).toBe(200)
    expect(app.seen.at(-1)).toMatchObject({ kind: 'press', id: 'quiz~canary', caller: { user: 'ann' } })
  })
  it('that replaces draws over the private card', async () => {
    await post('say', { as: 'ann', text: '/explain canary' })
    const { id } = await lastOf('ann')
    await post('press', { as: 'ann', message: id, id: 'more~linear' })
    expect(await titles('ann')).toEqual(['/explain canary', 'Pressed more~linear'])
  })
  it('that replaces never draws over what everybody sees', async () => {
    const id = Number(await web.chat.post(HERE, topicCard, 'k'))
    await post('press', { as: 'ann', message: id, id: 'more~linear' })
    expect(await titles('ben')).toEqual([topicCard.title])
    expect(await titles('ann')).toEqual([topicCard.title, 'Pressed more~linear'])
  })
  it('can show a private card to the channel', async () => {
    await post('say', { as: 'ann', text: '/explain canary' })
    await post('press', { as: 'ann', message: (await lastOf('ann')).id, id: 'show~canary' })
    expect(await titles('ben')).toEqual([topicCard.title])
  })
  it('is refused on the private message of another, on none, and for an id that is not on the card', async () => {
    await post('say', { as: 'ann', text: '/explain canary' })
    const { id } = await lastOf('ann')
    const before = app.seen.length
    for (const forged of [
      { as: 'ben', message: id, id: 'quiz~canary' },
      { as: 'ann', message: 999, id: 'quiz~canary' },
      { as: 'ann', message: id, id: 'pick~1~A' },
    ]) {
      const response = await post('press', forged)
      expect(response.status).toBe(403)
      expect(await errorOf(response)).toContain('not on a message you were given')
    }
    expect(app.seen.length).toBe(before)
  })
})

describe('a pick', () => {
  it.each([
    ['what is asked', ['A', 'C'], 200],
    ['too few', ['A'], 422],
    ['too many', ['A', 'B', 'C'], 422],
    ['one twice', ['A', 'A'], 403],
    ['what was never offered', ['A', 'Z'], 403],
  ])('of %s', async (_, values, status) => {
    const message = Number(await web.chat.post(HERE, pickCard, 'k'))
    expect((await post('select', { as: 'ben', message, id: 'picks~2', values })).status).toBe(status)
    expect(app.seen.length).toBe(status === 200 ? 1 : 0)
  })
})

describe('a form', () => {
  const GOOD = { channel: 'study', time: '09:00', zone: 'Europe/Berlin', pack: 'mla', days: ['1'], note: '' }
  async function opened(as: string): Promise<string> {
    const done = (await (await post('say', { as, text: '/team setup' })).json()) as Done
    return done.form?.token ?? ''
  }
  it('comes back to the bot with the values of its own fields', async () => {
    const form = await opened('ann')
    expect((await post('submit', { as: 'ann', form, values: { ...GOOD, extra: 'x' } })).status).toBe(200)
    expect(app.seen.at(-1)).toMatchObject({ kind: 'submit', id: 'setup', values: GOOD })
    expect(app.seen.at(-1)).not.toHaveProperty('values.extra')
  })
  it('is refused to another member, twice, and when nobody opened it', async () => {
    const form = await opened('ann')
    expect((await post('submit', { as: 'ben', form, values: GOOD })).status).toBe(403)
    expect((await post('submit', { as: 'ann', form: 'setup', values: GOOD })).status).toBe(403)
    expect((await post('submit', { as: 'ann', form, values: GOOD })).status).toBe(200)
    expect((await post('submit', { as: 'ann', form, values: GOOD })).status).toBe(403)
  })
  it.each([
    ['a missing text', { zone: ' ' }, 422],
    ['a text too long', { time: '09:00:00' }, 422],
    ['no day', { days: [] }, 422],
    ['another channel', { channel: 'random' }, 403],
    ['a choice never offered', { pack: 'x' }, 403],
    ['a day never offered', { days: ['9'] }, 403],
    ['two packs', { pack: ['mla', 'saa'] }, 403],
  ])('with %s is refused and stays open', async (_, values, status) => {
    const form = await opened('ann')
    expect((await post('submit', { as: 'ann', form, values: { ...GOOD, ...values } })).status).toBe(status)
    expect((await post('submit', { as: 'ann', form, values: GOOD })).status).toBe(200)
  })
})

describe('the bot in the channel', () => {
  it('posts once under a key, finds it, and changes it', async () => {
    const first = await web.chat.post(HERE, HELLO, 'round-1')
    expect(await web.chat.post(HERE, HELLO, 'round-1')).toBe(first)
    expect(await web.chat.find(HERE, 'round-1')).toBe(first)
    expect(await web.chat.find(HERE, 'round-2')).toBeUndefined()
    const ben = await watch('ben')
    await ben.next()
    await web.chat.update(HERE, first, { title: 'Changed', blocks: [] })
    const heard = await ben.next()
    await ben.stop()
    expect(heard).toMatchObject({
      kind: 'put',
      message: { id: Number(first), body: { card: { title: 'Changed' } } },
    })
    expect(await titles('ann')).toEqual(['Changed'])
  })
  it('tells one member alone', async () => {
    await web.chat.post({ workspace: HERE.workspace, user: 'dev' }, HELLO, 'word-1')
    expect(await titles('dev')).toEqual(['Hello'])
    expect(await lastOf('dev')).toMatchObject({ hidden: true })
    expect(await titles('ann')).toEqual([])
  })
  it('refuses a place, a member or a message that is not there', async () => {
    await expect(web.chat.post({ workspace: 'local', channel: 'x' }, HELLO, 'k')).rejects.toThrow(ChatRefusal)
    await expect(
      web.chat.post({ workspace: HERE.workspace, user: 'nobody' }, HELLO, 'word-1'),
    ).rejects.toThrow(ChatRefusal)
    await expect(web.chat.update(HERE, '77', HELLO)).rejects.toThrow(ChatRefusal)
  })
  it('forgets a member: their lines and what only they saw', async () => {
    await post('say', { as: 'ben', text: 'mine' })
    await post('say', { as: 'ben', text: '/explain canary' })
    await post('say', { as: 'ann', text: 'hers' })
    const ann = await watch('ann')
    await ann.next()
    await web.chat.forget('local', 'ben')
    const heard = await ann.next()
    await ann.stop()
    expect(heard.kind === 'all' && heard.messages.map(titleOf)).toEqual(['hers'])
    expect(await titles('ben')).toEqual(['hers'])
  })
})

describe('pictures', () => {
  it('are drawn for whoever may see the message', async () => {
    await post('say', { as: 'ann', text: '/explain canary' })
    const { id } = await lastOf('ann')
    const response = await get(`/picture/${id}/0.png?as=ann`)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG)
    for (const path of [
      `/picture/${id}/0.png?as=ben`,
      `/picture/${id}/0.png`,
      `/picture/${id}/1.png?as=ann`,
      '/picture/99/0.png?as=ann',
    ]) {
      expect((await get(path)).status).toBe(404)
    }
  })
  it('of a public message need no member', async () => {
    const id = await web.chat.post(HERE, topicCard, 'k')
    expect((await get(`/picture/${id}/0.png`)).status).toBe(200)
  })
})

describe('the front door', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:80', '[::1]:3000', 'LOCALHOST:1'])(
    'answers to %s',
    async (host) => {
      expect((await get('/', { host })).status).toBe(200)
    },
  )
  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io:3000',
    'localhost:3000@evil',
    '192.168.0.2',
  ])('refuses the host %s', async (host) => {
    for (const path of ['/', '/api/events?as=ann', '/api/room'])
      expect((await get(path, { host })).status).toBe(403)
    expect((await post('say', { as: 'ann', text: 'x' }, { host, origin: `http://${host}` })).status).toBe(403)
  })
  it.each([
    ['another site', { origin: 'http://evil.example' }, 403],
    ['another port', { origin: 'http://localhost:9999' }, 403],
    ['nowhere', { origin: 'null' }, 403],
    ['a plain form', { 'content-type': 'text/plain' }, 415],
    ['a type that looks alike', { 'content-type': 'application/jsonp' }, 415],
  ])('refuses a post from %s', async (_, headers, status) => {
    expect((await post('say', { as: 'ann', text: 'x' }, headers)).status).toBe(status)
    expect(await history('ann')).toEqual([])
  })
  it('refuses a post without an Origin', async () => {
    const init = {
      method: 'POST',
      headers: { host: HOST, 'content-type': 'application/json' },
      body: '{"as":"ann","text":"x"}',
    }
    expect((await web.routes.request('/api/say', init)).status).toBe(403)
  })
  it('sends strict headers with everything', async () => {
    for (const path of ['/', '/style.css', '/api/room', '/nothing']) {
      const { headers } = await get(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-frame-options')).toBe('DENY')
    }
  })
  it('serves the page and nothing else of its folder', async () => {
    expect(await (await get('/')).text()).toBe('index.html')
    expect((await get('/page.js')).headers.get('content-type')).toContain('text/javascript')
    for (const path of ['/secret.txt', '/..%2fpackage.json', '/%2e%2e/package.json'])
      expect((await get(path)).status).toBe(404)
  })
  it('completes a line', async () => {
    const answer = await get(`/api/complete?as=ann&line=${encodeURIComponent('/explain c')}`)
    const { choices } = (await answer.json()) as { choices: { value: string }[] }
    expect(choices.map((c) => c.value)).toEqual(['/explain canary deployments'])
  })
  it('tells a bug without its details, and logs it', async () => {
    app.complete = async () => {
      throw new Error('secret detail')
    }
    const response = await get('/api/complete?as=ann&line=/')
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('secret')
    expect(logged).toEqual(['web request failed'])
  })
  it('tells the reference of a request whose answer cannot be shown, and logs it with the error', async () => {
    const { add } = messages
    messages.add = async (message) => {
      if (message.author === 'cohort') throw new Error('secret detail')
      return add(message)
    }
    const response = await post('say', { as: 'ann', text: '/help' })
    expect(response.status).toBe(500)
    const error = await errorOf(response)
    expect(error).toContain('this reference: fake01.')
    expect(error).not.toContain('secret')
    expect(faults).toEqual([{ reference: 'fake01', error: new Error('secret detail'), path: '/api/say' }])
  })
  it('does not start without a built page', () => {
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const deps = {
      app: () => app,
      messages,
      draw: async () => PNG,
      members: LOCAL_MEMBERS,
      clock: () => 0,
      log,
    }
    expect(() => createWeb({ ...deps, assets: '/nowhere' })).toThrow(/npm run build/)
  })
})
