/** Calls of the REST API for the chat: what Discord refuses is told in words that the bot understands. */
import { type REST, Routes } from 'discord.js'
import { ChannelGone } from '../../bot/ports/chat.js'
import { isRefused, translated } from './refusals.js'

export interface CallsDeps {
  readonly rest: REST
  /** Discord refuses the token. */
  readonly refused: () => void
}

export interface Calls {
  /** Throws what the bot understands in place of what Discord answered. */
  call<T>(work: () => Promise<unknown>): Promise<T>
  /** The same for what is done in a channel. */
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

  return { call, callIn }
}
