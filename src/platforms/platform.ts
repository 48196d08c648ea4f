/** A chat platform as the running program sees it: one object, made by the platform's folder. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Hono, MiddlewareHandler } from 'hono'
import type { Chat } from '../bot/ports/chat.js'

/** Takes a request as Node provides it. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** Takes the requests whose path begins with `prefix`, in place of all routes. */
export interface Branch {
  readonly prefix: string
  /**
   * May throw, or return a promise that rejects. It writes "100 Continue" itself to clients that wait for it.
   */
  readonly listener: Listener
}

export interface Platform {
  /** `chat.platform` is its name in the store, in figures and in health. */
  readonly chat: Chat
  /**
   * Describes the connection in a few words for the person who starts it; `address`: that of this process.
   */
  how(address: string): string
  /** Whether events arrive, for health checks; does not call the platform. */
  works(): boolean
  /**
   * Returns the features that are off because a permission is missing, in words, by the name that each has in
   * `/healthz`.
   */
  lacks(): Promise<Readonly<Record<string, string | undefined>>>
  /** Runs before everything that the process serves. */
  readonly guard?: MiddlewareHandler
  /** Mount it at `/`, after routes that answer to other host names, such as a health check. */
  readonly routes?: Hono
  readonly branch?: Branch | undefined
  /** Starts handling events; call it once the server listens. */
  start(): Promise<void>
  /** Looks after its connections; call it every few seconds. */
  beat?(): Promise<void>
  /**
   * Checks whether its tokens still work, and looks for workspaces that removed the bot unnoticed; call it
   * every hour.
   */
  patrol(): Promise<void>
  /** Stops accepting anything new. */
  stop(): Promise<void>
  /** Resolves when everything that was accepted is answered. */
  settled(): Promise<void>
}
