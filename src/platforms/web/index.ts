/** The local web chat: one channel, a few members that one person can play in turn, and a page. */
import { Hono } from 'hono'
import * as z from 'zod'
import type { App } from '../../bot/app.js'
import type { Log } from '../../bot/deps.js'
import type { Picture } from '../../bot/ui/card.js'
import type { Platform } from '../platform.js'
import { readAssets } from './assets.js'
import { createChat } from './chat.js'
import { boundedBodies, isCutOff, localHostOnly, ownPageOnly, safeHeaders, UPLOAD_PATH } from './guard.js'
import { createInbound, NotShown, Refused } from './inbound.js'
import type { MessageLog } from './messages.js'
import { bodyOf, CHANNEL, callerFor, createRoom, type Room } from './room.js'
import { streamTo } from './stream.js'
import type {
  Completions,
  Done,
  Earlier,
  LocalMember,
  Problem,
  RoomState as RoomInfo,
  Uploaded,
} from './wire.js'

export interface WebDeps {
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  readonly messages: MessageLog
  /** Returns a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  readonly members: readonly LocalMember[]
  readonly clock: () => number
  readonly log: Log
  /** The folder of the built page. */
  readonly assets: string
}

export interface Web extends Platform {
  readonly routes: Hono
}

/** Throws if the page is not built. */
export function createWeb(deps: WebDeps): Web {
  const room = createRoom(deps.messages, deps.members, deps.clock)
  const routes = new Hono()
  routes.use(safeHeaders, localHostOnly, ownPageOnly, boundedBodies)
  addPage(routes, deps.assets)
  addActs(routes, deps, room)
  addReads(routes, deps, room)
  routes.onError((error, c) => {
    if (error instanceof Refused)
      return c.json({ error: error.message, field: error.field } satisfies Problem, error.status)
    if (error instanceof z.ZodError || error instanceof SyntaxError || isCutOff(c))
      return c.json({ error: 'The request is not as it should be. Reload the page.' }, 400)
    const { reference, cause } =
      error instanceof NotShown ? error : { reference: crypto.randomUUID().slice(0, 6), cause: error }
    deps.log.error({ reference, error: cause, path: c.req.path }, 'web request failed')
    const told = `Something broke on our side. Please try again in a moment. If it stays broken, tell whoever runs Cohort this reference: ${reference}.`
    return c.json({ error: told }, 500)
  })
  return {
    chat: createChat(room, deps.messages),
    how: (address) => `Open ${address} and answer the first question`,
    works: () => true,
    lacks: async () => ({}),
    // A foreign page can give this machine a name of its own; without the web chat, any host name is
    // accepted.
    guard: localHostOnly,
    routes,
    ...{ start: nothing, patrol: nothing, stop: nothing, settled: nothing },
  }
}

const nothing = async () => {}

function addPage(routes: Hono, dir: string): void {
  for (const [name, { type, content }] of readAssets(dir)) {
    const path = name === 'index.html' ? '/' : `/${name}`
    routes.get(path, (c) => c.body(content, 200, { 'Content-Type': type }))
  }
  routes.get('/favicon.ico', (c) => c.redirect('/favicon.svg'))
}

const messageId = z.coerce
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1)
const name = z.string().max(40)
const fileName = z.string().min(1).max(255)
const actionId = z.string().max(200)
const SAY = z.object({ as: name, text: z.string().max(20_000) })
const PRESS = z.object({ as: name, message: z.number(), id: actionId })
const SELECT = z.object({
  as: name,
  message: z.number(),
  id: actionId,
  values: z.array(z.string().max(500)).max(100),
})
const FORM = z.object({ as: name, form: name })
const SUBMIT = FORM.extend({
  values: z.record(
    z.string().max(100),
    z.union([z.string().max(20_000), z.array(z.string().max(500)).max(500)]),
  ),
})

function addActs(routes: Hono, deps: WebDeps, room: Room): void {
  const inbound = createInbound(deps.app, room)
  const act = <T extends { as: string }>(
    path: string,
    shape: z.ZodType<T>,
    run: (sent: T, member: LocalMember) => Promise<Done>,
  ) => {
    routes.post(path, async (c) => {
      const sent = shape.parse(await c.req.json())
      return c.json(await run(sent, memberCalled(deps.members, sent.as)))
    })
  }
  act('/api/say', SAY, (sent, member) => inbound.say(member, sent.text))
  act('/api/press', PRESS, (sent, member) => inbound.press(member, sent.message, sent.id))
  act('/api/select', SELECT, (sent, member) => inbound.select(member, sent.message, sent.id, sent.values))
  act('/api/submit', SUBMIT, (sent, member) => inbound.submit(member, sent.form, sent.values))
  act('/api/keep', SUBMIT, (sent, member) => inbound.keep(member, sent.form, sent.values))
  act('/api/close', FORM, (sent, member) => inbound.close(member, sent.form))
  act('/api/unsent', z.object({ as: name }), (_sent, member) => inbound.unsent(member))
  routes.post(UPLOAD_PATH, async (c) => {
    const member = memberCalled(deps.members, c.req.query('as'))
    const called = fileName.parse(c.req.query('name'))
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    return c.json({ file: room.uploads.keep(member.id, called, bytes) } satisfies Uploaded)
  })
}

function addReads(routes: Hono, deps: WebDeps, room: Room): void {
  routes.get('/api/room', (c) =>
    c.json({ channel: CHANNEL, members: deps.members, examples: deps.app().examples } satisfies RoomInfo),
  )
  routes.get('/api/events', (c) => streamTo(c, room, watchers(deps.members, c.req.queries('as')), deps.log))
  routes.get('/api/earlier', async (c) => {
    const { id } = memberCalled(deps.members, c.req.query('as'))
    const before = messageId.parse(c.req.query('before'))
    return c.json({ messages: await room.history(id, before) } satisfies Earlier)
  })
  routes.get('/api/complete', async (c) => {
    const member = memberCalled(deps.members, c.req.query('as'))
    const line = (c.req.query('line') ?? '').slice(0, 500)
    return c.json({
      choices: await deps.app().complete(callerFor(member), line.replace(/^\uff0f/, '/')),
    } satisfies Completions)
  })
  routes.get('/picture/:message{[0-9]{1,15}}/:file{[0-9]{1,3}\\.png}', async (c) => {
    const picture = await pictureOf(
      room,
      Number(c.req.param('message')),
      Number.parseInt(c.req.param('file'), 10),
      c.req.query('as') ?? '',
    )
    if (!picture) return c.json({ error: 'There is no such picture for you.' }, 404)
    return c.body(new Uint8Array(await deps.draw(picture)), 200, { 'Content-Type': 'image/png' })
  })
  routes.get('/file/:message{[0-9]{1,15}}/:index{[0-9]{1,3}}', async (c) => {
    const message = Number(c.req.param('message'))
    const isTheirs = (await room.seen(message, c.req.query('as') ?? '')) !== undefined
    const file = isTheirs ? room.files.find(message, Number(c.req.param('index'))) : undefined
    if (!file) return c.json({ error: NOT_KEPT }, 404)
    return c.body(new Uint8Array(file.content), 200, {
      'Content-Type': file.mime,
      'Content-Disposition': `attachment; filename="${file.name.replaceAll(/[^\w.-]+/g, '_')}"`,
    })
  })
}

const NOT_KEPT = 'This file is no longer kept. Type the command again to get a fresh one.'

async function pictureOf(
  room: Room,
  message: number,
  index: number,
  user: string,
): Promise<Picture | undefined> {
  const row = await room.seen(message, user)
  const body = row && bodyOf(row)
  return body?.kind === 'card'
    ? body.card.blocks.flatMap((b) => (b.kind === 'image' ? [b.picture] : []))[index]
    : undefined
}

function watchers(members: readonly LocalMember[], ids: readonly string[] = ['']): string[] {
  return [...new Set(ids)].map((id) => memberCalled(members, id).id)
}

function memberCalled(members: readonly LocalMember[], id: string | undefined): LocalMember {
  const member = members.find((m) => m.id === id)
  if (!member) throw new Refused(403, 'There is no such member in this chat. Reload the page.')
  return member
}
