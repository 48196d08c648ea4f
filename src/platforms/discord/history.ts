/** Finds posted messages in the history of a channel by the mark of their key. */
import { createHash } from 'node:crypto'
import { type APIMessage, type REST, Routes } from 'discord.js'
import { ChatBusy, ChatRefusal, type Look, LookUnfinished } from '../../bot/ports/chat.js'
import type { Calls } from './chat-calls.js'
import { HISTORY_PAGE } from './limits.js'

/** The number of pages read in one look; the next look continues after a pause. */
const PAGES = 20
const PAUSE_MS = 10_000
/** Since clocks differ, a message that was posted when due may seem older by this much. */
const MARGIN_MS = 10 * 60_000
/** The first second of 2015. */
const DISCORD_EPOCH = 1_420_070_400_000

export interface HistoryDeps {
  readonly rest: REST
  readonly callIn: Calls['callIn']
  /** The bot's own id. */
  readonly me: string
  /** Returns the time by Discord's clock, in epoch milliseconds. */
  readonly now: () => number
}

/** Returns the id of the bot's first message that was posted under the key. */
export type FindPosted = (channel: string, key: string, look?: Look) => Promise<string | undefined>

export function createFindPosted({ rest, callIn, me, now }: HistoryDeps): FindPosted {
  /** A look that is interrupted, for any reason, continues at its page. */
  async function pageOf(channel: string, before: string | undefined): Promise<APIMessage[]> {
    const query = new URLSearchParams({ limit: String(HISTORY_PAGE), ...(before && { before }) })
    try {
      return await callIn<APIMessage[]>(channel, () => rest.get(Routes.channelMessages(channel), { query }))
    } catch (error) {
      if (before === undefined || error instanceof ChatRefusal) throw error
      throw new LookUnfinished(error instanceof ChatBusy ? error.retryAfterMs : PAUSE_MS, before)
    }
  }

  return async (channel, key, look) => {
    const isOurs = ({ id, author, components }: APIMessage) =>
      author.id === me && components?.[0]?.id === markOf(key) && id !== look?.except
    const oldest = look && snowflakeAt(now() - look.ageMs - MARGIN_MS)
    let before = look?.page
    for (let page = 0; page < PAGES; page++) {
      const messages = await pageOf(channel, before)
      // The oldest message under the key is the first that was posted.
      const found = messages.filter(isOurs).at(-1)
      if (found) return found.id
      before = messages.at(-1)?.id
      const isAll = before === undefined || messages.length < HISTORY_PAGE
      if (isAll || (oldest !== undefined && BigInt(before ?? 0) < oldest)) return undefined
    }
    throw new LookUnfinished(PAUSE_MS, before ?? '')
  }
}

/** Returns the lowest id possible at that time: "Snowflakes" in Discord's documentation. */
function snowflakeAt(time: number): bigint {
  return BigInt(Math.max(0, Math.floor(time) - DISCORD_EPOCH)) << 22n
}

export function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/**
 * Returns a number of 31 bits for the outermost component. Discord returns it with the message, so it
 * identifies what was posted under a key.
 */
export function markOf(key: string): number {
  return (hash(key).readUInt32BE(0) >>> 1) | 1
}
