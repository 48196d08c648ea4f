/** Implements the bot's chat interface for Slack. */

import type { Log } from '../../bot/deps.js'
import {
  type Chat,
  ChatBusy,
  ChatRefusal,
  LookUnfinished,
  type Person,
  type Place,
} from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import type { Access } from './access.js'
import { type Api, codeOf, isPassing } from './api.js'
import { sendFilesBelow, withFilesBelow } from './files.js'
import { orGone } from './gone.js'
import { PLATFORM } from './name.js'
import type { Pictures } from './pictures.js'
import { renderMessage } from './render.js'

/** The event type in the metadata of each message that is posted under a key. */
const POSTED = 'cohort_posted'
const PAGE = 100
/** The number of pages in one look, which has a minute; the next look continues after a pause. */
const PAGES = 20
const PAUSE_MS = 10_000
/** Since clocks differ, a message that was posted when due may seem older by this much. */
const MARGIN_MS = 10 * 60_000

/** Codes for a message that is gone, or a channel that takes no threads. */
const NO_THREAD = [
  'thread_not_found',
  'message_not_found',
  'cannot_reply_to_message',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
]

interface History {
  readonly messages?: readonly {
    readonly ts: string
    readonly metadata?: { readonly event_type?: string; readonly event_payload?: { readonly key?: string } }
  }[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

/** Slack's answer to a posted message. */
interface Said {
  readonly channel: string
  readonly ts: string
}

export interface ChatDeps {
  readonly api: Api
  readonly pictures: Pictures
  readonly access: Access
  /** Whether the app of that workspace may read its direct messages. */
  readonly mayLook: (workspace: string) => Promise<boolean>
  /** Returns the person who first installed the app in a workspace; empty if unknown. */
  readonly installer: (workspace: string) => Promise<string>
  readonly log: Log
  /** Drops what is cached about a user. */
  readonly forget: (workspace: string, user: string) => void
}

export function createChat({ api, pictures, access, mayLook, installer, forget, log }: ChatDeps): Chat {
  return {
    ...access,
    platform: PLATFORM,
    capabilities: {
      directMessages: true,
      mentions: {
        hint: 'The ID of a user group, such as S012ABCDEFG: in People, User groups, the menu of the group has "Copy group ID". Nothing means nobody.',
        read: (given) => given.match(/S[A-Z0-9]{7,20}(?![A-Za-z0-9])/)?.[0],
      },
      /** Addresses the first message of the thread, since a reveal is in the thread of its question. */
      async openThread(place, message, replyTo, card, isAgain) {
        const say = async (thread: string) => {
          const args = { channel: place.channel, thread_ts: thread, unfurl_links: false, unfurl_media: false }
          const metadata = { event_type: POSTED, event_payload: { key: `thread-${message}` } }
          return (await deliver(place.workspace, 'chat.postMessage', card, { ...args, metadata })).ts
        }
        const there = isAgain ? await opened(place, replyTo ?? message, `thread-${message}`) : undefined
        if (there !== undefined) return there
        return say(replyTo ?? message).catch((error) => {
          if (replyTo === undefined || !NO_THREAD.includes(codeOf(error) ?? '')) throw error
          return say(message)
        })
      },
      async remove({ workspace, channel }, message) {
        await api.callWithRetry(workspace, 'chat.delete', { channel, ts: message }).catch((error) => {
          if (codeOf(error) !== 'message_not_found') throw error
        })
      },
      async linkTo({ workspace, channel }, message) {
        const args = { channel, message_ts: message }
        return api.callOnce<{ permalink?: string }>(workspace, 'chat.getPermalink', args).then(
          ({ permalink }) => permalink,
          () => undefined,
        )
      },
      async frontDoor(workspace) {
        const user = await installer(workspace)
        return user === '' ? undefined : { workspace, user }
      },
    },
    async post(to, card, key, replyTo) {
      const metadata = { event_type: POSTED, event_payload: { key } }
      const args = {
        channel: 'channel' in to ? to.channel : known(to.user),
        metadata,
        unfurl_links: false,
        unfurl_media: false,
      }
      const post = async (more: object) => {
        const shown = withFilesBelow(card)
        const { channel, ts } = await deliver(to.workspace, 'chat.postMessage', shown, { ...args, ...more })
        await sendFilesBelow(api, log, card, { workspace: to.workspace, channel, thread: ts })
        return ts
      }
      const say = (more: object) => ('channel' in to ? orGone(api, to, () => post(more)) : post(more))
      if (replyTo === undefined) return say({})
      // The message is in the thread of the message that it answers, and visible in the channel, too.
      return say({ thread_ts: replyTo, reply_broadcast: true }).catch((error) => {
        if (!NO_THREAD.includes(codeOf(error) ?? '')) throw error
        return say({})
      })
    },
    async find(to, key, look) {
      const channel = await channelOf(to)
      if (channel === undefined) return undefined
      // This is by Slack's clock, which may differ from that of this machine, with a margin for messages from
      // shortly before it was due.
      const oldest = look && (((await api.now(to.workspace)) - look.ageMs - MARGIN_MS) / 1000).toFixed(6)
      let cursor = look?.page
      for (let page = 0; page < PAGES; page++) {
        const history = await pageOf(to.workspace, {
          ...{ channel, limit: PAGE, include_all_metadata: true },
          ...(oldest && { oldest }),
          ...(cursor && { cursor }),
        })
        const found = (history.messages ?? []).filter(
          ({ ts, metadata }) =>
            metadata?.event_type === POSTED && metadata.event_payload?.key === key && ts !== look?.except,
        )
        // The oldest message under the key is the first that was posted.
        const [first] = found.map(({ ts }) => ts).sort()
        if (first !== undefined) return first
        cursor = history.response_metadata?.next_cursor
        if (!cursor) return undefined
      }
      throw new LookUnfinished(PAUSE_MS, cursor ?? '')
    },
    async update(to, message, card, isMinor) {
      const channel = 'channel' in to ? to.channel : await openDirect(to)
      await deliver(to.workspace, 'chat.update', card, { channel, ts: message }, isMinor)
    },
    forget: async (workspace, user) => forget(workspace, user),
  }

  /** Returns the message that an earlier try has posted in the thread. */
  async function opened({ workspace, channel }: Place, ts: string, key: string): Promise<string | undefined> {
    const args = { channel, ts, limit: PAGE, include_all_metadata: true }
    const { messages = [] } = await api.callOnce<History>(workspace, 'conversations.replies', args)
    return messages.find(({ metadata }) => metadata?.event_payload?.key === key)?.ts
  }

  /** Slack returns one page of 15 messages a minute to apps outside its Marketplace. */
  async function pageOf(workspace: string, args: Record<string, unknown>): Promise<History> {
    try {
      return await api.callOnce<History>(workspace, 'conversations.history', args)
    } catch (error) {
      const isBusy = error instanceof ChatBusy
      if (typeof args.cursor !== 'string' || !(isBusy || isPassing(error))) throw error
      throw new LookUnfinished(isBusy ? error.retryAfterMs : PAUSE_MS, args.cursor)
    }
  }

  /**
   * Direct messages have their own channel, which is searched only if the app may read it; undefined
   * otherwise.
   */
  async function channelOf(to: Place | Person): Promise<string | undefined> {
    if ('channel' in to) return to.channel
    return (await mayLook(to.workspace)) ? openDirect(to) : undefined
  }

  async function openDirect({ workspace, user }: Person): Promise<string> {
    const args = { users: known(user) }
    const { channel } = await api.callOnce<{ channel: { id: string } }>(workspace, 'conversations.open', args)
    return channel.id
  }

  /** A picture that was not ready is added later by changing the message. */
  function deliver(
    workspace: string,
    method: 'chat.postMessage' | 'chat.update',
    card: Card,
    args: Record<string, unknown>,
    isMinor?: boolean,
  ): Promise<Said> {
    return pictures.sendWith(
      workspace,
      { card },
      (files) => api.callOnce<Said>(workspace, method, { ...args, ...renderMessage(card, files) }, isMinor),
      (files, { channel, ts }) =>
        api.callWithRetry(workspace, 'chat.update', { channel, ts, ...renderMessage(card, files) }),
    )
  }
}

function known(user: string): string {
  if (!user) throw new ChatRefusal('It is not known who should get this message.')
  return user
}
