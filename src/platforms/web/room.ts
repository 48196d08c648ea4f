/** The one channel of the web chat: its members, its messages, and its watchers. */

import { unnamed } from '../../bot/member/unnamed.js'
import type { Caller, Place } from '../../bot/ports/chat.js'
import { createFiles, type Files, withoutContent } from './files.js'
import type { MessageLog, MessageRow } from './messages.js'
import { createUploads, type WebUploads } from './uploads.js'
import type { Body, LocalMember, Shown, StreamEvent } from './wire.js'

export const PLATFORM = 'web'
export const WORKSPACE = 'local'
export const CHANNEL = 'study'
export const BOT = 'cohort'
export const LOCAL_MEMBERS: readonly LocalMember[] = [
  { id: 'ann', name: 'Ann', admin: true },
  { id: 'ben', name: 'Ben', admin: false },
  { id: 'chloe', name: 'Chloe', admin: false },
  { id: 'dev', name: 'Dev', admin: false },
  { id: 'eli', name: 'Eli', admin: false },
]

const HISTORY = 200

type Listener = (event: StreamEvent) => void

export interface Room {
  readonly members: readonly LocalMember[]
  readonly files: Files
  readonly uploads: WebUploads
  /** `user`: the only member who may see it. */
  add(author: string, body: Body, more?: { user?: string; key?: string }): Promise<number>
  change(row: MessageRow, body: Body): Promise<void>
  /** Shows it to this member until they load the page again, without storing it. */
  flash(user: string, body: Body): void
  /** Returns a message that this member can see; undefined for every other id. */
  seen(id: number, user: string): Promise<MessageRow | undefined>
  /** Returns the newest messages, or the newest of those before one message. */
  history(user: string, before?: number): Promise<Shown[]>
  forget(user: string): Promise<void>
  /** Calls `listener` with events that this member may see, until the returned function is called. */
  watch(user: string, listener: Listener): () => void
}

export function createRoom(messages: MessageLog, members: readonly LocalMember[], clock: () => number): Room {
  const watchers = new Set<{ user: string; listener: Listener }>()
  const files = createFiles()
  const uploads = createUploads()
  const tellAll = (row: MessageRow) => {
    for (const { user, listener } of watchers)
      if (maySee(row, user)) listener({ kind: 'put', message: show(row) })
  }
  let flashes = 0
  const room: Room = {
    members,
    files,
    uploads,
    async add(author, given, more = {}) {
      const body = stored(given)
      const message = { workspace: WORKSPACE, channel: CHANNEL, author, body, at: clock(), ...more }
      const { id, fresh } = await messages.add(message)
      if (given.kind === 'card') files.keep(id, more.user ?? '', given.card)
      if (fresh) tellAll({ ...message, id })
      return id
    },
    async change(row, given) {
      const body = stored(given)
      await messages.update(row.id, body)
      if (given.kind === 'card') files.keep(row.id, row.user ?? '', given.card)
      tellAll({ ...row, body })
    },
    flash(user, body) {
      flashes += 1
      // Negative ids never belong to stored messages.
      tellAll({ id: -flashes, workspace: WORKSPACE, channel: CHANNEL, user, author: BOT, body, at: clock() })
    },
    async seen(id, user) {
      const row = await messages.get(id)
      return row && row.workspace === WORKSPACE && row.channel === CHANNEL && maySee(row, user)
        ? row
        : undefined
    },
    history: async (user, before) =>
      (await messages.list(WORKSPACE, CHANNEL, user, HISTORY, before)).map(show),
    async forget(user) {
      const who = { id: user, name: members.find((m) => m.id === user)?.name ?? user }
      await messages.forget(WORKSPACE, who, (body) => unnamed(body, who))
      files.forget(user)
      uploads.forget(user)
      await Promise.all(
        [...watchers].map(async (w) =>
          w.listener({ kind: 'all', messages: await room.history(w.user), isWhole: true }),
        ),
      )
    },
    watch(user, listener) {
      const watcher = { user, listener }
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
  return room
}

function stored(body: Body): Body {
  return body.kind === 'card' ? { ...body, card: withoutContent(body.card) } : body
}

export function isHere(place: Place): boolean {
  return place.workspace === WORKSPACE && place.channel === CHANNEL
}

export function callerFor(member: LocalMember): Caller {
  return {
    platform: PLATFORM,
    workspace: WORKSPACE,
    channel: CHANNEL,
    user: member.id,
    name: member.name,
    isAdmin: async () => member.admin,
  }
}

/** Returns the body of a stored message; one that this version cannot read becomes an empty card. */
export function bodyOf(row: MessageRow): Body {
  const body = row.body as Body | null
  const known = body !== null && typeof body === 'object' && ['said', 'typed', 'card'].includes(body.kind)
  return known ? body : { kind: 'card', card: { blocks: [] } }
}

function maySee(row: MessageRow, user: string): boolean {
  return row.user === undefined || row.user === user
}

function show(row: MessageRow): Shown {
  return { id: row.id, author: row.author, hidden: !maySee(row, ''), at: row.at, body: bodyOf(row) }
}
