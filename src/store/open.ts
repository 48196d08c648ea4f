/**
 * Opens a Postgres server if an address is given, otherwise an embedded one in this process: the pool and the
 * client are of the same kind either way.
 */

import pg from 'pg'
import { UserError } from '../core/errors.js'
import { HOUR_MS } from '../core/time.js'
import type { Client } from './client.js'
import { embeddedPool } from './embedded.js'
import type { OpeningPool } from './opening-pool.js'

export interface Database extends Pick<OpeningPool, 'pool' | 'ping'> {
  readonly prisma: Client
  readonly kind: 'embedded' | 'postgres'
  close(): Promise<void>
}

export interface Opening {
  readonly url?: string | undefined
  readonly dataDir: string
  /** Called on an error on an idle connection; the pool makes a new one by itself. */
  readonly onIdleError?: (error: Error) => void
  /** Names the folder of a new embedded database, from which another is made in a fraction of the time. */
  readonly fresh?: () => Promise<string | undefined>
  /**
   * Called when the embedded database has ended, for example because the disk is full: it answers again only
   * after a restart of the process.
   */
  readonly onEnd?: (error: Error) => void
  /** Allows statements of an hour, since an operator's task may take long. */
  readonly isPatient?: boolean
}

const MAX_CONNECTIONS = 10
/**
 * No statement of the bot takes a second; one that takes longer than this waits for a server that is gone.
 * Migrations have a limit of their own.
 */
const QUERY_MS = 15_000
/** Makes a session read by an index, in its order; `embedded-folder.ts` explains why. */
const BY_INDEX = 'enable_bitmapscan=off'
/**
 * Both drivers cut the offset off a timestamp, so the session must be in UTC. The server times out before the
 * client does, and releases the locks of a vanished machine.
 */
const session = (queryMs: number) =>
  [
    'timezone=UTC',
    BY_INDEX,
    ...[`statement_timeout=${queryMs - 1000}`, `idle_in_transaction_session_timeout=${queryMs}`],
    ...['tcp_keepalives_idle=10', 'tcp_keepalives_interval=5', 'tcp_keepalives_count=3'],
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ')

/** Throws a `UserError` if the folder is in use or the server does not answer. */
export async function openDatabase({
  url,
  onIdleError,
  isPatient = false,
  ...folder
}: Opening): Promise<Database> {
  const { pool, opened, ping, stop } = url
    ? serverPool(url, isPatient ? HOUR_MS : QUERY_MS)
    : embeddedPool(folder)
  pool.on('error', (error) => onIdleError?.(error))
  // An error on a connection in use reaches the code that uses it; without a listener the event would end the
  // process.
  pool.on('connect', (client) => client.on('error', () => {}))
  // The client is loaded and gets ready while the database opens.
  const loading = import('./client.js').then(async ({ createClient }) => {
    const prisma = createClient(pool)
    await prisma.$connect()
    return prisma
  })
  try {
    const [prisma] = await Promise.all([loading, opened])
    return {
      ...{ pool, prisma, ping },
      kind: url ? 'postgres' : 'embedded',
      async close() {
        await prisma.$disconnect()
        if (!pool.ended) await pool.end()
        await stop()
      },
    }
  } catch (error) {
    await pool.end()
    await opened.then(stop, () => {})
    throw error
  }
}

function serverPool(url: string, queryMs: number): OpeningPool {
  const pool = new pg.Pool({
    ...{
      connectionString: url,
      max: MAX_CONNECTIONS,
      options: session(queryMs),
      keepAlive: true,
      application_name: 'cohort',
    },
    ...{ connectionTimeoutMillis: 10_000, query_timeout: queryMs },
  })
  const ping = async () => {
    await pool.query('SELECT 1')
  }
  const opened = ping().catch((error) => {
    throw new UserError(
      `DATABASE_URL does not answer: ${error instanceof Error ? error.message || error.name : error}; check the address and that Postgres runs`,
    )
  })
  return { pool, ping, opened, stop: async () => {} }
}
