/**
 * Streams members' messages: all of each member on connect, then each as it comes or changes. One stream
 * serves all tabs of a browser, which has six connections to a server, even if the tabs are of different
 * members.
 */
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Log } from '../../bot/deps.js'
import type { Room } from './room.js'
import type { StreamEvent, StreamedEvent } from './wire.js'

/** The interval of writes to idle connections, which reveal that a browser is gone. */
const BEAT_MS = 15_000
/** The time until the browser tries again when the connection breaks. */
const RETRY_MS = 1000

export function streamTo(c: Context, room: Room, users: readonly string[], log: Log): Response {
  return streamSSE(c, async (stream) => {
    const write = ({ as, ...event }: StreamedEvent) =>
      void stream
        .writeSSE({ data: JSON.stringify(users.length > 1 ? { as, ...event } : event), retry: RETRY_MS })
        .catch(() => {})
    // Watching starts before the history is read, so that nothing is missed; events that came meanwhile are
    // sent after it.
    const early: StreamedEvent[] = []
    let send = (event: StreamedEvent) => void early.push(event)
    const watched = users.map((as) => room.watch(as, (event: StreamEvent) => send({ as, ...event })))
    const stop = () => {
      for (const end of watched) end()
    }
    stream.onAbort(stop)
    try {
      for (const as of users) write({ as, kind: 'all', messages: await room.history(as) })
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
