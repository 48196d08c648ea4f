/** Postgres when an address is given, else an embedded one in this process: the same pool and client either way. */
import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { UserError } from '../core/errors.js'
import { PrismaClient } from '../generated/prisma/client.js'
import { lockFolder } from './lock.js'

export interface Database {
  readonly pool: pg.Pool
  readonly prisma: PrismaClient
  /** `embedded` or the server's version. */
  readonly kind: 'embedded' | 'postgres'
  close(): Promise<void>
}

interface Opening {
  readonly url?: string | undefined
  readonly dataDir: string
  /** What happened to an idle connection; the pool makes a new one by itself. */
  readonly onIdleError?: (error: Error) => void
  /** A dump of an embedded database, kept in memory only: for tests. */
  readonly dump?: Blob
  /** A dump of an empty embedded database, from which a new folder is made in a fraction of the time. */
  readonly empty?: Blob | undefined
}

const MAX_CONNECTIONS = 10
const MAX_STATEMENTS = 500
/** No statement of the bot takes a second; one that takes longer than this waits for a server that is gone. Migrations have their own. */
const QUERY_MS = 15_000
/**
 * Both drivers cut the offset off a timestamp, so the session has to be in UTC. The server gives up before the client does, and lets go of
 * what a machine that vanished had locked.
 */
const SESSION = [
  'timezone=UTC',
  ...[`statement_timeout=${QUERY_MS - 1000}`, `idle_in_transaction_session_timeout=${QUERY_MS}`],
  ...['tcp_keepalives_idle=10', 'tcp_keepalives_interval=5', 'tcp_keepalives_count=3'],
]
  .map((setting) => `-c ${setting}`)
  .join(' ')

/** Throws `UserError` when the folder is in use or the server does not answer. */
export async function openDatabase({ url, dataDir, onIdleError, dump, empty }: Opening): Promise<Database> {
  const opened = url ? await serverPool(url) : await embeddedPool(dataDir, dump, empty)
  opened.pool.on('error', (error) => onIdleError?.(error))
  // A connection that is in use tells whoever uses it; without a listener the event would end the process.
  opened.pool.on('connect', (client) => client.on('error', () => {}))
  const prisma = new PrismaClient({ adapter: new PrismaPg(opened.pool, { statementNameGenerator: statementNames() }) })
  return {
    pool: opened.pool,
    prisma,
    kind: url ? 'postgres' : 'embedded',
    async close() {
      await prisma.$disconnect()
      if (!opened.pool.ended) await opened.pool.end()
      await opened.stop()
    },
  }
}

/** Named statements are prepared once a connection, which makes them about half as dear. */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    const name = names.size < MAX_STATEMENTS ? `p${names.size}` : ''
    if (name !== '') names.set(sql, name)
    return name
  }
}

async function serverPool(url: string) {
  const pool = new pg.Pool({
    ...{ connectionString: url, max: MAX_CONNECTIONS, options: SESSION, keepAlive: true },
    ...{ connectionTimeoutMillis: 10_000, query_timeout: QUERY_MS },
  })
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    throw new UserError(
      `DATABASE_URL does not answer: ${error instanceof Error ? error.message || error.name : error}; check the address and that Postgres runs`,
    )
  }
  return { pool, stop: async () => {} }
}

async function embeddedPool(dataDir: string, dump: Blob | undefined, empty: Blob | undefined) {
  const { PGlite } = await import('@electric-sql/pglite')
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres')
  const { lite, release } = dump
    ? { lite: await PGlite.create({ loadDataDir: dump }), release: async () => {} }
    : await lockedFolder(dataDir, empty)
  const config = createPgConfig(lite)
  const parse = config.connection.parse.bind(config.connection)
  // pg hands its parsers over as `types`, which this driver takes for a list of type ids.
  config.connection.parse = (query: { types?: unknown }) => parse({ ...query, types: Array.isArray(query.types) ? query.types : undefined })
  const pool = keepConnection(new pg.Pool({ ...config, max: 1, idleTimeoutMillis: 0 } as unknown as pg.PoolConfig))
  return {
    pool,
    async stop() {
      await lite.close()
      await release()
    },
  }
}

/**
 * A pool throws a connection away after any error of a statement. Here all connections are one and the same, so what the one thrown away
 * still waited for would come to the next as the answer to something else.
 */
function keepConnection(pool: pg.Pool): pg.Pool {
  const query = async (...statement: Parameters<pg.PoolClient['query']>) => {
    const client = await pool.connect()
    try {
      return await client.query(...statement)
    } finally {
      client.release()
    }
  }
  return Object.assign(pool, { query })
}

async function lockedFolder(dataDir: string, empty: Blob | undefined) {
  const remedy = (error: unknown) =>
    new UserError(
      `the data folder ${path.resolve(dataDir)} cannot be used: ${error instanceof Error ? error.message : error}; set COHORT_DATA_DIR to a folder that Cohort may write, or restore this one`,
    )
  try {
    mkdirSync(dataDir, { recursive: true })
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw remedy(error)
  }
  const release = await lockFolder(dataDir)
  try {
    return { lite: await openFolder(dataDir, empty), release }
  } catch (error) {
    await release()
    throw remedy(error)
  }
}

export const pgFolder = (dataDir: string): string => path.join(dataDir, 'pg')

/** A new folder is made under another name first, so that one that was only half made is never taken for whole. */
async function openFolder(dataDir: string, empty: Blob | undefined) {
  const { PGlite } = await import('@electric-sql/pglite')
  const folder = pgFolder(dataDir)
  if (!existsSync(folder)) {
    const making = path.join(dataDir, 'pg.making')
    rmSync(making, { recursive: true, force: true })
    const made = await PGlite.create(making, empty ? { loadDataDir: empty } : {})
    await made.close()
    renameSync(making, folder)
  }
  return PGlite.create(folder)
}
