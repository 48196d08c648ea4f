/** The embedded Postgres: in this process, in a folder, on one connection. */
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { PACKS } from '../content/data-packs.js'
import { UserError } from '../core/errors.js'
import type { Engine } from './engine.js'
import { engineApart } from './engine-apart.js'
import { EngineStream } from './engine-stream.js'
import { lockFolder } from './lock.js'
import type { OpeningPool } from './opening-pool.js'
import { CACHE, MAKING, PG, pgFolder, privateFolder } from './private-folder.js'
import { watch } from './watch.js'

interface Folder {
  readonly dataDir: string
  /** Names the folder of a new database, from which a new one is made in a fraction of the time. */
  readonly fresh?: (() => Promise<string | undefined>) | undefined
  /** Called when it has ended and will not answer again in this process. */
  readonly onEnd?: ((error: Error) => void) | undefined
}

/** Begins to open it at once. */
export function embeddedPool({ dataDir, fresh = async () => undefined, onEnd }: Folder): OpeningPool {
  const opened = lockedEngine(dataDir, fresh)
  const engine = later(opened)
  const watched = watch(engine, dataDir, onEnd)
  const pool = keepConnection(
    new pg.Pool({ user: 'postgres', stream: () => new EngineStream(watched), max: 1, idleTimeoutMillis: 0 }),
  )
  return {
    pool,
    opened,
    async ping() {
      watched.check()
      await pool.query('SELECT 1')
    },
    stop: engine.close,
  }
}

const later = (engine: Promise<Engine>): Engine => ({
  reset: async () => (await engine).reset(),
  ask: async (request) => (await engine).ask(request),
  close: async () => (await engine).close(),
})

/**
 * A pool drops a connection after any error of a statement. All connections here are one and the same, so a
 * new one would only begin with all statements unprepared.
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

async function lockedEngine(dataDir: string, fresh: () => Promise<string | undefined>): Promise<Engine> {
  const remedy = (error: unknown) =>
    new UserError(
      `the data folder ${path.resolve(dataDir)} cannot be used: ${error instanceof Error ? error.message : error}; make room on its disk, set COHORT_DATA_DIR to another folder that Cohort may write, or restore this one`,
    )
  const from = existsSync(pgFolder(dataDir)) ? undefined : await fresh()
  try {
    privateFolder(dataDir, [PG, MAKING, CACHE, PACKS])
    accessSync(dataDir, constants.W_OK)
  } catch (error) {
    throw remedy(error)
  }
  const release = await lockFolder(dataDir)
  try {
    const engine = await engineApart({ dataDir, from })
    return { ...engine, close: () => engine.close().finally(release) }
  } catch (error) {
    await release()
    throw remedy(error)
  }
}
