/**
 * The limits of the HTTP server: how long a request may take to arrive, and how many connections may wait for
 * one.
 */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** A request must arrive within this time, body included, or its connection is closed with a 408. */
const ARRIVAL_MS = 10_000
/** Longer than balancers keep an idle connection, so that they never send into one that was just closed. */
const KEPT_MS = 65_000
/**
 * A client that reads nothing of an answer for this long is gone; the stream of the web chat is written to
 * more often.
 */
const SILENT_MS = 60_000
const CHECK_MS = 1000
const MAX_HEADERS = 16 * 1024
const REQUESTS_A_CONNECTION = 10_000
/** The number that the system queues in one second; each takes some 20 KB. */
const MOST_WAITING = 4096
/** The maximum number of connections, including those that are being answered. */
const MOST = 2 * MOST_WAITING

export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: ARRIVAL_MS / 2,
  requestTimeout: ARRIVAL_MS,
  connectionsCheckingInterval: CHECK_MS,
  keepAliveTimeout: KEPT_MS,
  maxHeaderSize: MAX_HEADERS,
}

/**
 * Limits the connections that wait for a request or for the rest of one. If there are too many, the one that
 * has waited longest is closed: an honest request arrives in a moment, so no number of slow ones keeps it
 * out.
 */
export function boundConnections(server: Server, mostWaiting = MOST_WAITING): void {
  server.maxConnections = MOST
  server.maxRequestsPerSocket = REQUESTS_A_CONNECTION
  server.timeout = SILENT_MS
  /** Sorted by the start of waiting, the longest first. */
  const waiting = new Set<Socket>()
  function wait(socket: Socket): void {
    waiting.delete(socket)
    if (socket.destroyed) return
    waiting.add(socket)
    const [longest] = waiting
    if (waiting.size > mostWaiting) longest?.destroy()
  }
  server.on('connection', (socket) => {
    wait(socket)
    socket.on('close', () => waiting.delete(socket))
  })
  const came = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request
    if (hasBody(request)) request.once('end', () => waiting.delete(socket))
    else waiting.delete(socket)
    response.once('close', () => wait(socket))
  }
  server.on('request', came)
  server.on('checkContinue', came)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
