/**
 * A Discord on the loopback interface: REST and gateway, as far as the bot uses them. It is strict where
 * Discord is: tokens, bodies (by Discord's own schemas and its written limits), permissions, three seconds
 * and fifteen minutes, one acknowledgement, a form only as the first answer.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { wholeBody } from '../body.js'
import { forgetAnswered, keepNewest } from '../newest.js'
import { type CommandPermission, mayUse } from './command-permissions.js'
import { createFiles } from './files.js'
import { createGateway } from './gateway.js'
import { componentsIn, faultsOfChoices, faultsOfCommands, faultsOfMessage, faultsOfModal } from './judge.js'

export type Json = Record<string, unknown>

export interface Person {
  readonly id: string
  readonly username: string
  readonly globalName?: string
  nick?: string
  /** Whether the person may manage the server. */
  manages?: boolean
  /** Whether the person accepts no direct messages. */
  closed?: boolean
  roles?: readonly string[]
}

export interface Channel {
  readonly id: string
  readonly name: string
  /** Permissions that the bot lacks here. */
  denied: bigint
  /** The users and roles that see it; undefined for everybody. */
  only: readonly string[] | undefined
  /** For a thread: its parent channel, and the people who were added if it is a private one. */
  readonly thread?: { readonly parent: string; readonly added: readonly string[] | undefined }
}

export interface Guild {
  readonly id: string
  readonly name: string
  readonly people: readonly Person[]
  readonly channels: Channel[]
  /** Permissions by role, in addition to those that everybody has. */
  readonly roles: Record<string, bigint>
  /** The roles that everybody may mention. */
  readonly mentionable?: readonly string[]
  owner: string
  /** The channel for its system messages. */
  system?: string
  /** The time when the bot was added. */
  joinedAt?: string
}

export interface Posted {
  readonly id: string
  readonly channel: string
  /** Only this user sees it. */
  readonly to?: string | undefined
  flags: number
  components: Json[]
  attachments: Json[]
  readonly nonce?: string | undefined
  /** The message that it replies to. */
  readonly repliesTo?: string | undefined
  /** The roles and users that were notified, as they stand in its text. */
  readonly notified: readonly string[]
  /** The name of the thread that hangs on it. */
  threadName?: string
}

/** An open form. */
export interface Opened {
  readonly user: string
  readonly data: Json
  /** The message whose button opened it. */
  readonly message: Posted | undefined
  readonly channel: string
  readonly guild: string | undefined
}

/**
 * The place of an interaction. `owners`: who has installed the app there, the server (0) or the person (1).
 */
export interface Where {
  readonly guild: string | undefined
  readonly channel: string
  readonly context?: number
  readonly owners?: Readonly<Record<number, string>>
}

/** The failure of the next call whose `METHOD /path` matches. */
export interface Fault {
  readonly call: RegExp
  readonly status?: number
  /** Seconds. */
  readonly retryAfter?: number
  /** Discord's error code. */
  readonly code?: number
  /** Discord did what was asked; only its answer reports the failure. */
  readonly done?: boolean
  /** No answer comes. */
  readonly hang?: boolean
  /** The connection is closed without an answer. */
  readonly close?: boolean
  /** The delay of an otherwise normal answer, in milliseconds. */
  readonly late?: number
}

export interface Pending {
  readonly id: string
  readonly token: string
  readonly kind: number
  readonly user: string
  readonly guild: string | undefined
  readonly channel: string
  readonly at: number
  /** The message whose component was pressed. */
  readonly source: Posted | undefined
  state: 'fresh' | 'deferred' | 'answered'
  /** The visibility that a deferral fixed. */
  ephemeral: boolean
  original: Posted | undefined
  choices: readonly { name: string; value: string }[] | undefined
  /** The time of the first answer. */
  answeredAt: number | undefined
}

const BOT = { id: '900000000000000001', username: 'cohort' }
export const TOKEN = `${Buffer.from(BOT.id).toString('base64url')}.loopback.token`
const VIEW = 1n << 10n
const SEND = 1n << 11n
const ATTACH = 1n << 15n
const HISTORY = 1n << 16n
const MENTION = 1n << 17n
const THREADS = 1n << 35n
export const PERMISSION = { view: VIEW, send: SEND, attach: ATTACH, history: HISTORY, threads: THREADS }
const GRANTED = VIEW | SEND | ATTACH | HISTORY
const [TEXT, PUBLIC_THREAD, PRIVATE_THREAD] = [0, 11, 12]
const TEXT_DISPLAY = 10
const MANAGE = 1n << 5n
const ALL = (1n << 50n) - 1n
const EPHEMERAL = 1 << 6
const ACK_MS = 3000
const TOKEN_MS = 15 * 60_000
const NONCE_MS = 3 * 60_000
/** The number of events that are kept for a client that resumes, without judging. */
const REPLAYS = 100

class Refused extends Error {
  readonly status: number
  readonly body: Json
  constructor(status: number, code: number, message: string, more: Json = {}) {
    super(message)
    this.status = status
    this.body = { code, message, ...more }
  }
}
const invalid = (faults: readonly string[]) =>
  new Refused(400, 50035, 'Invalid Form Body', {
    errors: { _errors: faults.map((message) => ({ code: 'BASE_TYPE', message })) },
  })

export const guild = (
  id: string,
  name: string,
  people: readonly Person[],
  channels: readonly string[],
): Guild => ({
  id,
  name,
  people,
  channels: channels.map((channel, i) => ({
    id: channel,
    name: i === 0 ? 'study' : `channel-${i}`,
    denied: 0n,
    only: undefined,
  })),
  roles: {},
  owner: '1',
})

/** `judges`: false for the benchmarks, where the server accepts everything and remembers only the newest. */
export async function startDiscord(guilds: Guild[], { shards = 1, judges = true } = {}) {
  const posts: Posted[] = []
  const modals: Opened[] = []
  const pending = new Map<string, Pending>()
  const answered = judges ? () => {} : forgetAnswered(pending)
  const privates = new Map<string, string>()
  const faults: Fault[] = []
  const calls: string[] = []
  /** Bodies that could have notified people. */
  const pinging: unknown[] = []
  const state = {
    ...{ commands: [] as Json[], number: 0, late: 0, token: TOKEN, application: BOT.id },
    /**
     * The permissions of the bot on each server, as the list of its servers reports them: all that the link
     * asks for.
     */
    given: GRANTED | (1n << 17n) | (1n << 35n) | (1n << 38n),
    /** The settings under Integrations, by server, and by command or application. */
    overrides: new Map<string, Map<string, readonly CommandPermission[]>>(),
    /** Who may install the application: servers (0) and people (1). */
    installs: { 0: {}, 1: {} } as Readonly<Record<number, object>>,
    /** The bot's requests that are accepted per second, except replies to interactions. */
    perSecond: Number.POSITIVE_INFINITY,
    /** The number of answers with 429. */
    limited: 0,
    /** Returns the failure of a call, if nothing in `faults` matches. */
    chaos: undefined as ((call: string) => Omit<Fault, 'call'> | undefined) | undefined,
    /** Called for each answer to an interaction: the acknowledgement, and every message. */
    responded: undefined as ((one: Pending, what: 'acknowledged' | 'shown') => void) | undefined,
  }
  /** The times of the requests that count against the limit. */
  const taken: number[] = []

  const now = () => Date.now() + state.late
  const snowflake = () =>
    String((BigInt(now() - 1_420_070_400_000) << 22n) | BigInt(++state.number & 0x3fffff))
  const sentFiles = createFiles({ address: () => address(), now, snowflake })
  const place = (id: string | undefined) => guilds.find((one) => one.id === id)
  const guildOf = (channel: string) => guilds.find((one) => one.channels.some((c) => c.id === channel))
  const everybody = () => guilds.flatMap((one) => one.people)

  // ---- objects as the bot gets them ---------------------------------------------------

  const me = () => ({
    id: BOT.id,
    username: BOT.username,
    discriminator: '0',
    global_name: null,
    avatar: null,
    bot: true,
  })
  const userOf = ({ id, username, globalName }: Person) => ({
    id,
    username,
    discriminator: '0',
    global_name: globalName ?? null,
    avatar: null,
  })

  function channelOf(one: Channel, of: string): Json {
    const isRole = (id: string) => id === of || place(of)?.roles[id] !== undefined
    const seen = (one.only ?? []).map((id) => ({
      id,
      type: isRole(id) ? 0 : 1,
      allow: String(VIEW),
      deny: '0',
    }))
    const overwrites = [
      ...(one.only ? [{ id: of, type: 0, allow: '0', deny: String(VIEW) }, ...seen] : []),
      ...(one.denied === 0n && !one.only
        ? []
        : [
            {
              id: BOT.id,
              type: 1,
              allow: String(one.only ? VIEW & ~one.denied : 0n),
              deny: String(one.denied),
            },
          ]),
    ]
    const type = one.thread ? (one.thread.added ? PRIVATE_THREAD : PUBLIC_THREAD) : TEXT
    if (one.thread)
      return {
        id: one.id,
        type,
        guild_id: of,
        name: one.name,
        parent_id: one.thread.parent,
        owner_id: BOT.id,
      }
    return {
      id: one.id,
      type,
      guild_id: of,
      name: one.name,
      position: 0,
      permission_overwrites: overwrites,
      nsfw: false,
      topic: null,
      parent_id: null,
      last_message_id: null,
      rate_limit_per_user: 0,
    }
  }

  function guildBody(one: Guild): Json {
    const role = (id: string, name: string, permissions: bigint) => ({
      id,
      name,
      permissions: String(permissions),
      position: 0,
      color: 0,
      hoist: false,
      managed: false,
      mentionable: false,
      flags: 0,
    })
    const roles = [
      role(one.id, '@everyone', state.given),
      ...Object.entries(one.roles).map(([id, bits]) => role(id, `role-${id}`, bits)),
    ]
    const bot = {
      user: me(),
      nick: null,
      roles: [],
      joined_at: '2026-01-01T00:00:00.000Z',
      deaf: false,
      mute: false,
      flags: 0,
    }
    return {
      ...{
        id: one.id,
        name: one.name,
        icon: null,
        owner_id: one.owner,
        roles,
        emojis: [],
        stickers: [],
        features: [],
        threads: [],
      },
      ...{
        channels: one.channels
          .filter((c) => !c.thread)
          .map((c, position) => ({ ...channelOf(c, one.id), position })),
        members: [bot],
        presences: [],
        voice_states: [],
        member_count: one.people.length + 1,
      },
      ...{
        stage_instances: [],
        guild_scheduled_events: [],
        soundboard_sounds: [],
        large: false,
        unavailable: false,
        joined_at: one.joinedAt ?? '2026-01-01T00:00:00.000Z',
      },
      ...{
        verification_level: 0,
        default_message_notifications: 0,
        explicit_content_filter: 0,
        mfa_level: 0,
        nsfw_level: 0,
        premium_tier: 0,
      },
      ...{
        preferred_locale: 'en-US',
        system_channel_id: one.system ?? null,
        system_channel_flags: 0,
        rules_channel_id: null,
        afk_channel_id: null,
        afk_timeout: 300,
      },
    }
  }

  function messageBody(post: Posted): Json {
    const { id, channel: channel_id, flags, components, attachments } = post
    return {
      ...{
        id,
        channel_id,
        type: 0,
        author: me(),
        content: '',
        timestamp: new Date(now()).toISOString(),
        edited_timestamp: null,
        tts: false,
      },
      ...{
        mention_everyone: false,
        mentions: [],
        mention_roles: [],
        embeds: [],
        pinned: false,
        flags,
        components,
        attachments,
      },
    }
  }

  // ---- messages -------------------------------------------------------------------------

  /** Every component gets a number, and files get their address. */
  function kept(components: unknown): Json[] {
    const used = new Set(componentsIn(components).map((c) => c.id))
    let next = 0
    const number = () => {
      do next++
      while (used.has(next))
      return next
    }
    const media = (url: string) => ({
      url: url.replace('attachment://', 'https://cdn.invalid/'),
      proxy_url: '',
      width: 1,
      height: 1,
    })
    const walk = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(walk)
      if (typeof value !== 'object' || value === null) return value
      const one = Object.fromEntries(
        Object.entries(value).map(([key, part]) => [
          key,
          key === 'media' || key === 'file' ? media(part.url) : walk(part),
        ]),
      )
      return 'type' in one && typeof one.type === 'number' && one.id === undefined
        ? { ...one, id: number() }
        : one
    }
    return walk(components) as Json[]
  }

  function judged(body: Json, files: readonly string[], edited = false): void {
    const wrong = judges ? faultsOfMessage(body, files, edited) : []
    if (wrong.length > 0) throw invalid(wrong)
    if (JSON.stringify(body.allowed_mentions) !== '{"parse":[]}') pinging.push(body)
  }

  function allowed(channel: string, ...wanted: bigint[]): void {
    const found = guildOf(channel)?.channels.find((c) => c.id === channel)
    if (!found && ![...privates.values()].includes(channel)) throw new Refused(404, 10003, 'Unknown Channel')
    if (!found) return
    if ((found.denied & VIEW) !== 0n) throw new Refused(403, 50001, 'Missing Access')
    if (wanted.some((bit) => (found.denied & bit) !== 0n))
      throw new Refused(403, 50013, 'Missing Permissions')
  }

  function add(channel: string, body: Json, files: readonly string[], to?: string): Posted {
    const attachments = files.map((filename) => ({
      id: snowflake(),
      filename,
      size: 1,
      url: 'https://cdn.invalid/',
      proxy_url: '',
    }))
    const post: Posted = {
      id: snowflake(),
      channel,
      to,
      flags: Number(body.flags ?? 0),
      components: kept(body.components),
      attachments,
      nonce: body.nonce as string | undefined,
      repliesTo: repliedTo(channel, body.message_reference as Json | undefined),
      notified: notifiedBy(channel, body),
    }
    if (judges || !to) posts.push(post)
    if (!judges) keepNewest(posts)
    return post
  }

  /**
   * Returns whom a new message notifies: people who are mentioned in its text and named by
   * `allowed_mentions`; a role only if it exists and may be mentioned.
   */
  function notifiedBy(channel: string, body: Json): string[] {
    const { roles = [], users = [] } = (body.allowed_mentions ?? {}) as Record<string, string[]>
    const text = componentsIn(body.components)
      .flatMap((c) => (c.type === TEXT_DISPLAY ? [String(c.content)] : []))
      .join('\n')
    const one = guildOf(channel)
    const mayMention = (id: string) =>
      one?.roles[id] !== undefined &&
      ((state.given & MENTION) !== 0n || one.mentionable?.includes(id) === true)
    return [
      ...roles.filter((id) => text.includes(`<@&${id}>`) && mayMention(id)),
      ...users.filter((id) => text.includes(`<@${id}>`)),
    ]
  }

  /** A message has one thread, which has the same id. */
  function startThread(channel: string, id: string, { name, auto_archive_duration: minutes }: Json): Json {
    allowed(channel, THREADS)
    const post = posts.find((one) => one.id === id && one.channel === channel && !one.to)
    if (!post) throw new Refused(404, 10008, 'Unknown Message')
    if (post.threadName !== undefined)
      throw new Refused(400, 160004, 'A thread has already been created for this message')
    if (typeof name !== 'string' || name.length < 1 || name.length > 100) throw invalid(['name'])
    if (minutes !== undefined && ![60, 1440, 4320, 10080].includes(Number(minutes)))
      throw invalid(['auto_archive_duration'])
    post.threadName = name
    return {
      id,
      type: PUBLIC_THREAD,
      guild_id: guildOf(channel)?.id,
      name,
      parent_id: channel,
      owner_id: BOT.id,
    }
  }

  /** Returns the message of the channel that it replies to; undefined if that is gone and need not exist. */
  function repliedTo(channel: string, reference: Json | undefined): string | undefined {
    if (!reference) return undefined
    if (posts.some((post) => post.id === reference.message_id && post.channel === channel))
      return String(reference.message_id)
    if (judges && reference.fail_if_not_exists !== false) throw invalid(['message_reference'])
    return undefined
  }

  function redraw(post: Posted, body: Json, files: readonly string[]): Posted {
    Object.assign(post, {
      components: kept(body.components),
      flags: post.flags | Number(body.flags ?? 0),
      ...(files.length > 0 && { attachments: files.map((filename) => ({ id: snowflake(), filename })) }),
    })
    return post
  }

  function create(channel: string, body: Json, files: readonly string[]): Json {
    allowed(channel, SEND, ...(files.length > 0 ? [ATTACH] : []))
    const closed = everybody().find((person) => person.closed && privates.get(person.id) === channel)
    if (closed) throw new Refused(403, 50007, 'Cannot send messages to this user')
    judged(body, files)
    if (String(body.nonce ?? '').length > 25) throw invalid(['nonce'])
    const age = (post: Posted) => now() - (Number(BigInt(post.id) >> 22n) + 1_420_070_400_000)
    const same =
      body.enforce_nonce === true && posts.find((post) => post.nonce === body.nonce && age(post) < NONCE_MS)
    return messageBody(same || add(channel, body, files))
  }

  // ---- interactions -----------------------------------------------------------------------

  function fresh(id: string, token: string): Pending {
    const one = pending.get(token)
    if (one?.id !== id || (judges && now() - one.at > ACK_MS))
      throw new Refused(404, 10062, 'Unknown interaction')
    if (one.state !== 'fresh') throw new Refused(400, 40060, 'Interaction has already been acknowledged.')
    return one
  }

  const inMessage = (one: Pending) => one.kind === 3 || (one.kind === 5 && one.source !== undefined)

  function acknowledge(
    one: Pending,
    { type, data = {} }: { type: number; data?: Json },
    files: readonly string[],
  ): void {
    const isEphemeral = (Number(data.flags ?? 0) & EPHEMERAL) !== 0
    const isComplete = one.kind === 4
    if (isComplete !== (type === 8)) throw invalid([`type ${type} for an interaction of type ${one.kind}`])
    if (type === 4) {
      judged(data, files)
      one.original = add(one.channel, data, files, isEphemeral ? one.user : undefined)
    } else if (type === 7 || type === 6) {
      if (!inMessage(one) || !one.source) throw invalid([`type ${type} without a message`])
      one.original = one.source
      if (type === 7) {
        judged(data, files, true)
        redraw(one.source, data, files)
      }
    } else if (type === 8) {
      const wrong = faultsOfChoices(data)
      if (wrong.length > 0) throw invalid(wrong)
      one.choices = data.choices as { name: string; value: string }[]
    } else if (type === 9) {
      if (one.kind === 5) throw invalid(['a modal cannot answer a modal'])
      const wrong = faultsOfModal(data)
      if (wrong.length > 0) throw invalid(wrong)
      modals.push({ user: one.user, data, message: one.source, channel: one.channel, guild: one.guild })
    } else if (type !== 5) throw invalid([`type ${type}`])
    one.ephemeral = isEphemeral
    one.state = type === 5 ? 'deferred' : 'answered'
    one.answeredAt = now()
    state.responded?.(one, 'acknowledged')
    if (type === 4 || type === 7) shown(one)
  }

  function shown(one: Pending): void {
    state.responded?.(one, 'shown')
    answered(one.token)
  }

  function held(token: string): Pending {
    const one = pending.get(token)
    if (!one || one.state === 'fresh') throw new Refused(404, 10015, 'Unknown Webhook')
    if (now() - one.at > TOKEN_MS) throw new Refused(401, 50027, 'Invalid Webhook Token')
    return one
  }

  function fillDeferred(one: Pending, body: Json, files: readonly string[]): Posted {
    one.state = 'answered'
    one.original = add(one.channel, body, files, one.ephemeral ? one.user : undefined)
    return one.original
  }

  function editOriginal(one: Pending, body: Json, files: readonly string[]): Json {
    judged(body, [...files, ...(one.original?.attachments ?? []).map((a) => String(a.filename))], true)
    if (one.state === 'deferred') return messageBody(fillDeferred(one, body, files))
    if (!one.original) throw new Refused(404, 10008, 'Unknown Message')
    return messageBody(redraw(one.original, body, files))
  }

  function follow(one: Pending, body: Json, files: readonly string[]): Json {
    judged(body, files)
    // The first message after a deferral takes the place of the deferral.
    if (one.state === 'deferred') return messageBody(fillDeferred(one, body, files))
    return messageBody(
      add(one.channel, body, files, (Number(body.flags ?? 0) & EPHEMERAL) !== 0 ? one.user : undefined),
    )
  }

  function reply(one: Pending, how: typeof follow, { body, files }: Call): Json {
    const message = how(one, body, files)
    shown(one)
    return message
  }

  // ---- REST ---------------------------------------------------------------------------------

  type Call = { readonly body: Json; readonly files: readonly string[]; readonly query: URLSearchParams }
  type Route = readonly [RegExp, (call: Call, ...parts: string[]) => unknown]

  const withoutToken: readonly Route[] = [
    [
      /^POST \/interactions\/(\d+)\/([^/]+)\/callback$/,
      ({ body, files }, id = '', token = '') => acknowledge(fresh(id, token), body as never, files),
    ],
    [
      /^PATCH \/webhooks\/\d+\/([^/]+)\/messages\/@original$/,
      (call, token = '') => reply(held(token), editOriginal, call),
    ],
    [/^POST \/webhooks\/\d+\/([^/]+)$/, (call, token = '') => reply(held(token), follow, call)],
  ]

  const withToken: readonly Route[] = [
    [/^GET \/users\/@me$/, () => me()],
    [
      /^GET \/applications\/@me$/,
      () => ({ id: state.application, name: 'Cohort', integration_types_config: state.installs }),
    ],
    [
      /^GET \/users\/@me\/guilds$/,
      ({ query }) => guildsAfter(query.get('after') ?? '0', Number(query.get('limit') ?? 200)),
    ],
    [
      /^GET \/gateway\/bot$/,
      () => ({
        url: gateway.url(),
        shards,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: shards },
      }),
    ],
    [/^GET \/applications\/(\d+)\/commands$/, () => state.commands],
    [/^PUT \/applications\/(\d+)\/commands$/, ({ body }) => setCommands(body)],
    [
      /^GET \/applications\/(\d+)\/guilds\/(\d+)\/commands\/permissions$/,
      (_call, id = '', of = '') => overridesOf(id, of),
    ],
    [/^GET \/guilds\/(\d+)\/members\/(\d+)$/, (_call, id, user) => memberBody(id, user)],
    [/^GET \/channels\/(\d+)\/thread-members\/(\d+)$/, (_call, id, user) => threadMember(id, user)],
    [/^GET \/guilds\/(\d+)$/, (_call, id) => found(place(id), 10004, 'Unknown Guild', guildBody)],
    [
      /^GET \/channels\/(\d+)$/,
      (_call, id = '') => {
        allowed(id)
        const one = guildOf(id)?.channels.find((c) => c.id === id)
        return one ? channelOf(one, guildOf(id)?.id ?? '') : { id, type: 1, last_message_id: null }
      },
    ],
    [/^GET \/channels\/(\d+)\/messages$/, ({ query }, channel = '') => history(channel, query)],
    [/^POST \/channels\/(\d+)\/messages$/, ({ body, files }, channel = '') => create(channel, body, files)],
    [
      /^PATCH \/channels\/(\d+)\/messages\/(\d+)$/,
      ({ body, files }, channel = '', id = '') => change(channel, id, body, files),
    ],
    [/^DELETE \/channels\/(\d+)\/messages\/(\d+)$/, (_call, channel = '', id = '') => remove(channel, id)],
    [
      /^POST \/channels\/(\d+)\/messages\/(\d+)\/threads$/,
      ({ body }, channel = '', id = '') => startThread(channel, id, body),
    ],
    [/^POST \/users\/@me\/channels$/, ({ body }) => privateChannel(String(body.recipient_id))],
  ]

  function overridesOf(application: string, of: string): Json[] {
    if (application !== state.application || !place(of)) throw new Refused(403, 50001, 'Missing Access')
    return [...(state.overrides.get(of) ?? [])].map(([id, permissions]) => ({
      id,
      application_id: application,
      guild_id: of,
      permissions,
    }))
  }

  /** Returns all permissions of a person on a server. */
  function permissionsOf(user: Person, of: string | undefined): bigint {
    const roles = (user.roles ?? []).map((role) => place(of)?.roles[role] ?? 0n)
    if (place(of)?.owner === user.id) return ALL
    return [GRANTED, user.manages ? MANAGE : 0n, ...roles].reduce((all, bits) => all | bits, 0n)
  }

  function idOf(command: string): string {
    const found = state.commands.find((one) => one.name === command)
    if (!found) throw new Error(`no command /${command} is registered`)
    return String(found.id)
  }

  function memberBody(id: string | undefined, user: string | undefined): Json {
    if (!place(id)) throw new Refused(404, 10004, 'Unknown Guild')
    const person = place(id)?.people.find((one) => one.id === user)
    if (!person)
      throw everybody().some((one) => one.id === user)
        ? new Refused(404, 10007, 'Unknown Member')
        : new Refused(404, 10013, 'Unknown User')
    const joined_at = '2026-01-01T00:00:00.000Z'
    return {
      user: userOf(person),
      nick: person.nick ?? null,
      roles: person.roles ?? [],
      joined_at,
      deaf: false,
      mute: false,
      flags: 0,
    }
  }

  function threadMember(id = '', user = ''): Json {
    allowed(id)
    const added = guildOf(id)?.channels.find((c) => c.id === id)?.thread?.added
    if (!added?.includes(user)) throw new Refused(404, 10007, 'Unknown Member')
    return { id, user_id: user, join_timestamp: '2026-01-01T00:00:00.000Z', flags: 0 }
  }

  function guildsAfter(after: string, limit: number): Json[] {
    const sorted = guilds
      .map(({ id, name }) => ({ id, name, permissions: String(state.given), features: [] }))
      .sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    return sorted.filter(({ id }) => BigInt(id) > BigInt(after)).slice(0, limit)
  }

  function found<T>(value: T | undefined, code: number, message: string, show: (value: T) => Json): Json {
    if (value === undefined) throw new Refused(404, code, message)
    return show(value)
  }

  function setCommands(body: unknown): Json[] {
    const strange = (body as { integration_types: number[] }[]).some((one) =>
      one.integration_types.some((type) => !(type in state.installs)),
    )
    const wrong = [...faultsOfCommands(body), ...(strange ? ['an installation that is not configured'] : [])]
    if (wrong.length > 0) throw invalid(wrong)
    state.commands = (body as Json[]).map((one) => ({
      ...one,
      id: snowflake(),
      application_id: BOT.id,
      version: snowflake(),
      nsfw: false,
      dm_permission: null,
      default_member_permissions:
        one.default_member_permissions === null ? null : String(one.default_member_permissions),
    }))
    return state.commands
  }

  function history(channel: string, query: URLSearchParams): Json[] {
    allowed(channel)
    const denied = guildOf(channel)?.channels.find((c) => c.id === channel)?.denied ?? 0n
    if ((denied & HISTORY) !== 0n) return []
    const before = query.get('before')
    const limit = Number(query.get('limit') ?? 50)
    if (!(limit >= 1 && limit <= 100)) throw invalid(['limit'])
    const all = posts
      .filter((p) => p.channel === channel && !p.to && (!before || BigInt(p.id) < BigInt(before)))
      .reverse()
    return all.slice(0, limit).map(messageBody)
  }

  function change(channel: string, id: string, body: Json, files: readonly string[]): Json {
    allowed(channel)
    const post = posts.find((p) => p.id === id && p.channel === channel && !p.to)
    if (!post) throw new Refused(404, 10008, 'Unknown Message')
    judged(body, [...files, ...post.attachments.map((a) => String(a.filename))], true)
    return messageBody(redraw(post, body, files))
  }

  function remove(channel: string, id: string): void {
    allowed(channel)
    const at = posts.findIndex((p) => p.id === id && p.channel === channel && !p.to)
    if (at === -1) throw new Refused(404, 10008, 'Unknown Message')
    posts.splice(at, 1)
  }

  function privateChannel(user: string): Json {
    const person = everybody().find((one) => one.id === user)
    if (!person) throw new Refused(400, 50033, 'Invalid Recipient(s)')
    const id = privates.get(user) ?? snowflake()
    privates.set(user, id)
    return { id, type: 1, last_message_id: null, recipients: [userOf(person)] }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://x')
    const call = `${request.method} ${decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '')}`
    const raw = await wholeBody(request)
    if (!raw) return
    response.setHeader('Date', new Date(now()).toUTCString())
    const { body, files } = await read(raw, request.headers['content-type'])
    if (judges) calls.push(call)
    if (isOverLimit(call)) {
      state.limited++
      const wait = Math.max(0.001, ((taken[0] ?? 0) + 1000 - performance.now()) / 1000)
      const headers = {
        'Retry-After': String(wait),
        'X-RateLimit-Global': 'true',
        'X-RateLimit-Scope': 'global',
      }
      return send(
        response,
        429,
        { message: 'You are being rate limited.', retry_after: wait, global: true },
        headers,
      )
    }
    const at = faults.findIndex((one) => one.call.test(call))
    const fault = at >= 0 ? faults.splice(at, 1)[0] : state.chaos?.(call)
    if (fault?.late) await new Promise((done) => setTimeout(done, fault.late))
    if (!fault && url.pathname.startsWith('/ephemeral-attachments/'))
      return sentFiles.serve(request, response)
    const result =
      fault && !fault.done && !fault.late
        ? undefined
        : run(call, request, { body, files, query: url.searchParams })
    if (!fault || fault.late) return send(response, result?.status ?? 500, result?.body)
    if (fault.hang) return
    if (fault.close) return void response.destroy()
    if (fault.retryAfter !== undefined) {
      const headers = { 'Retry-After': String(fault.retryAfter), 'X-RateLimit-Scope': 'user' }
      return send(
        response,
        429,
        { message: 'You are being rate limited.', retry_after: fault.retryAfter, global: false },
        headers,
      )
    }
    send(
      response,
      fault.status ?? 500,
      fault.code === undefined ? undefined : { code: fault.code, message: 'refused' },
    )
  }

  function isOverLimit(call: string): boolean {
    if (/ \/(interactions|webhooks)\//.test(call)) return false
    while (taken[0] !== undefined && taken[0] <= performance.now() - 1000) taken.shift()
    if (taken.length >= state.perSecond) return true
    taken.push(performance.now())
    return false
  }

  function run(call: string, request: IncomingMessage, given: Call): { status: number; body: unknown } {
    try {
      for (const [path, work] of withoutToken) {
        const parts = path.exec(call)
        if (parts) return done(work(given, ...parts.slice(1)))
      }
      if (request.headers.authorization !== `Bot ${state.token}`)
        throw new Refused(401, 0, '401: Unauthorized')
      for (const [path, work] of withToken) {
        const parts = path.exec(call)
        if (parts) return done(work(given, ...parts.slice(1)))
      }
      throw new Refused(404, 0, '404: Not Found')
    } catch (error) {
      if (error instanceof Refused) return { status: error.status, body: error.body }
      throw error
    }
  }

  const done = (body: unknown) => (body === undefined ? { status: 204, body } : { status: 200, body })

  // ---- starting -------------------------------------------------------------------------------

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const shardOf = (id: string | undefined, count: number) =>
    id === undefined ? 0 : Number((BigInt(id) >> 22n) % BigInt(count))
  const gateway = createGateway(server, {
    token: TOKEN,
    replays: judges ? Number.POSITIVE_INFINITY : REPLAYS,
    address,
    shardOf,
    greeting: ({ id, shard }) => {
      const mine = guilds.filter((one) => shardOf(one.id, shard[1]) === shard[0])
      const unavailable = mine.map((one) => ({ id: one.id, unavailable: true }))
      const ready = {
        v: 10,
        user: me(),
        guilds: unavailable,
        session_id: id,
        resume_gateway_url: gateway.url(),
        shard,
        application: { id: BOT.id, flags: 0 },
      }
      return [{ t: 'READY', d: ready }, ...mine.map((one) => ({ t: 'GUILD_CREATE', d: guildBody(one) }))]
    },
  })

  /**
   * A person does something: the bot is notified, and has three seconds. `age`: the delivery time in
   * milliseconds.
   */
  function interact(
    kind: number,
    user: Person,
    where: Where,
    data: Json,
    message?: Posted,
    age = 0,
  ): Pending {
    const [id, token] = [snowflake(), `interaction-${++state.number}`]
    const one: Pending = {
      ...{
        id,
        token,
        kind,
        user: user.id,
        guild: where.guild,
        channel: where.channel,
        at: now() - age,
        source: message,
      },
      ...{ state: 'fresh', ephemeral: false, original: undefined, choices: undefined, answeredAt: undefined },
    }
    pending.set(token, one)
    const permissions = String(permissionsOf(user, where.guild))
    const member = {
      user: userOf(user),
      nick: user.nick ?? null,
      roles: user.roles ?? [],
      permissions,
      joined_at: '2026-01-01T00:00:00.000Z',
      deaf: false,
      mute: false,
      flags: 0,
    }
    gateway.tell(where.guild, 'INTERACTION_CREATE', {
      ...{
        version: 1,
        type: kind,
        id,
        token,
        application_id: BOT.id,
        data,
        locale: 'en-US',
        entitlements: [],
        attachment_size_limit: 10485760,
      },
      ...(where.guild
        ? {
            guild_id: where.guild,
            guild_locale: 'en-US',
            guild: { id: where.guild, locale: 'en-US', features: [] },
            member,
            context: where.context ?? 0,
          }
        : { user: userOf(user), context: where.context ?? 1 }),
      ...{
        channel_id: where.channel,
        app_permissions: String(GRANTED),
        authorizing_integration_owners: where.owners ?? { 0: where.guild ?? '0' },
      },
      channel: where.guild
        ? { id: where.channel, type: 0, guild_id: where.guild, name: 'study' }
        : { id: where.channel, type: 1 },
      ...(message && {
        message: { ...messageBody(message), flags: message.to ? message.flags | EPHEMERAL : message.flags },
      }),
    })
    return one
  }

  /** Returns a message of a person, as Discord passes it on with a command from its menu. */
  function messageOf(author: Person, channel: string, content: string): Json {
    const none = { id: snowflake(), channel, flags: 0, components: [], attachments: [], notified: [] }
    return { ...messageBody(none), author: userOf(author), content }
  }

  return {
    messageOf,
    ...{
      guilds,
      posts,
      modals,
      faults,
      calls,
      pinging,
      state,
      gateway,
      address,
      interact,
      place,
      guildOf,
      snowflake,
      sentFiles,
    },
    api: () => `${address()}/api`,
    /** Sets the permissions under Integrations for a command, or with an empty name for the whole app. */
    override(of: string, command: string, permissions: readonly CommandPermission[]): void {
      const id = command === '' ? state.application : idOf(command)
      state.overrides.set(of, new Map([...(state.overrides.get(of) ?? []), [id, permissions]]))
    },
    mayUse(command: Json, user: Person, where: { guild: string | undefined; channel: string }): boolean {
      if (where.guild === undefined) return true
      const needs = command.default_member_permissions
      const set = state.overrides.get(where.guild)
      const who = { id: user.id, roles: user.roles ?? [], permissions: permissionsOf(user, where.guild) }
      const of = guildOf(where.channel)?.channels.find((c) => c.id === where.channel)
      return mayUse(
        who,
        { guild: where.guild, channel: of?.thread?.parent ?? where.channel },
        needs ? BigInt(String(needs)) : undefined,
        set?.get(String(command.id)) ?? [],
        set?.get(state.application) ?? [],
      )
    },
    /** Returns the channel of direct messages with the bot, if there is one yet. */
    directWith: (user: string) => privates.get(user),
    privateChannel: (user: string) => String(privateChannel(user).id),
    channelDeleted(id: string): void {
      const of = guildOf(id)
      const channel = of?.channels.find((c) => c.id === id)
      if (!of || !channel) throw new Error('no such channel')
      of.channels.splice(of.channels.indexOf(channel), 1)
      gateway.tell(of.id, 'CHANNEL_DELETE', channelOf(channel, of.id))
    },
    /** A person writes in a channel, `ago` milliseconds ago. */
    says(channel: string, ago = 0): void {
      const id = String((BigInt(now() - ago - 1_420_070_400_000) << 22n) | BigInt(++state.number & 0x3fffff))
      const none = { components: [], attachments: [], notified: [] }
      posts.push({ ...none, id, channel, flags: 0 })
      posts.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
    },
    joined(one: Guild): void {
      guilds.push(one)
      gateway.tell(one.id, 'GUILD_CREATE', guildBody(one))
    },
    /** `told`: whether the bot is notified. */
    removed(id: string, told = true): void {
      const of = place(id)
      if (of) guilds.splice(guilds.indexOf(of), 1)
      if (told) gateway.tell(id, 'GUILD_DELETE', { id })
    },
    /**
     * Makes the channel visible only to these users and roles, and the bot. `told`: whether the bot is
     * notified.
     */
    hide(id: string, only: readonly string[] | undefined, told = true): void {
      const of = guildOf(id)
      const channel = of?.channels.find((c) => c.id === id)
      if (!of || !channel) throw new Error('no such channel')
      channel.only = only
      if (told && gateway.isConnected()) gateway.tell(of.id, 'CHANNEL_UPDATE', channelOf(channel, of.id))
    },
    /** Notifies the bot of the present owner and roles of a server. */
    changed(id: string): void {
      const guild = place(id)
      if (!guild) throw new Error('no such server')
      gateway.tell(id, 'GUILD_UPDATE', guildBody(guild))
      for (const role of guildBody(guild).roles as Json[])
        gateway.tell(id, 'GUILD_ROLE_CREATE', { guild_id: id, role })
    },
    deny(id: string, bits: bigint, told = true): void {
      const of = guildOf(id)
      const channel = of?.channels.find((c) => c.id === id)
      if (!of || !channel) throw new Error('no such channel')
      channel.denied = bits
      if (told && gateway.isConnected()) gateway.tell(of.id, 'CHANNEL_UPDATE', channelOf(channel, of.id))
    },
    stop(): void {
      gateway.stop()
      server.close()
      server.closeAllConnections()
    },
  }
}

export type LoopbackDiscord = Awaited<ReturnType<typeof startDiscord>>

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

/** Reads JSON, or a form with files next to `payload_json`. */
async function read(raw: Buffer, type = ''): Promise<{ body: Json; files: string[] }> {
  if (raw.length === 0) return { body: {}, files: [] }
  if (!type.includes('multipart')) return { body: JSON.parse(raw.toString()), files: [] }
  const form = await new Response(raw, { headers: { 'Content-Type': type } }).formData()
  const files = [...form.values()].flatMap((value) => (typeof value === 'string' ? [] : [value.name]))
  return { body: JSON.parse(String(form.get('payload_json'))), files }
}
