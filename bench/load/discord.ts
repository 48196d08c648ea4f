/** Discord for the load: a gateway with one shard and one server, and the routes that take what the bot says. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Card } from '../../bot/ui/card.js'
import { renderMessage } from '../../platforms/discord/render.js'
import { type Acts, createActs } from './acts.js'
import { answer, bodyOf, HOST, listening, type Side, send } from './side.js'

const BOT = { id: '900000000000000001', username: 'cohort', discriminator: '0', global_name: null, avatar: null, bot: true }
const GUILD = '900000000000000002'
const MESSAGE = '900000000000000003'
const GRANTED = String((1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n))
const HEARTBEAT_MS = 41_250
const OP = { dispatch: 0, heartbeat: 1, identify: 2, hello: 10, ack: 11 } as const
const [COMMAND, COMPONENT] = [2, 3]
/** What the token of an interaction begins with, before its number. */
const PRESS = 'press-'

const channel = (team: number) => String(910_000_000_000_000_000n + BigInt(team))
const user = (person: number) => String(920_000_000_000_000_000n + BigInt(person))

/** `card`: what stands in the messages that are pressed, which Discord sends along. `teams`: as many channels the server has. */
export async function startDiscordSide(card: Card, teams: number): Promise<Side> {
  const [presses, lookUps] = [createActs(), createActs()]
  const redrawn = new Map<string, string>()
  const state = { socket: undefined as WebSocket | undefined, sent: 0 }
  const server = createServer((request, response) => {
    const [area = '', first = '', second = '', third = ''] = (request.url ?? '').replace(/^\/api\/v10\//, '').split(/[/?]/)
    if (area === 'interactions') {
      actsOf(second).acknowledged(numberOf(second))
      answer(request, response, 204)
    } else if (area === 'webhooks') {
      actsOf(second).shown(numberOf(second))
      answer(request, response, 200, { id: MESSAGE, channel_id: first, type: 0, content: '' })
    } else if (area === 'channels' && third !== '' && request.method === 'PATCH') void redraw(first, request, response)
    else answer(request, response, 200, resultOf(area, first, second))
  })
  const port = await listening(server)
  const door = new WebSocketServer({ server, path: '/gateway' })
  door.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: OP.hello, d: { heartbeat_interval: HEARTBEAT_MS } }))
    socket.on('message', (data) => {
      const { op } = JSON.parse(String(data))
      if (op === OP.heartbeat) socket.send(JSON.stringify({ op: OP.ack }))
      if (op === OP.identify) greet(socket)
    })
  })

  const actsOf = (token: string): Acts => (token.startsWith(PRESS) ? presses : lookUps)
  const numberOf = (token: string) => Number(token.slice(token.indexOf('-') + 1))

  async function redraw(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    redrawn.set(id, await bodyOf(request))
    send(response, 200, { id: MESSAGE, channel_id: id })
  }

  function resultOf(area: string, first: string, more: string): object {
    if (area === 'gateway') {
      const limit = { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 }
      return { url: `ws://${HOST}:${port}/gateway`, shards: 1, session_start_limit: limit }
    }
    if (first === '@me' && area === 'users' && more === 'guilds') return [{ id: GUILD }]
    return area === 'applications' && first !== '@me' ? [] : { ...BOT, ...(/^\d+$/.test(first) && { id: first }) }
  }

  function dispatch(t: string, d: object): void {
    state.socket?.send(JSON.stringify({ op: OP.dispatch, s: ++state.sent, t, d }))
  }

  function greet(socket: WebSocket): void {
    Object.assign(state, { socket, sent: 0 })
    const resume = `ws://${HOST}:${port}/gateway`
    const guilds = [{ id: GUILD, unavailable: true }]
    dispatch('READY', {
      v: 10,
      user: BOT,
      guilds,
      session_id: 'load',
      resume_gateway_url: resume,
      shard: [0, 1],
      application: { id: BOT.id, flags: 0 },
    })
    dispatch('GUILD_CREATE', guildOf(teams))
  }

  const message = renderMessage(card, new Map())
  function interact(type: number, team: number, person: number, token: string, data: object, more: object = {}): void {
    const who = { id: user(person), username: `person.${person}`, discriminator: '0', global_name: `Person ${person}`, avatar: null }
    const place = { id: channel(team), type: 0, guild_id: GUILD, name: 'study' }
    dispatch('INTERACTION_CREATE', {
      ...{
        version: 1,
        type,
        id: String(930_000_000_000_000_000n + BigInt(state.sent)),
        token,
        application_id: BOT.id,
        data,
        locale: 'en-US',
      },
      ...{ entitlements: [], attachment_size_limit: 10_485_760, context: 0, authorizing_integration_owners: { 0: GUILD } },
      ...{ guild_id: GUILD, guild_locale: 'en-US', guild: { id: GUILD, locale: 'en-US', features: [] } },
      ...{ channel_id: place.id, channel: place, app_permissions: GRANTED, ...more },
      member: {
        user: who,
        nick: null,
        roles: [],
        permissions: GRANTED,
        joined_at: '2026-01-01T00:00:00.000Z',
        deaf: false,
        mute: false,
        flags: 0,
      },
    })
  }

  return {
    platform: 'discord',
    workspace: GUILD,
    message: MESSAGE,
    env: { DISCORD_TOKEN: `${Buffer.from(BOT.id).toString('base64url')}.load.token`, DISCORD_API_URL: `http://${HOST}:${port}/api` },
    ...{ presses, lookUps, channel, user },
    press(team, person, action, due) {
      const shown = {
        ...message,
        id: MESSAGE,
        channel_id: channel(team),
        type: 0,
        author: BOT,
        content: '',
        timestamp: '2026-01-01T00:00:00.000Z',
      }
      const rest = {
        edited_timestamp: null,
        tts: false,
        mention_everyone: false,
        mentions: [],
        mention_roles: [],
        embeds: [],
        attachments: [],
        pinned: false,
      }
      const data = { component_type: 2, custom_id: action, id: 7 }
      interact(COMPONENT, team, person, `${PRESS}${presses.begin(due)}`, data, { message: { ...shown, ...rest } })
    },
    type(team, person, command, words, due) {
      const options = words === '' ? [] : [{ name: 'query', type: 3, value: words }]
      const data = { id: '940000000000000001', type: 1, name: command, options }
      interact(COMMAND, team, person, `look-${lookUps.begin(due)}`, data)
    },
    redrawn: (team) => redrawn.get(channel(team)) ?? '',
    reach() {},
    stop() {
      for (const client of door.clients) client.terminate()
      door.close()
      server.close()
      server.closeAllConnections()
    },
  }
}

function guildOf(teams: number): object {
  const role = {
    id: GUILD,
    name: '@everyone',
    permissions: GRANTED,
    position: 0,
    color: 0,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  }
  const bot = { user: BOT, nick: null, roles: [], joined_at: '2026-01-01T00:00:00.000Z', deaf: false, mute: false, flags: 0 }
  const channels = Array.from({ length: teams }, (_, team) => ({
    ...{ id: channel(team), type: 0, guild_id: GUILD, name: `team-${team}`, position: team, permission_overwrites: [], nsfw: false },
    ...{ topic: null, parent_id: null, last_message_id: null, rate_limit_per_user: 0 },
  }))
  const none = { emojis: [], stickers: [], features: [], threads: [], presences: [], voice_states: [], stage_instances: [] }
  const levels = {
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
  }
  return {
    ...{ ...none, ...levels, id: GUILD, name: 'Load', icon: null, owner_id: '0', roles: [role], channels, members: [bot] },
    ...{ guild_scheduled_events: [], soundboard_sounds: [], large: false, unavailable: false, member_count: 2, joined_at: bot.joined_at },
    ...{
      preferred_locale: 'en-US',
      system_channel_id: null,
      system_channel_flags: 0,
      rules_channel_id: null,
      afk_channel_id: null,
      afk_timeout: 300,
    },
  }
}
