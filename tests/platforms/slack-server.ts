/**
 * A Slack on the loopback interface: the part of the Web API that the bot uses, response addresses, uploads, and signed deliveries over
 * HTTP. Strict where Slack is: tokens, arguments, Block Kit, triggers that serve once within three seconds.
 */
import { createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { faultsOf, home, messageBlocks, modal } from './block-kit.js'

export interface Posted {
  readonly channel: string
  readonly ts: string
  /** Only this user sees it. */
  readonly to?: string
  text: string
  blocks: readonly Record<string, unknown>[]
  readonly metadata?: unknown
}

export interface Person {
  readonly id: string
  readonly name: string
  readonly admin?: boolean
}

interface View {
  readonly user: string
  readonly view: Record<string, unknown>
}

const TEAM = 'T0LOOP'
const TOKEN = 'xoxb-loopback'
const APP_TOKEN = 'xapp-loopback'
const SECRET = 'loopback-signing-secret'
const TRIGGER_MS = 3000

export async function startSlack(people: readonly Person[], channels: readonly string[]) {
  const posts: Posted[] = []
  const views: View[] = []
  const homes = new Map<string, Record<string, unknown>>()
  const uploads = new Map<string, { bytes: number; done: boolean; alt: string }>()
  const triggers = new Map<string, { user: string; until: number }>()
  const responses = new Map<string, { channel: string; user: string; left: number; ts?: string }>()
  /** `done`: Slack did what was asked, and only its answer is this one. */
  const faults: { method: string; status: number; retryAfter?: number; done?: boolean }[] = []
  const calls: string[] = []
  const tickets = new Set<string>()
  const sockets: WebSocket[] = []
  const waiting = new Map<string, (payload: unknown) => void>()
  let clock = 0

  const ok = (body: object = {}) => ({ status: 200, body: { ok: true, ...body } })
  const no = (error: string, messages: readonly string[] = []) => ({
    status: 200,
    body: { ok: false, error, response_metadata: { messages } },
  })
  const stamp = () => `1700000000.${String(++clock).padStart(6, '0')}`
  const known = (user: unknown) => people.find((p) => p.id === user)

  function blocksOf(args: Args): { blocks: readonly Record<string, unknown>[] } | { error: ReturnType<typeof no> } {
    const blocks = args.blocks ?? []
    const wrong = faultsOf(messageBlocks, blocks)
    const missing = JSON.stringify(blocks)
      .match(/"slack_file":\{"id":"([^"]+)"/g)
      ?.some((m) => !uploads.get(m.slice(20, -1))?.done)
    if (wrong.length > 0 || missing) return { error: no('invalid_blocks', wrong) }
    return { blocks: blocks as Record<string, unknown>[] }
  }

  function say(args: Args, to?: string): { status: number; body: object } {
    const channel = String(args.channel ?? '')
    if (!channels.includes(channel) && !known(channel)) return no('channel_not_found')
    const drawn = blocksOf(args)
    if ('error' in drawn) return drawn.error
    if (!args.text) return no('no_text')
    const post = {
      channel,
      ts: stamp(),
      text: String(args.text),
      blocks: drawn.blocks,
      ...(to && { to }),
      ...(args.metadata ? { metadata: args.metadata } : {}),
    }
    posts.push(post)
    return ok({ channel, ts: post.ts, message: {} })
  }

  const methods: Readonly<Record<string, (args: Args) => { status: number; body: object }>> = {
    'auth.test': () => ok({ team_id: TEAM, team: 'Loopback', user_id: 'U0BOT', bot_id: 'B0BOT' }),
    'apps.connections.open': () => {
      const id = randomUUID()
      tickets.add(id)
      return ok({ url: `${address().replace('http', 'ws')}/link/?ticket=${id}` })
    },
    'users.info': ({ user }) => {
      const person = known(user)
      return person
        ? ok({ user: { id: person.id, name: person.name, is_admin: person.admin === true, profile: { display_name: person.name } } })
        : no('user_not_found')
    },
    'chat.postMessage': (args) => say(args),
    'chat.postEphemeral': (args) => (known(args.user) ? say(args, String(args.user)) : no('user_not_in_channel')),
    'chat.update': (args) => {
      const post = posts.find((p) => p.channel === args.channel && p.ts === args.ts && !p.to)
      if (!post) return no('message_not_found')
      const drawn = blocksOf(args)
      if ('error' in drawn) return drawn.error
      Object.assign(post, { text: String(args.text), blocks: drawn.blocks })
      return ok({ ts: post.ts })
    },
    'conversations.history': ({ channel, limit, include_all_metadata }) => {
      if (!channels.includes(String(channel))) return no('channel_not_found')
      const newest = posts
        .filter((p) => p.channel === channel && !p.to)
        .reverse()
        .slice(0, Number(limit ?? 100))
      return ok({
        messages: newest.map(({ ts, text, metadata }) => ({ type: 'message', ts, text, ...(include_all_metadata ? { metadata } : {}) })),
        has_more: false,
      })
    },
    'conversations.open': ({ users }) => (known(users) ? ok({ channel: { id: String(users) } }) : no('user_not_found')),
    'views.open': ({ trigger_id, view }) => {
      const trigger = triggers.get(String(trigger_id))
      triggers.delete(String(trigger_id))
      if (!trigger) return no('invalid_trigger_id')
      if (Date.now() > trigger.until) return no('expired_trigger_id')
      const wrong = faultsOf(modal, view)
      if (wrong.length > 0) return no('invalid_arguments', wrong)
      views.push({ user: trigger.user, view: view as Record<string, unknown> })
      return ok({ view })
    },
    'views.publish': ({ user_id, view }) => {
      const wrong = faultsOf(home, view)
      if (wrong.length > 0) return no('invalid_arguments', wrong)
      homes.set(String(user_id), view as Record<string, unknown>)
      return ok()
    },
    'files.getUploadURLExternal': ({ filename, length, alt_txt }) => {
      if (!filename || !(Number(length) > 0)) return no('invalid_arguments')
      const id = `F${randomUUID().slice(0, 8)}`
      uploads.set(id, { bytes: Number(length), done: false, alt: String(alt_txt ?? '') })
      return ok({ upload_url: `${address()}/upload/${id}`, file_id: id })
    },
    'files.completeUploadExternal': ({ files }) => {
      for (const { id } of files as { id: string }[]) {
        const upload = uploads.get(id)
        if (!upload) return no('file_not_found')
        upload.done = true
      }
      return ok({ files })
    },
  }

  const server = createServer(async (request, response) => {
    const body = await read(request)
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const send = (status: number, text: string, headers: Record<string, string> = {}) => response.writeHead(status, headers).end(text)
    if (path.startsWith('/upload/')) {
      const upload = uploads.get(path.slice(8))
      return send(upload && upload.bytes === body.length ? 200 : 400, 'OK')
    }
    if (path.startsWith('/respond/')) return respond(path.slice(9), JSON.parse(body.toString()), send)
    const method = path.replace('/api/', '')
    calls.push(method)
    const fault = faults.findIndex((f) => f.method === method)
    if (fault >= 0) {
      const [{ status, retryAfter, done } = { status: 500, retryAfter: undefined, done: false }] = faults.splice(fault, 1)
      if (done) methods[method]?.(argsOf(request, body))
      return send(status, '', retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) })
    }
    const run = methods[method]
    const result = !run
      ? no('unknown_method')
      : request.headers.authorization !== `Bearer ${method === 'apps.connections.open' ? APP_TOKEN : TOKEN}`
        ? no('invalid_auth')
        : run(argsOf(request, body))
    return send(result.status, JSON.stringify(result.body), { 'Content-Type': 'application/json' })
  })
  const door = new WebSocketServer({ server, path: '/link/' })
  door.on('connection', (socket, request) => {
    const id = new URL(request.url ?? '/', 'http://x').searchParams.get('ticket') ?? ''
    if (!tickets.delete(id)) return socket.close(4001)
    sockets.push(socket)
    socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1))
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data))
      waiting.get(envelope_id)?.(payload)
      waiting.delete(envelope_id)
    })
    return socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.length }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** Five messages within half an hour. */
  function respond(id: string, args: Args, send: (status: number, text: string) => unknown): unknown {
    const place = responses.get(id)
    if (!place || place.left === 0) return send(404, 'used_url')
    const drawn = blocksOf(args)
    if ('error' in drawn) return send(400, JSON.stringify(drawn.error.body))
    place.left--
    const old = args.replace_original === true ? posts.find((p) => p.ts === place.ts) : undefined
    if (old) Object.assign(old, { text: String(args.text), blocks: drawn.blocks })
    else
      posts.push({
        channel: place.channel,
        ts: stamp(),
        text: String(args.text ?? ''),
        blocks: drawn.blocks,
        ...(args.response_type === 'in_channel' ? {} : { to: place.user }),
      })
    return send(200, 'ok')
  }

  /** Over the newest socket; gives what came with the acknowledgement, and rejects when none comes within three seconds. */
  function envelope(type: string, payload: object): Promise<unknown> {
    const envelope_id = randomUUID()
    const message = { envelope_id, type, payload, accepts_response_payload: true }
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no acknowledgement of ${type}`)), TRIGGER_MS)
      waiting.set(envelope_id, (given) => {
        clearTimeout(late)
        resolve(given)
      })
      sockets.at(-1)?.send(JSON.stringify(message))
    })
  }

  function stop(): void {
    door.close()
    for (const socket of sockets) socket.terminate()
    server.close()
  }

  function ticket(user: string, channel: string, ts?: string) {
    const [trigger, answer] = [randomUUID(), randomUUID()]
    triggers.set(trigger, { user, until: Date.now() + TRIGGER_MS })
    responses.set(answer, { channel, user, left: 5, ...(ts && { ts }) })
    return { trigger_id: trigger, response_url: `${address()}/respond/${answer}` }
  }

  return {
    address,
    posts,
    views,
    homes,
    uploads,
    calls,
    faults,
    ticket,
    envelope,
    sockets,
    appToken: APP_TOKEN,
    team: TEAM,
    token: TOKEN,
    secret: SECRET,
    stop,
  }
}

export type LoopbackSlack = Awaited<ReturnType<typeof startSlack>>

type Args = Readonly<Record<string, unknown>>

/** Forms carry JSON in their fields. */
function argsOf(request: IncomingMessage, body: Buffer): Args {
  const text = body.toString()
  if (request.headers['content-type']?.includes('json')) return JSON.parse(text)
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => [key, /^[[{]/.test(value) ? JSON.parse(value) : value === 'true' ? true : value]),
  )
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** As Slack signs: `v0=` and the HMAC of version, time and body. */
export function signed(secret: string, body: string, time = Math.floor(Date.now() / 1000)): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')
  return {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Slack-Request-Timestamp': String(time),
    'X-Slack-Signature': `v0=${signature}`,
  }
}
