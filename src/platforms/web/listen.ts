/** Opens the door: serves a Hono app on a host and port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import type { Log } from '../../bot/deps.js'
import type { Branch, Listener } from '../platform.js'
import { withTimeout } from '../timeout.js'
import { boundConnections, SERVER_OPTIONS } from './connections.js'

/** What was asked before the door closes is still answered, if it takes no longer. */
const GRACE_MS = 300
/** Far above what any answer takes; a stream has begun by then. */
const ANSWER_MS = 30_000

export interface Door {
  readonly address: string
  /** Takes nothing new, and ends open streams too. */
  close(): Promise<void>
}

export interface Listening {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Log
  readonly branches?: readonly Branch[]
}

/** Connections that wait to be taken: as many as may come in one second. The system may allow fewer. */
const BACKLOG = 4096

/** Rejects with a clear text when the port cannot be had. */
export function listen(routes: Hono, { host, port, log, branches = [] }: Listening): Promise<Door> {
  const take = caught(branched(logged(routes, log), branches), log)
  return new Promise((resolve, reject) => {
    const server = createServer(SERVER_OPTIONS, take)
    // Without this Node asks for every body at once, also for one that is about to be refused.
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

/** What an app lets through is answered, and told in our log instead of the library's way. */
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

/**
 * The net under everything that a request sets off: whatever is thrown is logged, and whoever asked gets an
 * answer.
 */
export function caught(
  listener: Listener,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => void {
  return async (request, response) => {
    const failed = (fields: object, status: number) => {
      // What follows the question mark may be a code, and a path may be as long as the headers.
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
