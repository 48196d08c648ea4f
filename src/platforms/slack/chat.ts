/** Slack as the bot sees it. */

import { type Chat, ChatRefusal, type Person, type Place } from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import type { Access } from './access.js'
import { type Api, codeOf } from './api.js'
import { orGone } from './gone.js'
import { PLATFORM } from './name.js'
import type { Pictures } from './pictures.js'
import { renderMessage } from './render.js'

/** In the metadata of each message that is posted under a key. */
const POSTED = 'cohort_posted'
/** What stands between a try and the next is far less than a page of history. */
const PAGES = 3
const PAGE = 100

/** The message is gone, or the channel takes no threads. */
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

export interface ChatDeps {
  readonly api: Api
  readonly pictures: Pictures
  readonly access: Access
  /** Whether an app of that workspace may read its direct messages. */
  readonly mayLook: (workspace: string) => Promise<boolean>
  /** Drops what is remembered of a user. */
  readonly forget: (workspace: string, user: string) => void
}

export function createChat({ api, pictures, access, mayLook, forget }: ChatDeps): Chat {
  return {
    ...access,
    platform: PLATFORM,
    async post(to, card, key, replyTo) {
      const metadata = { event_type: POSTED, event_payload: { key } }
      const args = {
        channel: 'channel' in to ? to.channel : known(to.user),
        metadata,
        unfurl_links: false,
        unfurl_media: false,
      }
      const send = async (more: object) =>
        (await deliver<{ ts: string }>(to.workspace, 'chat.postMessage', card, { ...args, ...more })).ts
      const say = (more: object) => ('channel' in to ? orGone(api, to, () => send(more)) : send(more))
      if (replyTo === undefined) return say({})
      // In the thread of what it answers, and in the channel for all to see.
      return say({ thread_ts: replyTo, reply_broadcast: true }).catch((error) => {
        if (!NO_THREAD.includes(codeOf(error) ?? '')) throw error
        return say({})
      })
    },
    groups: {
      hint: 'The ID of a user group, such as S012ABCDEFG: in People, User groups, the menu of the group has "Copy group ID". Nothing means nobody.',
      read: (given) => given.match(/S[A-Z0-9]{7,20}(?![A-Za-z0-9])/)?.[0],
    },
    /** The first message of the thread: a reveal stands in the thread of its question. */
    async discuss(place, message, replyTo, card, isAgain) {
      const say = async (thread: string) => {
        const args = { channel: place.channel, thread_ts: thread, unfurl_links: false, unfurl_media: false }
        const metadata = { event_type: POSTED, event_payload: { key: `thread-${message}` } }
        return (
          await deliver<{ ts: string }>(place.workspace, 'chat.postMessage', card, { ...args, metadata })
        ).ts
      }
      const there = isAgain ? await opened(place, replyTo ?? message, `thread-${message}`) : undefined
      if (there !== undefined) return there
      return say(replyTo ?? message).catch((error) => {
        if (replyTo === undefined || !NO_THREAD.includes(codeOf(error) ?? '')) throw error
        return say(message)
      })
    },
    async find(to, key) {
      const { workspace } = to
      const channel = await channelOf(to)
      if (channel === undefined) return undefined
      let found: string | undefined
      let cursor: string | undefined
      for (let page = 0; page < PAGES; page++) {
        const args = { channel, limit: PAGE, include_all_metadata: true, ...(cursor && { cursor }) }
        const history = await api.callOnce<History>(workspace, 'conversations.history', args)
        // The oldest under the key is the first that was posted.
        for (const { ts, metadata } of history.messages ?? [])
          if (metadata?.event_type === POSTED && metadata.event_payload?.key === key) found = ts
        cursor = history.response_metadata?.next_cursor
        if (!cursor || found) break
      }
      return found
    },
    async update({ workspace, channel }, message, card, isMinor) {
      await deliver(workspace, 'chat.update', card, { channel, ts: message }, isMinor)
    },
    forget: async (workspace, user) => forget(workspace, user),
  }

  /** What an earlier try has said in the thread. */
  async function opened({ workspace, channel }: Place, ts: string, key: string): Promise<string | undefined> {
    const args = { channel, ts, limit: PAGE, include_all_metadata: true }
    const { messages = [] } = await api.callOnce<History>(workspace, 'conversations.replies', args)
    return messages.find(({ metadata }) => metadata?.event_payload?.key === key)?.ts
  }

  /**
   * Direct messages have a channel of their own, which is looked into only where the app may: undefined where
   * it may not.
   */
  async function channelOf(to: Place | Person): Promise<string | undefined> {
    if ('channel' in to) return to.channel
    if (!(await mayLook(to.workspace))) return undefined
    return (
      await api.callOnce<{ channel: { id: string } }>(to.workspace, 'conversations.open', {
        users: known(to.user),
      })
    ).channel.id
  }

  function deliver<T>(
    workspace: string,
    method: string,
    card: Card,
    args: Record<string, unknown>,
    isMinor?: boolean,
  ): Promise<T> {
    return pictures.sendWith(workspace, { card }, (files) =>
      api.callOnce<T>(workspace, method, { ...args, ...renderMessage(card, files) }, isMinor),
    )
  }
}

function known(user: string): string {
  if (!user) throw new ChatRefusal('Nobody is known who could be told.')
  return user
}
