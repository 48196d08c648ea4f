/** Discord as the bot sees it. */
import { createHash } from 'node:crypto'
import type { APIDMChannel, APIGuild, APIMessage, APIThreadChannel } from 'discord.js'
import {
  type Channel as DiscordChannel,
  type RawFile,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js'
import type { Log } from '../../bot/deps.js'
import {
  type Capabilities,
  ChannelGone,
  type Chat,
  ChatBusy,
  ChatRefusal,
  LookUnfinished,
  type Person,
  type Place,
} from '../../bot/ports/chat.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { mentionsOf, withoutGroups } from '../../bot/ui/mentions.js'
import { createBoundedCache } from '../../core/bounded-cache.js'
import { short } from '../../core/text.js'
import { type Access, SNOWFLAKE } from './access.js'
import { takesSteps } from './form.js'
import { HISTORY_PAGE, NONCE, THREAD_NAME } from './limits.js'
import { lacking, missingIn } from './permissions.js'
import { attachmentsOf } from './pictures.js'
import { codeOf, isRefused, translated } from './refusals.js'
import { renderMessage } from './render.js'

export const PLATFORM = 'discord'
/** So many in one look; the next one goes on after a pause. */
const PAGES = 20
const PAUSE_MS = 10_000
/** What is posted when it is due may be older by so much, where clocks differ. */
const MARGIN_MS = 10 * 60_000
const REMEMBERED = 10_000
/** The first second of 2015. */
const DISCORD_EPOCH = 1_420_070_400_000
/** Nobody and nothing is pinged, whatever the text says. */
export const NO_MENTIONS = { parse: [] }
const NO_THREADS =
  'Cohort lacks "Create Public Threads" in the channel. Give it there, under Edit Channel, Permissions.'
/** After a day without a word a thread is put away. */
const DAY_MINUTES = 1440

export interface ChatDeps {
  readonly rest: REST
  /** The bot's own id. */
  readonly me: string
  readonly processes: () => number
  /** The time by Discord's clock, in epoch milliseconds. */
  readonly now: () => number
  /** A channel, when it is of a server whose shard is in this process. */
  readonly channel: (id: string) => DiscordChannel | undefined
  readonly access: Access
  readonly frontDoor: NonNullable<Capabilities['frontDoor']>
  /** Drops what is remembered of a user. */
  readonly forget: (user: string) => void
  /** Makes the commands in it ones to press. */
  readonly withIds: (card: Card) => Card
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  readonly log: Log
  /** Discord refuses the token. */
  readonly refused: () => void
}

export function createChat(deps: ChatDeps): Chat {
  const {
    rest,
    me,
    processes,
    now,
    channel: known,
    access: own,
    frontDoor,
    forget,
    withIds,
    draw,
    log,
    refused,
  } = deps
  const { serverOf, baseOf: _ofThreads, ...access } = own
  /** The marks of messages, so that one keeps its own when it is drawn again. */
  const marks = createBoundedCache<number>(REMEMBERED)
  /** Of channels of other processes' shards; a channel stays on its server. */
  const servers = createBoundedCache<string>(REMEMBERED)

  /** `pings`: it is new; whoever is mentioned in a message that changes has been notified. */
  async function bodyOf(
    { workspace, channel }: Pick<Place, 'workspace'> & Partial<Place>,
    drawn: Card,
    mark: number | undefined,
    pings: boolean,
  ): Promise<{ body: object; files: RawFile[] }> {
    const { groups } = mentionsOf(drawn)
    const roles = groups.length > 0 ? await rolesOf(workspace, channel) : undefined
    const card = roles ? withoutGroups(drawn, (role) => roles.has(role)) : drawn
    const { names, files, attachments } = await attachmentsOf(card, draw, log)
    const allowed_mentions = pings ? allowedIn(card) : NO_MENTIONS
    return { body: { ...renderMessage(withIds(card), names, mark), attachments, allowed_mentions }, files }
  }

  /** The roles that a server has now; undefined where Discord does not say. */
  async function rolesOf(
    server: string,
    channel: string | undefined,
  ): Promise<ReadonlySet<string> | undefined> {
    const ours = channel === undefined ? undefined : known(channel)
    if (ours && !ours.isDMBased()) return new Set(ours.guild.roles.cache.keys())
    try {
      const guild = await call<APIGuild>(() => rest.get(Routes.guild(server)))
      return new Set(guild.roles.map(({ id }) => id))
    } catch (error) {
      log.warn({ workspace: server, error }, 'roles of a server not known')
      return undefined
    }
  }

  /**
   * Throws `ChatRefusal` for what can be seen beforehand: another server, or a permission that is missing.
   */
  async function check({ workspace, channel }: Place): Promise<void> {
    if (!SNOWFLAKE.test(channel))
      throw new ChatRefusal('There is no such channel. Choose one with /team setup.')
    const found = known(channel)
    const ours = found && !found.isDMBased() ? found : undefined
    const server = ours ? ours.guildId : await askServer(channel)
    if (server !== undefined && server !== workspace)
      throw new ChatRefusal('The channel is on another server. Choose one of this server with /team setup.')
    const missing = ours ? missingIn(ours) : []
    if (ours && missing.length > 0) throw new ChatRefusal(lacking(missing, ours.name))
  }

  /** Undefined when the channel is gone, which the post itself is told. */
  async function askServer(channel: string): Promise<string | undefined> {
    const server = servers.get(channel) ?? (await call<string | undefined>(() => serverOf(channel)))
    if (server !== undefined) servers.set(channel, server)
    return server
  }

  /** Discord gives the one channel of direct messages with a user, however often it is asked. */
  async function channelFor(to: Place | Person): Promise<string> {
    if ('channel' in to) return to.channel
    if (!SNOWFLAKE.test(to.user)) throw new ChatRefusal('Nobody is known who could be told.')
    return (
      await call<APIDMChannel>(() => rest.post(Routes.userChannels(), { body: { recipient_id: to.user } }))
    ).id
  }

  async function create(
    to: Place | Person,
    channel: string,
    card: Card,
    key: string,
    replyTo: string | undefined,
  ): Promise<string> {
    const mark = markOf(key)
    const { body, files } = await bodyOf(placeOf(to), card, mark, true)
    const reply = replyTo !== undefined &&
      SNOWFLAKE.test(replyTo) && { message_reference: { message_id: replyTo, fail_if_not_exists: false } }
    const nonce = {
      nonce: hash(`${channel} ${key}`).toString('base64url').slice(0, NONCE),
      enforce_nonce: true,
    }
    const { id } = await callIn<APIMessage>(channel, () =>
      rest.post(Routes.channelMessages(channel), { body: { ...body, ...nonce, ...reply }, files }),
    )
    marks.set(id, mark)
    return id
  }

  async function call<T>(work: () => Promise<unknown>): Promise<T> {
    try {
      return (await work()) as T
    } catch (error) {
      if (isRefused(error)) refused()
      throw translated(error)
    }
  }

  /** A channel that is gone ends what was to be said there, so Discord is asked for it by itself too. */
  async function callIn<T>(channel: string, work: () => Promise<unknown>): Promise<T> {
    try {
      return await call<T>(work)
    } catch (error) {
      if (error instanceof ChannelGone) {
        await call(() => rest.get(Routes.channel(channel)))
        throw new Error(`Discord knows the channel ${channel}, and said that it does not`, { cause: error })
      }
      throw error
    }
  }

  /** A look that is cut goes on at its page, whatever cut it. */
  async function pageOf(channel: string, before: string | undefined): Promise<APIMessage[]> {
    const query = new URLSearchParams({ limit: String(HISTORY_PAGE), ...(before && { before }) })
    try {
      return await callIn<APIMessage[]>(channel, () => rest.get(Routes.channelMessages(channel), { query }))
    } catch (error) {
      if (before === undefined || error instanceof ChatRefusal) throw error
      throw new LookUnfinished(error instanceof ChatBusy ? error.retryAfterMs : PAUSE_MS, before)
    }
  }

  return {
    ...access,
    platform: PLATFORM,
    sharedBy: processes,
    capabilities: {
      directMessages: true,
      takesSteps,
      frontDoor,
      mentions: {
        // The role of a server's own id is that of everybody.
        read: (given, workspace) => (SNOWFLAKE.test(given) && given !== workspace ? given : undefined),
      },
      async remove({ channel }, message) {
        if (!SNOWFLAKE.test(message)) return
        await callIn(channel, () => rest.delete(Routes.channelMessage(channel, message))).catch((error) => {
          if (!(error instanceof ChatRefusal && codeOf(error.cause) === RESTJSONErrorCodes.UnknownMessage))
            throw error
        })
      },
      async linkTo({ workspace, channel }, message) {
        const isKnown = [workspace, channel, message].every((id) => SNOWFLAKE.test(id))
        return isKnown ? `https://discord.com/channels/${workspace}/${channel}/${message}` : undefined
      },
      async openThread({ channel }, message, _replyTo, card) {
        if (!SNOWFLAKE.test(message)) throw new ChatRefusal('The message is no longer there.')
        const body = {
          name: short(card.title ?? 'Discussion', THREAD_NAME),
          auto_archive_duration: DAY_MINUTES,
        }
        try {
          return (
            await callIn<APIThreadChannel>(channel, () =>
              rest.post(Routes.threads(channel, message), { body }),
            )
          ).id
        } catch (error) {
          // An earlier try got through, or somebody was quicker: the thread of a message has its id.
          if (codeOf(error) === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) return message
          const cause = error instanceof ChatRefusal ? codeOf(error.cause) : undefined
          throw cause === RESTJSONErrorCodes.MissingPermissions
            ? new ChatRefusal(NO_THREADS, { cause: error })
            : error
        }
      },
    },
    async post(to, card, key, replyTo) {
      if ('channel' in to) await check(to)
      return create(to, await channelFor(to), card, key, replyTo)
    },
    async find(to, key, look) {
      if ('channel' in to && !SNOWFLAKE.test(to.channel)) return undefined
      const channel = await channelFor(to)
      const isOurs = ({ id, author, components }: APIMessage) =>
        author.id === me && components?.[0]?.id === markOf(key) && id !== look?.except
      const oldest = look && snowflakeAt(now() - look.ageMs - MARGIN_MS)
      let before = look?.page
      for (let page = 0; page < PAGES; page++) {
        const messages = await pageOf(channel, before)
        // The oldest under the key is the first that was posted.
        const found = messages.filter(isOurs).at(-1)
        if (found) return found.id
        before = messages.at(-1)?.id
        const isAll = before === undefined || messages.length < HISTORY_PAGE
        if (isAll || (oldest !== undefined && BigInt(before ?? 0) < oldest)) return undefined
      }
      throw new LookUnfinished(PAUSE_MS, before ?? '')
    },
    async update(to, message, card) {
      if (!SNOWFLAKE.test(message)) throw new ChatRefusal('The message is no longer there.')
      const channel = await channelFor(to)
      const { body, files } = await bodyOf(placeOf(to), card, marks.get(message), false)
      await callIn(channel, () => rest.patch(Routes.channelMessage(channel, message), { body, files }))
    },
    forget: async (_workspace, user) => forget(user),
  }
}

const placeOf = (to: Place | Person) => ({
  workspace: to.workspace,
  ...('channel' in to && { channel: to.channel }),
})

/** Only what the card itself mentions, which a setting or somebody's yes has put there. */
function allowedIn(card: Card): { parse: []; roles?: string[]; users?: string[] } {
  const { groups, members } = mentionsOf(card)
  const roles = groups.filter((id) => SNOWFLAKE.test(id))
  const users = members.filter((id) => SNOWFLAKE.test(id))
  return { parse: [], ...(roles.length > 0 && { roles }), ...(users.length > 0 && { users }) }
}

/** The least id of what was made at that time: "Snowflakes" in Discord's documentation. */
function snowflakeAt(time: number): bigint {
  return BigInt(Math.max(0, Math.floor(time) - DISCORD_EPOCH)) << 22n
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/**
 * A number of 31 bits for the outermost component, which comes back with the message: what was posted under a
 * key is found by it.
 */
function markOf(key: string): number {
  return (hash(key).readUInt32BE(0) >>> 1) | 1
}
