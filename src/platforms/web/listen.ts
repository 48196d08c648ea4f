/** Opens the door: serves a Hono app on a host and port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { within } from '../patience.js'

/** What was asked before the door closes is still answered, if it takes no longer. */
const GRACE_MS = 300

export interface Door {
  readonly address: string
  /** Takes nothing new, and ends open streams too. */
  close(): Promise<void>
}

/** Takes the requests whose path begins so, in place of the app. */
export interface Branch {
  readonly prefix: string
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void
}

/** Connections that wait to be taken: as many as may come in one second. The system may allow fewer. */
const BACKLOG = 4096

/** Port 0 takes a free one. Rejects with a clear text when the port cannot be had. */
export function listen(routes: Hono, host: string, port: number, branches: readonly Branch[] = []): Promise<Door> {
  const rest = getRequestListener(routes.fetch)
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const branch = branches.find(({ prefix }) => request.url?.startsWith(prefix))
      if (branch) branch.listener(request, response)
      else void rest(request, response)
    })
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const info = server.address()
      const name = host.includes(':') ? `[${host}]` : host
      resolve({ address: `http://${name}:${typeof info === 'object' && info ? info.port : port}/`, close })
    })
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is in use; set PORT to another one' : error.message
      reject(new Error(`Cannot listen on ${host}:${port}: ${why}`))
    })
    const close = async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeIdleConnections()
      await within(GRACE_MS, closed)
      server.closeAllConnections()
      await closed
    }
  })
}
