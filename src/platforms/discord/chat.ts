/** Implements the bot's chat interface for Discord. */
import {
  type APIDMChannel,
  type APIMessage,
  type APIThreadChannel,
  type Channel as DiscordChannel,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js'
import type { Log } from '../../bot/deps.js'
import { type Capabilities, type Chat, ChatRefusal, type Person, type Place } from '../../bot/ports/chat.js'
import type { Card, Picture } from '../../bot/ui/card.js'
import { createBoundedCache } from '../../core/bounded-cache.js'
import { short } from '../../core/text.js'
import { type Access, SNOWFLAKE } from './access.js'
import { createCalls } from './chat-calls.js'
import { takesSteps } from './form-steps.js'
import { createFindPosted, hash, markOf } from './history.js'
import { NONCE, THREAD_NAME } from './limits.js'
import { createBodyOf } from './message-body.js'
import { lacking, missingIn } from './permissions.js'
import { codeOf } from './refusals.js'

export const PLATFORM = 'discord'
const REMEMBERED = 10_000
const NO_THREADS =
  'Cohort lacks "Create Public Threads" in the channel. Give it there, under Edit Channel, Permissions.'
/** Discord archives a thread after a day without a message. */
const DAY_MINUTES = 1440

export interface ChatDeps {
  readonly rest: REST
  /** The bot's own id. */
  readonly me: string
  readonly processes: () => number
  /** Returns the time by Discord's clock, in epoch milliseconds. */
  readonly now: () => number
  /** Returns a channel of a server whose shard is in this process. */
  readonly channel: (id: string) => DiscordChannel | undefined
  readonly access: Access
  readonly frontDoor: NonNullable<Capabilities['frontDoor']>
  /** Drops what is cached about a user. */
  readonly forget: (user: string) => void
  /** Sets the ids of the commands in a card, so that they can be pressed. */
  readonly withIds: (card: Card) => Card
  readonly draw: (picture: Picture) => Promise<Uint8Array>
  readonly log: Log
  /** Called when Discord refuses the token. */
  readonly refused: () => void
}

export function createChat(deps: ChatDeps): Chat {
  const { rest, processes, channel: known, access: own, frontDoor, forget } = deps
  const { serverOf, baseOf: _ofThreads, ...access } = own
  const { call, callIn } = createCalls(deps)
  const bodyOf = createBodyOf({ ...deps, call })
  const findPosted = createFindPosted({ ...deps, callIn })
  /** The marks of messages, so that a message keeps its mark when it is redrawn. */
  const marks = createBoundedCache<number>(REMEMBERED)
  /** The servers of channels of other processes' shards; a channel never changes its server. */
  const servers = createBoundedCache<string>(REMEMBERED)

  /** Throws a `ChatRefusal` for known obstacles: another server, or a missing permission. */
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

  /** Undefined if the channel is gone; the post itself then fails. */
  async function askServer(channel: string): Promise<string | undefined> {
    const server = servers.get(channel) ?? (await call<string | undefined>(() => serverOf(channel)))
    if (server !== undefined) servers.set(channel, server)
    return server
  }

  /** Opens the channel of direct messages with a user, which is the same every time. */
  async function channelFor(to: Place | Person): Promise<string> {
    if ('channel' in to) return to.channel
    if (!SNOWFLAKE.test(to.user)) throw new ChatRefusal('It is not known who should get this message.')
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

  return {
    ...access,
    platform: PLATFORM,
    sharedBy: processes,
    capabilities: {
      directMessages: true,
      takesSteps,
      frontDoor,
      mentions: {
        // The role with the server's own id is the one of everybody.
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
          // An earlier try got through, or another process was faster: the thread of a message has the
          // message's id.
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
      return findPosted(await channelFor(to), key, look)
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
