/** Opens the door: serves a Hono app on a host and port. */
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Door {
  readonly address: string
  /** Ends open streams too. */
  close(): Promise<void>
}

/** Port 0 takes a free one. Rejects with a clear text when the port cannot be had. */
export function listen(routes: Hono, host: string, port: number): Promise<Door> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: routes.fetch, hostname: host, port }, (info) => {
      const name = host.includes(':') ? `[${host}]` : host
      resolve({ address: `http://${name}:${info.port}/`, close })
    })
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'the port is in use; set PORT to another one' : error.message
      reject(new Error(`Cannot listen on ${host}:${port}: ${why}`))
    })
    const close = () =>
      new Promise<void>((done) => {
        server.close(() => done())
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
  })
}
