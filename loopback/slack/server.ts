/**
 * A Slack on the loopback interface: the part of the Web API that the bot uses, installs by OAuth, response
 * addresses, uploads and Socket Mode. It is strict where Slack is: tokens, arguments, Block Kit, who is in
 * which channel, triggers that work once within three seconds.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { wholeBody } from '../body.js'
import { forgetAnswered, keepNewest } from '../newest.js'
import { faultsOf, home, messageBlocks, modal } from './block-kit.js'
import { createFiles } from './files.js'

export type Blocks = readonly Record<string, unknown>[]

export interface Posted {
  readonly workspace: string
  readonly channel: string
  readonly ts: string
  /** Only this user sees it. */
  readonly to?: string
  text: string
  blocks: Blocks
  readonly metadata?: unknown
  /** The message whose thread it is in. */
  readonly thread?: string
  /** Whether a reply in a thread is shown in the channel, too. */
  readonly broadcast?: boolean
}

export interface Person {
  readonly id: string
  readonly name: string
  admin?: boolean
  /** Whether the person sees only the channels that they are in. */
  guest?: boolean
  readonly tz?: string
  /** Additional fields of `users.info`. */
  more?: object
}

export interface Channel {
  readonly id: string
  /** Whether Cohort is in the channel. */
  member: boolean
  archived: boolean
  /** Whether apps may not post. */
  restricted: boolean
  private: boolean
  /** The members, which are listed page by page; undefined for everybody. */
  members: readonly string[] | undefined
}

export interface Workspace {
  readonly id: string
  readonly name: string
  readonly people: readonly Person[]
  readonly channels: readonly Channel[]
  /** The valid tokens. */
  readonly tokens: Set<string>
  /** The organization that the workspace belongs to. */
  organization?: string
}

export interface View {
  readonly id: string
  readonly workspace: string
  readonly user: string
  /** The id of the modal that it was pushed onto. */
  readonly root: string
  view: Record<string, unknown>
  hash: string
}

/** The failure of the next call of a method. */
export interface Fault {
  readonly method: string
  /** The failure applies only in this channel. */
  readonly channel?: string
  readonly status?: number
  readonly retryAfter?: number
  /** Slack's error code, with status 200. */
  readonly error?: string
  /** Slack did what was asked; only its answer reports the failure. */
  readonly done?: boolean
  /** No answer comes. */
  readonly hang?: boolean
  /** The connection is closed without an answer. */
  readonly close?: boolean
  /** The delay of an otherwise normal answer, in milliseconds. */
  readonly late?: number
}

export const HOME = 'T0LOOP0001'
const APP_TOKEN = 'xapp-loopback'
const CLIENT = { id: '17653672481.19874698323', secret: 'loopback-client-secret' }
export const SECRET = 'loopback-signing-secret'
export const TRIGGER_MS = 3000
const RESPONSES = 5
const RESPONSE_MS = 30 * 60_000
/** How long a socket stays open after Slack has asked to close it. */
const CLOSED_MS = 10_000
/** The maximum number of connections of an app ("Using Socket Mode"). */
const SOCKETS = 10
/** The scope that a token needs for each method ("Required scopes" of each method). */
const NEEDS: Readonly<Record<string, string>> = {
  'users.info': 'users:read',
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'chat.delete': 'chat:write',
  'conversations.history': 'channels:history',
  'conversations.open': 'im:write',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'files.info': 'files:read',
}
/** The messages on a page of history, outside the Marketplace ("Rate limits"). */
const OUTSIDE_PAGE = 15
/** `users.info` is in tier 4. */
const INFO_A_MINUTE = 100
const STACK = 3

type Args = Readonly<Record<string, unknown>>
type Result = { readonly status: number; readonly body: object }

const payloads = new Map<string, string>()
/** Returns a new copy of a payload as Slack sends it. */
export function fixture(name: string) {
  const text = payloads.get(name) ?? readFileSync(new URL(`payloads/${name}.json`, import.meta.url), 'utf8')
  payloads.set(name, text)
  return JSON.parse(text)
}
const word = (length: number) => randomBytes(length).toString('hex').slice(0, length).toUpperCase()

export function channel(id: string, more: Partial<Channel> = {}): Channel {
  return { id, member: true, archived: false, restricted: false, private: false, members: undefined, ...more }
}

/** Returns the channel of direct messages with the bot; messages that are posted to the user go there. */
export const directOf = (user: string) => user.replace(/^U/, 'D')

export function workspace(
  id: string,
  name: string,
  people: readonly Person[],
  channels: readonly Channel[],
): Workspace {
  return { id, name, people, channels, tokens: new Set() }
}

const ok = (body: object = {}): Result => ({ status: 200, body: { ok: true, ...body } })
const no = (error: string, messages: readonly string[] = []): Result => ({
  status: 200,
  body: { ok: false, error, response_metadata: { messages } },
})

/**
 * `judges`: false for the benchmarks, where the server accepts everything, limits nobody, and remembers only
 * the newest.
 */
export async function startSlack(workspaces: readonly Workspace[], { judges = true } = {}) {
  const posts: Posted[] = []
  const views: View[] = []
  const homes = new Map<string, Record<string, unknown>>()
  const uploads = new Map<
    string,
    { bytes: number; sent: boolean; done: boolean; alt: string; channel?: string; name: string }
  >()
  const triggers = new Map<string, { workspace: string; user: string; root?: string; until: number }>()
  const responses = new Map<
    string,
    { workspace: string; channel: string; user: string; left: number; until: number; ts?: string }
  >()
  /** Triggers that were used. */
  const exchanged = new Set<string>()
  const answered = judges ? () => {} : forgetAnswered(responses)
  const codes = new Map<string, { workspace: string; user: string }>()
  /** Tokens of organizations for all of their workspaces, and their owners. */
  const ofOrganizations = new Map<string, string>()
  const revoked = new Set<string>()
  const faults: Fault[] = []
  /** The called methods, with the channel if a call names one. */
  const calls: string[] = []
  const tickets = new Set<string>()
  const sockets: WebSocket[] = []
  /** The sockets that Slack has asked the app to close. */
  const asked = new WeakSet<WebSocket>()
  const waiting = new Map<string, (payload: unknown) => void>()
  const state = {
    ...{ clock: 0, tokens: 0, notReady: 0, scopes: fixture('oauth_v2_access').scope as string },
    /** The app that the tokens belong to. */
    app: 'A0COHORT01',
    /** Whether a channel accepts only one message a second, as Slack limits it. */
    isLimited: false,
    /** Whether the app is outside the Marketplace: one page of history a minute, and a short one. */
    isOutsideMarketplace: false,
    historyAt: Number.NEGATIVE_INFINITY,
    now: () => Date.now(),
    /** How a response address refuses; Slack does both. */
    refusesBy: 'body' as 'body' | 'status',
    /** How long an upload takes, in milliseconds. */
    uploadMs: 0,
    /** The number of answers with 429. */
    limited: 0,
    /** The smallest number of open sockets so far. */
    fewestSockets: SOCKETS,
    /** Returns the failure of a call, if nothing in `faults` matches. */
    chaos: undefined as ((method: string) => Omit<Fault, 'method'> | undefined) | undefined,
    /** Called for each message that comes to a response address. */
    responded: undefined as ((url: string) => void) | undefined,
  }
  const files = createFiles({
    address: () => address(),
    mayRead: (token, team) => place(team)?.tokens.has(token) === true && !lacks('files:read'),
  })
  /** The time of the last message in each channel. */
  const lastIn = new Map<string, number>()
  /** The times of calls of `users.info`, by token. */
  const infos = new Map<string, number[]>()

  for (const one of workspaces) one.tokens.add(`xoxb-${one.id}-0`)

  const stamp = () => `${Math.floor(Date.now() / 1000)}.${String(++state.clock).padStart(6, '0')}`
  const place = (id: string) => workspaces.find((w) => w.id === id)

  // ---- messages -------------------------------------------------------------------

  function drawn(args: Args): { blocks: Blocks } | { error: Result } {
    const blocks = args.blocks ?? []
    if (!judges) return { blocks: blocks as Blocks }
    const wrong = faultsOf(messageBlocks, blocks)
    const files = JSON.stringify(blocks).match(/(?<="slack_file":\{"id":")[^"]+/g) ?? []
    if (files.some((id) => !/^F[A-Z0-9]{8,}$/.test(id) || !uploads.get(id)?.done))
      wrong.push('invalid slack file')
    if (files.length > 0 && state.notReady > 0) {
      state.notReady--
      wrong.push('invalid slack file')
    }
    return wrong.length > 0 ? { error: no('invalid_blocks', wrong) } : { blocks: blocks as Blocks }
  }

  const inboxOf = (team: Workspace, id: unknown) =>
    team.people.find((p) => p.id === id || directOf(p.id) === id)
  const membersOf = (team: Workspace, { members }: Channel) => members ?? team.people.map((p) => p.id)
  const lacks = (scope: string) => !state.scopes.split(',').includes(scope)

  /** Returns a channel that the bot may ask about, or the error. */
  function looked(team: Workspace, id: unknown): Channel | { error: Result } {
    const found = team.channels.find((c) => c.id === id)
    if (!found || (found.private && !found.member)) return { error: no('channel_not_found') }
    return lacks(found.private ? 'groups:read' : 'channels:read') ? { error: no('missing_scope') } : found
  }

  /** Returns why nobody can post in a channel of the workspace. */
  function shut(team: Workspace, id: unknown): string | undefined {
    const found = team.channels.find((c) => c.id === id)
    if (!found) return inboxOf(team, id) ? undefined : 'channel_not_found'
    if (found.private && !found.member) return 'channel_not_found'
    if (found.archived) return 'is_archived'
    if (!found.member) return 'not_in_channel'
    return found.restricted ? 'restricted_action' : undefined
  }

  function add(post: Posted): void {
    if (!judges && post.to) return
    posts.push(post)
    if (!judges) keepNewest(posts)
  }

  function say(team: Workspace, args: Args, to?: string): Result {
    const why = shut(team, args.channel)
    if (why) return no(why)
    const shown = drawn(args)
    if ('error' in shown) return shown.error
    if (!args.text) return no('no_text')
    if (args.metadata && !isMetadata(args.metadata)) return no('invalid_metadata_format')
    if (judges && args.thread_ts !== undefined && !/^\d{10}\.\d{6}$/.test(String(args.thread_ts)))
      return no('thread_not_found')
    const where = {
      workspace: team.id,
      channel: inboxOf(team, args.channel)?.id ?? String(args.channel),
      ts: stamp(),
    }
    add({
      ...where,
      text: String(args.text),
      blocks: shown.blocks,
      ...(to && { to }),
      ...(args.metadata ? { metadata: args.metadata } : {}),
      ...(args.thread_ts ? { thread: String(args.thread_ts), broadcast: args.reply_broadcast === true } : {}),
    })
    return to
      ? ok({ message_ts: where.ts })
      : ok({ channel: where.channel, ts: where.ts, message: { ts: where.ts, text: args.text } })
  }

  // ---- views ----------------------------------------------------------------------

  function useTrigger(team: Workspace, id: unknown) {
    const trigger = triggers.get(String(id))
    if (triggers.delete(String(id))) exchanged.add(String(id))
    else if (exchanged.has(String(id))) return { error: no('exchanged_trigger_id') }
    if (trigger?.workspace !== team.id) return { error: no('invalid_trigger_id') }
    if (Date.now() > trigger.until) return { error: no('expired_trigger_id') }
    return { trigger }
  }

  function openView(team: Workspace, args: Args, pushed: boolean): Result {
    const used = useTrigger(team, args.trigger_id)
    if (used.error) return used.error
    const wrong = faultsOf(modal, args.view)
    if (wrong.length > 0) return no('invalid_arguments', wrong)
    const { user, root } = used.trigger
    if (pushed && !root) return no('not_found')
    if (pushed && views.filter((v) => v.root === root).length >= STACK) return no('push_limit_reached')
    const id = `V${word(10)}`
    const made = {
      id,
      workspace: team.id,
      user,
      root: pushed && root ? root : id,
      view: args.view as Record<string, unknown>,
      hash: word(8),
    }
    views.push(made)
    return ok({ view: { ...made.view, id, root_view_id: made.root, hash: made.hash } })
  }

  // ---- the Web API ------------------------------------------------------------------

  const methods: Readonly<Record<string, (args: Args, team: Workspace) => Result>> = {
    'auth.test': (_args, team) =>
      ok({
        url: `https://${team.name}.slack.com/`,
        team: team.name,
        user: 'cohort',
        team_id: team.id,
        user_id: 'U0BOT00001',
        bot_id: 'B0BOT00001',
      }),
    'bots.info': ({ bot }) =>
      bot === 'B0BOT00001'
        ? ok({ bot: { id: bot, app_id: state.app, name: 'cohort' } })
        : no('bot_not_found'),
    'users.info': ({ user }, team) => {
      const person = team.people.find((p) => p.id === user)
      if (!person) return no('user_not_found')
      const { id, name, admin, guest, tz, more } = person
      return ok({
        user: {
          id,
          team_id: team.id,
          name: name.toLowerCase(),
          real_name: name,
          tz,
          is_admin: admin === true,
          is_owner: false,
          is_restricted: guest === true,
          is_ultra_restricted: false,
          deleted: false,
          profile: { display_name: name, real_name: name },
          ...more,
        },
      })
    },
    'chat.postMessage': (args, team) => say(team, args),
    'conversations.info': ({ channel: id }, team) => {
      const person = team.people.find((p) => directOf(p.id) === id)
      if (person)
        return lacks('im:read') ? no('missing_scope') : ok({ channel: { id, is_im: true, user: person.id } })
      const found = looked(team, id)
      if ('error' in found) return found.error
      const { private: is_private, archived: is_archived, member: is_member } = found
      return ok({
        channel: { id, is_channel: true, is_private, is_im: false, is_mpim: false, is_archived, is_member },
      })
    },
    'conversations.members': ({ channel: id, limit, cursor }, team) => {
      const found = looked(team, id)
      if ('error' in found) return found.error
      const size = Number(limit ?? 100)
      if (!(size >= 1 && size <= 1000)) return no('invalid_limit')
      const from = cursor ? Number(cursor) : 0
      const all = membersOf(team, found)
      const next_cursor = from + size < all.length ? String(from + size) : ''
      return ok({ members: all.slice(from, from + size), response_metadata: { next_cursor } })
    },
    'chat.postEphemeral': (args, team) => {
      const found = team.channels.find((c) => c.id === args.channel)
      const isIn =
        team.people.some((p) => p.id === args.user) &&
        (!found || membersOf(team, found).includes(String(args.user)))
      return isIn ? say(team, args, String(args.user)) : no('user_not_in_channel')
    },
    'chat.update': (args, team) => {
      const why = shut(team, args.channel)
      if (why) return no(why)
      const inbox = inboxOf(team, args.channel)
      const post = posts.find(
        (p) =>
          p.workspace === team.id && p.channel === (inbox?.id ?? args.channel) && p.ts === args.ts && !p.to,
      )
      if (!post) return no('message_not_found')
      const shown = drawn(args)
      if ('error' in shown) return shown.error
      if (String(args.text ?? '').length > 4000) return no('msg_too_long')
      Object.assign(post, { text: String(args.text), blocks: shown.blocks })
      return ok({ channel: args.channel, ts: post.ts })
    },
    'chat.getPermalink': ({ channel: id, message_ts }, team) => {
      const post = posts.find((p) => p.workspace === team.id && p.channel === id && p.ts === message_ts)
      if (!post) return no('message_not_found')
      const permalink = `https://loopback.slack.com/archives/${id}/p${String(message_ts).replace('.', '')}`
      return ok({ channel: id, permalink })
    },
    'chat.delete': ({ channel: id, ts }, team) => {
      const at = posts.findIndex((p) => p.workspace === team.id && p.channel === id && p.ts === ts && !p.to)
      if (at < 0) return no('message_not_found')
      posts.splice(at, 1)
      return ok({ channel: id, ts })
    },
    'conversations.history': ({ channel: id, limit, cursor, oldest, include_all_metadata }, team) => {
      const person = team.people.find((p) => directOf(p.id) === id)
      if (person && lacks('im:history')) return no('missing_scope')
      const found = person ? { member: true } : team.channels.find((c) => c.id === id)
      if (!found) return no('channel_not_found')
      if (!found.member) return no('not_in_channel')
      const newest = posts
        .filter(
          (p) =>
            p.workspace === team.id &&
            p.channel === (person?.id ?? id) &&
            !p.to &&
            (!p.thread || p.broadcast === true) &&
            Number(p.ts) > Number(oldest ?? 0) &&
            (!cursor || p.ts <= atCursor(cursor)),
        )
        .reverse()
      const most = state.isOutsideMarketplace ? OUTSIDE_PAGE : 999
      const size = Math.min(Number(limit ?? 100), most)
      const page = newest.slice(0, size)
      const next = newest[size] ? Buffer.from(`next_ts:${newest[size].ts}`).toString('base64') : ''
      return ok({
        messages: page.map(({ ts, text, metadata }) => ({
          type: 'message',
          ts,
          text,
          ...(include_all_metadata ? { metadata } : {}),
        })),
        has_more: next !== '',
        response_metadata: { next_cursor: next },
      })
    },
    /** Returns the message itself first, then its thread, oldest first. */
    'conversations.replies': ({ channel: id, ts, limit, include_all_metadata }, team) => {
      const found = team.channels.find((c) => c.id === id)
      if (!found) return no('channel_not_found')
      if (!found.member) return no('not_in_channel')
      const inThread = posts.filter(
        (p) => p.workspace === team.id && p.channel === id && !p.to && (p.ts === ts || p.thread === ts),
      )
      if (inThread.length === 0) return no('thread_not_found')
      return ok({
        messages: inThread.slice(0, Number(limit ?? 1000)).map(({ ts, text, thread, metadata }) => ({
          ...{ type: 'message', ts, text },
          ...(thread && { thread_ts: thread }),
          ...(include_all_metadata ? { metadata } : {}),
        })),
        has_more: false,
      })
    },
    'conversations.open': ({ users }, team) =>
      team.people.some((p) => p.id === users)
        ? ok({ channel: { id: directOf(String(users)) } })
        : no('user_not_found'),
    'views.open': (args, team) => openView(team, args, false),
    'views.push': (args, team) => openView(team, args, true),
    'views.update': ({ view_id, view, hash }, team) => {
      const found = views.find((v) => v.id === view_id && v.workspace === team.id)
      if (!found) return no('not_found')
      if (hash !== undefined && hash !== found.hash) return no('hash_conflict')
      const wrong = faultsOf(modal, view)
      if (wrong.length > 0) return no('invalid_arguments', wrong)
      Object.assign(found, { view, hash: word(8) })
      return ok({ view: { ...found.view, id: found.id, hash: found.hash } })
    },
    'views.publish': ({ user_id, view }, team) => {
      if (!team.people.some((p) => p.id === user_id)) return no('invalid_arguments')
      const wrong = faultsOf(home, view)
      if (wrong.length > 0) return no('invalid_arguments', wrong)
      homes.set(`${team.id} ${user_id}`, view as Record<string, unknown>)
      return ok({ view: { id: 'V0HOME0001' } })
    },
    'files.info': ({ file }, team) => {
      const found = files.find(team.id, String(file))
      return found ? ok({ file: found }) : no('file_not_found')
    },
    'files.getUploadURLExternal': ({ filename, length, alt_txt }) => {
      if (!filename || !(Number(length) > 0)) return no('invalid_arguments')
      if (String(alt_txt ?? '').length > 1000) return no('alt_txt_too_large')
      const id = `F${word(10)}`
      uploads.set(id, {
        bytes: Number(length),
        sent: false,
        done: false,
        alt: String(alt_txt ?? ''),
        name: String(filename),
      })
      return ok({ upload_url: `${address()}/upload/${id}`, file_id: id })
    },
    'files.completeUploadExternal': ({ files, channel_id }, team) => {
      for (const { id } of files as { id: string }[]) {
        const upload = uploads.get(id)
        if (!upload?.sent) return no('file_not_found')
        Object.assign(upload, {
          done: true,
          ...(channel_id ? { channel: inboxOf(team, channel_id)?.id ?? channel_id } : {}),
        })
      }
      return ok({ files })
    },
  }

  /** Methods that take no bot token. */
  const open: Readonly<Record<string, (args: Args, request: IncomingMessage) => Result>> = {
    'apps.connections.open': (_args, request) => {
      if (request.headers.authorization !== `Bearer ${APP_TOKEN}`) return no('invalid_auth')
      const id = word(12)
      tickets.add(id)
      return ok({ url: `${address().replace('http', 'ws')}/link/?ticket=${id}` })
    },
    'oauth.v2.access': ({ code, client_id, client_secret }) => {
      if (client_id !== CLIENT.id || client_secret !== CLIENT.secret) return no('invalid_client_id')
      const given = codes.get(String(code))
      codes.delete(String(code))
      if (given?.workspace.startsWith('E')) return ok(installedFor(given.workspace, given.user))
      const team = place(given?.workspace ?? '')
      if (!given || !team) return no('invalid_code')
      const token = `xoxb-${team.id}-${++state.tokens}`
      team.tokens.add(token)
      return ok({
        ...fixture('oauth_v2_access'),
        access_token: token,
        scope: state.scopes,
        app_id: state.app,
        team: { id: team.id, name: team.name },
        authed_user: { id: given.user },
      })
    },
  }

  function callMethod(method: string, request: IncomingMessage, args: Args): Result {
    if (open[method]) return open[method](args, request)
    const token = String(request.headers.authorization ?? '').replace('Bearer ', '')
    const organization = ofOrganizations.get(token)
    if (organization !== undefined && method === 'auth.test') return ok(organizationTest(organization))
    // This is stricter than Slack, which asks for the workspace only in some methods.
    if (organization !== undefined && args.team_id === undefined) return no('missing_argument')
    const team =
      organization === undefined ? workspaces.find((w) => w.tokens.has(token)) : place(String(args.team_id))
    if (!team) return no(revoked.has(token) ? 'token_revoked' : token === '' ? 'not_authed' : 'invalid_auth')
    if (team.organization !== organization && organization !== undefined) return no('team_access_not_granted')
    const needed = NEEDS[method]
    if (needed !== undefined && !state.scopes.split(',').includes(needed)) return no('missing_scope')
    return methods[method]?.(args, team) ?? no('unknown_method')
  }

  function organizationTest(id: string) {
    const who = { user: 'cohort', user_id: 'U0BOT00001', bot_id: 'B0BOT00001' }
    return {
      url: `https://${id}.enterprise.slack.com/`,
      team: 'Loopback Inc.',
      team_id: id,
      enterprise_id: id,
      is_enterprise_install: true,
      ...who,
    }
  }

  function tokenFor(organization: string): string {
    const token = `xoxb-${organization}-${++state.tokens}`
    ofOrganizations.set(token, organization)
    return token
  }

  function installedFor(id: string, user: string) {
    const whose = {
      team: null,
      enterprise: { id, name: 'Loopback Inc.' },
      is_enterprise_install: true,
      authed_user: { id: user },
    }
    return { ...fixture('oauth_v2_access'), access_token: tokenFor(id), scope: state.scopes, ...whose }
  }

  async function api(
    method: string,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const args = argsOf(request, body)
    if (judges) calls.push(typeof args.channel === 'string' ? `${method} ${args.channel}` : method)
    if (state.isLimited && method === 'chat.postMessage') {
      const last = lastIn.get(String(args.channel)) ?? Number.NEGATIVE_INFINITY
      if (performance.now() - last < 1000) {
        state.limited++
        return send(response, 429, {}, { 'Retry-After': '1' })
      }
      lastIn.set(String(args.channel), performance.now())
    }
    if (state.isOutsideMarketplace && method === 'conversations.history') {
      const passed = state.now() - state.historyAt
      if (passed < 60_000) {
        state.limited++
        return send(response, 429, {}, { 'Retry-After': String(Math.ceil((60_000 - passed) / 1000)) })
      }
      state.historyAt = state.now()
    }
    if (judges && method === 'users.info') {
      const token = String(request.headers.authorization)
      const recent = (infos.get(token) ?? []).filter((time) => performance.now() - time < 60_000)
      infos.set(token, recent)
      if (recent.push(performance.now()) > INFO_A_MINUTE) {
        state.limited++
        return send(response, 429, {}, { 'Retry-After': '30' })
      }
    }
    const at = faults.findIndex(
      (f) => f.method === method && (f.channel === undefined || f.channel === args.channel),
    )
    const fault = at >= 0 ? faults.splice(at, 1)[0] : state.chaos?.(method)
    if (fault?.late) await new Promise((done) => setTimeout(done, fault.late))
    if (fault?.done || fault?.late || !fault) {
      const result = callMethod(method, request, args)
      if (!fault || fault.late)
        return send(response, result.status, result.body, { 'X-OAuth-Scopes': state.scopes })
    }
    if (fault.hang) return
    if (fault.close) return void response.destroy()
    if (fault.error) return send(response, 200, { ok: false, error: fault.error })
    send(
      response,
      fault.status ?? 500,
      {},
      fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) },
    )
  }

  /** Refuses like Slack: in the body of a 200, or by a status with only the error code (`refusesBy`). */
  function refuseResponse(response: ServerResponse, error: string, messages: readonly string[] = []): void {
    if (state.refusesBy === 'status') return void response.writeHead(404).end(error)
    send(response, 200, no(error, messages).body)
  }

  /** A response address accepts five messages within half an hour. */
  function respond(id: string, args: Args, response: ServerResponse) {
    const place = responses.get(id)
    if (!place || place.left === 0) return refuseResponse(response, 'used_url')
    if (Date.now() > place.until) return refuseResponse(response, 'expired_url')
    const at = faults.findIndex((f) => f.method === 'response_url')
    const [fault] = at < 0 ? [] : faults.splice(at, 1)
    if (fault?.hang) return
    if (fault?.error) return refuseResponse(response, fault.error)
    if (fault) return void response.writeHead(fault.status ?? 500).end()
    const shown = drawn(args)
    if ('error' in shown) return refuseResponse(response, 'invalid_blocks')
    place.left--
    state.responded?.(responseUrl(id))
    answered(id)
    const old =
      args.replace_original === true
        ? posts.find((p) => p.ts === place.ts && p.channel === place.channel)
        : undefined
    const where = { workspace: place.workspace, channel: place.channel, ts: stamp() }
    const to = args.response_type === 'in_channel' ? {} : { to: place.user }
    if (old) Object.assign(old, { text: String(args.text), blocks: shown.blocks })
    else add({ ...where, text: String(args.text ?? ''), blocks: shown.blocks, ...to })
    response.writeHead(200).end('ok')
  }

  const server = createServer(async (request, response) => {
    const body = await wholeBody(request)
    if (!body) return
    const path = new URL(request.url ?? '/', 'http://x').pathname
    if (path.startsWith('/upload/')) {
      if (state.uploadMs > 0) await new Promise((done) => setTimeout(done, state.uploadMs))
      const upload = uploads.get(path.slice(8))
      const whole = upload !== undefined && (upload.bytes === body.length || body.includes('form-data'))
      if (upload) upload.sent = whole
      response.writeHead(whole ? 200 : 400).end('OK')
    } else if (path.startsWith('/files-pri/')) {
      const at = faults.findIndex((fault) => fault.method === 'file')
      const [fault] = at < 0 ? [] : faults.splice(at, 1)
      calls.push('file')
      if (fault?.hang) return
      if (fault?.close) return void response.destroy()
      if (fault?.late) await new Promise((done) => setTimeout(done, fault.late))
      else if (fault)
        return send(
          response,
          fault.status ?? 500,
          {},
          fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) },
        )
      files.serve(path, request, response)
    } else if (path.startsWith('/respond/')) respond(path.slice(9), JSON.parse(body.toString()), response)
    else await api(path.replace('/api/', ''), request, body, response)
  })

  // ---- Socket Mode --------------------------------------------------------------------

  const door = new WebSocketServer({ server, path: '/link/' })
  door.on('connection', (socket, request) => {
    const id = new URL(request.url ?? '/', 'http://x').searchParams.get('ticket') ?? ''
    if (!tickets.delete(id)) return socket.close(4001)
    if (sockets.length >= SOCKETS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }))
      return socket.close()
    }
    sockets.push(socket)
    socket.on('close', () => {
      sockets.splice(sockets.indexOf(socket), 1)
      state.fewestSockets = Math.min(state.fewestSockets, sockets.length)
    })
    socket.on('message', (data) => {
      const { envelope_id, payload } = JSON.parse(String(data))
      waiting.get(envelope_id)?.(payload)
      waiting.delete(envelope_id)
    })
    return socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: sockets.length,
        connection_info: { app_id: 'A0COHORT01' },
      }),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const responseUrl = (id: string) => `${address()}/respond/${id}`

  /**
   * Sends over the newest socket that Slack has not asked to close; returns the payload of the
   * acknowledgement, and rejects if none arrives within three seconds.
   */
  function envelope(type: string, payload: object): Promise<unknown> {
    const envelope_id = word(24)
    const message = {
      envelope_id,
      type,
      payload,
      accepts_response_payload: true,
      ...(type === 'events_api' ? { retry_attempt: 0, retry_reason: '' } : {}),
    }
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no acknowledgement of ${type}`)), TRIGGER_MS)
      waiting.set(envelope_id, (given) => {
        clearTimeout(late)
        resolve(given)
      })
      const open = sockets.filter((socket) => socket.readyState === socket.OPEN)
      const to = open.findLast((socket) => !asked.has(socket)) ?? open.at(-1)
      to?.send(JSON.stringify(message))
    })
  }

  /** Slack asks the app to close a socket, and closes it itself some seconds later. */
  function refresh(socket: WebSocket, reason: 'warning' | 'refresh_requested' | 'link_disabled'): void {
    asked.add(socket)
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'loopback' } }))
    setTimeout(() => socket.close(), CLOSED_MS).unref()
  }

  // ---- what people and admins do --------------------------------------------------------

  /** Returns what comes with a command or a press. `root`: the id of the open modal. */
  function ticket(team: string, user: string, id: string, ts?: string, root?: string) {
    const [trigger, answer] = [`${Date.now()}.${word(8)}`, word(24)]
    if (judges)
      triggers.set(trigger, { workspace: team, user, until: Date.now() + TRIGGER_MS, ...(root && { root }) })
    responses.set(answer, {
      ...{ workspace: team, channel: id, user, left: RESPONSES, until: Date.now() + RESPONSE_MS },
      ...(ts && { ts }),
    })
    return { trigger_id: trigger, response_url: responseUrl(answer) }
  }

  /** A person allows the app in a workspace; returns the code with which Slack sends the browser back. */
  function allow(team: string, user: string): string {
    const code = word(16)
    codes.set(code, { workspace: team, user })
    return code
  }

  function revoke(team: string): void {
    for (const token of place(team)?.tokens ?? []) revoked.add(token)
    place(team)?.tokens.clear()
  }

  function stop(): void {
    door.close()
    for (const socket of sockets) socket.terminate()
    server.close()
    server.closeAllConnections()
  }

  return {
    ...{ address, posts, views, homes, uploads, files, calls, faults, sockets, triggers, responses, state },
    ...{ ticket, envelope, refresh, allow, revoke, stop, place, stamp, tokenFor },
    api: () => `${address()}/api/`,
    token: (team = HOME) => [...(place(team)?.tokens ?? [])].at(-1) ?? '',
    appToken: APP_TOKEN,
    client: CLIENT,
  }
}

export type LoopbackSlack = Awaited<ReturnType<typeof startSlack>>

/** Decodes a cursor, which holds the time of the next message. */
function atCursor(cursor: unknown): string {
  return Buffer.from(String(cursor), 'base64').toString().replace('next_ts:', '')
}

function isMetadata(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'event_type' in value &&
    /^[a-zA-Z0-9_]{1,255}$/.test(String(value.event_type)) &&
    'event_payload' in value
  )
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Forms carry JSON in their fields. */
function argsOf(request: IncomingMessage, body: Buffer): Args {
  const text = body.toString()
  if (request.headers['content-type']?.includes('json')) return JSON.parse(text)
  return Object.fromEntries(
    [...new URLSearchParams(text)].map(([key, value]) => [
      key,
      /^[[{]/.test(value) ? JSON.parse(value) : value === 'true' ? true : value,
    ]),
  )
}
