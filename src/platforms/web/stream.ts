/** The stream of one member's messages: all of them on connect, then each as it comes or changes. */
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Log } from '../../bot/deps.js'
import type { Room } from './room.js'
import type { StreamEvent } from './wire.js'

/** Quiet connections are written to this often, so that a gone browser is noticed. */
const BEAT_MS = 15_000
/** How soon the browser tries again when the connection breaks. */
const RETRY_MS = 1000

export function streamTo(c: Context, room: Room, user: string, log: Log): Response {
  return streamSSE(c, async (stream) => {
    const write = (event: StreamEvent) =>
      void stream.writeSSE({ data: JSON.stringify(event), retry: RETRY_MS }).catch(() => {})
    // Watching starts before the history is read, so that nothing falls between; what came meanwhile is sent
    // after it.
    const early: StreamEvent[] = []
    let send = (event: StreamEvent) => void early.push(event)
    const stop = room.watch(user, (event) => send(event))
    stream.onAbort(stop)
    try {
      write({ kind: 'all', messages: await room.history(user) })
      early.forEach(write)
      send = write
      while (!stream.aborted) {
        await stream.sleep(BEAT_MS)
        await stream.write(': still here\n\n')
      }
    } catch (error) {
      // The browser tries again; the library would print it as plain text.
      log.warn({ error }, 'web stream ended')
    } finally {
      stop()
    }
  })
}
