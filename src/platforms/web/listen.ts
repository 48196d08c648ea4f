/** Serves a Hono app on a host and port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Log } from '../../bot/deps.js'
import type { Branch, Listener } from '../platform.js'
import { withTimeout } from '../timeout.js'
import { boundConnections, SERVER_OPTIONS } from './connections.js'

/** Requests that arrived before closing are still answered within this time. */
const GRACE_MS = 300
/** Far longer than any answer takes; a stream has begun by then. */
const ANSWER_MS = 30_000

export interface Door {
  readonly address: string
  /** Accepts nothing new, and ends open streams too. */
  close(): Promise<void>
}

export interface Listening {
  readonly host: string
  /** 0 means any free port. */
  readonly port: number
  readonly log: Log
  readonly branches?: readonly Branch[]
}

/**
 * The queue of connections that wait to be accepted: as many as may come in one second. The system may allow
 * fewer.
 */
const BACKLOG = 4096

/** Rejects with a clear message if the port is not available. */
export function listen(routes: Hono, { host, port, log, branches = [] }: Listening): Promise<Door> {
  const take = caught(branched(logged(routes, log), branches), log)
  return new Promise((resolve, reject) => {
    const server = createServer(SERVER_OPTIONS, take)
    // Node would otherwise ask for every body at once, even for one that is about to be refused.
    server.on('checkContinue', take)
    boundConnections(server)
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const info = server.address()
      const name = host.includes(':') ? `[${host}]` : host
      resolve({ address: `http://${name}:${typeof info === 'object' && info ? info.port : port}/`, close })
    })
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (server.listening) return log.error({ error }, 'http server failed')
      const why = error.code === 'EADDRINUSE' ? 'the port is in use; set PORT to another one' : error.message
      reject(new Error(`Cannot listen on ${host}:${port}: ${why}`))
    })
    const close = async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeIdleConnections()
      await withTimeout(GRACE_MS, closed)
      server.closeAllConnections()
      await closed
    }
  })
}

function branched(routes: Hono, branches: readonly Branch[]): Listener {
  const rest = getRequestListener(routes.fetch)
  return (request, response) => {
    const branch = branches.find(({ prefix }) => request.url?.startsWith(prefix))
    if (branch) return branch.listener(request, response)
    if (request.headers.expect !== undefined) response.writeContinue()
    return rest(request, response)
  }
}

/** Answers and logs errors that an app does not catch, in place of the library. */
function logged(routes: Hono, log: Log): Hono {
  const app = new Hono().route('/', routes)
  app.onError((error, c) => {
    log.error({ error, method: c.req.method, path: c.req.path.slice(0, MAX_PATH), status: 500 }, FAILED)
    return c.body(null, 500)
  })
  return app
}

const FAILED = 'http request failed'
const MAX_PATH = 100

/** Catches everything that a request throws, logs it, and answers the client. */
function caught(listener: Listener, log: Log): (request: IncomingMessage, response: ServerResponse) => void {
  return async (request, response) => {
    const failed = (fields: object, status: number) => {
      // The query is left out, since it may contain a code, and the path is cut, since it may be as long as
      // the headers.
      const path = request.url?.split('?', 1)[0]?.slice(0, MAX_PATH)
      log.error({ ...fields, method: request.method, path, status }, FAILED)
      if (response.headersSent) response.destroy()
      else response.writeHead(status, { Connection: 'close' }).end()
    }
    const late = setTimeout(() => response.headersSent || failed({}, 503), ANSWER_MS)
    response.on('close', () => clearTimeout(late))
    response.on('error', () => {})
    try {
      await listener(request, response)
    } catch (error) {
      failed({ error }, 500)
    }
  }
}
