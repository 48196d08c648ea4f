/**
 * Reads bodies of requests whose sender is not known yet, in bounded time and in bounded memory for all of
 * them together.
 */
import type { IncomingMessage } from 'node:http'

/** Slack itself waits no longer for an answer. */
const BODY_MS = 3000
/** Room for some hundreds of the largest bodies that Slack really sends. */
const MOST_TOGETHER = 16 * 1024 * 1024
/** Memory that a chunk takes in addition to its bytes, however small it is. */
const PIECE = 512

/**
 * Undefined if the body does not arrive completely in time, or if others need the room: then the body that
 * has been arriving longest is dropped.
 */
export type ReadBody = (request: IncomingMessage) => Promise<Buffer | undefined>

export function createBodies({ ms = BODY_MS, most = MOST_TOGETHER } = {}): ReadBody {
  /** Sorted by start, the longest-running first. */
  const reading = new Set<() => void>()
  let held = 0
  return (request) =>
    new Promise((resolve) => {
      const pieces: Buffer[] = []
      let own = 0
      const take = (piece: Buffer) => {
        pieces.push(piece)
        own += piece.length + PIECE
        held += piece.length + PIECE
        for (const giveUp of reading) if (held > most) giveUp()
      }
      const end = (body: Buffer | undefined) => {
        if (!reading.delete(giveUp)) return
        clearTimeout(late)
        request.off('data', take).pause()
        held -= own
        pieces.length = 0
        resolve(body)
      }
      const giveUp = () => end(undefined)
      const late = setTimeout(giveUp, ms)
      reading.add(giveUp)
      request.on('data', take)
      request.on('end', () => end(Buffer.concat(pieces)))
      request.on('error', giveUp)
      request.on('close', giveUp)
    })
}
