/**
 * A door to a server that the test can shut: for a database that is gone, or that takes connections and never
 * answers.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Door {
  /** The same address through this door. */
  readonly url: string
  /** Connections are ended, and refused. */
  shut(): Promise<void>
  /** What is sent goes nowhere, and nothing comes back. */
  freeze(): void
  open(): Promise<void>
  stop(): Promise<void>
}

export async function createProxy(target: string): Promise<Door> {
  const to = new URL(target)
  const sockets = new Set<Socket>()
  let isFrozen = false
  const server = createServer((client) => {
    const inner = connect(Number(to.port || 5432), to.hostname)
    for (const [from, other] of [
      [client, inner],
      [inner, client],
    ] as const) {
      sockets.add(from)
      from.on('data', (part) => void (isFrozen || other.write(part)))
      from.on('error', () => other.destroy())
      from.on('close', () => {
        sockets.delete(from)
        other.destroy()
      })
    }
  })
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      for (const socket of sockets) socket.destroy()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(target), { hostname: '127.0.0.1', port: String(port) }).href,
    shut: close,
    freeze() {
      isFrozen = true
    },
    async open() {
      isFrozen = false
      // What was frozen has lost bytes, so it cannot go on.
      for (const socket of sockets) socket.destroy()
      if (!server.listening) await listen(port)
    },
    stop: close,
  }
}
