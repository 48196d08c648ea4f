/** Discord as the bot sees it. */
import { createHash } from 'node:crypto'
import type { APIDMChannel, APIMessage } from 'discord.js'
import { type Channel as DiscordChannel, type RawFile, type REST, Routes } from 'discord.js'
import { LRUCache } from 'lru-cache'
import type { Log } from '../../bot/deps.js'
import { ChannelGone, type Chat, ChatRefusal, type Person, type Place } from '../../bot/ports/chat.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { type Access, SNOWFLAKE } from './access.js'
import { takesSteps } from './form.js'
import { HISTORY_PAGE, NONCE } from './limits.js'
import { lacking, missingIn } from './permissions.js'
import { attachmentsOf } from './pictures.js'
import { isRefused, translated } from './refusals.js'
import { renderMessage } from './render.js'

export const PLATFORM = 'discord'
/** What stands between a try and the next is far less than this. */
const PAGES = 3
const REMEMBERED = 10_000
/** Nobody and nothing is pinged, whatever the text says. */
export const NO_MENTIONS = { parse: [] }

export interface ChatDeps {
  readonly rest: REST
  /** The bot's own id. */
  readonly me: string
  readonly processes: () => number
  /** A channel, when it is of a server whose shard is in this process. */
  readonly channel: (id: string) => DiscordChannel | undefined
  readonly access: Access
  /** Drops what is remembered of a user. */
  readonly forget: (user: string) => void
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  readonly log: Log
  /** Discord refuses the token. */
  readonly refused: () => void
}

export function createChat(deps: ChatDeps): Chat {
  const { rest, me, processes, channel: known, access: own, forget, draw, log, refused } = deps
  const { serverOf, baseOf: _ofThreads, ...access } = own
  /** The marks of messages, so that one keeps its own when it is drawn again. */
  const marks = new LRUCache<string, number>({ max: REMEMBERED })
  /** Of channels of other processes' shards; a channel stays on its server. */
  const servers = new LRUCache<string, string>({ max: REMEMBERED })

  async function bodyOf(card: Card, mark: number | undefined): Promise<{ body: object; files: RawFile[] }> {
    const { names, files, attachments } = await attachmentsOf(card, draw, log)
    return {
      body: { ...renderMessage(card, names, mark), attachments, allowed_mentions: NO_MENTIONS },
      files,
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
    channel: string,
    card: Card,
    key: string,
    replyTo: string | undefined,
  ): Promise<string> {
    const mark = markOf(key)
    const { body, files } = await bodyOf(card, mark)
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

  return {
    ...access,
    platform: PLATFORM,
    sharedBy: processes,
    takesSteps,
    async post(to, card, key, replyTo) {
      if ('channel' in to) await check(to)
      return create(await channelFor(to), card, key, replyTo)
    },
    async find(to, key) {
      if ('channel' in to && !SNOWFLAKE.test(to.channel)) return undefined
      const channel = await channelFor(to)
      const mark = markOf(key)
      let before: string | undefined
      for (let page = 0; page < PAGES; page++) {
        const query = new URLSearchParams({ limit: String(HISTORY_PAGE), ...(before && { before }) })
        const messages = await callIn<APIMessage[]>(channel, () =>
          rest.get(Routes.channelMessages(channel), { query }),
        )
        const found = messages.filter((m) => m.author.id === me && m.components?.[0]?.id === mark).at(-1)
        if (found) return found.id
        before = messages.at(-1)?.id
        if (messages.length < HISTORY_PAGE) break
      }
      return undefined
    },
    async update({ channel }, message, card) {
      if (!SNOWFLAKE.test(message)) throw new ChatRefusal('The message is no longer there.')
      const { body, files } = await bodyOf(card, marks.get(message))
      await callIn(channel, () => rest.patch(Routes.channelMessage(channel, message), { body, files }))
    },
    forget: async (_workspace, user) => forget(user),
  }
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
