/** Discord: the gateway for what people do, REST for what the bot says, through discord.js. */
import {
  ActivityType,
  Client,
  RESTJSONErrorCodes as Code,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  Options,
  RESTEvents,
  Routes,
  Status,
} from 'discord.js'
import type { App, Log } from '../../bot/app.js'
import type { Picture } from '../../bot/card.js'
import type { Chat } from '../../bot/chat.js'
import { UserError } from '../../core/errors.js'
import { within } from '../patience.js'
import { createChat, PLATFORM } from './chat.js'
import { createHomes } from './homes.js'
import { handleInbound } from './inbound.js'
import { createOutbound } from './outbound.js'
import { codeOf } from './refusals.js'
import { registerCommands } from './register.js'

export interface DiscordDeps {
  readonly token: string
  /** Base of the REST API; the gateway's address comes from there. */
  readonly url: string | undefined
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  /** Deletes all of a server that was left. */
  readonly purge: (guild: string) => Promise<boolean>
  /** The servers that anything is stored of. */
  readonly guilds: () => Promise<readonly string[]>
  /** The server where a user answered last. */
  readonly lastGuild: (user: string) => Promise<string | undefined>
  /** Gives a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  readonly clock: () => number
  readonly log: Log
  /** How long one call of the REST API may take. */
  readonly timeoutMs?: number
}

export interface Discord {
  readonly chat: Chat
  readonly how: string
  works(): boolean
  stop(): Promise<void>
}

const TIMEOUT_MS = 10_000
/** A shorter wait is waited out by discord.js; a longer one is given back to the bot, which does other things meanwhile. */
const WAIT_MS = 5000
/** From the first call to the servers being known. */
const READY_MS = 60_000
/** Discord bans an address for an hour after 10,000 answers of 401, 403 and 429 within ten minutes. */
const INVALID_WARNING = 500

/** Connected, and with its commands known to Discord. Throws `UserError` when Discord refuses the token. */
export async function createDiscord(deps: DiscordDeps): Promise<Discord> {
  const { log, draw } = deps
  const client = createClient(deps)
  client.on(Events.Error, (error) => log.error({ error }, 'discord client failed'))
  client.on(Events.ShardError, (error, shard) => log.warn({ error, shard }, 'discord connection failed'))
  client.on(Events.ShardDisconnect, (event, shard) => log.error({ shard, code: event.code }, 'discord connection closed for good'))
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'discord connection resumed'))
  client.rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    log.warn({ count, seconds: Math.round(remainingTime / 1000) }, 'discord refuses much: at 10,000 it bans this address'),
  )
  client.rest.on(RESTEvents.RateLimited, ({ route, timeToReset, global }) =>
    log.info({ route, ms: timeToReset, global }, 'discord asks to wait'),
  )
  handleInbound(client, {
    app: deps.app,
    out: createOutbound(client, draw, log),
    homes: createHomes(deps.lastGuild, deps.clock),
    log,
  })
  watchRemovals(client, deps)
  await connect(client, deps)
  await register(client, deps)
  void forgetLeft(client, deps)
  return {
    chat: createChat(client, draw, log),
    how: `${client.user?.tag ?? 'unknown'}, ${count(client.guilds.cache.size, 'server')}, ${count(client.ws.shards.size, 'shard')}`,
    works: () => client.ws.shards.size > 0 && client.ws.shards.every((shard) => shard.status === Status.Ready),
    stop: () => client.destroy(),
  }
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

/** Only what is asked for later is kept: servers, their channels and roles, and the bot itself. */
function createClient({ url, timeoutMs = TIMEOUT_MS }: DiscordDeps): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    // As many connections as Discord recommends for the number of servers.
    shards: 'auto',
    presence: { activities: [{ type: ActivityType.Custom, name: 'A question a day', state: 'A question a day: /help' }] },
    allowedMentions: { parse: [] },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      ...Object.fromEntries(NOT_KEPT.map((manager) => [manager, 0])),
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      UserManager: { maxSize: 0, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
    rest: {
      ...(url && { api: url.replace(/\/+$/, '') }),
      // Its own client may get the connections of another undici, such as that of Slack's library, and then cannot send files.
      makeRequest: (address, init) => fetch(address, init as unknown as RequestInit),
      timeout: timeoutMs,
      retries: 2,
      invalidRequestWarningInterval: INVALID_WARNING,
      rejectOnRateLimit: ({ retryAfter }) => retryAfter > WAIT_MS,
    },
  })
}

const NOT_KEPT = [
  ...['MessageManager', 'ReactionManager', 'PresenceManager', 'VoiceStateManager', 'ThreadManager', 'ThreadMemberManager'],
  ...['GuildEmojiManager', 'GuildStickerManager', 'GuildInviteManager', 'GuildScheduledEventManager', 'StageInstanceManager'],
]

async function connect(client: Client, { token, url }: DiscordDeps): Promise<void> {
  try {
    const ready = new Promise<true>((resolve) => client.once(Events.ClientReady, () => resolve(true)))
    await client.login(token)
    if (!(await within(READY_MS, ready))) throw new Error('its gateway gave no sign of life')
  } catch (error) {
    await client.destroy()
    throw new UserError(
      refused(error) ?? `Discord does not answer (${messageOf(error)}); check the network${url ? ', or DISCORD_API_URL' : ''}`,
    )
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function refused(error: unknown): string | undefined {
  const isToken =
    (error instanceof DiscordAPIError && error.status === 401) || /invalid token|Authentication failed|4004/i.test(messageOf(error))
  return isToken ? 'DISCORD_TOKEN: Discord refuses it; take the one under "Bot", "Reset Token"' : undefined
}

async function register(client: Client, { app, log }: DiscordDeps): Promise<void> {
  const id = client.application?.id ?? client.user?.id ?? ''
  try {
    if (await registerCommands(client.rest, id, app().commands)) log.info({}, 'discord commands registered')
  } catch (error) {
    log.error({ error }, 'discord commands not registered, tried again at the next start')
  }
}

function watchRemovals(client: Client, { app, purge, log }: DiscordDeps): void {
  const logged = (work: Promise<unknown>) => work.catch((error) => log.error({ error }, 'discord removal failed'))
  // A server that is merely away for a while is told as unavailable, which is another event.
  client.on(Events.GuildDelete, (guild) =>
    logged(purge(guild.id).then((gone) => gone && log.info({ guild: guild.id }, 'discord server purged'))),
  )
  client.on(Events.ChannelDelete, (channel) => {
    if (!channel.isDMBased()) logged(app().channelGone({ platform: PLATFORM, workspace: channel.guildId, channel: channel.id }))
  })
}

/** Servers that removed the bot while it was away: Discord is asked about each that is not among its own. */
async function forgetLeft(client: Client, { guilds, purge, log }: DiscordDeps): Promise<void> {
  try {
    for (const guild of await guilds()) {
      if (!/^\d+$/.test(guild) || client.guilds.cache.has(guild)) continue
      const code = await client.rest.get(Routes.guild(guild)).then(() => undefined, codeOf)
      if (code === Code.UnknownGuild || code === Code.MissingAccess) await purge(guild)
    }
  } catch (error) {
    log.warn({ error }, 'servers that were left not looked for, tried again at the next start')
  }
}
