/** Discord through discord.js: events come by the gateway, and messages go by REST. */
import { type Client, type Guild, PermissionsBitField, Routes } from 'discord.js'
import type { App } from '../../bot/app.js'
import { DIRECT } from '../../bot/ports/keys.js'
import type { Picture } from '../../bot/ui/card.js'
import type { Claim } from '../../bot/workspace/application.js'
import { UserError } from '../../core/errors.js'
import { createAckTimer } from '../ack-timer.js'
import { createInFlight } from '../in-flight.js'
import { createLackingNotice, type LackingNotes } from '../lacking-notice.js'
import type { Platform } from '../platform.js'
import { createServerTime } from '../server-time.js'
import { createAccess } from './access.js'
import { createChat, PLATFORM } from './chat.js'
import { createClient, watchChannels } from './client.js'
import type { ClusterLocks } from './cluster-locks.js'
import { createCommandIds } from './command-ids.js'
import { createCommandRights } from './command-rights.js'
import { createDmGuilds } from './dm-guild.js'
import { frontDoor } from './front-door.js'
import { watchEnd } from './gateway-end.js'
import { handleInbound } from './inbound.js'
import { inviteLink } from './invite.js'
import { createOutbound, type References } from './outbound.js'
import { isOnOneOf, lookForMissing, patrol } from './patrol.js'
import { laterMissing, notGiven, OFF } from './permissions.js'
import { createRegistration } from './registration.js'
import { pacedRest, type RestDeps, replyRest, restOptions } from './rest.js'
import { type Connected, placeIn, watchServers } from './servers.js'
import { createShards, type Shards } from './shards.js'
import { hello, login } from './sign-in.js'
import { createUploads } from './uploads.js'

/** The gateway's address comes from the REST API. */
export interface DiscordDeps extends RestDeps {
  /** A getter, because the bot needs the chat first. */
  readonly app: () => App
  /** Throws a `UserError` if stored data belongs to another application. */
  readonly claim: (claim: Claim) => Promise<void>
  /** Returns the server where a user answered last. */
  readonly lastGuild: (user: string) => Promise<string | undefined>
  readonly notes: LackingNotes
  /** The locks by which processes share the shards and the rate limit of the bot. */
  readonly locks: ClusterLocks
  /** Returns a PNG. */
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  /** Whether other platforms are on, which continue when Discord closes its gateway for good. */
  readonly isOneOfMany: boolean
  /** Called when Discord has closed its gateway for good, with the reason in one line. */
  readonly ended: (why: string) => void
}

/** Events are handled as soon as it is created; `beat` connects and closes shards. */
export interface Discord extends Platform {
  beat(): Promise<void>
}

/**
 * Resolves once it is connected and Discord knows its commands. Throws a `UserError` if Discord refuses the
 * token.
 */
export async function createDiscord(deps: DiscordDeps): Promise<Discord> {
  const { log, draw, clock, metrics } = deps
  const acknowledgements = createAckTimer(PLATFORM, metrics)
  const references: References = new WeakMap()
  const options = restOptions(deps, acknowledgements)
  let shards: Shards | undefined
  const processes = () => shards?.processes ?? 1
  const time = createServerTime(clock)
  const rest = pacedRest(options, processes, deps, time)
  const replies = replyRest(acknowledgements, deps)
  const { me, application, isForUsers, recommended } = await hello(rest, deps)
  await deps.claim({
    ...{ platform: PLATFORM, called: 'Discord', variable: 'DISCORD_TOKEN', application: { id: application } },
    knows: (stored) => isOnOneOf(stored, rest),
  })
  const presence = () => deps.app().presence
  await presence().here(PLATFORM, [DIRECT])
  const inFlight = createInFlight()
  const dmGuilds = createDmGuilds(deps.lastGuild, clock)
  const inCache = <T>(find: (client: Client) => T | undefined) =>
    shards
      ?.clients()
      .map(find)
      .find((found) => found !== undefined)
  const channel = (id: string) => inCache((client) => client.channels.cache.get(id))
  const guild = (id: string) => inCache((client) => client.guilds.cache.get(id))
  const access = createAccess({ rest, channel, guild, clock })
  const refused = () =>
    void presence()
      .refused(PLATFORM)
      .catch((error) => log.warn({ error }, 'refused token not noted'))
  const commandIds = createCommandIds()
  const chat = createChat({
    rest,
    withIds: commandIds.inCard,
    me: me.id,
    processes,
    now: () => time.now() ?? clock(),
    channel,
    access,
    frontDoor: async (workspace) => {
      const known = guild(workspace)
      return known && frontDoor(known)
    },
    forget: dmGuilds.forget,
    draw,
    log,
    refused,
  })
  const tellLacking = createLackingNotice({
    ...{ notes: deps.notes, off: OFF, chat, clock, log },
    async missing(id) {
      const permissions = given(guild(id))
      return permissions === undefined ? undefined : notGiven(permissions)
    },
  })
  /** The id is known if this process registered the commands; otherwise Discord is asked. */
  async function idOf(command: string): Promise<string | undefined> {
    if (commandIds.idOf(command) === undefined)
      commandIds.learn(await rest.get(Routes.applicationCommands(application)))
    return commandIds.idOf(command)
  }
  const inbound = {
    app: deps.app,
    tellLacking: (guildId: string) => tellLacking(guildId, inviteLink(application)),
    out: createOutbound({ rest: replies }, draw, log, references, commandIds.inCard),
    dmGuilds,
    mayUse: createCommandRights({ rest, application, idOf, clock }),
    baseOf: access.baseOf,
    acknowledgements,
    references,
    log,
    inFlight,
    uploadOf: createUploads(deps.url, deps.timeoutMs),
  }
  const registration = createRegistration({
    ...{ rest, application, isForUsers, clock, log },
    learn: commandIds.learn,
    commands: () => deps.app().commands,
  })
  let end: string | undefined
  function endFor(why: string): void {
    if (end !== undefined) return
    end = why
    log.error({ why }, 'discord connection closed for good')
    shards?.giveUp()
    deps.ended(why)
  }
  const servers = new WeakMap<Client, Connected>()
  const connected = () => (shards?.clients() ?? []).flatMap((client) => servers.get(client) ?? [])
  const connect = async (shard: number, total: number) => {
    const client = createClient(deps, options, shard, total)
    const ended = new Promise<never>((_resolve, reject) =>
      watchEnd(client, (why) => {
        endFor(why)
        reject(new UserError(why))
      }),
    )
    // Nobody waits for this promise after the connection.
    ended.catch(() => {})
    handleInbound(client, inbound)
    const told = watchServers(client, {
      ...{ presence, log, inFlight },
      greet: (place) => deps.app().greet(place),
      greetNew: (arrivals) => deps.app().greetNew(PLATFORM, arrivals),
    })
    servers.set(client, { told, shard, total })
    watchChannels(client, deps, inFlight)
    await login(client, ended, deps)
    await told.ready()
    await registration.begin()
    const looked = lookForMissing(placeIn({ told, shard, total }), { rest, presence, log })
    void inFlight.track(
      looked.catch((error) =>
        log.warn({ error }, 'servers that were left not looked for, tried again in an hour'),
      ),
    )
    return client
  }
  shards = createShards({ locks: deps.locks, recommended, connect, clock, log })
  await shards.beat()
  await shards.connected().catch(async (error) => {
    if (end !== undefined && deps.isOneOfMany) return
    await shards.stop()
    throw error
  })
  return {
    chat,
    how: () => `${me.username}, ${described(shards)}`,
    works: () => end === undefined && shards.works(),
    start: async () => {},
    async lacks() {
      const servers = shards.clients().flatMap((client) => [...client.guilds.cache.values()])
      return {
        discord_permissions: laterMissing(servers.map((one) => given(one) ?? ALL)),
        discord_commands: registration.lacks(),
        discord_gateway: end,
      }
    },
    async beat() {
      await shards.beat()
      await registration.beat()
      for (const { told } of connected()) await told.retry()
    },
    patrol() {
      const places = connected().map(placeIn)
      return patrol(
        (guild) => places.map((place) => place(guild)).find((is) => is !== 'elsewhere') ?? 'elsewhere',
        { rest, presence, log },
      )
    },
    stop: () => shards.stop(),
    settled: () => inFlight.drain(),
  }
}

/** A server that is not known yet counts as lacking nothing. */
const ALL = PermissionsBitField.All

/** Returns the bot's permissions in a server by its roles; undefined while unknown. */
const given = (guild: Guild | undefined) => guild?.members.me?.permissions.bitfield

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

function described(shards: Shards): string {
  const clients = shards.clients()
  const servers = clients.reduce((sum, client) => sum + client.guilds.cache.size, 0)
  const part = clients.length < shards.total ? `${clients.length} of ` : ''
  return `${count(servers, 'server')}, ${part}${count(shards.total, 'shard')}`
}
