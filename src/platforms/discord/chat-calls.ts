/** Calls the REST API for the chat, and turns Discord's refusals into errors that the bot understands. */
import { type REST, Routes } from 'discord.js'
import { ChannelGone } from '../../bot/ports/chat.js'
import { isRefused, translated } from './refusals.js'

export interface CallsDeps {
  readonly rest: REST
  /** Called when Discord refuses the token. */
  readonly refused: () => void
}

export interface Calls {
  /** Calls the API; throws an error that the bot understands in place of Discord's. */
  call<T>(work: () => Promise<unknown>): Promise<T>
  /** Like `call`, for calls about a channel. */
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
   * A channel that is gone ends everything to be posted there, so Discord is first asked about the channel
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
