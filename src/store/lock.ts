/** Allows one process per data folder: two on one embedded database would silently lose rows. */
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { UserError } from '../core/errors.js'

export class FolderInUse extends UserError {}

/**
 * Locks the folder until `release` or the end of the process, even by kill -9. The folder must exist. Throws
 * `FolderInUse`.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const server = createServer()
  server.unref()
  const taken = await listen(server, addressOf(realpathSync(folder)))
  if (!taken)
    throw new FolderInUse(
      `another Cohort runs on the data folder ${path.resolve(folder)}; stop it, or set COHORT_DATA_DIR to another folder`,
    )
  return () => new Promise((done) => server.close(() => done()))
}

/**
 * Returns an address that the system frees with the process: an abstract socket on Linux, a named pipe on
 * Windows, a port elsewhere.
 */
function addressOf(folder: string): string | { port: number; host: string } {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  if (process.platform === 'linux') return `\0cohort-${hash}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\cohort-${hash}`
  return { host: '127.0.0.1', port: 20_000 + (Number.parseInt(hash.slice(0, 8), 16) % 20_000) }
}

function listen(server: Server, address: ReturnType<typeof addressOf>): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    )
    const done = () => resolve(true)
    if (typeof address === 'string') server.listen(address, done)
    else server.listen(address, done)
  })
}
