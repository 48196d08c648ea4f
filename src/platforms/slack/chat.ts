/** Slack as the bot sees it. */

import { type Chat, ChatRefusal } from '../../bot/ports/chat.js'
import type { Card } from '../../bot/ui/card.js'
import type { Access } from './access.js'
import type { Api } from './api.js'
import { PLATFORM } from './name.js'
import type { Pictures } from './pictures.js'
import { renderMessage } from './render.js'

/** In the metadata of each message that is posted under a key. */
const POSTED = 'cohort_posted'
/** What stands between a try and the next is far less than a page of history. */
const PAGES = 3
const PAGE = 100

interface History {
  readonly messages?: readonly {
    readonly ts: string
    readonly metadata?: { readonly event_type?: string; readonly event_payload?: { readonly key?: string } }
  }[]
  readonly response_metadata?: { readonly next_cursor?: string }
}

/** `forget` drops what is remembered of a user. */
export function createChat(api: Api, pictures: Pictures, access: Access, forget: (workspace: string, user: string) => void): Chat {
  return {
    ...access,
    platform: PLATFORM,
    async post({ workspace, channel }, card, key) {
      const metadata = { event_type: POSTED, event_payload: { key } }
      const { ts } = await deliver<{ ts: string }>(workspace, 'chat.postMessage', card, {
        channel,
        metadata,
        unfurl_links: false,
        unfurl_media: false,
      })
      return ts
    },
    async find({ workspace, channel }, key) {
      let found: string | undefined
      let cursor: string | undefined
      for (let page = 0; page < PAGES; page++) {
        const args = { channel, limit: PAGE, include_all_metadata: true, ...(cursor && { cursor }) }
        const history = await api.call<History>(workspace, 'conversations.history', args)
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
    async tell({ workspace }, user, card) {
      if (!user) throw new ChatRefusal('Nobody is known who could be told.')
      await deliver(workspace, 'chat.postMessage', card, { channel: user, unfurl_links: false, unfurl_media: false })
    },
    forget: async (workspace, user) => forget(workspace, user),
  }

  function deliver<T>(workspace: string, method: string, card: Card, args: Record<string, unknown>, isMinor?: boolean): Promise<T> {
    return pictures.sendWith(workspace, { card }, (files) =>
      api.call<T>(workspace, method, { ...args, ...renderMessage(card, files) }, isMinor),
    )
  }
}
