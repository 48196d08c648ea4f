/** Calls of the REST API for the chat: Discord's refusals become errors that the bot understands. */
import { type REST, Routes } from 'discord.js'
import { ChannelGone } from '../../bot/ports/chat.js'
import { isRefused, translated } from './refusals.js'

export interface CallsDeps {
  readonly rest: REST
  /** Discord refuses the token. */
  readonly refused: () => void
}

export interface Calls {
  /** Throws an error that the bot understands in place of Discord's. */
  call<T>(work: () => Promise<unknown>): Promise<T>
  /** The same for calls about a channel. */
  callIn<T>(channel: string, work: () => Promise<unknown>): Promise<T>
}

export function createCalls({ rest, refused }: CallsDeps): Calls {
  async function call<T>(work: () => Promise<unknown>): Promise<T> {
    try {
      return (await work()) as T
    } catch (error) {
      if (isRefused(error)) refused()
      throw translated(error)
    }
  }

  /**
   * When a channel is gone, everything to be posted there ends, so Discord is first asked about the channel
   * itself, too.
   */
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

  return { call, callIn }
}
