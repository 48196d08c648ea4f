/** Recognises direct messages: with Cohort alone, and between people, where commands work too. */
import { createBoundedCache } from '../../core/bounded-cache.js'
import type { Api } from './api.js'

const REMEMBERED = 10_000

/** Whether the id is that of a direct message, with anybody. */
export const isDirect = (channel: string) => channel.startsWith('D')

/**
 * Whether a channel is this user's own conversation with Cohort. False while Slack does not answer: then the
 * answer is hidden, which does no harm.
 */
export type IsAlone = (workspace: string, user: string, channel: string) => Promise<boolean>

/**
 * Slack returns the same conversation with a user every time it is asked to open it, and it never changes.
 */
export function createIsAlone(api: Pick<Api, 'callOnce'>): IsAlone {
  const known = createBoundedCache<string>(REMEMBERED)
  return async (workspace, user, channel) => {
    if (!isDirect(channel)) return false
    const key = `${workspace} ${user}`
    const own = known.get(key) ?? (await open(workspace, user).catch(() => undefined))
    if (own !== undefined) known.set(key, own)
    return own === channel
  }

  async function open(workspace: string, users: string): Promise<string | undefined> {
    const { channel } = await api.callOnce<{ channel?: { id?: string } }>(workspace, 'conversations.open', {
      users,
    })
    return channel?.id
  }
}
