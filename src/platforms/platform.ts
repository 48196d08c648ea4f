/**
 * A chat platform as the running program holds it: one object, made by its folder, whatever stands behind it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Hono, MiddlewareHandler } from 'hono'
import type { Chat } from '../bot/ports/chat.js'

/** Takes a request as Node gives it. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** Takes the requests whose path begins so, in place of all routes. */
export interface Branch {
  readonly prefix: string
  /** May throw, or return a promise that rejects. It writes "100 Continue" itself to whoever waits for it. */
  readonly listener: Listener
}

export interface Platform {
  /** Its name is `chat.platform`: in the store, in figures and in health. */
  readonly chat: Chat
  /** How it is connected, in a few words for whoever starts it; `address` is that of this process. */
  how(address: string): string
  /** Whether people are heard, for health; nothing is asked of the platform for it. */
  works(): boolean
  /** What it does without for want of a permission, in words, by the name that it has in `/healthz`. */
  lacks(): Promise<Readonly<Record<string, string | undefined>>>
  /** Stands before everything that the process serves. */
  readonly guard?: MiddlewareHandler
  /** Mount it at `/`, after what has to answer to other host names, such as a health check. */
  readonly routes?: Hono
  readonly branch?: Branch | undefined
  /** Hears people from now on; call it when what it serves is listened to. */
  start(): Promise<void>
  /** Looks after its connections; call it every few seconds. */
  beat?(): Promise<void>
  /**
   * Looks whether its tokens are still good, and for workspaces that removed the bot unheard; call it every
   * hour.
   */
  patrol(): Promise<void>
  /** Takes nothing new. */
  stop(): Promise<void>
  /** Resolves when everything that was taken is answered. */
  settled(): Promise<void>
}
