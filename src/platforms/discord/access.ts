/**
 * Decides who may see a channel: computed from the gateway's events, or by asking Discord if the channel
 * belongs to another process's shard.
 */
import {
  type APIGuild,
  type APIGuildMember,
  ChannelType,
  RESTJSONErrorCodes as Code,
  type Channel as DiscordChannel,
  type Guild,
  type NonThreadGuildBasedChannel,
  type REST,
  Routes,
} from 'discord.js'
import { type Chat, ChatRefusal } from '../../bot/ports/chat.js'
import { createLookup } from '../lookup.js'
import { withTimeout } from '../timeout.js'
import { managesThreads, type Overwrite, type Server, views } from './permissions.js'
import { codeOf, translated } from './refusals.js'

export interface AccessDeps {
  readonly rest: REST
  /** Returns a channel of this process's shards. */
  readonly channel: (id: string) => DiscordChannel | undefined
  readonly guild: (id: string) => Guild | undefined
  readonly clock: () => number
}

export interface Access
  extends Pick<Chat, 'access' | 'isThere' | 'isStillIn' | 'isPrivate' | 'checkChannel'> {
  /**
   * Returns the server of a channel; empty for a direct message, undefined if there is no such channel.
   * Rejects if Discord does not answer.
   */
  serverOf(channel: string): Promise<string | undefined>
  /**
   * Returns the channel that a thread hangs on, or the channel itself. Rejects if Discord does not answer.
   */
  baseOf(channel: string): Promise<string>
}

interface Where {
  /** Empty for a direct message. */
  readonly server: string
  readonly overwrites: readonly Overwrite[]
  /** The channel that a thread hangs on; undefined for a channel. */
  readonly parent: string | undefined
  /** True for a private thread, which only added members see. */
  readonly isClosed: boolean
}

/** The format of Discord's ids; other values are not addresses on Discord. */
export const SNOWFLAKE = /^\d{5,20}$/
/** Short, because a person waits for a board meanwhile. */
const THERE_MS = 1500
const NO_CHANNEL = 'There is no such channel on this server that you can see. Choose another one.'

export function createAccess({ rest, channel, guild, clock }: AccessDeps): Access {
  const asked = {
    channel: createLookup((_any, id) => orNone<AnyChannel>(rest.get(Routes.channel(id))), clock),
    guild: createLookup(async (_any, id) => (await rest.get(Routes.guild(id))) as APIGuild, clock),
    member: createLookup(
      (server, id) => orNone<APIGuildMember>(rest.get(Routes.guildMember(server, id))),
      clock,
    ),
    inThread: createLookup((thread, id) => orNone<object>(rest.get(Routes.threadMembers(thread, id))), clock),
  }

  async function whereIs(id: string, forceRefresh = false): Promise<Where | undefined> {
    if (!SNOWFLAKE.test(id)) return undefined
    const known = channel(id)
    if (known && !known.isDMBased() && !known.isThread()) return fromGateway(known)
    const found = await asked.channel('', id, forceRefresh)
    return found && fromRest(found)
  }

  async function serverCalled(id: string): Promise<Server> {
    const known = guild(id)
    if (known)
      return {
        id,
        owner: known.ownerId,
        roles: known.roles.cache.mapValues((role) => role.permissions.bitfield),
      }
    const { owner_id, roles } = await asked.guild('', id)
    return { id, owner: owner_id, roles: new Map(roles.map((role) => [role.id, BigInt(role.permissions)])) }
  }

  /** Rejects if Discord does not answer. */
  async function sees(workspace: string, id: string, user: string, forceRefresh = false): Promise<boolean> {
    const where = await whereIs(id, forceRefresh)
    if (where?.server !== workspace || !SNOWFLAKE.test(user)) return false
    const member = await asked.member(workspace, user, forceRefresh)
    const base = where.parent === undefined ? where : await whereIs(where.parent, forceRefresh)
    if (!member || !base) return false
    const [server, who] = [await serverCalled(workspace), { id: user, roles: member.roles }]
    if (!views(server, base.overwrites, who)) return false
    return (
      !where.isClosed ||
      managesThreads(server, base.overwrites, who) ||
      (await asked.inThread(id, user, forceRefresh)) !== undefined
    )
  }

  async function isOpen(workspace: string, id: string): Promise<boolean> {
    const where = await whereIs(id)
    if (where?.server !== workspace || where.isClosed) return false
    const base = where.parent === undefined ? where : await whereIs(where.parent)
    return base !== undefined && views(await serverCalled(workspace), base.overwrites, { id: '', roles: [] })
  }

  return {
    serverOf: async (id) => (await whereIs(id))?.server,
    baseOf: async (id) => (await whereIs(id))?.parent ?? id,
    access: (place, user) =>
      sees(place.workspace, place.channel, user).then(
        (does) => (does ? 'yes' : 'no'),
        () => 'unknown',
      ),
    async isThere({ workspace, user }) {
      if (!SNOWFLAKE.test(workspace) || !SNOWFLAKE.test(user)) return 'unknown'
      const asking = asked.member(workspace, user, true).then(
        (member) => (member ? 'yes' : 'no'),
        () => 'unknown' as const,
      )
      return (await withTimeout(THERE_MS, asking)) ?? 'unknown'
    },
    async isStillIn({ workspace, channel: id }, user) {
      const asking = whereIs(id).then((where) =>
        where?.server === workspace ? sees(workspace, id, user) : undefined,
      )
      const does = await withTimeout(
        THERE_MS,
        asking.catch(() => undefined),
      )
      return does === undefined ? 'unknown' : does ? 'yes' : 'no'
    },
    isPrivate: (place) =>
      isOpen(place.workspace, place.channel).then(
        (is) => !is,
        () => true,
      ),
    async checkChannel({ workspace, channel: id }, user) {
      const where = await whereIs(id, true).catch(refused)
      const isHere = where?.server === workspace
      if (!isHere || (user !== undefined && !(await sees(workspace, id, user, true).catch(refused))))
        throw new ChatRefusal(NO_CHANNEL)
    },
  }
}

function refused(error: unknown): never {
  throw translated(error)
}

/** Codes for "there is no such thing, or the user is not in it". */
const NONE: readonly (number | undefined)[] = [Code.UnknownChannel, Code.UnknownMember, Code.UnknownUser]

async function orNone<T>(asking: Promise<unknown>): Promise<T | undefined> {
  try {
    return (await asking) as T
  } catch (error) {
    if (NONE.includes(codeOf(error))) return undefined
    throw error
  }
}

function fromGateway({ guildId, permissionOverwrites }: NonThreadGuildBasedChannel): Where {
  const overwrites = permissionOverwrites.cache.map(({ id, allow, deny }) => ({
    id,
    allow: allow.bitfield,
    deny: deny.bitfield,
  }))
  return { server: guildId, overwrites, parent: undefined, isClosed: false }
}

/** The properties of a channel from the REST API that are read. */
interface AnyChannel {
  readonly type: ChannelType
  readonly guild_id?: string
  readonly parent_id?: string | null
  readonly permission_overwrites?: readonly {
    readonly id: string
    readonly allow: string
    readonly deny: string
  }[]
}

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
]

function fromRest({ type, guild_id = '', parent_id, permission_overwrites = [] }: AnyChannel): Where {
  const overwrites = permission_overwrites.map(({ id, allow, deny }) => ({
    id,
    allow: BigInt(allow),
    deny: BigInt(deny),
  }))
  const parent = THREADS.includes(type) ? (parent_id ?? '') : undefined
  return { server: guild_id, overwrites, parent, isClosed: type === ChannelType.PrivateThread }
}
