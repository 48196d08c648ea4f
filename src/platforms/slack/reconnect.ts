/**
 * Opens the socket again whenever it was closed. Slack's library would give up for good after one call that
 * failed meanwhile.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../../bot/deps.js'
import { withTimeout } from '../timeout.js'

export interface Socket {
  start(): Promise<unknown>
  on(event: 'disconnected', heard: (envelope?: unknown) => void): unknown
}

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** The library waits without end for a server that takes the connection and says nothing. */
const OPENING_MS = 30_000

/** Call it once the socket was open. Returns the end of it. */
export function keepConnected(socket: Socket, log: Log): () => void {
  const stopping = new AbortController()
  let isAtIt = false
  async function again(): Promise<void> {
    isAtIt = true
    for (let ms = FIRST_MS; !stopping.signal.aborted; ms = Math.min(2 * ms, LONGEST_MS)) {
      await wait(ms, undefined, { ref: false })
      if (stopping.signal.aborted || (await isOpened())) break
    }
    isAtIt = false
  }
  async function isOpened(): Promise<boolean> {
    try {
      if (
        await withTimeout(
          OPENING_MS,
          Promise.resolve(socket.start()).then(() => true),
        )
      )
        return true
      throw new Error('no answer in time')
    } catch (error) {
      log.warn({ error }, 'slack socket not opened, tried again in a moment')
      return false
    }
  }
  onClosed(socket, () => {
    if (!isAtIt && !stopping.signal.aborted) void again()
  })
  return () => stopping.abort()
}

/**
 * Hears when the connection is closed. An envelope of that type comes under the same name, and says nothing
 * of the connection.
 */
export function onClosed(socket: Pick<Socket, 'on'>, heard: () => void): void {
  socket.on('disconnected', (envelope) => {
    if (envelope === undefined) heard()
  })
}
